import MutualRules
import Testing

/// What goes into a jar of kind words.
@Suite struct KeepingTests {
    @Test func onlyTheKindsThatMayBeKept() {
        let keepable: Set<Kind> = [.heard, .here, .encourage, .celebrate, .cheer, .learned]
        for kind in Kind.allCases {
            let refusal = keepingRefused(kind: kind, mine: false, isTakenBack: false, noKeep: false)
            #expect(refusal == (keepable.contains(kind) ? nil : .kind), "\(kind)")
        }
        #expect(keepingRefused(kind: nil, mine: false, isTakenBack: false, noKeep: false) == .kind)
    }

    /// Over all that can be: it is kept only where nothing speaks against it.
    @Test func everythingElseIsRefused() {
        let flags = [false, true]
        for kind in Kind.allCases.map(Optional.init) + [nil] {
            for mine in flags {
                for back in flags {
                    for noKeep in flags {
                        let refusal = keepingRefused(kind: kind, mine: mine, isTakenBack: back, noKeep: noKeep)
                        let isFree = !mine && !back && !noKeep && (kind?.mayBeKept ?? false)
                        #expect((refusal == nil) == isFree)
                    }
                }
            }
        }
        #expect(keepingRefused(kind: .cheer, mine: false, isTakenBack: false, noKeep: true) == .notToBeKept)
        #expect(keepingRefused(kind: .cheer, mine: false, isTakenBack: true, noKeep: false) == .takenBack)
        #expect(keepingRefused(kind: .cheer, mine: true, isTakenBack: false, noKeep: false) == .own)
    }
}
