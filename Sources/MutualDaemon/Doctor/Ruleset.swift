import MutualControl

/// The rules of nftables, as `nft -j list ruleset` writes them: only as much as shows which chains may drop.
struct Ruleset {
    /// A chain that the kernel enters by itself.
    struct Chain: Hashable {
        var family: String
        var table: String
        var name: String
    }

    private struct Place: Hashable {
        var family: String
        var table: String
        var name: String
    }

    private struct Rules {
        var drops = false
        var next: [Place] = []
    }

    private var bases: [(place: Place, hook: String, dropsRest: Bool)] = []
    private var chains: [Place: Rules] = [:]

    /// Nil: this is no list of rules.
    init?(json: [UInt8]) {
        guard let entries = (try? JSONValue(parsing: json))?["nftables"]?.elements else { return nil }
        for entry in entries {
            if let chain = entry["chain"], let place = Self.place(chain, name: "name") {
                chains[place] = chains[place] ?? Rules()
                if let hook = chain["hook"]?.text { bases.append((place, hook, chain["policy"]?.text == "drop")) }
            }
            if let rule = entry["rule"], let place = Self.place(rule, name: "chain"), let expression = rule["expr"] {
                var rules = chains[place] ?? Rules()
                Self.verdicts(in: expression, at: place, into: &rules)
                chains[place] = rules
            }
        }
    }

    /// Whether ufw has put its chains there.
    var hasUFW: Bool { chains.keys.contains { $0.name.hasPrefix("ufw-") || $0.name.hasPrefix("ufw6-") } }

    /// The chains that what comes in (or goes out) by a family enters and that may drop it, in the order of the list.
    func dropping(_ direction: Firewall.Direction, isV6: Bool) -> [Chain] {
        let families = ["inet", isV6 ? "ip6" : "ip"]
        let hooks = direction == .input ? ["input", "prerouting"] : ["output", "postrouting"]
        // A name that a shell might read as something else is not passed on.
        func isPlain(_ name: String) -> Bool {
            name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x5F }
        }
        for hook in hooks {
            let found = bases.filter { base in
                base.hook == hook && families.contains(base.place.family)
                    && [base.place.table, base.place.name].allSatisfy(isPlain)
                    && (base.dropsRest || mayDrop(base.place))
            }
            if !found.isEmpty {
                return found.map { Chain(family: $0.place.family, table: $0.place.table, name: $0.place.name) }
            }
        }
        return []
    }

    /// Whether a chain, or one that it goes on to, has a rule that drops.
    private func mayDrop(_ start: Place) -> Bool {
        var seen: Set<Place> = [start]
        var open = [start]
        while let place = open.popLast() {
            guard let rules = chains[place] else { continue }
            if rules.drops { return true }
            open += rules.next.filter { seen.insert($0).inserted }
        }
        return false
    }

    private static func place(_ entry: JSONValue, name: String) -> Place? {
        guard let family = entry["family"]?.text, let table = entry["table"]?.text, let name = entry[name]?.text else {
            return nil
        }
        return Place(family: family, table: table, name: name)
    }

    /// Verdicts stand at any depth: alone, or as the values of a map.
    private static func verdicts(in value: JSONValue, at place: Place, into rules: inout Rules) {
        for element in value.elements ?? [] { verdicts(in: element, at: place, into: &rules) }
        for member in value.members ?? [] {
            switch member.name {
            case "drop", "reject": rules.drops = true
            case "jump", "goto":
                if let target = member.value["target"]?.text {
                    rules.next.append(Place(family: place.family, table: place.table, name: target))
                }
            default: verdicts(in: member.value, at: place, into: &rules)
            }
        }
    }
}
