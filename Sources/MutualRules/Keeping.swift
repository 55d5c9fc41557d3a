/// Why an item does not go into one's jar of kind words: a key of the catalogue of sentences `[control-33]`.
public enum KeepingRefusal: String, Hashable, Sendable, CaseIterable {
    /// It is one's own: the jar holds what came from others.
    case own = "keep-own"
    /// Its kind ends when its writer says so, or is one that this version does not know.
    case kind = "keep-kind"
    /// Its writer took it back.
    case takenBack = "keep-taken-back"
    /// Its writer sent it as not to be kept.
    case notToBeKept = "keep-not"
}

/// Whether an item may be kept beyond its life; nil: it may.
/// - Parameter kind: nil for one of a later version.
public func keepingRefused(kind: Kind?, mine: Bool, isTakenBack: Bool, noKeep: Bool) -> KeepingRefusal? {
    if mine { return .own }
    if isTakenBack { return .takenBack }
    guard kind?.mayBeKept ?? false else { return .kind }
    return noKeep ? .notToBeKept : nil
}
