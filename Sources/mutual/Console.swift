import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is written and asked at the terminal.
enum Console {
    /// A line for people or programs, on stdout.
    static func say(_ line: String) { write(Array(line.utf8) + [0x0A], to: 1) }

    /// A line for people that goes on further in where the terminal ends.
    static func fold(_ line: String) {
        let indent = String(line.prefix { $0 == " " })
        let width = columns.map { $0 - indent.count }
        for row in SafeText.rows(String(line.dropFirst(indent.count)), columns: width) { say(indent + row) }
    }

    /// A sentence of the catalogue, on stdout.
    static func say(_ key: Key, _ arguments: [String: String] = [:]) {
        for row in SafeText.rows(Words.say(key, arguments), columns: columns) { say(row) }
    }

    /// One JSON document, on stdout.
    static func say(document: [UInt8]) { write(document + [0x0A], to: 1) }

    /// What goes wrong, on stderr.
    static func complain(_ line: String) {
        for row in SafeText.rows(line, columns: columns(of: 2)) { write(Array(row.utf8) + [0x0A], to: 2) }
    }

    /// Where questions are asked: with `--json`, or where stdout is no terminal, what is there is for a program.
    static var questions: CInt { isatty(1) == 1 && !Mutual.isJSON ? 1 : 2 }

    /// A question without a line feed. A long name in it goes on further in, as in any other sentence.
    static func ask(_ question: String) {
        let end = question.reversed().prefix { $0 == " " }.count
        let rows = SafeText.rows(String(question.dropLast(end)), columns: columns(of: questions).map { $0 - end })
        write(Array((rows.joined(separator: "\n") + String(repeating: " ", count: end)).utf8), to: questions)
    }

    /// The line of a question ends without an answer that was typed.
    static func endQuestion() { write([0x0A], to: questions) }

    /// Words without a line feed, as they are: what is being typed.
    static func prompt(_ text: String) { write(Array(text.utf8), to: 1) }

    static func write(_ bytes: [UInt8], to descriptor: CInt) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Whether questions can be asked.
    static var canAsk: Bool { isatty(0) == 1 }

    /// Whether a person sits somewhere: a script without a controlling terminal sends `auto`.
    static var hasControllingTerminal: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return false }
        close(terminal)
        return true
    }

    /// Columns of the terminal that stdout is; nil: it is none, nothing is cut or wrapped.
    static var columns: Int? { columns(of: 1) }

    private static func columns(of descriptor: CInt) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return max(20, Int(size.ws_col)) }
        return Environment.value("COLUMNS").flatMap { Int($0) }.map { max(20, min($0, 1_000)) } ?? 80
    }

    /// One typed line; nil at the end of the input.
    static func readLine() -> String? {
        var line: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = read(0, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return line.isEmpty ? nil : text(line) }
            if byte == 0x0A { return text(line) }
            if line.count < 65_536 { line.append(byte) }
        }
    }

    /// All of stdin, as it is.
    /// - Throws: what is longer than any call.
    static func readAll() throws -> [UInt8] {
        var all: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = page.withUnsafeMutableBytes { Platform.read(0, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return all }
            all += page.prefix(count)
            guard all.count <= 1 << 20 else { throw Failure(.usage, .tooLongCall) }
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Asks at the terminal until it is yes or no; the end of the input is no.
    static func confirm(_ question: String, usually yes: Bool) -> Bool {
        while true {
            ask("\(question) \(Words.catalogue.choice(usually: yes)) ")
            guard let line = readLine() else {
                endQuestion()
                return false
            }
            if let answer = answer(line, usually: yes) { return answer }
            ask(Words.say(.pairAnswerAgain))
            endQuestion()
        }
    }

    /// What a typed line answers; nil: neither yes nor no.
    static func answer(_ line: String, usually yes: Bool) -> Bool? {
        Words.catalogue.answer(line, usually: yes)
    }
}
