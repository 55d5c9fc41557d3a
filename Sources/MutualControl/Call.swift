/// A method with its parameters: what a request asks, checked `[control-4]`.
public enum ControlCall: Hashable, Sendable {
    /// `hello`.
    case hello(HelloParameters)
    /// `status`.
    case status
    /// `stop`.
    case stop
    /// `doctor`.
    case doctor
    /// `identity.get`.
    case identityGet
    /// `people.list`.
    case peopleList(PageParameters)
    /// `people.add`.
    case peopleAdd(PeopleAddParameters)
    /// `people.rename`.
    case peopleRename(PeopleRenameParameters)
    /// `people.reach`.
    case peopleReach(PeopleReachParameters)
    /// `people.replace`.
    case peopleReplace(PeopleReplaceParameters)
    /// `people.part`.
    case peoplePart(PeoplePartParameters)
    /// `people.remove`.
    case peopleRemove(WhoParameters)
    /// `people.block`.
    case peopleBlock(WhoParameters)
    /// `people.unblock`.
    case peopleUnblock(WhoParameters)
    /// `quiet.get`.
    case quietGet
    /// `quiet.set`.
    case quietSet(QuietSetParameters)
    /// `pause.set`.
    case pauseSet(PauseSetParameters)
    /// `pair.open`.
    case pairOpen(PairOpenParameters)
    /// `pair.join`.
    case pairJoin(PairJoinParameters)
    /// `pair.answer`.
    case pairAnswer(PairAnswerParameters)
    /// `pair.cancel`.
    case pairCancel(PairCancelParameters)
    /// `pair.list`.
    case pairList
    /// `item.give`.
    case itemGive(ItemGiveParameters)
    /// `item.get`.
    case itemGet(ItemGetParameters)
    /// `item.open`.
    case itemOpen(ItemOpenParameters)
    /// `item.retract`.
    case itemRetract(ItemRetractParameters)
    /// `item.pass`.
    case itemPass(ItemPassParameters)
    /// `item.keep`.
    case itemKeep(ItemKeepParameters)
    /// `inbox.list`.
    case inboxList(InboxListParameters)
    /// `outbox.list`.
    case outboxList(PageParameters)
    /// `history.list`.
    case historyList(HistoryListParameters)
    /// `kept.list`.
    case keptList(PageParameters)
    /// `thread.list`.
    case threadList(ThreadListParameters)
    /// `search.list`.
    case searchList(SearchListParameters)
    /// `feelings.get`.
    case feelingsGet
    /// `feelings.set`.
    case feelingsSet(FeelingsSetParameters)
    /// `plan.get`.
    case planGet
    /// `plan.set`.
    case planSet(PlanSetParameters)
    /// `nudges.get`.
    case nudgesGet
    /// `nudges.set`.
    case nudgesSet(NudgesSetParameters)
    /// `vault.set-passphrase`.
    case vaultSetPassphrase(VaultSetPassphraseParameters)
    /// `vault.unlock`.
    case vaultUnlock(VaultUnlockParameters)
    /// `vault.lock`.
    case vaultLock
    /// `vault.wipe`.
    case vaultWipe(VaultWipeParameters)
    /// `vault.export`.
    case vaultExport(VaultExportParameters)
    /// `events.subscribe`.
    case eventsSubscribe(EventsSubscribeParameters)
    /// `events.ack`.
    case eventsAck(EventsAckParameters)

    /// The method and its parameters.
    public var parts: (method: Method, parameters: any MethodParameters) {
        switch self {
        case .hello(let p): (.hello, p)
        case .status: (.status, NoParameters())
        case .stop: (.stop, NoParameters())
        case .doctor: (.doctor, NoParameters())
        case .identityGet: (.identityGet, NoParameters())
        case .peopleList(let p): (.peopleList, p)
        case .peopleAdd(let p): (.peopleAdd, p)
        case .peopleRename(let p): (.peopleRename, p)
        case .peopleReach(let p): (.peopleReach, p)
        case .peopleReplace(let p): (.peopleReplace, p)
        case .peoplePart(let p): (.peoplePart, p)
        case .peopleRemove(let p): (.peopleRemove, p)
        case .peopleBlock(let p): (.peopleBlock, p)
        case .peopleUnblock(let p): (.peopleUnblock, p)
        case .quietGet: (.quietGet, NoParameters())
        case .quietSet(let p): (.quietSet, p)
        case .pauseSet(let p): (.pauseSet, p)
        case .pairOpen(let p): (.pairOpen, p)
        case .pairJoin(let p): (.pairJoin, p)
        case .pairAnswer(let p): (.pairAnswer, p)
        case .pairCancel(let p): (.pairCancel, p)
        case .pairList: (.pairList, NoParameters())
        case .itemGive(let p): (.itemGive, p)
        case .itemGet(let p): (.itemGet, p)
        case .itemOpen(let p): (.itemOpen, p)
        case .itemRetract(let p): (.itemRetract, p)
        case .itemPass(let p): (.itemPass, p)
        case .itemKeep(let p): (.itemKeep, p)
        case .inboxList(let p): (.inboxList, p)
        case .outboxList(let p): (.outboxList, p)
        case .historyList(let p): (.historyList, p)
        case .keptList(let p): (.keptList, p)
        case .threadList(let p): (.threadList, p)
        case .searchList(let p): (.searchList, p)
        case .feelingsGet: (.feelingsGet, NoParameters())
        case .feelingsSet(let p): (.feelingsSet, p)
        case .planGet: (.planGet, NoParameters())
        case .planSet(let p): (.planSet, p)
        case .nudgesGet: (.nudgesGet, NoParameters())
        case .nudgesSet(let p): (.nudgesSet, p)
        case .vaultSetPassphrase(let p): (.vaultSetPassphrase, p)
        case .vaultUnlock(let p): (.vaultUnlock, p)
        case .vaultLock: (.vaultLock, NoParameters())
        case .vaultWipe(let p): (.vaultWipe, p)
        case .vaultExport(let p): (.vaultExport, p)
        case .eventsSubscribe(let p): (.eventsSubscribe, p)
        case .eventsAck(let p): (.eventsAck, p)
        }
    }

