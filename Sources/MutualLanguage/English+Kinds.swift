/// What each kind of item says of itself, in English.
extension English {
    /// Kinds that are one thing said.
    static func kinds(_ key: Key) -> String? {
        switch key {
        case .relateTheirs: "{name} knows this too: "
        case .relateYours: "You told {name} that you know this too: "
        case .hereTheirs: "{name} says: I am here."
        case .hereYours: "You told {name}: I am here."
        case .celebrateTheirs: "{name} has something to celebrate:"
        case .celebrateYou: "{name} celebrates something of yours:"
        case .celebrateYours: "You have something to celebrate with {name}:"
        case .celebrateThem: "You celebrate something of {name}'s:"
        case .cheerTheirs: "{name} is glad with you."
        case .cheerYours: "You are glad with {name}."
        case .askTheirs: "{name} asks for ideas:"
        case .askYours: "You ask {name} for ideas:"
        case .ideaTheirs: "{name} has an idea:"
        case .ideaYours: "You have an idea for {name}:"
        case .ideaLived: "From {name}'s own experience."
        case .ideaLivedYours: "From your own experience."
        case .takeTheirs: "{name} takes this with them."
        case .takeYours: "You take this idea of {name}'s with you."
        case .closeTheirs: "{name} closed this: {outcome}."
        case .closeYours: "You closed this: {outcome}."
        case .closeTheirsBare: "{name} closed this."
        case .closeYoursBare: "You closed this."
        case .outcomeHelped: "it helped"
        case .outcomePartly: "it helped in part"
        case .outcomeNotThisTime: "not this time"
        case .outcomeNoLongerNeeded: "it is no longer needed"
        case .learnedTheirs: "What {name} takes from you:"
        case .learnedYours: "What you take from {name}:"
        default: nil
        }
    }

    /// Wants, room, exchanges, and what could be said then.
    static func turns(_ key: Key) -> String? {
        switch key {
        case .nowListen: "{name} would like to be listened to now."
        case .nowCompany: "{name} would like company now."
        case .nowIdeas: "{name} would like ideas now."
        case .nowEncouragement: "{name} would like a kind word now."
        case .nowCelebrate: "{name} would like to celebrate now."
        case .nowNothing: "{name} needs no answer now."
        case .roomYes: "{name} has room."
        case .roomALittle: "{name} has a little room."
        case .roomResting: "{name} is resting."
        case .roomYesYours: "You told {name} that you have room."
        case .roomALittleYours: "You told {name} that you have a little room."
        case .roomRestingYours: "You told {name} that you are resting."
        case .roomWaits: "It waits for them; you can write."
        case .roomNone: "You have not said how much room you have."
        case .exchangeTheirs: "{name} proposes an exchange: {topic}"
        case .exchangeYours: "You proposed an exchange to {name}: {topic}"
        case .exchangeTopic: "An exchange: {topic}"
        case .exchangeLies: "{name}'s words lie sealed until {until}. Both open together, once yours are there."
        case .exchangeSealed: "Your words lie sealed. Both open together, once {name}'s are there."
        case .exchangePassed: "You let this pass, and {name} is not told."
        case .exchangeNotOpened: "This exchange was not opened."
        case .exchangeNotFitting: "This is not what was sealed."
        case .exchangeTheirWords: "{name}: "
        case .exchangeYourWords: "You: "
        case .exchangeOpened: "An exchange with {name} is open: mutual open {handle}"
        case .exchangeAsk: "Your own words on it: they stay sealed until both are there."
        case .answersItem: "Answers {handle}."
        case .answersGone: "What this answers is gone."
        case .crossedClose: "{name} wrote this before you closed it."
        case .crossedWant: "{name} wrote this before you changed what you want."
        case .couldExchange: "You could answer with words of your own: mutual exchange {handle}"
        case .couldIdea: "You could offer an idea: mutual idea {handle}"
        case .couldTake: "You could take it with you: mutual take {handle}"
        case .couldCheer: "You could be glad with them: mutual cheer {handle}"
        case .couldClose: "You could say what came of it: mutual close {handle}"
        default: nil
        }
    }
}
