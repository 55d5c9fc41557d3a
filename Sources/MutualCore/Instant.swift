/// One moment as the shell hands it to the Node: the Node never asks a clock.
public struct Instant: Hashable, Sendable {
    /// Unix time in milliseconds; may jump in either direction.
    public var wallMs: Int64
    /// Running time of this process in milliseconds; never goes back, stands still while the machine sleeps.
    public var monotonicMs: Int64
    /// Seconds that local time is ahead of UTC at this moment.
    public var utcOffsetS: Int32

    /// A moment from its three readings.
    public init(wallMs: Int64, monotonicMs: Int64, utcOffsetS: Int32 = 0) {
        self.wallMs = wallMs
        self.monotonicMs = monotonicMs
        self.utcOffsetS = utcOffsetS
    }

    /// The epoch of marks: quarter hours since 1970 `[marks-5]`.
    public var epoch: UInt64 { wallMs <= 0 ? 0 : UInt64(wallMs) / 900_000 }
}
