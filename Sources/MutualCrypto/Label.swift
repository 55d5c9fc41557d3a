/// The labels that keep every use of a key or hash apart: ASCII, no terminator. See Protocol/constants.md.
enum Label: String, CaseIterable {
    case identityStatic = "mutual/1 static"
    case identityWords = "mutual/1 words"
    case pairRoot = "mutual/1 root"
    case mark = "mutual/1 mark"
    case padding = "mutual/1 pad"
    case session = "mutual/1 session"
    case pairingSessionID = "mutual/1 pair sid"
    case pairingChannel = "mutual/1 pair ci"
    case pairingKey = "mutual/1 pair psk"
    case pairingNoise = "mutual/1 pair noise"
    case exchange = "mutual/1 exchange"
    case openVault = "mutual/1 open vault"
    case store = "mutual/1 store"
    case index = "mutual/1 index"
    case slot = "mutual/1 slot"

    var bytes: [UInt8] { Array(rawValue.utf8) }
}
