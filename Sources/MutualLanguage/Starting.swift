/// What stands on one's own lists before one writes anything: neutral, and in the order of the alphabet.
struct Starting {
    /// Feeling words.
    var feelings: [String]
    /// Headings of one's own page.
    var headings: [String]
}

/// Names of days and months, and how a day is said.
struct DayNames {
    /// From Sunday on.
    var weekdays: [String]
    /// The same in two letters.
    var shortWeekdays: [String]
    /// From January on.
    var months: [String]
    /// Which weekday a week begins with; 0: Sunday.
    var firstWeekday: Int
    /// What stands behind the number of a day.
    var afterDay: String
}

extension English {
    static let starting = Starting(
        feelings: [
            "afraid", "alone", "angry", "ashamed", "at ease", "calm", "confused", "content", "curious", "disappointed",
            "exhausted", "grateful", "grieving", "guilty", "happy", "hopeful", "hurt", "jealous", "lonely", "moved",
            "numb", "overwhelmed", "proud", "relieved", "restless", "sad", "safe", "stuck", "tender", "tense", "tired",
            "torn", "worried",
        ],
        headings: ["What does me good", "How I notice that it gets hard", "What helps then", "Places to turn to"])
    static let days = DayNames(
        weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        shortWeekdays: ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"],
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ], firstWeekday: 1, afterDay: "")
}

extension German {
    static let starting = Starting(
        feelings: [
            "allein", "angespannt", "ängstlich", "bedrückt", "berührt", "beschämt", "besorgt", "dankbar", "einsam",
            "enttäuscht", "erleichtert", "erschöpft", "froh", "geborgen", "gelassen", "hilflos", "hoffnungsvoll",
            "leer", "müde", "neidisch", "neugierig", "ruhelos", "ruhig", "schuldig", "stolz", "traurig", "überfordert",
            "unsicher", "verletzt", "verwirrt", "wütend", "zerrissen", "zufrieden",
        ],
        headings: [
            "Was mir guttut", "Woran ich merke, dass es schwer wird", "Was dann hilft", "Wohin ich mich wenden kann",
        ]
    )
    static let days = DayNames(
        weekdays: ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
        shortWeekdays: ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
        months: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember",
        ], firstWeekday: 1, afterDay: ".")
}

extension Catalogue {
    private var starting: Starting { language == .english ? English.starting : German.starting }
    private var days: DayNames { language == .english ? English.days : German.days }

    /// Feeling words to begin with.
    public var startingFeelings: [String] { starting.feelings }

    /// Headings of one's own page to begin with.
    public var startingHeadings: [String] { starting.headings }

    /// A month, such as `November 2026`.
    /// - Parameter month: 1 to 12.
    public func month(_ month: Int, year: Int) -> String {
        guard days.months.indices.contains(month - 1) else { return "\(year)" }
        return "\(days.months[month - 1]) \(year)"
    }

    /// A day, such as `Tuesday, 24 November`.
    /// - Parameter weekday: 0 to 6, from Sunday on.
    public func day(_ day: Int, month: Int, weekday: Int) -> String {
        guard days.months.indices.contains(month - 1), days.weekdays.indices.contains(weekday) else { return "\(day)" }
        return "\(days.weekdays[weekday]), \(day)\(days.afterDay) \(days.months[month - 1])"
    }

    /// The weekdays of a week in its order: number from Sunday on, name, and the name in two letters.
    public var week: [(number: Int, name: String, short: String)] {
        (0..<7).map { place in
            let number = (place + days.firstWeekday) % 7
            return (number, days.weekdays[number], days.shortWeekdays[number])
        }
    }
}
