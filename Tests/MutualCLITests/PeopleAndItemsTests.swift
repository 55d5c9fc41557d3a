import MutualControl
import TestSupport
import Testing

@testable import mutual

/// WHO and ITEM.
struct PeopleAndItemsTests {
    private static func person(_ name: String, _ standing: String = "mutual") -> PersonEntry {
        PersonEntry(id: "mutual1\(name.lowercased())", name: name, words: [], standing: standing)
    }

    private static let people = [
        person("Birch"), person("Birgit"), person("Alder"), person("Al"), person("Cedar", "listed"),
        person("Yew", "blocked"), person("k3 Fir"),
    ]

    @Test(arguments: [
        ("birch", ["Birch"]), ("BIRCH", ["Birch"]), ("bir", ["Birch", "Birgit"]), ("al", ["Al"]), ("ald", ["Alder"]),
        ("a", ["Alder", "Al"]), ("mutual1birch", ["Birch"]), ("zzz", []),
    ]) func namesAreFoundByTheirBeginning(_ typed: String, _ found: [String]) {
        #expect(Self.people.matching(typed).map(\.name) == found)
        #expect(Self.people.named(typed)?.name == (found.count == 1 ? found[0] : nil))
    }

    @Test(arguments: [
        (["birch", "birch"], ["Birch"]), (["birch", "BIRCH", "mutual1birch"], ["Birch"]),
        (["birch", "alder"], ["Birch", "Alder"]), (["all"], ["Birch", "Birgit", "Alder", "Al", "k3 Fir"]),
        (["alder", "all"], ["Alder", "Birch", "Birgit", "Al", "k3 Fir"]),
        (["cedar", "All"], ["Cedar", "Birch", "Birgit", "Alder", "Al", "k3 Fir"]), ([], []),
    ]) func severalAreEachMeantOnce(_ typed: [String], _ meant: [String]) {
        #expect(Giver.people(typed, among: Self.people)?.map(\.name) == meant)
    }

    @Test(arguments: [["birch", "nobody"], ["bir"]]) func whatIsUnclearIsLeftToTheDaemon(_ typed: [String]) {
        #expect(Giver.people(typed, among: Self.people) == nil)
    }

    // MARK: WHO or ITEM

    /// A daemon with these people, and items whose handles begin so.
    private func session(_ handles: [String]) throws -> (Session, ScriptedDaemon) {
        let daemon = try ScriptedDaemon { client, _ in
            while let request = client.request() {
                switch request.call {
                case .hello: client.answer(request, HelloResult(version: Version.text, language: "en"))
                case .peopleList: client.answer(request, PeopleResult(people: Self.people))
                case .itemGet(let asked):
                    let found = handles.filter { $0.hasPrefix(asked.item) }
                    let now = Timestamp(unixMs: 0)
                    if let only = found.first, found.count == 1 {
                        client.answer(
                            request,
                            ItemResult(
                                item: ItemEntry(
                                    id: only, handle: only, kind: "note", who: "Birch", person: "x", mine: false,
                                    made: now, expires: now)))
                    } else {
                        let code: ErrorCode = found.isEmpty ? .notFound : .ambiguous
                        client.refuse(
                            request, ControlError(code, "No.", ControlError.Details(reason: "x", choices: found)))
                    }
                default: client.refuse(request, .unknownMethod("x"))
                }
            }
        }
        return (try Session(try Home(daemon.folder)), daemon)
    }

    @Test func aNameAnItemOrTheDaemonsRefusal() throws {
        let (session, daemon) = try session(["k3f", "m4p", "bir9"])
        func target(_ typed: String, orItem: Bool = true) throws -> Giver.Target {
            try Giver.target(typed, orItem: orItem, session)
        }
        #expect(try target("birch") == .people(["birch"]))
        #expect(try target("m4p") == .item("m4p"))
        #expect(try target("m4") == .item("m4"))
        #expect(try target("zzz") == .people(["zzz"]))
        #expect(try target("m4p", orItem: false) == .people(["m4p"]))
        #expect(try target("birch, alder ,yew") == .people(["birch", "alder", "yew"]))
        #expect(try target("all") == .people(["all"]))
        #expect(try target("ALL") == .people(["ALL"]))
        #expect(try target("mutual1birch") == .people(["mutual1birch"]))
        #expect(try target(",") == .people([]))
        // A whole name without a digit is never an item.
        let before = daemon.requests.count
        #expect(try target("alder") == .people(["alder"]))
        #expect(daemon.requests.dropFirst(before).allSatisfy { $0.method == .peopleList })
    }

    @Test(arguments: [("bir", ["Birch", "Birgit", "bir9"]), ("k3", ["k3 Fir", "k3f", "k3g"])])
    func bothAreRefusedAndListed(_ typed: String, _ choices: [String]) throws {
        let (session, _) = try session(["k3f", "k3g", "bir9"])
        let failure = #expect(throws: Failure.self) { try Giver.target(typed, orItem: true, session) }
        #expect(failure?.status == .notFound)
        #expect(failure?.error.data.reason == "ambiguous-who-or-item")
        #expect(failure?.error.data.choices == choices)
    }
}
