/// A method that has nothing to say but that it is done.
public struct DoneResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// Done.
    public init() {}
}

/// `hello`.
public struct HelloResult: ControlResult {
    /// What is at most taken.
    public struct Limits: Codable, Hashable, Sendable {
        /// A line, bytes.
        public var lineBytes: Int
        /// A text, bytes.
        public var textBytes: Int
        /// A name, bytes.
        public var nameBytes: Int
        /// A content note, bytes.
        public var aboutBytes: Int
        /// Feeling words of one check-in.
        public var feelings: Int
        /// A feeling word, bytes.
        public var feelingBytes: Int
        /// The shortest life, seconds.
        public var lifeMinS: Int64
        /// The longest life, seconds.
        public var lifeMaxS: Int64
        /// Entries of a list.
        public var list: Int

        enum CodingKeys: String, CodingKey {
            case lineBytes = "line_bytes"
            case textBytes = "text_bytes"
            case nameBytes = "name_bytes"
            case aboutBytes = "about_bytes"
            case feelings
            case feelingBytes = "feeling_bytes"
            case lifeMinS = "life_min_s"
            case lifeMaxS = "life_max_s"
            case list
        }

        /// Those of this version.
        public init() {
            lineBytes = LineFramer.limit
            textBytes = 16_384
            nameBytes = 64
            aboutBytes = 80
            feelings = 12
            feelingBytes = 32
            lifeMinS = 600
            lifeMaxS = 7_776_000
            list = PageParameters.mostItems
        }
    }

    /// How long something is kept.
    public struct Retention: Codable, Hashable, Sendable {
        /// Events, seconds.
        public var eventsS: Int64 = 2_592_000
        /// Events, at most so many.
        public var events: Int = 100_000
        /// Keys, seconds.
        public var keysS: Int64 = 2_592_000

        enum CodingKeys: String, CodingKey {
            case eventsS = "events_s"
            case events
            case keysS = "keys_s"
        }

        /// That of this version.
        public init() {}
    }

    /// The version of this shape.
    public var schema = 1
    /// The daemon's version, such as `0.1.0`.
    public var version: String
    /// The version of the protocol between devices.
    public var `protocol`: Int
    /// What this daemon can do beyond that.
    public var abilities: [String]
    /// The methods that it has.
    public var methods: [String]
    /// The language of this connection.
    public var language: String
    /// Whether this home is absent for everybody by `pause.set`; nil: it cannot be told now, as while it is locked.
    public var paused: Bool?
    /// What is at most taken.
    public var limits: Limits
    /// How long something is kept.
    public var retention: Retention

    /// An answer of this version.
    public init(version: String, abilities: [String] = [], language: String) {
        self.version = version
        self.protocol = 1
        self.abilities = abilities
        self.methods = Method.names
        self.language = language
        self.limits = Limits()
        self.retention = Retention()
    }
}

/// `status`. No number and no field says anything of a person, or whether somebody can be reached.
public struct StatusResult: ControlResult {
    /// An interface that is used.
    public struct Interface: Codable, Hashable, Sendable {
        /// Its name, such as `eth0`.
        public var name: String
        /// `ipv4`, `ipv6`.
        public var families: [String]

        /// An interface.
        public init(name: String, families: [String]) {
            self.name = name
            self.families = families
        }
    }

    /// The version of this shape.
    public var schema = 1
    /// `running` or `locked`; with `locked` nothing else is said.
    public var state: String
    /// The daemon's version.
    public var version: String?
    /// Its process.
    public var pid: Int64?
    /// The home.
    public var home: String?
    /// One's own id.
    public var id: String?
    /// What one calls oneself.
    public var name: String?
    /// The TCP port for sessions; nil: it does not listen.
    public var port: Int?
    /// Whether this home is absent for everybody by `pause.set`.
    public var paused: Bool?
    /// Quiet for everybody; nil: not set.
    public var quiet: QuietEntry?
    /// The interfaces that are used.
    public var interfaces: [Interface]?
    /// Whether the vault has a passphrase.
    public var passphrase: Bool?
    /// Sentences about what keeps it from working well.
    public var notices: [String]?

    /// A state; the rest is set where it applies.
    public init(state: String) { self.state = state }
}

/// `doctor`.
public struct DoctorResult: ControlResult {
    /// One thing that was looked at.
    public struct Check: Codable, Hashable, Sendable {
        /// A stable kebab-case key, such as `echo`, `port`, `interfaces`, `clock`.
        public var check: String
        /// `ok`, `note` or `problem`.
        public var result: String
        /// The interface that it is about.
        public var interface: String?
        /// `ipv4` or `ipv6`.
        public var family: String?
        /// A stable kebab-case key of what was found.
        public var reason: String?
        /// What was found, a sentence.
        public var message: String
        /// The one command that helps, or what could be done.
        public var advice: String?

