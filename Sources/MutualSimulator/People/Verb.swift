/// What an invented person may do.
enum Verb: CaseIterable {
    case give, giveAll, answer, retract, retractEverywhere, open, acknowledge, again
    case add, remove, rename, reach, block, unblock, part, pause, unpause
    case pairOpen, pairJoin, pairAnswer, pairCancel
    case propose, commit, pass, retractExchange, retractLast, writePage, sharePage, unsharePage, sayRoom, endRoom
    case speak, keep, quiet, feelings, nudges, replace
}
