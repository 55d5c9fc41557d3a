import Foundation
import MutualControl
import Testing

/// Protocol/control.openrpc.json against the types.
struct OpenRPCTests {
    private typealias Object = [String: Any]

    private static func document() throws -> Object {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appendingPathComponent("Protocol/control.openrpc.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? Object)
    }

    private static func methods() throws -> [Object] { try #require(try document()["methods"] as? [Object]) }

    private static func schema(_ name: String) throws -> Object {
        let components = try #require(try document()["components"] as? Object)
        return try #require((components["schemas"] as? Object)?[name] as? Object)
    }

    @Test func methodsAreTheSame() throws {
        #expect(try Self.methods().compactMap { $0["name"] as? String } == Method.names)
    }

    @Test(arguments: Method.allCases) func parametersAreTheSame(_ method: Method) throws {
        let listed = try #require(try Self.methods().first { $0["name"] as? String == method.rawValue })
        let parameters = try #require(listed["params"] as? [Object])
        #expect(parameters.compactMap { $0["name"] as? String } == method.parameterNames)
        let required = parameters.filter { $0["required"] as? Bool == true }.compactMap { $0["name"] as? String }
        #expect(required == method.requiredParameters)
    }

    @Test func errorsAreTheSame() throws {
        let components = try #require(try Self.document()["components"] as? Object)
        let errors = try #require(components["errors"] as? Object)
        let codes = errors.values.compactMap { ($0 as? Object)?["code"] as? Int }
        #expect(codes.sorted() == ErrorCode.allCases.map(\.rawValue).sorted())
    }

    @Test func kindsOfEventsAreTheSame() throws {
        let properties = try #require(try Self.schema("Event")["properties"] as? Object)
        let kinds = try #require((properties["kind"] as? Object)?["enum"] as? [String])
        #expect(kinds == EventNotice.Kind.allCases.map(\.rawValue))
    }

    /// A result with nothing but what it needs has all that is required; one with everything has nothing that is not
    /// listed, and all that is listed.
    @Test(arguments: Method.allCases) func resultsAreTheSame(_ method: Method) throws {
        let listed = try #require(try Self.methods().first { $0["name"] as? String == method.rawValue })
        let schema = try #require((listed["result"] as? Object)?["schema"] as? Object)
        let (least, most) = Samples.results(method)
        try Self.check(least: least, most: most, schema)
    }

    @Test func partsAreTheSame() throws {
        for (name, least, most) in Samples.parts {
            try Self.check(least: least, most: most, try Self.schema(name))
        }
    }

    private static func check(least: any Encodable, most: any Encodable, _ schema: Object) throws {
        let required = try #require(schema["required"] as? [String])
        let properties = try #require(schema["properties"] as? Object)
        #expect(Set(try names(least)) == Set(required))
        #expect(Set(try names(most)) == Set(properties.keys))
    }

    private static func names(_ value: any Encodable) throws -> [String] {
        let data = try JSONEncoder().encode(value)
        return Array(try #require(try JSONSerialization.jsonObject(with: data) as? Object).keys)
    }
}
