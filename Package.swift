// swift-tools-version: 6.2
import PackageDescription

/// Swift 6 mode, warnings as errors, and no name that comes in through somebody else's import.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "mutual",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "mutual", targets: ["mutual"]),
        .executable(name: "mutuald", targets: ["mutuald"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-protobuf.git", exact: "1.39.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
        .target(name: "CPlatform"),
        .target(name: "MutualCrypto", dependencies: ["CSodium"], swiftSettings: strict),
        .target(
            name: "MutualWire",
            dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
            swiftSettings: strict),
        .target(name: "MutualRules", swiftSettings: strict),
        .target(
            name: "MutualCore", dependencies: ["MutualWire", "MutualRules", "MutualCrypto"],
            swiftSettings: strict),
        .target(
            name: "MutualStore",
            dependencies: [
                "MutualCore", "MutualWire", "MutualCrypto", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(name: "MutualControl", swiftSettings: strict),
        .target(name: "MutualLanguage", swiftSettings: strict),
        .target(name: "MutualClient", dependencies: ["MutualControl"], swiftSettings: strict),
        .target(
            name: "MutualDaemon",
            dependencies: [
                "MutualCore", "MutualStore", "MutualWire", "MutualRules", "MutualCrypto", "MutualControl",
                "MutualLanguage", "CPlatform",
                .product(name: "Logging", package: "swift-log"),
            ] + nio,
            swiftSettings: strict),
        .executableTarget(
            name: "mutuald", dependencies: ["MutualDaemon", argumentParser], swiftSettings: strict),
        .target(
            name: "MutualSimulator",
            dependencies: ["MutualCore", "MutualStore", "MutualRules", "MutualWire", "MutualCrypto"],
            swiftSettings: strict),
        .executableTarget(
            name: "mutual-sim", dependencies: ["MutualSimulator", argumentParser], swiftSettings: strict),
        .executableTarget(
            name: "mutuald-story", dependencies: ["MutualDaemon", argumentParser], swiftSettings: strict),
        .executableTarget(
            name: "mutual", dependencies: ["MutualClient", "MutualControl", "MutualLanguage", argumentParser],
            swiftSettings: strict),

        .testTarget(name: "MutualCryptoTests", dependencies: ["MutualCrypto"], swiftSettings: strict),
        .testTarget(name: "MutualWireTests", dependencies: ["MutualWire", "MutualCrypto"], swiftSettings: strict),
        .testTarget(name: "MutualRulesTests", dependencies: ["MutualRules"], swiftSettings: strict),
        .testTarget(
            name: "MutualStoreTests",
            dependencies: [
                "MutualStore", "MutualCore", "MutualWire", "MutualCrypto", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MutualCoreTests",
            dependencies: ["MutualCore", "MutualStore", "MutualWire", "MutualCrypto", "MutualRules"],
            swiftSettings: strict),
        .testTarget(name: "MutualControlTests", dependencies: ["MutualControl"], swiftSettings: strict),
        .testTarget(
            name: "MutualLanguageTests", dependencies: ["MutualLanguage", "MutualRules"], swiftSettings: strict),
        .target(
            name: "TestSupport", dependencies: ["MutualControl"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "MutualClientTests", dependencies: ["MutualClient", "MutualControl", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "MutualCLITests",
            dependencies: [
                "mutual", "MutualClient", "MutualControl", "MutualLanguage", "TestSupport", argumentParser,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MutualDaemonTests",
            dependencies: [
                "MutualDaemon", "MutualCore", "MutualStore", "MutualWire", "MutualCrypto", "MutualControl",
                "MutualClient", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MutualSimulatorTests",
            dependencies: ["MutualSimulator", "mutual-sim", "MutualCore", "MutualWire", "TestSupport"],
            exclude: ["Plants"], swiftSettings: strict),
        .testTarget(
            name: "StoryTests", dependencies: ["TestSupport"], exclude: ["scripts", "stories"], swiftSettings: strict),
        .testTarget(name: "NamespaceTests", dependencies: ["TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CrashTests",
            dependencies: [
                "MutualDaemon", "MutualControl", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HostileTests", dependencies: ["MutualCrypto", "MutualWire", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AtRestTests",
            dependencies: [
                "MutualStore", "MutualCore", "MutualWire", "MutualCrypto", "MutualControl", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ]
)

/// What the fuzzed functions reach. They stand in Tests/FuzzRegressionTests, where every kept input goes through them
/// as a test; scripts/fuzz alone sets the variable and makes a program around libFuzzer of the same files.
let fuzzed: [Target.Dependency] = [
    "MutualDaemon", "MutualCore", "MutualStore", "MutualWire", "MutualRules", "MutualCrypto", "MutualControl",
    .product(name: "GRDB", package: "GRDB.swift"),
]
if Context.environment["MUTUAL_FUZZ"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "mutual-fuzz", dependencies: fuzzed, path: "Tests/FuzzRegressionTests", exclude: ["corpus"],
            sources: ["Targets", "Driver"], swiftSettings: strict,
            // The usual linker gives up on the debugging data of instrumented code.
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
} else {
    package.targets.append(
        .testTarget(
            name: "FuzzRegressionTests", dependencies: fuzzed, exclude: ["corpus", "Driver"], swiftSettings: strict))
}
