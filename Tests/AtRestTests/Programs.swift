import Foundation
import MutualControl
import TestSupport
import Testing

/// The built programs, as a person and a service manager run them.
enum Programs {
    struct Result {
        var code: Int32
        var output: String
        var errors: String
    }

    /// Where `mutual` and `mutuald` are: `$MUTUAL_BIN`, else beside the tests.
    static let folder: String? = {
        let environment = ProcessInfo.processInfo.environment["MUTUAL_BIN"]
        let runner = ProcessInfo.processInfo.arguments.first.map { ($0 as NSString).deletingLastPathComponent }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/debug").path
        return [environment, Bundle.main.bundlePath, runner, root].compactMap { $0 }.first { folder in
            ["mutual", "mutuald"].allSatisfy { FileManager.default.isExecutableFile(atPath: folder + "/" + $0) }
        }
    }()

    static func begin(
        _ program: String, _ arguments: [String], input: Pipe? = nil, environment: [String: String] = [:]
    ) throws -> (process: Started, output: Pipe, errors: Pipe) {
        // A program may end before it has read all that it is given.
        signal(SIGPIPE, SIG_IGN)
        let (output, errors) = (Pipe(), Pipe())
        let process = try Started(
            try #require(folder) + "/" + program, arguments,
            environment: ProcessInfo.processInfo.environment.merging([
                "MUTUAL_INTERFACES": "lo,lo0", "LC_ALL": "C.UTF-8", "MUTUAL_PORT": "0",
            ]) { $1 }.merging(environment) { $1 }, input: input, output: output, errors: errors)
        return (process, output, errors)
    }

    /// Runs a program to its end, with `input` at its stdin.
    static func run(
        _ program: String, _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        let pipe = input.map { _ in Pipe() }
        let (process, output, errors) = try begin(program, arguments, input: pipe, environment: environment)
        if let pipe, let input {
            try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try? pipe.fileHandleForWriting.close()
        }
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }
}

/// A home of the built programs, in a folder of its own; whatever runs on it ends with this object.
final class RealHome {
    let folder: String
    var path: String { folder + "/h" }
    private var daemons: [Started] = []

    init(name: String? = "Alder") throws {
        // Short, so that the socket's path fits.
        folder = "/tmp/ar-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        if let name {
            let made = try mutual("init", "--name", name)
            try #require(made.code == 0, "\(made.errors)")
        }
    }

    deinit {
        for daemon in daemons where daemon.isRunning { kill(daemon.processIdentifier, SIGKILL) }
        _ = try? mutual("stop")
        try? FileManager.default.removeItem(atPath: folder)
    }

    @discardableResult
    func mutual(_ arguments: String..., input: String? = nil) throws -> Programs.Result {
        try Programs.run("mutual", [arguments[0], "--home", path] + arguments.dropFirst(), input: input)
    }

    /// Starts `mutuald` in the foreground and waits until its socket answers.
    @discardableResult
    func start(
        _ arguments: [String] = [], input: String? = nil, environment: [String: String] = [:]
    ) throws -> Started {
        let pipe = input.map { _ in Pipe() }
        let (process, _, errors) = try Programs.begin(
            "mutuald", ["--home", path] + arguments, input: pipe, environment: environment)
        if let pipe, let input {
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
        }
        daemons.append(process)
        self.errors = errors
        for _ in 0..<1_200 {
            if (try? Caller(path: path + "/control.sock")) != nil { return process }
            if !process.isRunning { break }
            usleep(25_000)
        }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        throw NeverAnswered(said: said)
    }

    struct NeverAnswered: Error { var said: String }

    /// What the last daemon says on stderr, which ends with it.
    private(set) var errors: Pipe?

    func stop(_ daemon: Started) {
        daemon.terminate()
        daemon.waitUntilExit()
    }

    /// One call over a connection of its own.
    func call(_ method: String, _ parameters: String = "{}") throws -> JSONValue {
        try Caller(path: path + "/control.sock").call(method, parameters)
    }

    /// A file beside the home.
    func file(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let file = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }

    /// The bytes of every file of the home, by name.
    func contents() throws -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            guard let data = FileManager.default.contents(atPath: path + "/" + name) else { continue }
            result[name] = [UInt8](data)
        }
        return result
    }
}

private func systemSend(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: CInt) -> Int {
    send(descriptor, bytes, count, flags)
}

/// A client of plain system calls.
final class Caller {
    enum Fault: Error { case noSocket, time, ended, noJSON(String) }

    private let descriptor: CInt
    private var buffer: [UInt8] = []

    init(path: String) throws {
        #if os(Linux)
            descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(100))) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // What is thrown here still ends with `deinit`, which closes.
        guard status == 0 else { throw Fault.noSocket }
    }

    deinit { close(descriptor) }

    func call(_ method: String, _ parameters: String = "{}") throws -> JSONValue {
        try send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\(method)\",\"params\":\(parameters)}")
        return try document()
    }

    func send(_ line: String) throws {
        let bytes = Array((line + "\n").utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                systemSend(descriptor, $0.baseAddress, $0.count, sendFlags)
            }
            guard count > 0 else { throw Fault.ended }
            done += count
        }
    }

    private var sendFlags: CInt {
        #if os(Linux)
            CInt(MSG_NOSIGNAL)
        #else
            0
        #endif
    }

    func document(waitMs: Int32 = 30_000) throws -> JSONValue {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = Array(buffer[..<end])
                buffer.removeFirst(end + 1)
                guard let tree = try? JSONValue(parsing: line) else {
                    throw Fault.noJSON(String(decoding: line, as: UTF8.self))
                }
                return tree
            }
            var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&one, 1, waitMs) > 0 else { throw Fault.time }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { throw Fault.ended }
            buffer += chunk[..<count]
        }
    }
}

extension [UInt8] {
    func contains(_ needle: [UInt8]) -> Bool { Data(self).range(of: Data(needle)) != nil }
}
