import MutualControl
import MutualCore
import MutualWire
import NIOCore
import NIOPosix

/// What the daemon's version is called.
public enum MutualVersion {
    /// As `hello` and `--version` say it.
    public static let text = "0.1.0"
}

/// What each method does: the Node decides, the store is read after the commit, or the shell answers by itself.
extension ControlConnection {
    func dispatch(_ asked: ControlRequest, _ secret: SecretLine) {
        guard let keeper = server.keeper, !keeper.isStopping else { return fail(asked, Refusal(.fault, "stopping")) }
        if callVault(asked, secret, keeper) { return }
        guard let shell = keeper.shell else { return answerLocked(asked, keeper) }
        if let request = CallTranslation.request(asked) { return ask(asked, request) }
        switch asked.call {
        case .hello(let p):
            sayHello(asked, p)
        case .stop:
            stop(asked, keeper)
        case .doctor:
            examine(asked, shell)
        case .eventsSubscribe(let p):
            begin(asked, p, shell)
        case .searchList(let p):
            server.searches.begin(p, asked, for: self)
        default:
            shell.afterCommit { [self] in
                do throws(JournalFault) {
                    try read(asked, shell)
                } catch {
                    fail(asked, Refusal(.fault, error.reason))
                }
            }
        }
    }

    func sayHello(_ asked: ControlRequest, _ p: HelloParameters) {
        if let wanted = p.language { language = wanted }
        var hello = HelloResult(version: MutualVersion.text, language: sentences.language)
        // A locked daemon says nothing of the state that it keeps.
        hello.paused = server.shell.map { !$0.hears }
        succeed(asked, hello)
    }

    func stop(_ asked: ControlRequest, _ keeper: Keeper) {
        succeed(asked, DoneResult())
        let kept = NIOLoopBound(keeper, eventLoop: keeper.loop)
        keeper.loop.execute { kept.value.stop() }
    }

    func succeed(_ asked: ControlRequest, _ result: some ControlResult) {
        answer(ControlAnswer.success(asked.id, result))
    }

    func fail(_ asked: ControlRequest, _ refusal: Refusal) {
        answer(ControlAnswer.failure(asked.id, sentences.error(refusal)))
    }

    // MARK: the Node's

    private func ask(_ asked: ControlRequest, _ request: MutualCore.Request) {
        server.ask(request) { [self] result in
            switch result {
            case .failure(let refusal): fail(asked, refusal)
            case .success(let reply): succeed(asked, reply)
            }
        }
    }

    private func succeed(_ asked: ControlRequest, _ reply: Reply) {
        switch reply {
        case .done: succeed(asked, DoneResult())
        case .person(let record): succeed(asked, PersonResult(person: Entries.person(record)))
        case .given(let items): succeed(asked, GivenResult(items: items.map(Entries.given)))
        case .retracted(let copies): succeed(asked, RetractedResult(items: copies.map(Entries.retracted)))
        case .pairing(let view): succeed(asked, PairingResult(Entries.pairing(view)))
        case .pairings(let views): succeed(asked, PairingsResult(pairings: views.map(Entries.pairing)))
        case .opened(let rows):
            succeed(asked) { shell throws(JournalFault) in
                ItemsResult(items: try shell.storage.items(rows, at: shell.now()))
            }
        case .quiet:
            succeed(asked) { shell throws(JournalFault) in try shell.storage.quiet(at: shell.now()) }
        }
    }

    /// What was done, as the store has it now.
    private func succeed(_ asked: ControlRequest, _ result: (Shell) throws(JournalFault) -> some ControlResult) {
        do throws(JournalFault) {
            guard let shell = server.shell else { return fail(asked, Refusal(.fault, "stopping")) }
            succeed(asked, try result(shell))
        } catch {
            fail(asked, Refusal(.fault, error.reason))
        }
    }

    // MARK: the shell's

