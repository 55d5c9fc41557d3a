import MutualControl

/// Results with as little and with as much as there can be.
enum Samples {
    private static let now = Timestamp(unixMs: 1_700_000_000_000)
    private static let person = PersonEntry(id: "mutual1x", name: "Birch", words: [], standing: "mutual")

    private static var item: (least: ItemEntry, most: ItemEntry) {
        let least = ItemEntry(
            id: "k3f", handle: "k3f", kind: "note", who: "Birch", person: "mutual1x", mine: true, made: now,
            expires: now)
        var most = least
        most.re = "x"
        most.answers = "k3f"
        most.answersGone = true
        most.crossed = "close"
        most.whose = "yours"
        most.experience = true
        most.outcome = "partly"
        most.have = "resting"
        most.exchange = exchange.most
        most.sections = [SectionEntry(title: "x", text: "x")]
        most.about = "x"
        most.want = "listen"
        most.feelings = ["tired"]
        most.energy = "low"
        most.text = "x"
        most.opened = true
        most.kept = true
        most.noKeep = true
        most.state = "taken-back"
        most.cause = "by-you"
        most.erased = true
        return (least, most)
    }

    private static var exchange: (least: ExchangeEntry, most: ExchangeEntry) {
        (
            ExchangeEntry(stage: "asked"),
            ExchangeEntry(stage: "opened", topic: "x", mine: "x", theirs: "x", fits: true)
        )
    }

    private static var wholePerson: PersonEntry {
        var most = PersonEntry(
            id: "mutual1x", name: "Birch", words: [], standing: "mutual", helloName: "Birch", addresses: [])
        most.room = RoomEntry(have: "resting", until: now)
        return most
    }

    private static var pairing: (least: PairingEntry, most: PairingEntry) {
        (
            PairingEntry(pairing: 1, stage: "offering", until: now, seq: 0),
            PairingEntry(
                pairing: 1, stage: "asked", code: "7-tiger-lemon", name: "Birch", person: "mutual1x", until: now, seq: 0
            )
        )
    }

    private static var quiet: (least: QuietEntry, most: QuietEntry) {
        var most = QuietEntry(person: "mutual1x", who: "Birch", now: true)
        most.until = now
        most.daily = "22:00-07:00"
        return (QuietEntry(now: false), most)
    }

    private static var status: (least: StatusResult, most: StatusResult) {
        var most = StatusResult(state: "running")
        most.version = "0.1.0"
        most.pid = 1
        most.home = "/home"
        most.id = "mutual1x"
        most.name = "Alder"
        most.port = 7747
        most.paused = false
        most.quiet = quiet.most
        most.interfaces = []
        most.passphrase = true
        most.notices = []
        return (StatusResult(state: "locked"), most)
    }

    private static var event: (least: EventNotice, most: EventNotice) {
        var most = EventNotice("item.arrived", seq: 1)
        most.at = now
        most.person = "mutual1x"
        most.item = "x"
        most.state = "waiting"
        most.cause = "removed"
        most.notice = true
        most.pairing = 1
        most.until = now
        most.how = "no"
        most.reason = "taken-over"
        return (EventNotice("ended"), most)
    }

    static var parts: [(name: String, least: any Encodable, most: any Encodable)] {
        [
            ("Person", person, wholePerson),
            ("Exchange", exchange.least, exchange.most),
            (
                "Room", RoomEntry(have: "yes", until: now), RoomEntry(have: "yes", text: "x", until: now)
            ),
            ("Quiet", quiet.least, quiet.most),
            ("Section", SectionEntry(title: "", text: ""), SectionEntry(title: "x", text: "x")),
            ("Pairing", pairing.least, pairing.most),
            ("Item", item.least, item.most),
            ("Event", event.least, event.most),
            (
                "Given", GivenEntry(person: "x", who: "x", id: "x", handle: "x", state: "waiting"),
                GivenEntry(person: "x", who: "x", id: "x", handle: "x", state: "waiting")
            ),
            (
                "Retracted", RetractedEntry(person: nil, who: "", id: "x", handle: "x", reach: "here-only"),
                RetractedEntry(person: "x", who: "x", id: "x", handle: "x", reach: "when-met")
            ),
            (
                "Interface", StatusResult.Interface(name: "eth0", families: []),
                StatusResult.Interface(name: "eth0", families: [])
            ),
            (
                "Check", DoctorResult.Check("port", result: "ok", message: "x"),
                DoctorResult.Check(
                    "port", result: "ok", interface: "eth0", family: "ipv4", reason: "x", message: "x", advice: "x")
            ),
            (
                "Error", ControlError.Details(reason: "x"),
                ControlError.Details(reason: "x", advice: "x", choices: [], parameter: "x", known: [], arguments: [:])
            ),
        ]
    }

    static func results(_ method: Method) -> (least: any Encodable, most: any Encodable) {
        switch method {
        case .hello:
            let hello = HelloResult(version: "0.1.0", language: "en")
            var most = hello
            most.paused = true
            return (hello, most)
        case .status: return status
        case .stop, .pauseSet, .pairAnswer, .pairCancel, .eventsAck: return (DoneResult(), DoneResult())
        case .doctor: return (DoctorResult([]), DoctorResult([]))
        case .identityGet:
            let own = IdentityResult(id: "mutual1x", words: [], name: "Alder")
            return (own, own)
        case .peopleList: return (PeopleResult(people: []), PeopleResult(people: [], next: "x"))
        case .quietGet, .quietSet: return (QuietResult(quiet: []), QuietResult(quiet: [quiet.most]))
        case .peopleAdd, .peopleRename, .peopleReach, .peopleReplace, .peoplePart, .peopleRemove, .peopleBlock,
            .peopleUnblock:
            return (PersonResult(person: nil), PersonResult(person: person))
        case .pairOpen, .pairJoin: return (PairingResult(pairing.least), PairingResult(pairing.most))
        case .pairList: return (PairingsResult(pairings: []), PairingsResult(pairings: []))
        case .itemGive: return (GivenResult(items: []), GivenResult(items: []))
        case .itemGet: return (ItemResult(item: item.least), ItemResult(item: item.most))
        case .itemRetract: return (RetractedResult(items: []), RetractedResult(items: []))
        case .itemOpen, .itemPass, .itemKeep, .inboxList, .outboxList, .historyList, .keptList, .threadList,
            .searchList:
            return (ItemsResult(items: []), ItemsResult(items: [], next: "x"))
        case .vaultSetPassphrase, .vaultUnlock, .vaultLock, .vaultWipe, .vaultExport:
            return (DoneResult(), DoneResult())
        case .feelingsSet, .planSet, .nudgesSet: return (DoneResult(), DoneResult())
        case .feelingsGet: return (FeelingsResult(words: []), FeelingsResult(words: [], starting: true))
        case .planGet: return (PlanResult(sections: []), PlanResult(sections: [], starting: true))
        case .nudgesGet: return (NudgesResult(kindWord: false), NudgesResult(at: "08:30", kindWord: true))
        case .eventsSubscribe: return (SubscribedResult(seq: 0), SubscribedResult(seq: 0))
        }
    }
}
