public import MutualControl

/// Why a call has no result.
public enum ClientError: Error, Hashable, Sendable {
    /// No socket, or nobody listens on it.
    case notRunning
    /// The socket's path is longer than an address can hold, so many bytes.
    case pathTooLong(limit: Int)
    /// The socket is of another user, or what answers is not Mutual.
    case notOurs
    /// This user may not open the socket.
    case noAccess
    /// The connection broke before the call was sent, or a call without effect was cut.
    case cutOff
    /// The daemon is there and did not answer in time; a call without effect.
    case noAnswer
    /// The connection broke, or no answer came in time, after a call with an effect was sent, and it could not be made again.
    case outcomeUnknown
    /// The daemon says no.
    case refused(ControlError)
    /// Another fault of the machine, an errno.
    case system(CInt)
}
