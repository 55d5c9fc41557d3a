import Synchronization

/// Hands one value from the thread that made it to another one, once.
final class Handover<Value>: Sendable {
    private let place: Mutex<Value?>

    init(_ value: consuming sending Value) { place = Mutex(value) }

    /// The value; nil when it was taken already.
    func take() -> sending Value? {
        place.withLock { place in
            let value = place
            place = nil
            return value
        }
    }
}
