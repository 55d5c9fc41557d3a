import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Passphrases: asked for at the terminal without showing them, or the first line of a file or of stdin. Never an
/// argument and never a variable: both can be seen by others on the machine.
enum HiddenInput {
    /// The longest passphrase, bytes.
    static let limit = 1_024

    /// Where it comes from: the file, else the terminal, else the next line of stdin.
    static func passphrase(file: String?, asking prompt: Key) throws -> String {
        keepOutOfCrashes()
        if let file {
            let descriptor = open(file, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Failure(.usage, .fileUnreadable, ["path": file]) }
            defer { close(descriptor) }
            return try line(from: descriptor, name: file)
        }
        if Console.canAsk { return try typed(prompt) }
        return try line(from: 0, name: "-")
    }

    /// A new one: typed twice where it is typed.
    static func newPassphrase(file: String?, asking prompt: Key) throws -> String {
        let first = try passphrase(file: file, asking: prompt)
        guard file == nil, Console.canAsk else { return first }
        guard (8...limit).contains(first.utf8.count) else {
            throw Failure(.refused, .refused, reason: "passphrase-length")
        }
        guard try typed(.passphraseAgain) == first else { throw Failure(.other, .passphraseDiffers) }
        return first
    }

    private static func keepOutOfCrashes() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        #if canImport(Glibc)
            setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        #else
            setrlimit(RLIMIT_CORE, &none)
        #endif
    }

    // MARK: a terminal

    /// Reads with the echo off, byte by byte: Ctrl-C and Ctrl-D give it up, and the terminal is as before on every way
    /// out.
    private static func typed(_ prompt: Key) throws -> String {
        var before = termios()
        guard tcgetattr(0, &before) == 0 else { throw Failure(.usage, .needsTerminal, ["flag": "--file"]) }
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        hidden.c_iflag &= ~tcflag_t(IXON)
        withUnsafeMutableBytes(of: &hidden.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        Console.write(Array(Words.say(prompt).utf8), to: 2)
        // From before the echo is off: a signal that ends this puts the terminal back first.
        _ = SignalPipe.catchSignals()
        defer { SignalPipe.letGo() }
        guard tcsetattr(0, TCSAFLUSH, &hidden) == 0 else { throw Failure(.usage, .needsTerminal, ["flag": "--file"]) }
        defer {
            tcsetattr(0, TCSAFLUSH, &before)
            Console.write([0x0A], to: 2)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(limit + 4)
        defer { wipe(&bytes) }
        while true {
            if let number = SignalPipe.wait(or: 0) {
                if number != SIGTSTP { wipe(&bytes) }
                tcsetattr(0, TCSAFLUSH, &before)
                SignalPipe.obey(number)
                // It was stopped only, and goes on.
                tcsetattr(0, TCSAFLUSH, &hidden)
                continue
            }
            var byte: UInt8 = 0
            let count = Platform.read(0, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { throw ExitedByPerson() }
            switch byte {
            case 0x0A, 0x0D: return try text(bytes, name: "-")
            case 0x03, 0x04: throw ExitedByPerson()
            case 0x7F, 0x08: removeCharacter(&bytes)
            case 0x15: wipe(&bytes)
            default: if bytes.count <= limit { bytes.append(byte) }
            }
        }
    }

    /// Somebody gave up at a question: nothing is done, and nothing more is said.
    struct ExitedByPerson: Error {}

    private static func removeCharacter(_ bytes: inout [UInt8]) {
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    }

    private static func wipe(_ bytes: inout [UInt8]) {
        for index in bytes.indices { bytes[index] = 0 }
        bytes.removeAll(keepingCapacity: true)
    }

    // MARK: files and pipes

    /// One line, byte by byte: the next one stays for who reads after this.
    private static func line(from descriptor: CInt, name: String) throws -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(limit + 4)
        defer { wipe(&bytes) }
        while true {
            var byte: UInt8 = 0
            let count = Platform.read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(.usage, .fileUnreadable, ["path": name]) }
            if count == 0 || byte == 0x0A { break }
            if bytes.count <= limit + 1 { bytes.append(byte) }
        }
        if bytes.last == 0x0D { bytes.removeLast() }
        return try text(bytes, name: name)
    }

    private static func text(_ bytes: [UInt8], name: String) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.refused, .refused, reason: "passphrase-characters")
        }
        return text
    }
}
