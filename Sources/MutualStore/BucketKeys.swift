import MutualCore
import MutualCrypto

/// The file `keys`: one key for all items whose life ends in the same hour, in slots of 128 bytes `[storage]`.
///
/// What the file holds is held here too, still sealed; a few keys that are in use are open in guarded memory.
final class BucketKeys {
    static let slotSize = 128
    private static let sealedSize = 24 + 40 + 16
    /// Open keys at a time; each takes four pages.
    private static let openKeys = 32

    /// A key that is open, or that nobody asked for yet.
    private struct Bucket {
        var hour: UInt64
        var sealed: [UInt8]
    }

    private let files: any HomeFiles
    private let sealer: Sealer
    private var buckets: [Int: Bucket] = [:]
    private var slotOfHour: [UInt64: Int] = [:]
    private var open: [Int: SecretBytes] = [:]
    /// Slots in the file, whole ones.
    private(set) var slotCount = 0
    /// Slots below `slotCount` that hold no key.
    private var free = SortedRows()

    /// Reads the file and overwrites what no row names. A named slot that does not open is found when it is used.
    init(files: any HomeFiles, sealer: Sealer, isNamed: (Int) -> Bool) throws(JournalFault) {
        self.files = files
        self.sealer = sealer
        let bytes = try files.read(.keys) ?? []
        slotCount = (bytes.count + Self.slotSize - 1) / Self.slotSize
        var unnamed: [Int] = []
        for slot in 0..<slotCount {
            let end = min(bytes.count, (slot + 1) * Self.slotSize)
            let data = Array(bytes[slot * Self.slotSize..<end])
            guard let hour = try? Self.hour(ofSlot: slot, data, key: sealer.slotKey) else {
                if !isNamed(slot) { free.insert(Int64(slot)) }
                continue
            }
            buckets[slot] = Bucket(hour: hour, sealed: Array(data.prefix(Self.sealedSize)))
            if isNamed(slot) { slotOfHour[hour] = slot } else { unnamed.append(slot) }
        }
        try overwrite(unnamed)
    }

    /// The slot of this hour's key; made, written and synced first where there is none.
    func slot(ofHour hour: UInt64) throws(JournalFault) -> Int {
        if let slot = slotOfHour[hour] { return slot }
        return try makeSlot(ofHour: hour)
    }

    /// A new key for this hour in a slot of its own; what names the one before is to be wrapped anew.
    func makeSlot(ofHour hour: UInt64) throws(JournalFault) -> Int {
        let slot = free.rows.first.map { Int($0) } ?? slotCount
        let key = SecretBytes(count: 32) { sealer.entropy.fill($0) }
        let sealed = try seal(key, hour: hour, slot: slot)
        let padding = [UInt8](repeating: 0, count: Self.slotSize - sealed.count)
        try files.write(sealed + padding, to: .keys, at: slot * Self.slotSize)
        try files.sync(.keys)
        free.remove(Int64(slot))
        slotCount = max(slotCount, slot + 1)
        buckets[slot] = Bucket(hour: hour, sealed: sealed)
        slotOfHour[hour] = slot
        keep(key, slot)
        return slot
    }

    private func seal(_ key: SecretBytes, hour: UInt64, slot: Int) throws(JournalFault) -> [UInt8] {
        let ad = Sealer.bigEndian(UInt64(slot))
        return try withTemporarySecret(40) { plain throws(JournalFault) in
            key.withBytes { UnsafeMutableRawBufferPointer(rebasing: plain[..<32]).copyMemory(from: $0) }
            UnsafeMutableRawBufferPointer(rebasing: plain[32...]).copyBytes(from: Sealer.bigEndian(hour))
            return try sealer.slotKey.withBytes { slotKey throws(JournalFault) in
                try sealer.seal(UnsafeRawBufferPointer(plain), key: slotKey, ad: ad)
            }
        }
    }

    /// The key in a slot; throws `damaged` when none is there.
    func key(inSlot slot: Int) throws(JournalFault) -> SecretBytes {
        if let key = open[slot] { return key }
        guard let bucket = buckets[slot] else { throw .damaged }
        let key = try sealer.slotKey.withBytes { slotKey throws(JournalFault) in
            try withTemporarySecret(40) { plain throws(JournalFault) in
                try Sealer.open(bucket.sealed, key: slotKey, ad: Sealer.bigEndian(UInt64(slot)), into: plain)
                return SecretBytes(copying: UnsafeRawBufferPointer(rebasing: plain[..<32]))
            }
        }
        keep(key, slot)
        return key
    }

    private func keep(_ key: SecretBytes, _ slot: Int) {
        if open.count >= Self.openKeys { open = [:] }
        open[slot] = key
    }

    /// Overwrites slots with random bytes, synced once: what their keys had wrapped is gone.
    func overwrite(_ slots: [Int]) throws(JournalFault) {
        guard !slots.isEmpty else { return }
        for slot in slots {
            open[slot] = nil
            if let bucket = buckets[slot], slotOfHour[bucket.hour] == slot { slotOfHour[bucket.hour] = nil }
            try files.write(sealer.entropy.bytes(Self.slotSize), to: .keys, at: slot * Self.slotSize)
        }
        try files.sync(.keys)
        for slot in slots {
            buckets[slot] = nil
            free.insert(Int64(slot))
        }
    }

    /// The hour of a slot's bucket. Throws `slot-layout` or `seal-open`.
    static func hour(ofSlot slot: Int, _ data: [UInt8], key: SecretBytes) throws(JournalFault) -> UInt64 {
        guard data.count == slotSize, data[sealedSize...].allSatisfy({ $0 == 0 }) else {
            throw JournalFault("slot-layout")
        }
        return try key.withBytes { key throws(JournalFault) in
            try withTemporarySecret(40) { plain throws(JournalFault) in
                do throws(JournalFault) {
                    try Sealer.open(
                        Array(data[..<sealedSize]), key: key, ad: Sealer.bigEndian(UInt64(slot)), into: plain)
                } catch {
                    throw JournalFault("seal-open")
                }
                return plain[32...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
        }
    }
}
