/// How many columns of a terminal a character takes.
///
/// Terminals disagree about what is written with several scalars: some draw a family of emoji as one picture of two
/// columns, others its members side by side. So there are two answers: what is usual, for lining up, and the most that
/// any terminal takes, for cutting and wrapping: a line that is thought shorter than it is would go on at the first
/// column of the next row, where only Mutual's own lines begin.
enum CharacterWidth {
    /// What is usual.
    static func of(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        guard scalars.count > 1 else { return of(first) }
        // An emoji with its presentation selector, its skin tone or its family is one picture.
        let isPicture = first.properties.isEmoji && scalars.contains { $0 == "\u{FE0F}" || $0 == "\u{20E3}" }
        if isPicture { return 2 }
        return max(of(first), scalars.contains { of($0) == 2 } ? 2 : 1)
    }

    /// The most that any terminal takes: each scalar for itself, and two for what a selector makes a picture.
    static func most(_ character: Character) -> Int {
        max(of(character), character.unicodeScalars.reduce(0) { $0 + of($1) })
    }

    /// What one scalar takes by itself.
    static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        let value = scalar.value
        if value < 0x1100 { return 1 }
        return wide.contains { $0.contains(value) } ? 2 : 1
    }

    /// East Asian Wide and Fullwidth (Unicode 16, UAX 11), whole blocks where all of a block is wide.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x33FF,
        0x3400...0x4DFF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FFF, 0x17000...0x18DFF,
        0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F2FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
        0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
