import MutualCore
import MutualWire

/// A new set of all checkers, for one world.
func allCheckers() -> [any Checker] {
    [
        ShownOnce(), ShownInOrder(), Positions(), PromisesKept(), ToldTruth(), OneSession(), SessionEnds(), OneDial(),
        Hellos(), Silence(), Bounds(), Erasure(), Deadlines(), Records(), EventOrder(), StatesMoveOn(), Convergence(),
        SoonMet(),
        Calm(),
        BeyondReach(), EndsTold(), AckedIsTaken(), Marks(), SilenceCloses(),
        ToldIsHere(), OnePage(), Sealed(), Goodbyes(), MemoryAndDisk(), Kept(),
    ]
}
