import Foundation
import Testing

/// The only digits that Mutual shows, each with its reason: never a number of or about people, or of what they said.
let digitsThatAreShown: [Never] = [
    Never(
        #"(?<![0-9A-Za-z])(1 to 64|8 to 1,024|1 \.\.\. 99|1 to 99|16,384|1 to 200|2 to 4|1 MiB|of 80|of 64|at most 107|at most \d+ bytes|1 bis 200|--limit \d+|--words \d)\b"#,
        "limits of one's own input"),
    Never(#"\b(10 minutes and 90 days|10 minutes, one try|5 minutes)"#, "lives, and a code's minutes"),
    Never(#"\b\d+\.\d+\.\d+(\.\d+)?\b|\[[0-9a-f:]+\]"#, "versions and addresses"),
    Never(#"\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?Z?)?)?"#, "dates, and moments of RFC 3339"),
    Never(#"\b\d{1,2}:\d\d\b"#, "clock times"),
    Never(#"\b\d+[smhd]\b"#, "lives and spans, as they are typed"),
    Never(#"\b\d{1,2}(-[a-z]+){2,4}\b"#, "pairing codes"),
    Never(#"\b[Pp]ort:? \d+|\b7747\b"#, "ports"),
    Never(#"\bmutual1[0-9a-z]*"#, "identity ids"),
    Never(#"\b(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{3,26}\b"#, "handles: letters and digits, three or more"),
    Never(#"\b(ipv|IPv)[46]\b|\b(eth|wlan)\d\b|\bRFC 3339\b|\bUTF-8\b"#, "names of protocols and interfaces"),
    Never(#"\b(exited?|ends) (with )?\d+|\$T\S*"#, "exit codes and paths"),
]

/// The expected lines of a story, each with its command; what a person wrote, JSON, and what a counting tool or an exit
/// code says left out.
private func shownLines(ofStory text: String) -> [(command: String, line: String)] {
    var found: [(command: String, line: String)] = []
    var command = ""
    for line in text.split(separator: "\n").map(String.init) {
        if line.firstMatch(of: #/^(sh|[a-z])[$?&] /#) != nil { command = line }
        let tools = ["grep -c", "wc -l", ".code\""]
        let isCounted = tools.contains { command.contains($0) } && line.allSatisfy(\.isNumber)
        if !isCounted, !expectedLines(ofStory: line).isEmpty { found.append((command, line)) }
    }
    return found
}

/// A line without the digits that may be in it, and without what stands in quotes, which a person wrote.
private func withoutShownDigits(_ line: String) -> String {
    digitsThatAreShown.reduce(line.replacingOccurrences(of: #""[^"]*""#, with: "", options: .regularExpression)) {
        $0.replacingOccurrences(of: $1.pattern, with: "", options: .regularExpression)
    }
}

@Suite struct DigitTests {
    @Test func theOnlyDigitsAreOfThingsAndTimes() throws {
        var looked = 0
        for file in try Repository.files(under: "Tests/StoryTests/stories", endingIn: [".story"]) {
            for (command, line) in shownLines(ofStory: file.text) {
                looked += 1
                let rest = withoutShownDigits(line)
                #expect(rest.allSatisfy { !$0.isNumber }, "\(file.path), \(command): \(line)")
            }
        }
        #expect(looked > 300)
    }

    @Test func aCountOfAnythingIsFound() {
        for line in [
            "3 new", "You have 12 notes.", "Birch, 2 mutuals", "day 4 in a row", "100 of 200", "Alder (7)", "99+ new",
        ] {
            #expect(withoutShownDigits(line).contains { $0.isNumber } == true, "\(line)")
        }
        for line in [
            "k3f  Birch  note  Hello.  14:03", "Port: 7747", "waits until 2026-03-01 22:00", "7-tiger-lemon", "12h",
        ] {
            #expect(withoutShownDigits(line).contains { $0.isNumber } == false, "\(line)")
        }
    }

    @Test func whatAToolCountsIsNotMutuals() {
        let story = "a$ mutual inbox | grep -c x\n2\na$ mutual inbox\n2\n    3 of them\nexit 4\n{\"n\":5}"
        #expect(shownLines(ofStory: story).map(\.line) == ["2"])
    }
}
