import MutualCore
import MutualCrypto
import MutualWire

/// After healing two who list each other, and have no session that one of them takes for alive, have one within 5 s of the
/// first beacon that gets through.
final class SoonMet: Checker {
    let name = "soon-met"
    private static let withinMs: Int64 = 5_000
    private var waiting: Set<Int> = []

    func heard(_ hearer: Machine, from sender: Machine, _ world: World) {
        guard world.isHealed, hearer.isFree(for: sender), sender.isFree(for: hearer), hearer.key != sender.key else {
            return
        }
        let pair = min(hearer.number, sender.number) * 64 + max(hearer.number, sender.number)
        guard !waiting.contains(pair) else { return }
        waiting.insert(pair)
        let lives = (hearer.life, sender.life)
        world.plan(after: Self.withinMs) { [weak self, weak world] in
            guard let self, let world else { return }
            waiting.remove(pair)
            guard lives == (hearer.life, sender.life) else { return }
            world.check { if $0 === self { try self.met(hearer, sender, world) } }
        }
    }

    private func met(_ one: Machine, _ other: Machine, _ world: World) throws {
        guard let mine = one.sees(other), let theirs = other.sees(one), mine.standing.isMet, theirs.standing.isMet,
            !one.isHolding(mine), !other.isHolding(theirs), !one.isPaused, !other.isPaused
        else { return }
        if try one.mayBeginNoLog(to: other, world) || other.mayBeginNoLog(to: one, world) { return }
        let isMet = mine.sessions.contains(where: \.isReady) && theirs.sessions.contains(where: \.isReady)
        try hold(isMet, "machines \(one.number) and \(other.number) heard each other 5 s ago")
    }
}

extension Machine {
    /// Whether nothing stands between this one and somebody but that they have not met.
    fileprivate func isFree(for other: Machine) -> Bool {
        guard power == .running, !isPaused, !isResting, let person = sees(other), person.standing.isMet,
            person.sessions.isEmpty
        else {
            return false
        }
        return !isHolding(person)
    }

    fileprivate func isHolding(_ person: Inspection.Person) -> Bool {
        guard let runningMs = lastRunningMs else { return false }
        return person.pausedUntilMs > runningMs
    }
}
