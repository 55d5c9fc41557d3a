/// The sentences in English: short, plain, present tense, people by their names.
enum English {
    static func sentence(_ key: Key) -> String {
        let early: String? = general(key) ?? boundaries(key) ?? safe(key) ?? pairing(key) ?? giving(key)
        return early ?? reading(key) ?? kinds(key) ?? turns(key) ?? own(key) ?? doctor(key) ?? around(key) ?? ""
    }

    private static func general(_ key: Key) -> String? {
        switch key {
        case .purpose:
            "Mutual carries words to people you know. It cannot see whether they are there. "
                + "If you are in danger, call somebody who can come."
        case .mutualsNow: "You and {name} are mutuals. What {name} tells you stays with you."
        case .helpEqual: "Each works the same for both of you. More: mutual help all."
        case .helpArgument:
            "Others on this machine can see it in the process list, and your shell may remember it."
        case .startDone: "Mutual is running."
        case .startRunning: "Mutual is running already."
        case .stopDone: "Mutual has ended."
        case .statusRunning: "Mutual is running for {name}."
        case .statusLocked: "Mutual is locked."
        case .statusPort: "Port: {port}"
        case .statusInterfaces: "Networks: {names}"
        case .statusNoInterface: "Networks: none. What you write waits. See why: mutual doctor"
        case .whoamiName: "You are {name}."
        case .whoamiID: "Your id, for mutual add on the other's machine:"
        case .whoamiWords: "Its ten words, to compare by voice:"
        case .askName: "What do you call yourself? "
        case .versionDiffers: "This mutual is {mine}, the running mutuald is {theirs}: stop and start it."
        case .nobody: "Nobody is here yet. Meet somebody beside you: mutual pair"
        case .standingMutual: "mutual"
        case .standingListed: "waiting for their yes"
        case .standingOther: "something this version of Mutual cannot show"
        case .added: "{name} is listed. You are mutuals as soon as they list you, too."
        case .addedCompare: "Compare these ten words by voice; they are to be the same on both sides:"
        case .renamed: "Here they are called {name} now."
        case .reached: "Remembered, and tried now: {name} at {address}."
        case .removed: "{name} is not listed any more. What waited for them is taken back."
        default: nil
        }
    }

    private static func boundaries(_ key: Key) -> String? {
        switch key {
        case .standingBlocked: "blocked"
        case .partAsk: "Part from {name}? They are told that you said goodbye, and neither of you lists the other then."
        case .partScript: "Nobody can be asked here whether to part from {name}: confirm it with --yes."
        case .parted: "You parted from {name}. The goodbye goes as soon as your devices meet."
        case .partNot: "Nothing was said, and {name} stays."
        case .blockedNow: "{name} is blocked, and is not told. To them this machine is one that never knew them."
        case .blockedHides:
            "Who knows this machine by its address can see that it does not know them, and not why: "
                + "only mutual pause looks as if it were off."
        case .unblocked: "{name} is not blocked any more. What waits goes as soon as your devices meet."
        case .replaced: "{name} is the one on the new machine now. What waited for the old one is taken back."
        case .quietNone: "Not quiet: what comes may give a notice."
        case .quietEnded: "Ended. What came meanwhile is here: mutual inbox"
        case .quietOpen: "Quiet: what comes waits without a notice. End it: mutual quiet off"
        case .quietUntil: "Quiet until {until}: what comes waits without a notice."
        case .quietDaily: "Quiet every day from {from} to {until}: what comes then waits without a notice."
        case .quietOpenOf:
            "Quiet for {name}: what comes from them waits without a notice. End it: mutual quiet {who} off"
        case .quietUntilOf: "Quiet for {name} until {until}: what comes from them waits without a notice."
        case .quietDailyOf:
            "Quiet for {name} every day from {from} to {until}: what comes from them then waits without a notice."
        case .quietOneOf: "Name nobody or one WHO, and one of --until, --daily and off."
        case .badTime: "\"{typed}\" is no time: write 22:00, or a moment such as 2026-03-01T22:00:00Z."
        case .notice: "Something for you in Mutual."
        case .paused: "Paused: you are absent for everybody, as when this machine is off. Come back: mutual unpause"
        case .unpaused: "You are back. What waits goes as soon as your devices meet."
        case .statusPaused: "Paused: absent for everybody. Come back: mutual unpause"
        case .nextUnpause: "You are paused, and absent for everybody. Come back: mutual unpause"
        default: nil
        }
    }

