import Foundation
import Testing

/// Every input that is kept, through the function that a fuzzer found it with: the corpus, from which fuzzing begins,
/// and what once ended a run (`corpus/TARGET/found-*`).
@Suite struct FuzzRegressionTests {
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "corpus")

    private static func inputs(_ target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = corpus.appending(path: target.rawValue)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            (name, [UInt8](try Data(contentsOf: folder.appending(path: name))))
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func whatIsKeptHolds(_ target: FuzzTarget) throws {
        let inputs = try Self.inputs(target)
        #expect(!inputs.isEmpty, "a fuzzer begins with something")
        for input in inputs {
            #expect(throws: Never.self, "corpus/\(target.rawValue)/\(input.name)") { try target.run(input.bytes) }
        }
    }

    /// The ends of each input, and the empty one.
    @Test(arguments: FuzzTarget.allCases)
    func whatIsCutHolds(_ target: FuzzTarget) throws {
        try target.run([])
        for input in try Self.inputs(target).prefix(4) {
            for count in [1, 2, input.bytes.count / 2, input.bytes.count - 1] where count > 0 {
                #expect(throws: Never.self, "corpus/\(target.rawValue)/\(input.name), \(count) bytes of it") {
                    try target.run(Array(input.bytes.prefix(count)))
                }
            }
        }
    }

    /// A corpus is small enough to be read by anybody who clones the repository.
    @Test(arguments: FuzzTarget.allCases)
    func aCorpusIsSmall(_ target: FuzzTarget) throws {
        let inputs = try Self.inputs(target)
        #expect(inputs.map(\.bytes.count).reduce(0, +) <= 64 * 1_024)
        #expect(inputs.count <= 200)
    }

    @Test func aViolationIsSeen() {
        #expect(throws: Violation.self) { try hold(false, "so it is") }
    }
}
