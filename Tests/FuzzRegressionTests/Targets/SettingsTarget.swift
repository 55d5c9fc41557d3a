@testable import MutualDaemon
import MutualWire

/// One text as `mutual.toml`, and as the value of each variable of the environment.
func fuzzSettings(_ input: [UInt8]) throws {
    // The file is read as UTF-8 of less than 64 KiB; anything else is refused before.
    guard let text = String(validating: input, as: UTF8.self), input.count < 65_536 else { return }
    try check { settings throws(DaemonError) in try settings.apply(file: text, path: "mutual.toml") }
    for name in ["PORT", "INTERFACES", "ALLOW_PREFIXES", "LANGUAGE", "LOG_LEVEL"] {
        try check { settings throws(DaemonError) in
            try settings.apply { $0 == "MUTUAL_" + name ? text : nil }
        }
    }
}

private func check(_ apply: (inout Settings) throws(DaemonError) -> Void) throws {
    var settings = Settings()
    do throws(DaemonError) {
        try apply(&settings)
    } catch {
        try hold(error.exitCode == .usage, "wrong settings are a matter of usage")
        try hold(!error.sentence.isEmpty, "a refusal says why")
        return
    }
    try hold(2...16 ~= settings.language.utf8.count, "a language has 2 to 16 letters")
    try hold(settings.allowPrefixes.allSatisfy { Prefix($0.text) == $0 }, "prefixes are prefixes")
    var again = settings
    try apply(&again)
    try hold(
        again.port == settings.port && again.interfaces == settings.interfaces && again.language == settings.language
            && again.allowPrefixes == settings.allowPrefixes && again.logLevel == settings.logLevel,
        "settings that are read twice are the same")
}
