import ArgumentParser
import MutualControl
import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a text may come from besides an argument.
struct TextOptions: ParsableArguments {
    @Option(name: .long, help: .said("Read the text from this file."))
    var file: String?

    @Flag(name: .long, help: .said("Write the text in $EDITOR."))
    var edit = false
}

/// Takes a text from an argument, `-`, a pipe, a file, an editor or the terminal.
struct TextInput {
    /// The longest text, bytes.
    static let limit = 16_384
    /// More than this is not even read, bytes.
    private static let readLimit = 1 << 20

    let argument: String?
    let options: TextOptions
    let home: Home
    /// What stands in the editor at first.
    var starting = ""
    /// The longest text, bytes.
    var mostBytes = Self.limit

    /// Whether a pipe at stdin holds the text where nothing else does.
    var takesPipe = true

    /// The text, with line feeds only and none at the end; nil where none was given.
    /// - Parameter asking: whether it is asked for at a terminal.
    func read(asking: Bool) throws -> String? {
        let places = (argument == nil ? 0 : 1) + (options.file == nil ? 0 : 1) + (options.edit ? 1 : 0)
        guard places <= 1 else { throw Failure(.usage, .textTwice) }
        if let argument, argument != "-" { return try tidy(Array(argument.utf8)) }
        if let file = options.file { return try tidy(try bytes(of: file)) }
        if options.edit { return try tidy(try Editor.write(in: home, starting: starting)) }
        if argument == "-" {
            if Console.canAsk { return try typedLines() }
            return try tidy(try bytes(from: 0, name: "-"))
        }
        if Console.canAsk { return asking ? try typedLines() : nil }
        return takesPipe && isPipe ? try tidy(try bytes(from: 0, name: "-")) : nil
    }

    /// A pipe or a file stands at stdin; a device (`/dev/null`) brings no text.
    private var isPipe: Bool {
        var status = stat()
        guard fstat(0, &status) == 0 else { return false }
        let kind = status.st_mode & S_IFMT
        return kind == S_IFIFO || kind == S_IFREG || kind == S_IFSOCK
    }

    private func typedLines() throws -> String? {
        Console.complain(Words.say(.writeLines))
        var lines: [String] = []
        while let line = Console.readLine(), line != "." { lines.append(line) }
        return try tidy(Array(lines.joined(separator: "\n").utf8))
    }

    private func bytes(of file: String) throws -> [UInt8] {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.usage, .fileUnreadable, ["path": file]) }
        defer { close(descriptor) }
        return try bytes(from: descriptor, name: file)
    }

    private func bytes(from descriptor: CInt, name: String) throws -> [UInt8] {
        var all: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = page.withUnsafeMutableBytes { Platform.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(.usage, .fileUnreadable, ["path": name]) }
            if count == 0 { return all }
            all += page.prefix(count)
            guard all.count <= Self.readLimit else { throw Failure(.refused, .limit, reason: "text-long") }
        }
    }

    /// Checks what can be checked before the daemon is asked; nothing but blanks is no text.
    private func tidy(_ bytes: [UInt8]) throws -> String? {
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.refused, .refused, reason: "text-utf8")
        }
        if text.utf8.contains(0x0D) { text = Self.withoutReturns(text) }
        while text.last == "\n" { text.removeLast() }
        guard text.utf8.count <= mostBytes else { throw Failure(.refused, .limit, reason: "text-long") }
        return text.allSatisfy { $0 == " " || $0 == "\n" || $0 == "\t" } ? nil : text
    }

    private static func withoutReturns(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            if byte == 0x0A, out.last == 0x0D { out.removeLast() }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// A text written in the person's own editor. Its file lies in the home, for this user only, and is gone afterwards.
enum Editor {
    static func write(in home: Home, starting: String = "") throws -> [UInt8] {
        guard Console.canAsk else { throw Failure(.usage, .needsTerminal, ["flag": "--file"]) }
        let editor = Environment.value("VISUAL") ?? Environment.value("EDITOR") ?? "vi"
        var name = Array("\(home.path)/.text-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0 else { throw Failure(.fault, .fileUnreadable, ["path": home.path]) }
        defer {
            close(descriptor)
            removeDraft(path, in: home)
        }
        Console.write(Array(starting.utf8), to: descriptor)
        let status = try run(editor, path) { removeDraft(path, in: home) }
        guard status == 0 else { throw Failure(.other, .editorFailed) }
        // Many editors write a new file in place of the old one: it is read by its name.
        let written = open(path, O_RDONLY | O_CLOEXEC)
        guard written >= 0 else { throw Failure(.other, .editorFailed) }
        defer { close(written) }
        var all: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = page.withUnsafeMutableBytes { Platform.read(written, $0.baseAddress, $0.count) }
            guard count > 0, all.count < 1 << 20 else { return all }
            all += page.prefix(count)
        }
    }

    /// How long an editor may take to end when the terminal is gone, milliseconds.
    private static let patienceMs: Int64 = 2_000

    /// Runs the editor and waits for it; its exit code. A signal that ends this ends the editor, too, and then nothing
    /// of the draft is left. Ctrl-C is the editor's own.
    private static func run(_ editor: String, _ path: String, clear: () -> Void) throws -> Int32 {
        _ = SignalPipe.catchSignals()
        defer { SignalPipe.letGo() }
        let pid = try Spawn.begin("/bin/sh", ["-c", "\(editor) \"$1\"", "sh", path])
        while true {
            if let code = Spawn.ended(pid) { return code }
            guard let number = SignalPipe.wait(atMost: 20) else { continue }
            switch number {
            case SIGINT, SIGQUIT: break
            case SIGTSTP: SignalPipe.obey(number)
            default:
                kill(pid, number)
                let endMs = Platform.nowMs + patienceMs
                while Spawn.ended(pid) == nil, Platform.nowMs < endMs { usleep(10_000) }
                clear()
                SignalPipe.obey(number)
            }
        }
    }

    /// Takes the draft away, and what editors write beside it: swap files, backups and their likes bear its name.
    private static func removeDraft(_ path: String, in home: Home) {
        unlink(path)
        guard let slash = path.lastIndex(of: "/"), let folder = opendir(home.path) else { return }
        defer { closedir(folder) }
        let name = String(path[path.index(after: slash)...])
        while let entry = readdir(folder) {
            let found = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            if found.contains(name) { unlink("\(home.path)/\(found)") }
        }
    }
}
