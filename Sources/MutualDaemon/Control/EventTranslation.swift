import MutualControl
import MutualCore
import MutualWire

/// Events of the Node as lines for clients.
enum EventTranslation {
    /// The line of an event.
    static func line(_ event: Event) -> [UInt8] { ControlAnswer.event(notice(event)) }

    /// The end of a subscription, which has no number.
    static func ended(reason: String) -> [UInt8] {
        var notice = EventNotice(EventNotice.Kind.ended.rawValue)
        notice.reason = reason
        return ControlAnswer.event(notice)
    }

    /// The reader was too slow, or comes after what is kept: go on from here.
    static func lagged(_ since: UInt64) -> [UInt8] {
        var notice = EventNotice(EventNotice.Kind.lagged.rawValue)
        notice.seq = Int64(clamping: since)
        return ControlAnswer.event(notice)
    }

    static func notice(_ event: Event) -> EventNotice {
        let body = event.body
        var notice = EventNotice(body.kind.rawValue, seq: Int64(clamping: event.seq))
        // When something was delivered would tell when the other was there.
        if body.kind != .itemDelivered { notice.at = Timestamp(unixMs: event.atMs) }
        notice.person = body.person.map { IdentityText.encode($0.bytes) }
        notice.item = body.item?.text
        notice.state = body.state?.rawValue
        notice.cause = body.cause?.rawValue
        notice.notice = body.notice
        notice.pairing = body.pairing.map { Int64(clamping: $0) }
        notice.until = body.untilMs.map { Timestamp(unixMs: $0) }
        notice.how = body.how
        return notice
    }
}
