/// The methods of the control interface, by their names on the wire `[control-5]`.
public enum Method: String, CaseIterable, Hashable, Sendable {
    /// Versions, abilities, limits, retention; sets the language of this connection.
    case hello
    /// What the daemon is doing.
    case status
    /// Ends the daemon.
    case stop
    /// Looks for what keeps devices from meeting.
    case doctor
    /// One's own id, words and name.
    case identityGet = "identity.get"
    /// Everybody who is listed.
    case peopleList = "people.list"
    /// Lists somebody by their id.
    case peopleAdd = "people.add"
    /// Gives somebody another name here.
    case peopleRename = "people.rename"
    /// Remembers an address of somebody and dials it.
    case peopleReach = "people.reach"
    /// Gives somebody who is listed another's name, and unlists the other.
    case peopleReplace = "people.replace"
    /// Says goodbye to somebody and unlists them.
    case peoplePart = "people.part"
    /// Unlists somebody without a word.
    case peopleRemove = "people.remove"
    /// Becomes for somebody a machine that never knew them.
    case peopleBlock = "people.block"
    /// Ends that.
    case peopleUnblock = "people.unblock"
    /// When arrivals give no notice.
    case quietGet = "quiet.get"
    /// Lets arrivals give no notice, or ends that.
    case quietSet = "quiet.set"
    /// Is absent for everybody, or there again.
    case pauseSet = "pause.set"
    /// Offers a code.
    case pairOpen = "pair.open"
    /// Types a code.
    case pairJoin = "pair.join"
    /// Answers the question of a pairing.
    case pairAnswer = "pair.answer"
    /// Gives a pairing up before its question.
    case pairCancel = "pair.cancel"
    /// What is open.
    case pairList = "pair.list"
    /// Gives an item.
    case itemGive = "item.give"
    /// Reads an item and marks nothing.
    case itemGet = "item.get"
    /// Reads items and marks them opened, here only.
    case itemOpen = "item.open"
    /// Takes an item of one's own back.
    case itemRetract = "item.retract"
    /// Leaves an exchange unanswered; the other is told nothing.
    case itemPass = "item.pass"
    /// Puts an item into one's jar of kind words.
    case itemKeep = "item.keep"
    /// What came.
    case inboxList = "inbox.list"
    /// What waits or is undecided.
    case outboxList = "outbox.list"
    /// All that was said, both ways.
    case historyList = "history.list"
    /// What is kept beyond its life.
    case keptList = "kept.list"
    /// What hangs together with an item.
    case threadList = "thread.list"
    /// Where a text stands.
    case searchList = "search.list"
    /// One's own feeling words.
    case feelingsGet = "feelings.get"
    /// Another list of them.
    case feelingsSet = "feelings.set"
    /// One's own page.
    case planGet = "plan.get"
    /// Another page.
    case planSet = "plan.set"
    /// What one is reminded of.
    case nudgesGet = "nudges.get"
    /// Turns that on and off.
    case nudgesSet = "nudges.set"
    /// Sets, changes or takes away the passphrase of the vault.
    case vaultSetPassphrase = "vault.set-passphrase"
    /// Opens a locked vault.
    case vaultUnlock = "vault.unlock"
    /// Forgets all keys until the passphrase is given again.
    case vaultLock = "vault.lock"
    /// Takes everything away for good, and ends the daemon.
    case vaultWipe = "vault.wipe"
    /// Writes everything into one sealed file.
    case vaultExport = "vault.export"
    /// Follows events.
    case eventsSubscribe = "events.subscribe"
    /// A consumer has dealt with events.
    case eventsAck = "events.ack"

    /// All names, in the order of listing.
    public static var names: [String] { allCases.map(\.rawValue) }

    /// Whether a `key` may come with it, so that a repeated call has one effect.
    public var takesKey: Bool {
        switch self {
        case .peopleAdd, .peopleRename, .peopleReach, .peopleReplace, .peoplePart, .peopleRemove, .peopleBlock,
            .peopleUnblock, .quietSet, .pauseSet, .pairOpen, .pairJoin, .pairAnswer, .pairCancel, .itemGive, .itemOpen,
            .itemRetract, .itemPass, .itemKeep, .eventsAck:
            true
        case .feelingsSet, .planSet, .nudgesSet: true
        case .feelingsGet, .planGet, .nudgesGet: false
        case .hello, .status, .stop, .doctor, .identityGet, .peopleList, .pairList, .itemGet, .inboxList, .outboxList,
            .historyList, .keptList, .threadList, .searchList, .quietGet, .eventsSubscribe:
            false
        // Remembered parameters would be remembered passphrases.
        case .vaultSetPassphrase, .vaultUnlock, .vaultLock, .vaultWipe, .vaultExport: false
        }
    }

    /// Whether something is different after it, so that a call of which nobody knows whether it came is not made again.
    public var hasEffect: Bool {
        switch self {
        case .stop, .vaultSetPassphrase, .vaultUnlock, .vaultLock, .vaultWipe, .vaultExport: true
        default: takesKey
        }
    }

    /// The names of its parameters, `key` included where it may come, in the order of listing.
    public var parameterNames: [String] { parameters.allNames + (takesKey ? ["key"] : []) }

    /// The parameters that must be there.
    public var requiredParameters: [String] { parameters.requiredNames }

    /// The type of its parameters.
    var parameters: any MethodParameters.Type {
        switch self {
        case .hello: HelloParameters.self
        case .status, .stop, .doctor, .identityGet, .quietGet, .pairList: NoParameters.self
        case .peopleList, .outboxList, .keptList: PageParameters.self
        case .peopleAdd: PeopleAddParameters.self
        case .peopleRename: PeopleRenameParameters.self
        case .peopleReach: PeopleReachParameters.self
        case .peopleReplace: PeopleReplaceParameters.self
        case .peoplePart: PeoplePartParameters.self
        case .peopleRemove, .peopleBlock, .peopleUnblock: WhoParameters.self
        case .quietSet: QuietSetParameters.self
        case .pauseSet: PauseSetParameters.self
        case .pairOpen: PairOpenParameters.self
        case .pairJoin: PairJoinParameters.self
        case .pairAnswer: PairAnswerParameters.self
        case .pairCancel: PairCancelParameters.self
        case .itemGive: ItemGiveParameters.self
        case .itemGet: ItemGetParameters.self
        case .itemOpen: ItemOpenParameters.self
        case .itemRetract: ItemRetractParameters.self
        case .itemPass: ItemPassParameters.self
        case .itemKeep: ItemKeepParameters.self
        case .inboxList: InboxListParameters.self
        case .historyList: HistoryListParameters.self
        case .threadList: ThreadListParameters.self
        case .searchList: SearchListParameters.self
        case .feelingsGet, .planGet, .nudgesGet: NoParameters.self
        case .feelingsSet: FeelingsSetParameters.self
        case .planSet: PlanSetParameters.self
        case .nudgesSet: NudgesSetParameters.self
        case .vaultSetPassphrase: VaultSetPassphraseParameters.self
        case .vaultUnlock: VaultUnlockParameters.self
        case .vaultLock: NoParameters.self
        case .vaultWipe: VaultWipeParameters.self
        case .vaultExport: VaultExportParameters.self
        case .eventsSubscribe: EventsSubscribeParameters.self
        case .eventsAck: EventsAckParameters.self
        }
    }
}
