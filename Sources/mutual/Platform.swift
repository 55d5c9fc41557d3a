#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the process is told from outside.
enum Environment {
    /// A variable that is set and not empty.
    static func value(_ name: String) -> String? {
        guard let place = getenv(name) else { return nil }
        let text = String(cString: place)
        return text.isEmpty ? nil : text
    }

    /// Whether every argument is UTF-8: Swift would mend others without a word.
    static var argumentsAreUTF8: Bool {
        for index in 0..<Int(CommandLine.argc) {
            guard let place = CommandLine.unsafeArgv[index] else { continue }
            let bytes = UnsafeRawBufferPointer(start: place, count: strlen(place))
            if String(validating: bytes, as: UTF8.self) == nil { return false }
        }
        return true
    }
}

/// The system's own calls where a name of ours stands before them.
enum Platform {
    static func write(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes, count)
        #else
            Glibc.write(descriptor, bytes, count)
        #endif
    }

    static func read(_ descriptor: CInt, _ place: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.read(descriptor, place, count)
        #elseif canImport(Musl)
            Musl.read(descriptor, place, count)
        #else
            Glibc.read(descriptor, place, count)
        #endif
    }

    /// Ends this process.
    static func end(_ code: Int32) -> Never { exit(code) }

    /// Milliseconds of a clock that never jumps.
    static var nowMs: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
    }
}
