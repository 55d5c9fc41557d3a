/// `vault.set-passphrase`.
public struct VaultSetPassphraseParameters: MethodParameters {
    /// The new one; nil: none from now on.
    public var passphrase: String?
    /// The one until now, where there is one.
    public var current: String?

    /// Both, one of them, or neither.
    public init(passphrase: String? = nil, current: String? = nil) {
        self.passphrase = passphrase
        self.current = current
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case passphrase, current }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
}

/// `vault.unlock`.
public struct VaultUnlockParameters: MethodParameters {
    /// What the vault opens with.
    public var passphrase: String

    /// A passphrase.
    public init(passphrase: String) { self.passphrase = passphrase }

    enum CodingKeys: String, CodingKey, CaseIterable { case passphrase }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// It must be there.
    public static let requiredNames = ["passphrase"]
}

/// `vault.wipe`.
public struct VaultWipeParameters: MethodParameters {
    /// Must be true: nothing is wiped by a slip.
    public var confirm: Bool

    /// Said on purpose.
    public init(confirm: Bool) { self.confirm = confirm }

    enum CodingKeys: String, CodingKey, CaseIterable { case confirm }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// It must be there.
    public static let requiredNames = ["confirm"]
    /// Nothing else will do.
    public func fault() -> (parameter: String, expected: String)? { confirm ? nil : ("confirm", "true") }
}

/// `vault.export`.
public struct VaultExportParameters: MethodParameters {
    /// Where the file is to be, an absolute path; nothing is written over.
    public var file: String
    /// What the file is to open with.
    public var passphrase: String

    /// A file and its passphrase.
    public init(file: String, passphrase: String) {
        self.file = file
        self.passphrase = passphrase
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case file, passphrase }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// Both must be there.
    public static let requiredNames = ["file", "passphrase"]
    /// A path that means the same to everybody.
    public func fault() -> (parameter: String, expected: String)? {
        let isPath = file.hasPrefix("/") && (2...4_095).contains(file.utf8.count) && !file.utf8.contains(0)
        return isPath ? nil : ("file", "an absolute path")
    }
}
