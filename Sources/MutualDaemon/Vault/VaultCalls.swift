import MutualControl
import MutualCore
import MutualCrypto
import MutualStore

/// The methods of the vault, and what is answered while it is locked `[control-8]`.
extension ControlConnection {
    /// Answers a method of the vault; false: it is another one.
    func callVault(_ asked: ControlRequest, _ secret: SecretLine, _ keeper: Keeper) -> Bool {
        let done: Keeper.Done = { [self] refusal in
            if let refusal { fail(asked, refusal) } else { succeed(asked, DoneResult()) }
        }
        switch asked.call {
        case .vaultSetPassphrase(let p): setPassphrase(asked, p, secret, keeper, done)
        case .vaultUnlock:
            guard let passphrase = taken(secret.passphrase, "passphrase", asked, isNew: false) else { break }
            keeper.unlock(passphrase, done)
        case .vaultLock: keeper.lock(done)
        case .vaultWipe: keeper.wipe(done)
        case .vaultExport(let p):
            guard keeper.shell != nil else {
                fail(asked, Refusal(.locked, "locked"))
                break
            }
            guard let passphrase = taken(secret.passphrase, "passphrase", asked, isNew: true) else { break }
            keeper.export(to: p.file, passphrase: passphrase, done)
        default: return false
        }
        return true
    }

    private func setPassphrase(
        _ asked: ControlRequest, _ p: VaultSetPassphraseParameters, _ secret: SecretLine, _ keeper: Keeper,
        _ done: @escaping Keeper.Done
    ) {
        guard keeper.shell != nil else { return fail(asked, Refusal(.locked, "locked")) }
        var (new, current): (SecretBytes?, SecretBytes?)
        if p.passphrase != nil {
            new = taken(secret.passphrase, "passphrase", asked, isNew: true)
            if new == nil { return }
        }
        if p.current != nil {
            current = taken(secret.current, "current", asked, isNew: false)
            if current == nil { return }
        }
        keeper.setPassphrase(new, current: current, done)
    }

    /// The passphrase, or an answer that says why there is none. One that cannot be a passphrase is a wrong one where
    /// it is to open something.
    private func taken(
        _ secret: SecretLine.Taken?, _ name: String, _ asked: ControlRequest, isNew: Bool
    ) -> SecretBytes? {
        switch secret {
        case .success(let passphrase): return passphrase
        case .failure(let fault):
            if !isNew {
                fail(asked, Refusal(.locked, "wrong-passphrase"))
            } else {
                fail(asked, Refusal(.rule, fault == .length ? "passphrase-length" : "passphrase-characters"))
            }
        case nil:
            // Written in a way that hid it: it was read as a plain text, and is not taken.
            fail(asked, Refusal(.rule, "passphrase-hidden"))
        }
        return nil
    }

    /// What answers without a shell.
    func answerLocked(_ asked: ControlRequest, _ keeper: Keeper) {
        switch asked.call {
        case .hello(let p): sayHello(asked, p)
        case .status: succeed(asked, StatusResult(state: "locked"))
        case .stop: stop(asked, keeper)
        default: fail(asked, Refusal(.locked, "locked"))
        }
    }
}