    private static func pairing(_ key: Key) -> String? {
        switch key {
        case .pairSay: "Say this to the person beside you: {code}   (10 minutes, one try)"
        case .pairLooking: "Looking for the device that offers {code} ..."
        case .pairFound: "Found a device."
        case .pairAsk: "Found somebody who calls themself {name}. Is it the person who is with you?"
        case .pairAnswerAgain: "Please answer y or n."
        case .pairAnswerLater: "The question stays open for 5 minutes: mutual pair yes, or mutual pair no."
        case .pairOtherName: "Another name for them here: "
        case .pairKnown: "You know another {name}. The same person on a new machine, or somebody else?"
        case .pairSameOrName: "Type same, or another name for them here: "
        case .pairWaiting:
            "Your yes is stored, and you are mutuals as soon as theirs comes; mutual remove {who} takes yours back."
        case .pairNo: "You said no. Nothing is kept."
        case .pairSaidNo: "It was answered with no. Nothing is kept."
        case .pairWrongTyped:
            "That code did not work, or somebody else answered in its place. Agree on a new one."
        case .pairWrongOffered: "Somebody tried a wrong code. This one is used up; begin again with mutual pair."
        case .pairTwoDevices: "Two devices here offer {code}. Nothing was sent; agree on a new one."
        case .pairBlocked: "You blocked this person. Unblock first: mutual unblock"
        case .pairTime: "The time is up, and nobody was found. Begin again with mutual pair."
        case .pairTimeAsked: "The time is up, and the question was not answered. Nothing is kept."
        case .pairTimeWaiting: "The time is up. Your yes is stored, and theirs is awaited."
        case .pairCancelled: "The pairing has ended."
        case .pairEnded: "The pairing has ended: {how}."
        case .pairScript: "Nobody can be asked here: answer with mutual pair yes, or begin with --yes."
        case .pairAwaiting: "Waiting for {name}'s yes."
        case .pairAskedSaid: "Found somebody who calls themself {name}: answered yes."
        case .pairTimeUp: "The time is up; the pairing goes on."
        case .pairNearest: "Words that are near it: {words}"
        default: nil
        }
    }

    private static func giving(_ key: Key) -> String? {
        switch key {
        case .waiting: "Waiting: it goes as soon as your devices meet."
        case .waitingFor: "For {name} ({handle}). Waiting: it goes as soon as your devices meet."
        case .delivered: "Delivered to {name}'s device."
        case .notReached: "It did not reach {name} in time."
        case .undecided: "Its time is over. Whether it reached {name} shows when your devices meet."
        case .takenBackNever: "Taken back. It never left this machine."
        case .takenBack: "You took this back."
        case .takenBackRemoved: "Taken back, as {name} is not listed any more."
        case .takenBackReplaced: "Taken back, as something newer stands in its place."
        case .takenBackUndecided: "Taken back. If it is on {name}'s device already, it is erased there when you meet."
        case .takenBackWhenMet: "Taken back. It is erased on {name}'s device when you meet."
        case .takenBackHereOnly:
            "Taken back here. {name} is not listed any more, and what is on their device stays there."
        case .takenBackFor: "For {name} ({handle}). {sentence}"
        case .outboxWaits: "waits until {until}"
        case .outboxUndecided: "nobody knows yet whether it arrived"
        case .outboxEmpty: "Nothing waits."
        case .writeLines: "Write; end with Ctrl-D or a line with one dot. Ctrl-C sends nothing."
        case .nothingSent: "Nothing was sent."
        case .severalAsk: "This goes to {names}. Send it?"
        case .severalScript: "This goes to {names}: confirm it with --yes."
        case .timeIsUp: "The time is up. It goes on waiting for {name}."
        case .timeIsUpPerson: "The time is up. {name} stays listed."
        default: nil
        }
    }

