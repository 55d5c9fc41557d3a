import CSodium

/// The hash of a Noise protocol. Mutual speaks SHA512; the others are there for the published vectors.
public enum NoiseHash: String, Sendable, CaseIterable {
    /// SHA-512.
    case sha512 = "SHA512"
    /// SHA-256.
    case sha256 = "SHA256"
    /// BLAKE2b with 64 bytes.
    case blake2b = "BLAKE2b"

    /// HASHLEN in bytes.
    var byteCount: Int { self == .sha256 ? 32 : 64 }

    /// HASH(a || b).
    func hash(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        [UInt8](count: byteCount) { out in
            a.withUnsafeBytes { a in b.withUnsafeBytes { b in hash([a, b], into: out) } }
        }
    }

    private func hash(_ parts: [UnsafeRawBufferPointer], into out: UnsafeMutableRawBufferPointer) {
        switch self {
        case .sha512:
            var hash = SHA512()
            for part in parts { hash.update(part) }
            hash.finish(into: out)
        case .sha256:
            var state = crypto_hash_sha256_state()
            crypto_hash_sha256_init(&state)
            for part in parts { crypto_hash_sha256_update(&state, part.bytePointer, UInt64(part.count)) }
            crypto_hash_sha256_final(&state, out.bytePointer)
        case .blake2b:
            withTemporarySecret(max(1, parts.reduce(0) { $0 + $1.count })) { joined in
                var size = 0
                for part in parts {
                    joined.part(size..<size + part.count).copyMemory(from: part)
                    size += part.count
                }
                _ = crypto_generichash_blake2b(out.bytePointer, 64, joined.bytePointer, UInt64(size), nil, 0)
            }
        }
    }

    /// HMAC-HASH(key, a || b).
    func hmac(
        key: UnsafeRawBufferPointer, _ a: UnsafeRawBufferPointer, _ b: [UInt8] = [],
        into out: UnsafeMutableRawBufferPointer
    ) {
        switch self {
        case .sha512:
            var mac = HMACSHA512(key: key)
            mac.update(a)
            mac.update(b)
            mac.finish(into: out)
        case .sha256:
            var state = crypto_auth_hmacsha256_state()
            crypto_auth_hmacsha256_init(&state, key.bytePointer, key.count)
            crypto_auth_hmacsha256_update(&state, a.bytePointer, UInt64(a.count))
            crypto_auth_hmacsha256_update(&state, b, UInt64(b.count))
            crypto_auth_hmacsha256_final(&state, out.bytePointer)
        case .blake2b:
            // libsodium has no HMAC over BLAKE2b: RFC 2104 by hand, block of 128 bytes. Noise's keys are 64 at most.
            precondition(key.count <= 128, "a key is no longer than a block")
            withTemporarySecret(128 + 64) { scratch in
                let pad = scratch.part(0..<128)
                let inner = scratch.part(128..<192)
                pad.copyMemory(from: key)
                for i in pad.indices { pad[i] ^= 0x36 }
                b.withUnsafeBytes { hash([pad.readOnly, a, $0], into: inner) }
                for i in pad.indices { pad[i] ^= 0x36 ^ 0x5c }
                hash([pad.readOnly, inner.readOnly], into: out)
            }
        }
    }

    /// HKDF(chaining key, input key material) of section 4.3: fills two or three outputs of HASHLEN.
    /// An output may be the memory of the chaining key.
    func hkdf(
        chainingKey: UnsafeRawBufferPointer, _ ikm: UnsafeRawBufferPointer,
        into outputs: UnsafeMutableRawBufferPointer...
    ) {
        withTemporarySecret(2 * 64) { scratch in
            let temp = scratch.part(0..<byteCount)
            let block = scratch.part(64..<64 + byteCount)
            hmac(key: chainingKey, ikm, into: temp)
            for (i, out) in outputs.enumerated() {
                let before = i == 0 ? block.part(0..<0) : block
                hmac(key: temp.readOnly, before.readOnly, [UInt8(i + 1)], into: block)
                out.copyMemory(from: block.part(0..<min(out.count, byteCount)).readOnly)
            }
        }
    }
}