        /// A check.
        public init(
            _ check: String, result: String, interface: String? = nil, family: String? = nil, reason: String? = nil,
            message: String, advice: String? = nil
        ) {
            self.check = check
            self.result = result
            self.interface = interface
            self.family = family
            self.reason = reason
            self.message = message
            self.advice = advice
        }
    }

    /// The version of this shape.
    public var schema = 1
    /// Whether nothing is a problem.
    public var ok: Bool
    /// What was looked at, in order.
    public var checks: [Check]

    /// What was found.
    public init(_ checks: [Check]) {
        self.checks = checks
        ok = !checks.contains { $0.result == "problem" }
    }
}

/// `identity.get`.
public struct IdentityResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// One's own id, `mutual1...`.
    public var id: String
    /// Its ten words.
    public var words: [String]
    /// What one calls oneself.
    public var name: String

    /// An identity.
    public init(id: String, words: [String], name: String) {
        self.id = id
        self.words = words
        self.name = name
    }
}

/// Somebody who is listed. Nothing says whether they can be reached.
public struct PersonEntry: Codable, Hashable, Sendable {
    /// Their id, `mutual1...`.
    public var id: String
    /// The name that they have here.
    public var name: String
    /// The ten words of their id.
    public var words: [String]
    /// `listed` (waiting for their yes), `mutual`, `blocked`, or one of a later version.
    public var standing: String
    /// What they call themselves, once they said it.
    public var helloName: String?
    /// Addresses that were given by hand.
    public var addresses: [String]?
    /// How much room they said that they have; nil: nothing is said, or its time is over.
    public var room: RoomEntry?

    enum CodingKeys: String, CodingKey {
        case id, name, words, standing
        case helloName = "hello_name"
        case addresses, room
    }

    /// Somebody.
    public init(
        id: String, name: String, words: [String], standing: String, helloName: String? = nil,
        addresses: [String]? = nil
    ) {
        self.id = id
        self.name = name
        self.words = words
        self.standing = standing
        self.helloName = helloName
        self.addresses = addresses
    }
}

/// How much room somebody said that they have.
public struct RoomEntry: Codable, Hashable, Sendable {
    /// `yes`, `a-little` or `resting`.
    public var have: String
    /// Their words.
    public var text: String?
    /// When it ends.
    public var until: Timestamp

    /// Room.
    public init(have: String, text: String? = nil, until: Timestamp) {
        self.have = have
        self.text = text
        self.until = until
    }
}

/// `people.list`.
public struct PeopleResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// Everybody, in the order of listing.
    public var people: [PersonEntry]
    /// `before` of the next page; nil: there is none.
    public var next: String?

    /// A page.
    public init(people: [PersonEntry], next: String? = nil) {
        self.people = people
        self.next = next
    }
}

/// `people.add`, `people.rename`, `people.reach`, `people.block`, `people.unblock`: the person as it stands after it;
/// `people.part`, `people.remove`: as it stood.
public struct PersonResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// The person; nil when it is not listed any more.
    public var person: PersonEntry?

    /// A person.
    public init(person: PersonEntry?) { self.person = person }
}

/// A pairing. It lives in memory only.
public struct PairingEntry: Codable, Hashable, Sendable {
    /// Its number.
    public var pairing: Int64
    /// `offering`, `looking`, `asked` (the question is open) or `answered` (theirs is awaited).
    public var stage: String
    /// The code, for who offers it.
    public var code: String?
    /// What the other calls themself, from `asked` on.
    public var name: String?
    /// The other's id, from `asked` on.
    public var person: String?
    /// When this stage ends.
    public var until: Timestamp
    /// The number of the last event before this pairing began: subscribe from here.
    public var seq: Int64

    /// A pairing.
    public init(
        pairing: Int64, stage: String, code: String? = nil, name: String? = nil, person: String? = nil,
        until: Timestamp, seq: Int64
    ) {
        self.pairing = pairing
        self.stage = stage
        self.code = code
        self.name = name
        self.person = person
        self.until = until
        self.seq = seq
    }
}

/// `pair.open`, `pair.join`: the members of the pairing stand beside `schema`.
public struct PairingResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// The pairing.
    public var entry: PairingEntry

    /// A pairing.
    public init(_ entry: PairingEntry) { self.entry = entry }

    enum CodingKeys: CodingKey { case schema }

    /// From one flat object.
    public init(from decoder: any Decoder) throws {
        schema = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .schema)
        entry = try PairingEntry(from: decoder)
    }

    /// As one flat object.
    public func encode(to encoder: any Encoder) throws {
        try entry.encode(to: encoder)
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(schema, forKey: .schema)
    }
}

/// `pair.list`.
public struct PairingsResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// What is open.
    public var pairings: [PairingEntry]

    /// What is open.
    public init(pairings: [PairingEntry]) { self.pairings = pairings }
}
