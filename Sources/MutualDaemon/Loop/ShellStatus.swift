import MutualControl
import MutualCore
import MutualCrypto
import MutualLanguage
import MutualWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the shell says of itself. Nothing here is about a person, or about whether somebody can be reached.
extension Shell {
    func status() throws(JournalFault) -> StatusResult {
        var status = StatusResult(state: "running")
        status.version = MutualVersion.text
        status.pid = Int64(getpid())
        status.home = storage.home.path
        status.id = IdentityText.encode(storage.identity.publicKey.bytes)
        status.name = try storage.ownName()
        status.port = connections.sessionPort.map { Int($0) }
        status.interfaces = interfaces.interfaces.map { interface in
            let families = Set(interface.addresses.map { $0.address.bytes.count })
            return StatusResult.Interface(
                name: interface.name,
                families: [families.contains(4) ? "ipv4" : nil, families.contains(16) ? "ipv6" : nil].compactMap { $0 })
        }
        status.passphrase = storage.vault.hasPassphrase
        return status
    }

    /// Whether somebody's clock is hours apart from ours: their beacons are heard, and their marks are of another time.
    func clockEvidence(saying catalogue: Catalogue) -> [Finding] {
        guard let people = try? storage.people(), !people.isEmpty, !lastBeacons.isEmpty else { return [] }
        let pairs = people.compactMap { try? storage.identity.pair(with: $0.key) }
        return ClockSearch(pairs: pairs, now: now()).finding(in: lastBeacons, saying: catalogue)
    }
}
