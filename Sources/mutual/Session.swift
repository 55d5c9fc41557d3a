import MutualClient
import MutualControl
import MutualLanguage

/// The version of this program.
enum Version {
    static let text = "0.1.0"
}

/// One run's connection to the daemon.
struct Session {
    let home: Home
    let client: Client
    /// Whether this home is absent for everybody.
    private(set) var isPaused = false

    /// Connects and says hello.
    init(_ home: Home) throws {
        self.home = home
        do {
            client = try Client(path: home.socket)
        } catch {
            throw Failure(error, path: home.socket, key: nil)
        }
        let hello: HelloResult = try call(
            .hello(HelloParameters(client: "mutual \(Version.text)", language: Words.language.rawValue)))
        isPaused = hello.paused ?? false
        if hello.version != Version.text {
            Console.complain(Words.say(.versionDiffers, ["mine": Version.text, "theirs": hello.version]))
        }
    }

    /// One call and its result.
    func call<Result: ControlResult>(
        _ call: ControlCall, key: String? = nil, as type: Result.Type = Result.self
    ) throws -> Result {
        do {
            return try client.call(call, key: key)
        } catch {
            throw Failure(error, of: call, path: home.socket, key: key)
        }
    }

    /// One call and its result as it came.
    func tree(_ call: ControlCall, key: String? = nil) throws -> JSONValue {
        do {
            return try client.tree(call, key: key)
        } catch {
            throw Failure(error, of: call, path: home.socket, key: key)
        }
    }

    /// The next event, or something else.
    func follow(or other: CInt? = nil, atMost milliseconds: Int? = nil) throws -> Client.Heard {
        try follow(orAny: other.map { [$0] } ?? [], atMost: milliseconds)
    }

    /// The next event, or something else on one of these.
    func follow(orAny others: [CInt], atMost milliseconds: Int? = nil) throws -> Client.Heard {
        do {
            return try client.follow(orAny: others, atMost: milliseconds)
        } catch {
            throw Failure(error, path: home.socket, key: nil)
        }
    }

    /// Everybody who is listed.
    func people() throws -> [PersonEntry] {
        var people: [PersonEntry] = []
        var before: String?
        repeat {
            let page: PeopleResult = try call(.peopleList(PageParameters(before: before)))
            people += page.people
            before = page.next
        } while before != nil
        return people
    }
}
