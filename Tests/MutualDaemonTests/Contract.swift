import Foundation
import MutualControl

/// `Protocol/control.openrpc.json`, and what a document lacks to be what it promises.
struct Contract {
    let tree: JSONValue

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appendingPathComponent("Protocol/control.openrpc.json"))
        tree = try JSONValue(parsing: Array(data))
    }

    var methods: [String] { (tree["methods"]?.elements ?? []).compactMap { $0["name"]?.text } }

    /// Faults of a method's result; a method that is not listed is one.
    func faults(ofResult result: JSONValue, of method: String) -> [String] {
        let entry = tree["methods"]?.elements?.first { $0["name"] == .string(method) }
        guard let schema = entry?["result"]?["schema"] else { return ["\(method) is not in the contract"] }
        return faults(result, schema, method)
    }

    /// Faults of a document against a named schema.
    func faults(of document: JSONValue, as name: String) -> [String] {
        guard let schema = tree["components"]?["schemas"]?[name] else { return ["no schema \(name)"] }
        return faults(document, schema, name)
    }

    private func faults(_ value: JSONValue, _ schema: JSONValue, _ at: String) -> [String] {
        if let reference = schema["$ref"]?.text {
            return faults(of: value, as: String(reference.split(separator: "/").last ?? "")).map { "\(at)/\($0)" }
        }
        var found: [String] = []
        if let type = schema["type"]?.text, !matches(value, type) { return ["\(at): no \(type)"] }
        if let constant = schema["const"], constant != value { found.append("\(at): another constant") }
        if let list = schema["enum"]?.elements, !list.contains(value) { found.append("\(at): not of the list") }
        if let least = schema["minimum"]?.integer, (value.integer ?? least) < least { found.append("\(at): too small") }
        if let text = value.text { found += textFaults(text, schema, at) }
        if let elements = value.elements {
            if let most = schema["maxItems"]?.integer, elements.count > most { found.append("\(at): too many") }
            if let fewest = schema["minItems"]?.integer, elements.count < fewest { found.append("\(at): too few") }
            if let items = schema["items"] {
                found += elements.enumerated().flatMap { faults($1, items, "\(at)[\($0)]") }
            }
        }
        if let members = value.members { found += memberFaults(members, schema, at) }
        return found
    }

    private func textFaults(_ text: String, _ schema: JSONValue, _ at: String) -> [String] {
        var found: [String] = []
        if let most = schema["maxLength"]?.integer, text.count > most { found.append("\(at): too long") }
        if let least = schema["minLength"]?.integer, text.count < least { found.append("\(at): too short") }
        if let pattern = schema["pattern"]?.text, text.range(of: pattern, options: .regularExpression) == nil {
            found.append("\(at): \(text) is not like \(pattern)")
        }
        return found
    }

    /// What is required is there, and nothing is there that the contract does not name.
    private func memberFaults(_ members: [JSONValue.Member], _ schema: JSONValue, _ at: String) -> [String] {
        let known = schema["properties"]?.members ?? []
        var found = (schema["required"]?.elements ?? []).compactMap { name -> String? in
            members.contains { .string($0.name) == name } ? nil : "\(at): lacks \(name.text ?? "")"
        }
        for member in members {
            if let property = known.first(where: { $0.name == member.name }) {
                found += faults(member.value, property.value, "\(at).\(member.name)")
            } else if let other = schema["additionalProperties"], other.members != nil {
                found += faults(member.value, other, "\(at).\(member.name)")
            } else {
                found.append("\(at): has \(member.name), which is not in the contract")
            }
        }
        return found
    }

    private func matches(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("integer", .integer), ("boolean", .bool),
            ("number", .integer), ("number", .number), ("null", .null):
            true
        default: false
        }
    }
}
