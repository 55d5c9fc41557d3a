/// The clock by which lives end: a wall clock that jumped forward by more than a day counts for what was here before only
/// after a day of running, for it may be wrong `[log-11]`. What came after the jump is measured by it from the start.
struct LifeClock {
    private struct Jump {
        var byMs: Int64
        /// The wall clock's first reading after it.
        let sinceMs: Int64
        /// Monotonic; it has stood for a day then.
        let untilMs: Int64
    }

    private var jumps: [Jump] = []

    /// Whether a jump has not stood for a day yet.
    var isHeldBack: Bool { !jumps.isEmpty }
    /// When the first of them has, monotonic milliseconds.
    var nextMs: Int64? { jumps.first?.untilMs }

    /// Takes note of how far the wall clock moved against the running time, milliseconds. A step back undoes jumps, the
    /// last one first.
    mutating func moved(by apartMs: Int64, _ now: Instant) {
        if apartMs > Times.day {
            jumps.append(Jump(byMs: apartMs, sinceMs: now.wallMs, untilMs: now.monotonicMs + Times.day))
        } else if apartMs < -Times.wakeJump {
            var back = -apartMs
            while back > 0, let last = jumps.popLast() {
                guard last.byMs > back else {
                    back -= last.byMs
                    continue
                }
                jumps.append(Jump(byMs: last.byMs - back, sinceMs: last.sinceMs, untilMs: last.untilMs))
                back = 0
            }
        }
        jumps.removeAll { $0.untilMs <= now.monotonicMs }
    }

    /// The moment for what was here before every jump.
    func slowest(_ now: Instant) -> Instant { back(now, jumps.reduce(0) { $0 + $1.byMs }) }

    /// The moment for an item: without the jumps since it was stored.
    func moment(of record: ItemRecord, _ now: Instant) -> Instant {
        back(now, jumps.reduce(0) { $0 + ($1.sinceMs > record.storedMs ? $1.byMs : 0) })
    }

    /// The life that an item has left to give away, seconds: by the clock as it stands, as long as that leaves any.
    func leftS(of record: ItemRecord, _ now: Instant) -> Int64 {
        let left = record.leftS(at: now)
        return left >= 1 ? left : record.leftS(at: moment(of: record, now))
    }

    private func back(_ now: Instant, _ byMs: Int64) -> Instant {
        Instant(wallMs: now.wallMs - byMs, monotonicMs: now.monotonicMs, utcOffsetS: now.utcOffsetS)
    }
}
