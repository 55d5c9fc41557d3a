import MutualControl

extension Doctor {
    /// The findings as one JSON document.
    public static func json(_ findings: [Finding]) -> String {
        String(decoding: result(findings).bytes(), as: UTF8.self)
    }

    /// The findings as the method `doctor` answers them.
    static func result(_ findings: [Finding]) -> DoctorResult {
        DoctorResult(
            findings.map { finding in
                let isV6 = finding.check.hasSuffix("-v6")
                let isV4 = finding.check.hasSuffix("-v4")
                return DoctorResult.Check(
                    isV4 || isV6 ? String(finding.check.dropLast(3)) : finding.check,
                    result: finding.isWell ? "ok" : "problem", interface: finding.interface,
                    family: isV6 ? "ipv6" : isV4 ? "ipv4" : nil, message: finding.sentence, advice: finding.command)
            })
    }
}
