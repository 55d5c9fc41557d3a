import Testing

@testable import MutualWire

/// Addresses, prefixes and endpoints.
@Suite struct IPAddressTests {
    @Test(arguments: [
        ("0.0.0.0", "0.0.0.0"), ("192.168.7.20", "192.168.7.20"), ("255.255.255.255", "255.255.255.255"),
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("fe80::1:2ff:fe03:405", "fe80::1:2ff:fe03:405"),
        ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0db8::0001", "2001:db8::1"), ("0:0:0:1:0:0:0:0", "0:0:0:1::"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::ffff:10.0.0.1", "10.0.0.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ])
    func textComesBackInItsNormalForm(typed: String, normal: String) throws {
        let address = try #require(IPAddress(text: typed))
        #expect(address.text == normal)
        #expect(IPAddress(text: normal) == address)
        #expect(IPAddress(bytes: address.bytes) == address)
    }

    @Test(arguments: [
        "", ".", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1.2.3.+4", "1..2.3", ":", ":::", "1:::2",
        "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::", "::1%1", "[::1]", ":1::2",
        "1::2:", "::+1", "1.2.3.4::", "::1.2.3", "١.2.3.4", "1:2:3:4:5:6:7:1.2.3.4",
    ])
    func whatIsNoAddress(typed: String) {
        #expect(IPAddress(text: typed) == nil)
    }

    @Test func bytesOfOtherLengthsAreNone() {
        for count in 0..<40 where count != 4 && count != 16 {
            #expect(IPAddress(bytes: [UInt8](repeating: 1, count: count)) == nil)
        }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xff, 0xff, 192, 168, 7, 20]
        #expect(IPAddress(bytes: mapped) == .v4(0xc0a8_0714))
        #expect(IPAddress(bytes: mapped)?.familyByte == 4)
    }

    @Test(arguments: [
        ("9.255.255.255", false), ("10.0.0.0", true), ("10.255.255.255", true), ("11.0.0.0", false),
        ("172.15.255.255", false), ("172.16.0.0", true), ("172.31.255.255", true), ("172.32.0.0", false),
        ("192.167.255.255", false), ("192.168.0.0", true), ("192.169.0.0", false), ("169.253.255.255", false),
        ("169.254.1.1", true), ("100.63.255.255", false), ("100.64.0.0", true), ("100.127.255.255", true),
        ("100.128.0.0", false), ("127.0.0.1", true), ("8.8.8.8", false), ("fbff::1", false), ("fc00::", true),
        ("fdff::1", true), ("fe00::", false), ("fe7f::1", false), ("fe80::1", true), ("febf::1", true),
        ("fec0::1", false),
        ("::1", true), ("::2", false), ("2001:db8::1", false), ("::ffff:10.1.1.1", true), ("::ffff:8.8.8.8", false),
    ])
    func privateAddresses(text: String, isPrivate: Bool) throws {
        #expect(try #require(IPAddress(text: text)).isPrivate == isPrivate)
    }

    @Test func otherKinds() throws {
        func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text: text)) }
        #expect(try address("224.0.0.1").isMulticast)
        #expect(try address("239.255.77.84").isMulticast)
        #expect(try !address("240.0.0.1").isMulticast)
        #expect(try address("255.255.255.255").isMulticast)
        #expect(try address("ff02::6d75:7475:616c").isMulticast)
        #expect(try !address("fe80::1").isMulticast)
        #expect(try address("0.0.0.0").isUnspecified)
        #expect(try address("::").isUnspecified)
        #expect(try !address("::1").isUnspecified)
        #expect(try address("127.9.9.9").isLoopback)
        #expect(try address("169.254.0.1").isLinkLocal)
        #expect(try !address("10.0.0.1").isLinkLocal)
        #expect(try address("255.255.255.255") < address("::"))
        #expect(try address("9.0.0.0") < address("10.0.0.0"))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "200.1.1.1", true),
        ("192.168.7.20/24", "192.168.7.255", true), ("192.168.7.20/32", "192.168.7.21", false),
        ("192.168.7.20/31", "192.168.7.21", true), ("1.2.3.4", "1.2.3.4", true), ("1.2.3.4", "1.2.3.5", false),
        ("::/0", "fe80::1", true), ("::/0", "1.2.3.4", false), ("0.0.0.0/0", "::1", false),
        ("fe80::/10", "febf::1", true), ("fe80::/10", "fec0::1", false), ("2001:db8::/64", "2001:db8::ffff", true),
        ("2001:db8::/64", "2001:db8:0:1::", false), ("2001:db8::/65", "2001:db8::7fff:0:0:1", true),
        ("2001:db8::/65", "2001:db8::8000:0:0:1", false), ("::1/128", "::1", true), ("::1/128", "::2", false),
    ])
    func prefixes(text: String, other: String, isInside: Bool) throws {
        let prefix = try #require(Prefix(text))
        #expect(prefix.contains(try #require(IPAddress(text: other))) == isInside)
        #expect(Prefix(prefix.text) == prefix)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "::/a", "x/8",
    ])
    func whatIsNoPrefix(text: String) {
        #expect(Prefix(text) == nil)
    }

    @Test(
        arguments: [
            ("192.168.1.2", "192.168.1.2:7747", 0), ("192.168.1.2:80", "192.168.1.2:80", 0), ("[::1]", "[::1]:7747", 0),
            ("[fe80::1]:65535", "[fe80::1]:65535", 0), ("[fe80::1%12]:80", "[fe80::1]:80", 12),
            ("[fe80::1%3]", "[fe80::1]:7747", 3),
        ] as [(String, String, UInt32)])
    func endpoints(typed: String, normal: String, interface: UInt32) throws {
        let endpoint = try #require(Endpoint(text: typed))
        #expect(endpoint.text == normal)
        #expect(endpoint.interface == interface)
    }

    @Test(arguments: [
        "", ":", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4:+1", "1.2.3.4:8x", "::1", "fe80::1:7747", "[::1",
        "::1]", "[]", "[::1]x", "[::1]:", "[::1]:0", "[1.2.3.4]:80", "[fe80::1%]", "[fe80::1%0]", "[fe80::1%eth0]",
        "[fe80::1%4294967296]", "name:80",
    ])
    func whatIsNoEndpoint(typed: String) {
        #expect(Endpoint(text: typed) == nil)
    }

    @Test func everyShortTextIsReadWithoutATrap() {
        let signs = Array("[]:.%/-+0f9ü")
        for a in signs {
            for b in signs {
                for c in signs {
                    for d in signs {
                        let text = String([a, b, c, d])
                        _ = (IPAddress(text: text), Endpoint(text: text), Prefix(text))
                    }
                }
            }
        }
    }
}
