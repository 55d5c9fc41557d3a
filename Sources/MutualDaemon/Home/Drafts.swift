#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Texts that a person writes in an editor lie in the home while they are written. Who writes takes them away; what a
/// crash left is taken away here.
enum Drafts {
    /// How their names begin. A hidden file's swap file, `.text-x.swp`, begins so, too.
    static let prefix = ".text-"
    /// A draft that was not touched for so long is nobody's any more, seconds.
    static let lifeS = 86_400

    /// Takes away what nobody writes any more.
    static func removeOld(in home: String) {
        guard let folder = opendir(home) else { return }
        defer { closedir(folder) }
        let now = time(nil)
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix) else { continue }
            let path = home + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            #if canImport(Darwin)
                let touched = status.st_mtimespec.tv_sec
            #else
                let touched = status.st_mtim.tv_sec
            #endif
            if touched < now - lifeS { unlink(path) }
        }
    }
}
