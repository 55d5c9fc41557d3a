import MutualCore
import MutualCrypto
import MutualStore

/// A text that went before its time is beyond the reach of whoever has the store key, the disk as it is, and every page that
/// was ever on it: no slot of the file `keys` opens the key that its row held `[storage-16]`. And the file holds no key
/// that no row names.
final class BeyondReach: Checker {
    let name = "beyond-reach"
    private var held: [Int: [SealedKey]] = [:]

    func started(_ machine: Machine, _ world: World) throws {
        held[machine.number] = try machine.store?.sealedKeys()
    }

    func turned(_ turn: TurnRecord, _ world: World) throws {
        guard turn.committed, let store = turn.machine.store else { return }
        let keys = try store.sealedKeys()
        let rows = Set(keys.map(\.row))
        // What goes at its time may lie in its bucket until the hour is over.
        let gone = (held[turn.machine.number] ?? []).filter { key in
            !rows.contains(key.row) && (key.isKept || key.expiresMs > turn.now.wallMs)
        }
        held[turn.machine.number] = keys
        guard !gone.isEmpty else { return }
        for (_, bucket) in buckets(of: turn.machine) {
            for key in gone {
                try hold(
                    !opens(key, bucket),
                    "machine \(turn.machine.number): the text of row \(key.row.number) is gone, and its key is not")
            }
        }
    }

    func converged(_ world: World) throws {
        for machine in world.machines where machine.power == .running {
            let named = Set(try machine.store?.sealedKeys().map(\.slot) ?? [])
            for (slot, _) in buckets(of: machine) {
                try hold(named.contains(slot), "machine \(machine.number) keeps a key in slot \(slot) for nothing")
            }
        }
    }

    private func opens(_ key: SealedKey, _ bucket: BucketKey) -> Bool {
        do throws(CryptoError) {
            try bucket.withItemKey(wrapped: key.wrapped, ad: key.associatedData) { _ in }
            return true
        } catch {
            return false
        }
    }

    /// What the file `keys` holds on the disk.
    private func buckets(of machine: Machine) -> [(slot: Int, key: BucketKey)] {
        let bytes = machine.disk.synced(.keys) ?? []
        let slotKey = StoreKey(machine.storeKey).slotKey
        let size = SlotKey.slotByteCount
        return (0..<bytes.count / size).compactMap { slot in
            let data = Array(bytes[slot * size..<(slot + 1) * size])
            return (try? slotKey.open(data, slot: UInt64(slot))).map { (slot, $0.0) }
        }
    }
}
