import Testing

@testable import MutualCrypto

@Suite struct CPaceTests {
    @Test func runs() throws {
        let file = try Vectors.file("cpace_ristretto255")
        #expect(try CPace.dsi == file.bytes("DSI"))
        #expect(try CPace.dsiISK == file.bytes("DSI_ISK"))
        let runs = try file.list("runs")
        #expect(runs.count == 2)
        for run in runs {
            let (prs, ci, sid) = (try run.bytes("PRS"), try run.bytes("CI"), try run.bytes("sid"))
            #expect(try CPace.generatorString(prs: prs, ci: ci, sid: sid) == run.bytes("generator_string"))
            let generator = try written(32) { try CPace.generator(prs: prs, ci: ci, sid: sid, into: $0) }
            #expect(try generator == run.bytes("generator"), "\(run.name)")
            let a = try CPaceExchange(prs: prs, ci: ci, sid: sid, scalar: run.secret("ya"))
            let b = try CPaceExchange(prs: prs, ci: ci, sid: sid, scalar: run.secret("yb"))
            #expect(try a.share == run.bytes("Ya"), "\(run.name)")
            #expect(try b.share == run.bytes("Yb"), "\(run.name)")
            #expect(try written(32) { try a.multiply(b.share, into: $0) } == run.bytes("K"), "\(run.name)")
            #expect(try written(32) { try b.multiply(a.share, into: $0) } == run.bytes("K"), "\(run.name)")
            let (ada, adb) = (try run.bytes("ADa"), try run.bytes("ADb"))
            #expect(try CPace.transcript(a.share, ada, b.share, adb) == run.bytes("transcript_ir"))
            let mine = try a.sessionKey(isInitiator: true, theirShare: b.share, myAD: ada, theirAD: adb)
            let theirs = try b.sessionKey(isInitiator: false, theirShare: a.share, myAD: adb, theirAD: ada)
            #expect(try reveal(mine) == run.bytes("ISK_ir"), "\(run.name)")
            #expect(try reveal(theirs) == run.bytes("ISK_ir"), "\(run.name)")
        }
    }

    @Test func pointsThatMustAbort() throws {
        for vector in try Vectors.file("cpace_ristretto255").list("scalar_mult_vfy") {
            let exchange = try CPaceExchange(prs: [1], ci: [], sid: [], scalar: vector.secret("s"))
            let point = try vector.bytes("X")
            let out = try vector.bytes("out")
            if out.allSatisfy({ $0 == 0 }) {
                #expect(throws: CryptoError.refusedShare, "\(vector.name)") {
                    _ = try written(32) { try exchange.multiply(point, into: $0) }
                }
            } else {
                #expect(try written(32) { try exchange.multiply(point, into: $0) } == out, "\(vector.name)")
            }
        }
    }

    /// The string functions of the setting with roles; those of the other setting are not used.
    @Test func strings() throws {
        var seen = 0
        for vector in try Vectors.file("cpace_ristretto255").list("strings") {
            let args = try vector.texts("args").map { try #require(unhex($0)) }
            switch try vector.text("function") {
            case "prepend_len":
                #expect(try CPace.prependLength(args[0]) == vector.bytes("out"))
            case "lv_cat":
                #expect(try CPace.lvCat(args[0], args[1], args[2], args[3]) == vector.bytes("out"))
            case "transcript_ir":
                #expect(try CPace.transcript(args[0], args[1], args[2], args[3]) == vector.bytes("out"))
            default: continue
            }
            seen += 1
        }
        #expect(seen == 7)
    }

    @Test func wideScalarsAreReduced() throws {
        let wide = [UInt8](0..<64)
        let small = try written(32) { out in try wide.withUnsafeBytes { try Ristretto255.reduce($0, into: out) } }
        let a = try CPaceExchange(prs: [1], ci: [2], sid: [3], scalar: secretBytes(wide))
        let b = try CPaceExchange(prs: [1], ci: [2], sid: [3], scalar: secretBytes(small))
        #expect(a.share == b.share)
        #expect(throws: CryptoError.wrongLength) {
            _ = try CPaceExchange(prs: [1], ci: [2], sid: [3], scalar: secretBytes([1, 2, 3]))
        }
    }

    /// libsodium 1.0.18 takes a share with the top bit set for the share without it.
    @Test func topBitIsRefused() throws {
        let a = try CPaceExchange(prs: [1], ci: [2], sid: [3], scalar: secretBytes([UInt8](0..<64)))
        var share = a.share
        share[31] |= 0x80
        #expect(throws: CryptoError.refusedShare) {
            _ = try a.sessionKey(isInitiator: true, theirShare: share, myAD: [], theirAD: [])
        }
    }
}
