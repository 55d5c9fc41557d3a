import MutualCore
import Testing

/// Times of day by the clock on the wall.
@Suite struct LocalTimeTests {
    /// 2026-01-10 at this time in UTC.
    private func moment(_ hour: Int64, _ minute: Int64 = 0, ahead offsetS: Int32 = 0) -> Instant {
        Instant(wallMs: 1_768_003_200_000 + (hour * 60 + minute) * 60_000, monotonicMs: 0, utcOffsetS: offsetS)
    }

    @Test func timesAreReadAndWritten() {
        #expect(TimeOfDay(text: "22:00")?.minute == 1_320)
        #expect(TimeOfDay(text: "7:05")?.text == "07:05")
        #expect(TimeOfDay(text: "00:00") == .midnight)
        for wrong in ["24:00", "12:60", "12", "12:5", "012:00", "1 :00", "", ":", "12:00:00", "-1:00", "١٢:٠٠"] {
            #expect(TimeOfDay(text: wrong) == nil, "\(wrong)")
        }
        #expect(TimeOfDay(minute: 1_440) == nil && TimeOfDay(minute: -1) == nil)
        #expect(DailyHours(text: "22:00-7:00")?.text == "22:00-07:00")
        for wrong in ["22:00", "22:00-", "22:00-22:00", "22:00-07:00-08:00", "22:00 - 07:00"] {
            #expect(DailyHours(text: wrong) == nil, "\(wrong)")
        }
    }

    @Test func hoursGoOverMidnight() throws {
        let night = try #require(DailyHours(text: "22:00-07:00"))
        #expect(!night.contains(moment(21, 59)))
        #expect(night.contains(moment(22)) && night.contains(moment(0)) && night.contains(moment(6, 59)))
        #expect(!night.contains(moment(7)))
        let noon = try #require(DailyHours(text: "12:00-13:00"))
        #expect(noon.contains(moment(12)) && !noon.contains(moment(13)) && !noon.contains(moment(23)))
    }

    @Test func theyFollowZonesAndSummerTime() throws {
        let night = try #require(DailyHours(text: "22:00-07:00"))
        // 21:30 UTC is 22:30 in winter and 23:30 in summer in Berlin, and 13:30 in California.
        #expect(!night.contains(moment(21, 30)))
        #expect(night.contains(moment(21, 30, ahead: 3_600)) && night.contains(moment(21, 30, ahead: 7_200)))
        #expect(!night.contains(moment(21, 30, ahead: -28_800)))
        // The morning of the change: at 05:30 UTC it is 06:30 before, 07:30 after.
        #expect(night.contains(moment(5, 30, ahead: 3_600)) && !night.contains(moment(5, 30, ahead: 7_200)))
        #expect(moment(23, 30, ahead: 7_200).timeOfDay.text == "01:30")
        #expect(moment(1, 30, ahead: -7_200).timeOfDay.text == "23:30")
        // Clocks before 1970 have times of day, too.
        #expect(Instant(wallMs: -60_000, monotonicMs: 0).timeOfDay.text == "23:59")
    }

    @Test func theNextTimeIsAhead() throws {
        let ten = try #require(TimeOfDay(text: "22:00"))
        #expect(moment(21).next(ten) == moment(22).wallMs)
        #expect(moment(22).next(ten) == moment(46).wallMs)
        #expect(moment(23).next(ten) == moment(46).wallMs)
        #expect(moment(21, 30, ahead: 3_600).next(ten) == moment(45).wallMs)
        #expect(moment(1, ahead: -28_800).next(ten) == moment(6).wallMs)
    }
}
