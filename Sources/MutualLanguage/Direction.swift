/// Text that is written from right to left, set apart from what stands around it.
///
/// In a terminal that knows both directions a name in Hebrew or Arabic would take the digits and signs beside it along.
/// Between these two marks it turns only itself (Unicode, UAX 9, isolates); a terminal that knows one direction draws
/// nothing for them.
enum Direction {
    static let begin = "\u{2068}"
    static let end = "\u{2069}"

    /// Whether it is one of the two marks.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == "\u{2068}" || scalar == "\u{2069}" }

    /// Whether the marks stand as they stand in a text that was made safe: each begun one ended, none within another,
    /// and nothing from right to left outside.
    static func areIsolated(_ scalars: [Unicode.Scalar]) -> Bool {
        var isInside = false
        for scalar in scalars {
            if scalar == "\u{2068}" {
                guard !isInside else { return false }
                isInside = true
            } else if scalar == "\u{2069}" {
                guard isInside else { return false }
                isInside = false
            } else if !isInside, isRightToLeft(scalar) {
                return false
            }
        }
        return !isInside
    }

    /// Whether something outside of the marks is written from right to left.
    static func turnsOutside(_ scalars: String.UnicodeScalarView) -> Bool {
        var isInside = false
        for scalar in scalars {
            if isMark(scalar) {
                isInside = scalar == "\u{2068}"
            } else if !isInside, isRightToLeft(scalar) {
                return true
            }
        }
        return false
    }

    /// Bidirectional classes R, AL and AN: their blocks, with what is not assigned in them.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }
}
