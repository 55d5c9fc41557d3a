extension Language {
    /// The language of one run of a program.
    ///
    /// The first of these that says anything decides, and what it says may be a language that there are no sentences
    /// in: then it is English. `MUTUAL_LANGUAGE`, `language` in the home's `mutual.toml`, `LC_ALL`, `LC_MESSAGES`,
    /// `LANG`.
    /// - Parameters:
    ///   - settings: the text of the home's `mutual.toml`; nil where there is none.
    ///   - environment: a variable; nil where it is not set or empty.
    public static func chosen(settings: String?, environment: (String) -> String?) -> Language {
        let said =
            environment("MUTUAL_LANGUAGE") ?? settings.flatMap { named(in: $0) }
            ?? ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first
        return said.flatMap { Language(tag: $0) } ?? .english
    }

    /// What `language` is set to in a `mutual.toml`; nil where it is not set.
    ///
    /// This is no reader of TOML: it looks for one line of the top table. Whether the file is well formed, the daemon
    /// says when it starts.
    static func named(in settings: String) -> String? {
        for line in settings.split(whereSeparator: \.isNewline) {
            let words = line.drop { $0 == " " || $0 == "\t" }
            // Below the first table's name nothing belongs to the top table.
            if words.first == "[" { return nil }
            guard let equals = words.firstIndex(of: "=") else { continue }
            let key = words[..<equals].filter { !" \t\"'".contains($0) }
            guard key == "language" else { continue }
            let value = words[words.index(after: equals)...].drop { $0 == " " || $0 == "\t" }
            guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
            let text = value.dropFirst()
            return text.firstIndex(of: quote).map { String(text[..<$0]) }
        }
        return nil
    }
}
