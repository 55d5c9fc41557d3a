#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// libFuzzer's own `main`, which this toolchain's linker can't use as it is: the package manager gives each program's
/// entry the name of its module.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The program that scripts/fuzz builds: `MUTUAL_FUZZ_TARGET` names the function, the arguments are libFuzzer's.
@_cdecl("mutual_fuzz_main")
public func fuzz(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    guard FuzzTarget.chosen != nil else {
        say("MUTUAL_FUZZ_TARGET is one of: " + FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))
        return 2
    }
    var (count, arguments) = (count, arguments)
    return runFuzzer(&count, &arguments) { bytes, length in
        let input = Array(UnsafeBufferPointer(start: bytes, count: length))
        do {
            try FuzzTarget.chosen?.run(input)
        } catch {
            say("\(error)")
            // libFuzzer keeps the input of a process that aborts.
            abort()
        }
        return 0
    }
}

extension FuzzTarget {
    /// What the environment names.
    fileprivate static let chosen = getenv("MUTUAL_FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }
}

private func say(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
}