    /// Checks the parameters of a method (an object, without `key`).
    /// - Throws: -32602 with the parameter and the list of known ones.
    public init(_ method: Method, parameters: JSONValue) throws(ControlError) {
        switch method {
        case .hello: self = .hello(try .read(parameters, method))
        case .status: self = try Self.plain(.status, method, parameters)
        case .stop: self = try Self.plain(.stop, method, parameters)
        case .doctor: self = try Self.plain(.doctor, method, parameters)
        case .identityGet: self = try Self.plain(.identityGet, method, parameters)
        case .peopleList: self = .peopleList(try .read(parameters, method))
        case .peopleAdd: self = .peopleAdd(try .read(parameters, method))
        case .peopleRename: self = .peopleRename(try .read(parameters, method))
        case .peopleReach: self = .peopleReach(try .read(parameters, method))
        case .peopleReplace: self = .peopleReplace(try .read(parameters, method))
        case .peoplePart: self = .peoplePart(try .read(parameters, method))
        case .peopleRemove: self = .peopleRemove(try .read(parameters, method))
        case .peopleBlock: self = .peopleBlock(try .read(parameters, method))
        case .peopleUnblock: self = .peopleUnblock(try .read(parameters, method))
        case .quietGet: self = try Self.plain(.quietGet, method, parameters)
        case .quietSet: self = .quietSet(try .read(parameters, method))
        case .pauseSet: self = .pauseSet(try .read(parameters, method))
        case .pairOpen: self = .pairOpen(try .read(parameters, method))
        case .pairJoin: self = .pairJoin(try .read(parameters, method))
        case .pairAnswer: self = .pairAnswer(try .read(parameters, method))
        case .pairCancel: self = .pairCancel(try .read(parameters, method))
        case .pairList: self = try Self.plain(.pairList, method, parameters)
        case .itemGive: self = .itemGive(try .read(parameters, method))
        case .itemGet: self = .itemGet(try .read(parameters, method))
        case .itemOpen: self = .itemOpen(try .read(parameters, method))
        case .itemRetract: self = .itemRetract(try .read(parameters, method))
        case .itemPass: self = .itemPass(try .read(parameters, method))
        case .itemKeep: self = .itemKeep(try .read(parameters, method))
        case .inboxList: self = .inboxList(try .read(parameters, method))
        case .outboxList: self = .outboxList(try .read(parameters, method))
        case .historyList: self = .historyList(try .read(parameters, method))
        case .keptList: self = .keptList(try .read(parameters, method))
        case .threadList: self = .threadList(try .read(parameters, method))
        case .searchList: self = .searchList(try .read(parameters, method))
        case .feelingsGet: self = try Self.plain(.feelingsGet, method, parameters)
        case .feelingsSet: self = .feelingsSet(try .read(parameters, method))
        case .planGet: self = try Self.plain(.planGet, method, parameters)
        case .planSet: self = .planSet(try .read(parameters, method))
        case .nudgesGet: self = try Self.plain(.nudgesGet, method, parameters)
        case .nudgesSet: self = .nudgesSet(try .read(parameters, method))
        case .vaultSetPassphrase: self = .vaultSetPassphrase(try .read(parameters, method))
        case .vaultUnlock: self = .vaultUnlock(try .read(parameters, method))
        case .vaultLock: self = try Self.plain(.vaultLock, method, parameters)
        case .vaultWipe: self = .vaultWipe(try .read(parameters, method))
        case .vaultExport: self = .vaultExport(try .read(parameters, method))
        case .eventsSubscribe: self = .eventsSubscribe(try .read(parameters, method))
        case .eventsAck: self = .eventsAck(try .read(parameters, method))
        }
    }

    private static func plain(
        _ call: ControlCall, _ method: Method, _ parameters: JSONValue
    ) throws(ControlError) -> ControlCall {
        _ = try NoParameters.read(parameters, method)
        return call
    }
}