    /// Looks at the network, on another thread: it takes some seconds.
    private func examine(_ asked: ControlRequest, _ shell: Shell) {
        let catalogue = sentences.catalogue
        let doctor = Doctor(settings: shell.settings, catalogue: catalogue)
        let port = shell.connections.sessionPort
        let clocks = shell.clockEvidence(saying: catalogue)
        let me = NIOLoopBound(self, eventLoop: shell.loop)
        NIOThreadPool.singleton.runIfActive(eventLoop: shell.loop) { doctor.findings(.on(port: port)) }
            .whenComplete { result in
                switch result {
                case .success(let findings): me.value.succeed(asked, Doctor.result(findings + clocks))
                case .failure: me.value.fail(asked, Refusal(.fault, "stopping"))
                }
            }
    }

    /// Answers, then replays and follows.
    private func begin(_ asked: ControlRequest, _ p: EventsSubscribeParameters, _ shell: Shell) {
        let kinds = p.kinds.map { Set($0.compactMap { EventKind(rawValue: $0) }) }
        shell.afterCommit { [self] in
            do throws(JournalFault) {
                let last = try shell.storage.lastEvent()
                if let consumer = p.consumer {
                    guard let known = try shell.storage.position(of: consumer) else {
                        return register(asked, consumer, kinds, at: last)
                    }
                    return follow(asked, Subscription(consumer: consumer, kinds: kinds, sent: known, last: last))
                }
                // Nobody can know of an event that is still to come.
                let since = min(p.since.map { UInt64(clamping: $0) } ?? last, last)
                follow(asked, Subscription(consumer: nil, kinds: kinds, sent: since, last: last))
            } catch {
                fail(asked, Refusal(.fault, error.reason))
            }
        }
    }

    /// A new consumer begins now, and that is remembered, so that it misses nothing if it is cut off before its first
    /// `events.ack`.
    private func register(_ asked: ControlRequest, _ consumer: String, _ kinds: Set<EventKind>?, at last: UInt64) {
        server.ask(MutualCore.Request(.eventsAck(consumer: consumer, seq: last))) { [self] result in
            switch result {
            case .failure(let refusal): fail(asked, refusal)
            case .success:
                let now = (try? server.shell?.storage.lastEvent()) ?? last
                follow(asked, Subscription(consumer: consumer, kinds: kinds, sent: last, last: now))
            }
        }
    }

    private func follow(_ asked: ControlRequest, _ subscription: Subscription) {
        subscribe(subscription) {
            succeed(asked, SubscribedResult(seq: Int64(clamping: subscription.sent)))
        }
    }

    // MARK: the store's

    private func read(_ asked: ControlRequest, _ shell: Shell) throws(JournalFault) {
        let storage = shell.storage
        switch asked.call {
        case .status:
            var status = try shell.status()
            status.paused = !shell.hears
            status.quiet = try storage.quiet(at: shell.now()).quiet.first { $0.person == nil }
            succeed(asked, status)
        case .identityGet: succeed(asked, try storage.identityResult())
        case .quietGet: succeed(asked, try storage.quiet(at: shell.now()))
        case .peopleList(let p): succeed(asked, try storage.peopleList(p, at: shell.now()))
        case .outboxList(let p): list(asked, try storage.outbox(p, at: shell.now()))
        case .itemGet(let p):
            switch try storage.item(p.item, at: shell.now()) {
            case .success(let entry): succeed(asked, ItemResult(item: entry))
            case .failure(let refusal): fail(asked, refusal)
            }
        case .feelingsGet: succeed(asked, try storage.feelings(else: sentences.startingFeelings))
        case .planGet: succeed(asked, try storage.page(else: sentences.startingHeadings))
        case .nudgesGet: succeed(asked, try storage.nudges())
        case .inboxList(let p): list(asked, try storage.inbox(p, at: shell.now()))
        case .historyList(let p): list(asked, try storage.history(p, at: shell.now()))
        case .keptList(let p): list(asked, try storage.kept(p, at: shell.now()))
        case .threadList(let p): list(asked, try storage.thread(p, at: shell.now()))
        default: fail(asked, Refusal(.fault, "internal"))
        }
    }

    func list(_ asked: ControlRequest, _ result: Result<ItemsResult, Refusal>) {
        switch result {
        case .success(let items): succeed(asked, items)
        case .failure(let refusal): fail(asked, refusal)
        }
    }
}
