extension English {
    /// What the doctor finds, in English.
    static func doctor(_ key: Key) -> String? {
        switch key {
        case .doctorOff: "Mutual does not run."
        case .doctorRuns: "Mutual runs."
        case .doctorNetwork: "This machine is on a network ({names})."
        case .doctorNotAllowed: "None of the interfaces that mutual.toml allows is up ({names})."
        case .doctorNoInterface: "No network interface is up."
        case .doctorAlone: "This machine is on no network: only another home on this same machine can be found."
        case .doctorHears: "Mutual hears its own multicast on {interface} ({family})."
        case .doctorSilent:
            "What is sent to the group on {interface} ({family}) is not heard: a firewall on this machine drops it."
        case .doctorRefused:
            "A firewall on this machine does not let Mutual send on {interface} ({family}, UDP {port})."
        case .doctorHeld: "Another program holds UDP port {port} for itself."
        case .doctorNoMulticast: "Multicast cannot be used on {interface} ({family})."
        case .doctorReached: "This machine answers at its own address on {interface} ({family}, TCP {port})."
        case .doctorDrops: "A firewall on this machine drops connections on {interface} ({family}, TCP {port})."
        case .doctorNoPort: "Mutual could not open a TCP port."
        case .doctorListens: "Mutual listens on TCP port {port}."
        case .doctorFree: "TCP port {port} is free."
        case .doctorMutualHas:
            "TCP port {port} is taken by another Mutual on this machine: this one listens on TCP port "
                + "{own}, and is found as well."
        case .doctorMutualWill:
            "TCP port {port} is taken by another Mutual on this machine: this one will take a free "
                + "port, and is found as well."
        case .doctorTakenHas: "TCP port {port} is taken by another program: this one listens on TCP port {own}."
        case .doctorTakenWill: "TCP port {port} is taken by another program: this one will take a free port."
        case .doctorClockYear: "The clock of this machine says the year {year}."
        case .doctorClock: "The clock of this machine says a sensible time."
        case .doctorClocksApart:
            "The clocks of this machine and of somebody whom you know differ by about {hours} hours, "
                + "so they cannot find each other."
        default: nil
        }
    }
}
