extension German {
    /// What the doctor finds, in German.
    static func doctor(_ key: Key) -> String? {
        switch key {
        case .doctorOff: "Mutual läuft nicht."
        case .doctorRuns: "Mutual läuft."
        case .doctorNetwork: "Dieser Rechner ist in einem Netz ({names})."
        case .doctorNotAllowed: "Keine der Schnittstellen, die mutual.toml erlaubt, ist eingeschaltet ({names})."
        case .doctorNoInterface: "Keine Netzwerkschnittstelle ist eingeschaltet."
        case .doctorAlone: "Dieser Rechner ist in keinem Netz: Zu finden ist nur ein anderer Ordner auf ihm selbst."
        case .doctorHears: "Mutual hört seinen eigenen Multicast auf {interface} ({family})."
        case .doctorSilent:
            "Was auf {interface} ({family}) an die Gruppe geht, kommt nicht an: Eine Firewall hier verwirft es."
        case .doctorRefused:
            "Eine Firewall auf diesem Rechner lässt Mutual auf {interface} ({family}, UDP {port}) nicht senden."
        case .doctorHeld: "Ein anderes Programm hält den UDP-Port {port} für sich allein."
        case .doctorNoMulticast: "Auf {interface} ({family}) geht kein Multicast."
        case .doctorReached:
            "Dieser Rechner antwortet auf {interface} unter seiner eigenen Adresse ({family}, TCP {port})."
        case .doctorDrops:
            "Eine Firewall auf diesem Rechner verwirft Verbindungen auf {interface} ({family}, TCP {port})."
        case .doctorNoPort: "Mutual konnte keinen TCP-Port öffnen."
        case .doctorListens: "Mutual lauscht auf dem TCP-Port {port}."
        case .doctorFree: "Der TCP-Port {port} ist frei."
        case .doctorMutualHas:
            "Den TCP-Port {port} hat ein anderes Mutual auf diesem Rechner: Dieses lauscht auf {own} "
                + "und wird genauso gefunden."
        case .doctorMutualWill:
            "Den TCP-Port {port} hat ein anderes Mutual auf diesem Rechner: Dieses nimmt einen freien "
                + "und wird genauso gefunden."
        case .doctorTakenHas: "Den TCP-Port {port} hat ein anderes Programm: Mutual lauscht auf {own}."
        case .doctorTakenWill: "Den TCP-Port {port} hat ein anderes Programm: Mutual nimmt einen freien."
        case .doctorClockYear: "Die Uhr dieses Rechners sagt das Jahr {year}."
        case .doctorClock: "Die Uhr dieses Rechners sagt eine sinnvolle Zeit."
        case .doctorClocksApart:
            "Die Uhren dieses Rechners und von jemandem, den du kennst, gehen um etwa {hours} Stunden "
                + "auseinander: So finden sie sich nicht."
        default: nil
        }
    }
}
