extension English {
    /// Passphrase, export, import, wipe.
    static func safe(_ key: Key) -> String? {
        switch key {
        case .passphraseAsk: "Passphrase: "
        case .passphraseNew: "New passphrase: "
        case .passphraseAgain: "The same again: "
        case .passphraseCurrent: "Passphrase until now: "
        case .passphraseFile: "Passphrase of the file: "
        case .passphraseDiffers: "These are two different ones. Nothing was changed."
        case .passphraseWrong: "This is not the passphrase."
        case .passphraseSet:
            "The passphrase is set. Nobody can open this home without it, and nobody can give it back to you."
        case .passphraseRemoved: "This home opens without a passphrase now."
        case .unlockDone: "Mutual is unlocked."
        case .lockDone: "Mutual is locked. Nobody reaches you until it is unlocked: mutual unlock"
        case .exportDone: "Everything is in {path}. Import it on the other machine, then wipe this one: mutual wipe"
        case .importDone: "Everything is here. Start this one only when the other is stopped for good."
        case .wipeAsk: "Everything in {path} is taken away for good: your id, your people, every word. Do it?"
        case .wipeDone: "Everything is taken away."
        case .wipeNothing: "Nothing was wiped."
        default: nil
        }
    }
}
