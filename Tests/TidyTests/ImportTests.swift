import Foundation
import Testing

/// A module that another one may import, and why.
struct Allowed {
    let name: String
    let reason: String

    init(_ name: String, _ reason: String) {
        self.name = name
        self.reason = reason
    }
}

/// The arrows of docs/architecture.md: each module imports only what stands below it.
let allowedImports: [String: [Allowed]] = [
    "MutualCrypto": [
        Allowed("CSodium", "the primitives; one file a primitive calls them")
    ],
    "MutualWire": [
        Allowed("SwiftProtobuf", "the records are protobuf; generated types stay inside this module"),
        Allowed("FoundationEssentials", "generated code speaks of Data; nothing of it crosses the border"),
        Allowed("Foundation", "the same on macOS, which has no FoundationEssentials"),
    ],
    "MutualRules": [],
    "MutualCore": [
        Allowed("MutualWire", "the messages that the Node reads and writes"),
        Allowed("MutualRules", "what may be said is decided there"),
        Allowed("MutualCrypto", "keys, handshakes and marks"),
    ],
    "MutualStore": [
        Allowed("MutualCore", "it implements Core's Journal"),
        Allowed("MutualWire", "items are kept as their records"),
        Allowed("MutualCrypto", "sealing, twins, vault and bucket keys"),
        Allowed("GRDB", "SQLite"),
        Allowed("Foundation", "GRDB takes blobs as Data"),
        Allowed("Glibc", "files are written in place and synced by descriptor"),
        Allowed("Darwin", "the same on macOS"),
    ],
    "MutualControl": [
        Allowed("FoundationEssentials", "dates as RFC 3339")
    ],
    "MutualLanguage": [],
    "MutualClient": [
        Allowed("MutualControl", "the contract of the socket"),
        Allowed("Glibc", "a blocking Unix socket"),
        Allowed("Musl", "the same with a static library"),
        Allowed("Darwin", "the same on macOS"),
    ],
    "MutualDaemon": [
        Allowed("MutualCore", "the Node, its inputs and effects"),
        Allowed("MutualStore", "the journal that a turn runs in"),
        Allowed("MutualWire", "lengths and limits of what the sockets carry"),
        Allowed("MutualCrypto", "entropy, the identity from the vault"),
        Allowed("MutualControl", "the contract of the socket"),
        Allowed("MutualLanguage", "the sentences of errors"),
        Allowed("CPlatform", "what Swift cannot say of sockets and interfaces"),
        Allowed("NIOCore", "the event loop"),
        Allowed("NIOPosix", "its sockets"),
        Allowed("Logging", "the log, without names, ids or texts"),
        Allowed("Synchronization", "one atomic flag between the signal thread and the loop"),
        Allowed("Glibc", "locks, signals, interfaces"),
        Allowed("Darwin", "the same on macOS"),
    ],
    "MutualSimulator": [
        Allowed("MutualCore", "the Node, its inputs and effects"),
        Allowed("MutualStore", "the real store on an invented disk"),
        Allowed("MutualRules", "the numbers of the kinds"),
        Allowed("MutualWire", "what the network carries, read along by the checkers"),
        Allowed("MutualCrypto", "the keys of invented machines and modified peers"),
    ],
    "mutual-sim": [
        Allowed("MutualSimulator", "all of it"),
        Allowed("ArgumentParser", "the command line"),
    ],
    "mutuald": [
        Allowed("MutualDaemon", "all of it"),
        Allowed("ArgumentParser", "the command line"),
    ],
    "mutuald-story": [
        Allowed("MutualDaemon", "all of it, with clocks that move"),
        Allowed("ArgumentParser", "the command line"),
        Allowed("Glibc", "the file of the clock"),
        Allowed("Darwin", "the same on macOS"),
    ],
    "mutual": [
        Allowed("MutualClient", "the socket"),
        Allowed("MutualControl", "the contract of the socket"),
        Allowed("MutualLanguage", "sentences, and text from others made safe"),
        Allowed("ArgumentParser", "the command line"),
        Allowed("Glibc", "terminal and processes"),
        Allowed("Musl", "the same with a static library"),
        Allowed("Darwin", "the same on macOS"),
    ],
]

/// Modules without Swift in them.
private let headerModules: Set<String> = ["CSodium", "CPlatform"]

/// The modules that Swift text imports.
func imports(in text: String) -> Set<String> {
    var found: Set<String> = []
    for line in codeOnly(text).split(separator: "\n") {
        var words = line.split(whereSeparator: { " \t;".contains($0) })
        while let first = words.first, first.hasPrefix("@") || accessWords.contains(first) { words.removeFirst() }
        guard words.first == "import", words.count >= 2 else { continue }
        let name = declarationWords.contains(words[1]) && words.count >= 3 ? words[2] : words[1]
        found.insert(String(name.prefix { $0 != "." }))
    }
    return found
}

private let accessWords: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
private let declarationWords: Set<Substring> = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
]

/// What is wrong with a module's imports: those that the table lacks, and lines of the table that nobody uses.
func faults(of module: String, importing used: Set<String>, allowed: [Allowed]) -> [String] {
    let names = Set(allowed.map(\.name))
    let wrong = used.subtracting(names).sorted().map { "\(module) must not import \($0)" }
    let stale = names.subtracting(used).sorted().map { "\(module) does not import \($0) any more: take out its line" }
    return wrong + stale
}

@Suite struct ImportTests {
    @Test func everyModuleImportsOnlyWhatStandsBelowIt() throws {
        var used: [String: Set<String>] = [:]
        for file in try Repository.files(under: "Sources", endingIn: [".swift"]) {
            let parts = file.path.split(separator: "/")
            guard parts.count >= 3 else {
                Issue.record("\(file.path) belongs to no module")
                continue
            }
            used[String(parts[1]), default: []].formUnion(imports(in: file.text))
        }
        #expect(!used.isEmpty)
        for (module, names) in used.sorted(by: { $0.key < $1.key }) where !headerModules.contains(module) {
            guard let allowed = allowedImports[module] else {
                Issue.record("\(module) has no line in the table of allowed imports")
                continue
            }
            for fault in faults(of: module, importing: names, allowed: allowed) { Issue.record("\(fault)") }
        }
    }

    @Test func everyLineHasAReason() {
        for (module, lines) in allowedImports {
            #expect(lines.allSatisfy { !$0.reason.isEmpty }, "\(module)")
            #expect(Set(lines.map(\.name)).count == lines.count, "\(module) names one twice")
        }
    }

    @Test func importsAreFoundInEveryForm() {
        let text = """
            public import Above
            @testable import Inside
            @preconcurrency internal import Older
            import struct Part.Thing
            import Sub.Module
                import Indented
            // import Commented
            let text = "import Quoted"
            """
        #expect(imports(in: text) == ["Above", "Inside", "Older", "Part", "Sub", "Indented"])
    }

    @Test func aForeignImportAndAStaleLineAreFaults() {
        let found = faults(of: "M", importing: ["A", "B"], allowed: [Allowed("A", "so"), Allowed("C", "so")])
        #expect(found == ["M must not import B", "M does not import C any more: take out its line"])
    }
}
