import Foundation
import Testing

@testable import MutualCrypto

@Suite struct SecretBytesTests {
    @Test func holdsWhatWasFilledIn() {
        let secret = SecretBytes(count: 3) { $0.copyBytes(from: [1, 2, 3]) }
        #expect(secret.count == 3)
        #expect(reveal(secret) == [1, 2, 3])
        #expect(secret.withBytes { outer in secret.withBytes { inner in outer[0] + inner[2] } } == 4)
    }

    @Test func isZeroBeforeItIsFilled() {
        #expect(reveal(SecretBytes(count: 100) { _ in }) == [UInt8](repeating: 0, count: 100))
    }

    @Test func isNotPrinted() {
        let secret = secretBytes(Array("hunter2hunter2".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("0x"))
            #expect(!text.contains("104"))
        }
        #expect(!((secret as Any) is any Encodable))
    }

    @Test func throwsWhatFillThrows() {
        #expect(throws: CryptoError.missingKey) {
            _ = try SecretBytes(count: 8) { (_) throws(CryptoError) in throw .missingKey }
        }
    }

    /// A write through the pointer dies: the pages are read-only.
    @Test func cannotBeWritten() async {
        await #expect(processExitsWith: .failure) {
            let secret = SecretBytes(count: 32) { _ in }
            secret.withBytes { UnsafeMutableRawBufferPointer(mutating: $0)[0] = 1 }
        }
    }

    /// A read behind the end dies: the page there is inaccessible.
    @Test func cannotBeReadBehindItsEnd() async {
        await #expect(processExitsWith: .failure) {
            let secret = SecretBytes(count: 32) { _ in }
            let byte = secret.withBytes { $0.baseAddress.map { ($0 + 32).load(as: UInt8.self) } }
            precondition(byte != nil)
        }
    }

    @Test func temporarySecretsAreZeroBefore() {
        for _ in 0..<3 {
            withTemporarySecret(64) { bytes in
                #expect(bytes.allSatisfy { $0 == 0 })
                for i in bytes.indices { bytes[i] = 0xa5 }
            }
        }
        #expect(throws: CryptoError.missingKey) {
            try withTemporarySecret(64) { (_) throws(CryptoError) in throw .missingKey }
        }
    }

    @Test func comparisons() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2], [1, 2]))
        #expect(!ConstantTime.equal([1, 2], [1, 3]))
        #expect(!ConstantTime.equal([1, 2], [1, 2, 3]))
    }

    @Test func seededRandomRepeatsAndGoesOn() throws {
        var a = SeededRandom(seed: [1])
        var b = SeededRandom(seed: [1])
        var c = SeededRandom(seed: [2])
        let first = try written(40) { a.fill($0) }
        #expect(try written(40) { b.fill($0) } == first)
        #expect(try written(40) { c.fill($0) } != first)
        #expect(try written(40) { a.fill($0) } != first)
    }

    @Test func systemRandomFills() throws {
        let first = try written(32) { SystemRandom.fill($0) }
        #expect(try written(32) { SystemRandom.fill($0) } != first)
        _ = try written(0) { SystemRandom.fill($0) }
    }
}
