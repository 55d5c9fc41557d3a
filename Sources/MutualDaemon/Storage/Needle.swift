import MutualControl
import MutualWire

/// A text that is looked for, without regard to case.
struct Needle {
    private let bytes: [UInt8]
    /// Letters that may be written in more than one way; empty where there is none.
    private let characters: [Character]

    init(_ text: String) {
        let folded = text.lowercased()
        bytes = Array(folded.utf8)
        characters = bytes.allSatisfy { $0 < 0x80 } ? [] : Array(folded)
    }

    func isIn(_ text: String) -> Bool {
        guard !text.isEmpty else { return false }
        let folded = text.lowercased()
        if Self.contains(Array(folded.utf8), bytes) { return true }
        return !characters.isEmpty && Self.contains(Array(folded), characters)
    }

    /// Whether it stands in a serialised item: in its words, its content note, its topic, its sections or its feeling words.
    func isIn(_ content: [UInt8]) -> Bool {
        guard let item = Item(stored: content) else { return false }
        var texts = [item.about, item.content.text]
        switch item.content {
        case .checkIn(_, let feelings, _, _): texts += feelings
        case .exchange(.propose(let topic, _)): texts.append(topic)
        case .plan(let sections): texts += sections.flatMap { [$0.title, $0.text] }
        default: break
        }
        return texts.contains { isIn($0) }
    }

    /// Whether it stands in an item as it is shown.
    func isIn(_ entry: ItemEntry) -> Bool {
        let exchange = entry.exchange
        let texts = [entry.about, entry.text, exchange?.topic, exchange?.mine, exchange?.theirs]
        let lists = (entry.feelings ?? []) + (entry.sections ?? []).flatMap { [$0.title, $0.text] }
        return (texts.compactMap { $0 } + lists).contains { isIn($0) }
    }

    private static func contains<Element: Equatable>(_ text: [Element], _ part: [Element]) -> Bool {
        guard let first = part.first, text.count >= part.count else { return false }
        for start in 0...(text.count - part.count) where text[start] == first {
            if text[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
    }
}
