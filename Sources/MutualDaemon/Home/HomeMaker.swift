import MutualControl
import MutualCore
import MutualLanguage
import MutualWire

/// `init`: makes a home with a new identity, once.
public enum HomeMaker {
    /// What is said of a new home.
    public struct Made: Hashable, Sendable {
        /// For people.
        public var lines: [String]
        /// For programs: who lives here, one JSON document.
        public var document: String
    }

    /// Makes it and gives what to print. A home that has an identity is refused and stays as it is; one whose
    /// making was cut off is finished.
    public static func make(
        _ home: HomeLocation, name: String, environment: (String) -> String? = { HomeLocation.variable($0) }
    ) throws(DaemonError) -> Made {
        try check(name: name)
        try home.checkLength()
        try home.create()
        let lock = try HomeLock(home)
        defer { withExtendedLifetime(lock) {} }
        _ = try HomeWiper.goOn(home)
        let settings = try Settings.load(home, environment: environment)
        let sentences = Sentences(tag: settings.language)
        do throws(JournalFault) {
            if !home.hasVault {
                // The vault is made first: one that is missing now is lost.
                if home.hasStore { throw JournalFault("damaged") }
                try Storage.makeVault(home)
            }
            // Nobody sets a passphrase before the home is made.
            if try Storage.isLocked(home) { throw JournalFault("exists") }
            // Something was written here: this is no making that was cut off, and nothing may take its place.
            let isNew = !(try Storage.hasKeys(home))
            let storage = try Storage(home: home, isNew: isNew)
            defer { storage.close() }
            guard try storage.ownName().isEmpty else { throw JournalFault("exists") }
            try storage.setOwnName(name)
            return Made(
                lines: [sentences.say(.purpose), sentences.say(.nextStart)],
                document: String(decoding: try storage.identityResult().bytes(), as: UTF8.self))
        } catch {
            if error.reason == "exists" {
                throw DaemonError(
                    "There is somebody in \(home.path) already; nothing was changed.",
                    advice: sentences.say(.nextStart), reason: "exists", exitCode: .conflict)
            }
            throw Storage.sentence(for: error.reason == "unmade" ? JournalFault("damaged") : error, home: home)
        }
    }

    /// What can be one's own name.
    private static func check(name: String) throws(DaemonError) {
        let hasControl = name.unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.value == 0x2028 || $0.value == 0x2029
        }
        let isBad =
            name.isEmpty || name.utf8.count > Limits.nameBytes || name.lowercased() == "all" || name.contains(",")
            || name.first == " " || name.last == " " || hasControl
        guard !isBad else {
            let said = Catalogue().refusal("bad-name")
            throw DaemonError(said.sentence, advice: said.advice, reason: "bad-name", exitCode: .refused)
        }
    }
}
