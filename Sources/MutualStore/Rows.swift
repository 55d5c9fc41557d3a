import Foundation
import GRDB
import MutualCore

extension Row {
    /// An integer of a column; throws `damaged` when it is none.
    func int(_ index: Int) throws(JournalFault) -> Int64 {
        guard case .int64(let value) = storage(index) else { throw .damaged }
        return value
    }

    /// An integer or null.
    func optionalInt(_ index: Int) throws(JournalFault) -> Int64? {
        if case .null = storage(index) { return nil }
        return try int(index)
    }

    /// A blob of a column; throws `damaged` when it is none.
    func blob(_ index: Int) throws(JournalFault) -> [UInt8] {
        guard case .blob(let value) = storage(index) else { throw .damaged }
        return [UInt8](value)
    }

    /// A blob or null.
    func optionalBlob(_ index: Int) throws(JournalFault) -> [UInt8]? {
        if case .null = storage(index) { return nil }
        return try blob(index)
    }

    private func storage(_ index: Int) -> DatabaseValue.Storage {
        let value: DatabaseValue = self[index]
        return value.storage
    }
}

extension [UInt8] {
    /// As GRDB takes a blob.
    var data: Data { Data(self) }
}

extension Int64 {
    /// A moment as the full hour at or after it, as it may stand in the open.
    static func hour(atOrAfterMs ms: Int64) -> Int64 { Int64(clamping: ItemEntry.hour(atOrAfterMs: ms)) }
}
