#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What other programs and the kernel's files say, for the doctor.
enum Output {
    /// More than any set of rules or file that is looked at.
    private static let limit = 8 << 20
    private static let patienceMs: Int32 = 3_000

    /// Runs a program by its whole path; nil when it does not exit with 0, takes too long or says too much.
    static func of(_ program: String, _ arguments: [String]) -> [UInt8]? {
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { _ = systemClose(ends[0]) }
        let pid = begin(program, arguments, output: ends[1])
        _ = systemClose(ends[1])
        guard let pid else { return nil }
        let bytes = readAll(ends[0])
        if bytes == nil { kill(pid, SIGKILL) }
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status == 0 ? bytes : nil
    }

    private static func begin(_ program: String, _ arguments: [String], output: CInt) -> pid_t? {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        // The daemon holds its signals back; the program is not to inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = [strdup("LC_ALL=C"), nil]
        defer { for word in words + variables { free(word) } }
        var pid: pid_t = 0
        return posix_spawn(&pid, program, &actions, &attributes, &words, &variables) == 0 ? pid : nil
    }

    private static func readAll(_ file: CInt) -> [UInt8]? {
        var bytes: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 65_536)
        var clock = SystemClock()
        let end = clock.now().monotonicMs + Int64(patienceMs)
        while bytes.count <= limit {
            let left = end - clock.now().monotonicMs
            var one = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&one, 1, Int32(clamping: left)) > 0 else { return nil }
            let count = read(file, &page, page.count)
            if count == 0 { return bytes }
            guard count > 0 else { return nil }
            bytes += page.prefix(count)
        }
        return nil
    }

    /// The text of a small file; nil when it cannot be read.
    static func file(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { _ = systemClose(file) }
        var bytes: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = read(file, &page, page.count)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            guard count > 0 else { return nil }
            bytes += page.prefix(count)
        }
        return nil
    }

    /// Where a symbolic link leads; nil when it cannot be read.
    static func link(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 256)
        let count = readlink(path, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The names in a folder; none when it cannot be read.
    static func names(in folder: String) -> [String]? {
        guard let open = opendir(folder) else { return nil }
        defer { closedir(open) }
        var names: [String] = []
        while let entry = readdir(open) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }
}
