import Foundation

/// The files of this repository, as the tidy tests read them.
enum Repository {
    /// The folder that holds Package.swift.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// One text file.
    struct File {
        /// Its path from the root, with slashes.
        let path: String
        /// Its content.
        let text: String

        /// Its lines, without their ends.
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        /// Whether a machine wrote it.
        var isGenerated: Bool { path.contains("/Generated/") || path.hasSuffix(".pb.swift") }
    }

    /// Every file under a folder whose name ends in one of these, sorted by path. Builds and hidden folders are left out.
    static func files(under folder: String, endingIn endings: [String]) throws -> [File] {
        let start = folder.isEmpty ? root : root.appendingPathComponent(folder)
        guard FileManager.default.fileExists(atPath: start.path) else { return [] }
        guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: [.isRegularFileKey])
        else { return [] }
        var found: [File] = []
        for case let url as URL in walk {
            let name = url.lastPathComponent
            if skipped.contains(name) || name.hasPrefix(".build") {
                walk.skipDescendants()
                continue
            }
            guard endings.contains(where: { name.hasSuffix($0) }),
                try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            else { continue }
            let path = String(url.resolvingSymlinksInPath().path.dropFirst(root.path.count + 1))
            found.append(File(path: path, text: try String(contentsOf: url, encoding: .utf8)))
        }
        return found.sorted { $0.path < $1.path }
    }

    /// What is no source of the project.
    private static let skipped: Set<String> = [".git", ".swiftpm", "dist", "DerivedData", "__pycache__"]
}

/// Swift text with comments and the insides of string literals replaced by spaces; line breaks stay.
func codeOnly(_ text: String) -> String {
    var out: [UInt8] = []
    let bytes = Array(text.utf8)
    var at = 0
    func starts(_ word: String, _ place: Int) -> Bool { bytes[place...].starts(with: word.utf8) }
    func blank(_ count: Int) {
        for byte in bytes[at..<min(at + count, bytes.count)] { out.append(byte == 0x0a ? byte : 0x20) }
        at = min(at + count, bytes.count)
    }
    while at < bytes.count {
        if starts("//", at) {
            while at < bytes.count, bytes[at] != 0x0a { blank(1) }
        } else if starts("/*", at) {
            var depth = 0
            repeat {
                if starts("/*", at) {
                    depth += 1
                    blank(2)
                } else if starts("*/", at) {
                    depth -= 1
                    blank(2)
                } else {
                    blank(1)
                }
            } while depth > 0 && at < bytes.count
        } else if let opening = stringOpening(bytes, at) {
            blank(opening.length)
            while at < bytes.count, !starts(opening.closing, at) {
                if opening.hashes == 0, bytes[at] == 0x5c { blank(1) }
                blank(1)
            }
            blank(opening.closing.utf8.count)
        } else {
            out.append(bytes[at])
            at += 1
        }
    }
    return String(decoding: out, as: UTF8.self)
}

/// The string literal that begins here: how long its opening is, and what closes it.
private func stringOpening(_ bytes: [UInt8], _ start: Int) -> (length: Int, hashes: Int, closing: String)? {
    var at = start
    while at < bytes.count, bytes[at] == 0x23 { at += 1 }
    guard at < bytes.count, bytes[at] == 0x22 else { return nil }
    let hashes = at - start
    let long = bytes[at...].starts(with: "\"\"\"".utf8)
    let quotes = long ? "\"\"\"" : "\""
    return (hashes + quotes.utf8.count, hashes, quotes + String(repeating: "#", count: hashes))
}