    private static func reading(_ key: Key) -> String? {
        switch key {
        case .nothingNew: "Nothing new."
        case .nothingHere: "Nothing here."
        case .moreBefore: "Earlier ones: {command}"
        case .theyTookBack: "{name} took this back."
        case .cannotShow: "something this version of Mutual cannot show"
        case .heardYou: "{name} heard you: "
        case .heardYouBare: "{name} heard you."
        case .youHeard: "You heard {name}: "
        case .youHeardBare: "You heard {name}."
        case .byScript: "sent by a script"
        case .wantListen: "wants to be listened to"
        case .wantCompany: "wants company"
        case .wantIdeas: "wants ideas"
        case .wantEncouragement: "wants encouragement"
        case .wantCelebrate: "wants to celebrate"
        case .wantNothing: "no answer needed"
        case .youWantThis: "You said that you want: {want}."
        case .theyWantThis: "{name} {want}."
        case .theyWantNothing: "{name}: no answer needed."
        case .toThem: "you to {name}"
        case .isNew: "new"
        case .feels: "Feels: {words}"
        case .energyLow: "Energy: low"
        case .energySome: "Energy: some"
        case .energyHigh: "Energy: high"
        case .contentNote: "[{about}]"
        case .couldHear: "You could say back what you understood: mutual heard {handle}"
        case .couldEncourage: "You could send a kind word: mutual encourage {handle}"
        case .couldCelebrate: "You could ask what made it go well: mutual note {handle}"
        case .couldWrite: "You could write back: mutual note {handle}"
        case .couldKeepInMind: "You could keep it in mind"
        case .couldNothing: "or nothing: no answer is expected."
        case .couldKeep: "You could keep it: mutual keep {handle}"
        case .couldBeHere: "You could say that you are here: mutual here {handle}"
        case .openMore: "There is more: mutual open all"
        case .keepDone: "Kept, also when its time is over: mutual kept. Only {name} can take it back."
        case .keptEmpty: "Nothing is kept yet. To keep a kind word: mutual keep HANDLE"
        case .foldedNote: "[{about}]  To open it: mutual open {handle}"
        case .chatBegin: "With {name}: a line that you write is a note. Ctrl-D, or a line with one dot, ends it."
        case .chatWaits: "What you wrote waits: it goes as soon as your devices meet."
        case .chatTerminal: "A chat needs a terminal."
        case .chatTerminalAdvice:
            "What comes: mutual watch. What was said: mutual history {who}. To write: mutual note {who}"
        case .nextInit: "Begin here: mutual init --name NAME"
        case .nextStart: "Next: mutual start"
        case .nextPair: "Next, meet somebody beside you: mutual pair"
        case .nextOpen: "Next, read what came: mutual open"
        case .nextCheckin: "Next, say how you are: mutual checkin {who}"
        case .nextAnswer: "Answer it: mutual pair yes, or mutual pair no"
        case .nextWait: "Next: wait for {name}'s yes, or see who is here: mutual people"
        case .eventMutual: "You and {name} are mutuals."
        case .eventRenamed: "{name} calls themself {hello} now."
        case .eventTwoMachines: "{name}'s key seems to be in use on two machines."
        case .eventPutBack:
            "This store was put back to an older state. What was said since may have changed; "
                + "take back again what you took back since."
        case .eventParted: "{name} said goodbye."
        case .eventQuestion: "A question is open: mutual pair yes, or mutual pair no."
        case .watchTakenOver: "Another watcher took over."
        case .watchLagged: "This reader is too slow; it goes on from where it was."
        case .watchGone: "Some of what came is not kept any more; it goes on with what is."
        case .watchFailed: "The command ended with {code}."
        case .watchComesAgain: "This event comes again to the next watcher with this --consumer."
        default: nil
        }
    }

    private static func around(_ key: Key) -> String? {
        switch key {
        case .notRunning: "Mutual is not running."
        case .notRunningAdvice: "Start it: mutual start"
        case .pathTooLong: "The path of this home is too long: its control socket has at most {limit} bytes of path."
        case .pathTooLongAdvice: "Choose a shorter one: mutual --home DIR"
        case .notOurs: "What answers at {path} is not Mutual, or belongs to somebody else."
        case .notOursAdvice: "Choose another home: mutual --home DIR"
        case .noAccess: "You may not open {path}."
        case .noAccessAdvice: "Choose a home of your own: mutual --home DIR"
        case .cutOff: "The connection to mutuald broke."
        case .cutOffAdvice: "See whether it runs: mutual status"
        case .noAnswer: "The program mutuald runs and does not answer."
        case .noAnswerAdvice: "Do it again in a while; if it stays so, end mutuald and start it: mutual start"
        case .outcomeUnknown: "No answer came, and whether it was done is not known."
        case .outcomeUnknownAdvice: "Do it again with the same key, it is done once: --key {key}"
        case .outcomeUnknownNoKey: "See what became of it before you do it again: mutual status"
        case .noDaemonProgram: "The program mutuald is neither beside mutual nor on PATH."
        case .noDaemonProgramAdvice: "Install it beside mutual."
        case .startSilent: "mutuald runs, and does not answer."
        case .startEnded: "mutuald ended before it answered."
        case .startSilentAdvice: "See what it says in {path}"
        case .stopSlow: "mutuald was told to end, and has not ended yet."
        case .noHomeDirectory: "There is no place for Mutual's home: neither MUTUAL_HOME nor HOME is set."
        case .badDuration: "\"{typed}\" is no time: write 30s, 10m, 2h or 1d."
        case .waitBack: "Nobody here can know when this is done on the other's device."
        case .waitBackAdvice: "Leave --wait out: it goes as soon as your devices meet."
        case .badLife: "\"{typed}\" is no life: write 10m to 90d, such as 2h."
        case .needsTerminal: "Nobody can be asked here, as the input is no terminal: use {flag}."
        case .fileUnreadable: "{path} cannot be read."
        case .fileUnreadableAdvice: "Name a file that is there and that you can open."
        case .fileUnwritableAdvice: "Name another place."
        case .editorFailed: "The editor ended without a text."
        case .editorFailedAdvice: "Write it as an argument, or with -, a pipe or --file."
        case .textTwice: "The text comes from one place: an argument, -, --file or --edit."
        case .commandMissing: "--each needs a command."
        case .tooLongCall: "The parameters are longer than a call can be, which is 1 MiB."
        case .notJSON: "The parameters are not JSON."
        case .notJSONAdvice: "Write one JSON object, in single quotes."
        case .unknownVerb: "There is no verb \"{typed}\"."
        case .unknownVerbAdvice: "See what there is: mutual help all"
        case .commandNotFound: "The command \"{typed}\" cannot be run."
        case .refusedOther: "This is refused: {reason}."
        case .choices: "One of: {names}"
        default: nil
        }
    }
}
