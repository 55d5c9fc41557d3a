# Advice where none was asked; ideas where they were; building, taking, closing; an idea that crossed.

a$ mutual init --name Alder > "$T/made"
b$ mutual init --name Birch > "$T/made"
a$ mutual start
Mutual is running.
b$ mutual start
Mutual is running.
a$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/a.id"
b$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/b.id"
a$ mutual add "$(cat "$T/b.id")" Birch > "$T/added"
b$ mutual add "$(cat "$T/a.id")" Alder --wait 30s > "$T/added"
a? mutual people
Birch  mutual
  ...
# The handle of what somebody said last of a kind, by the kind
sh$ printf '%s\n' '#!/bin/sh' 'mutual rpc history.list "{\"kind\":\"$1\"}" | grep -o "\"handle\":\"[^\"]*\"" | cut -d\" -f4 | tail -1' > "$T/last"; chmod +x "$T/last"

# Nobody asked for ideas: the writer's own daemon says so, and what could be done
a$ mutual checkin birch --want listen --wait 30s "The report will not write itself."
Delivered to Birch's device.
b$ mutual idea "$("$T/last" checkin)" "Sleep more."
stderr: Alder has not asked for ideas.
stderr: You could ask: mutual note Alder "Would ideas help?"
exit 4
b$ mutual history alder --kind idea
Nothing here.

# The want is changed; only its owner can
b$ mutual want "$("$T/last" checkin)" ideas
stderr: This is for your own words only.
stderr: See what you said: mutual history --mine
exit 4
a$ mutual want "$("$T/last" checkin)" ideas --wait 30s
Delivered to Birch's device.
b$ mutual open all | tail -4
Alder, want (...), ..., sent by a script
Answers ....
Alder would like ideas now.
You could offer an idea: mutual idea ..., or nothing: no answer is expected.
b$ mutual inbox
...  Alder  wants ideas  checkin  The report will not write itself.  ..., sent by a script
...  Alder  want  Alder would like ideas now.  ..., sent by a script

# Two ideas, one built on the other
b$ mutual idea "$("$T/last" checkin)" --mine --wait 30s "I write the ending first."
Delivered to Alder's device.
a$ mutual open
Birch, idea (...), ..., sent by a script
Answers ....
From Birch's own experience.
Birch has an idea:
    I write the ending first.
You could take it with you: mutual take ..., or nothing: no answer is expected.
a$ mutual idea "$("$T/last" idea)" --wait 30s "The ending, read aloud to you."
Delivered to Birch's device.
b$ mutual take "$("$T/last" idea)"
stderr: This idea was for Alder, who decides what is taken.
stderr: You could build on it: mutual idea
exit 4
b$ mutual idea "$("$T/last" idea)" --wait 30s "On the phone, then."
Delivered to Alder's device.
a$ mutual take "$("$T/last" idea)" --wait 30s
Delivered to Birch's device.
b$ mutual open all | tail -4
Alder, take (...), ..., sent by a script
Answers ....
Alder takes this with them.
You could keep it in mind, or nothing: no answer is expected.

# Closed as partly: no more ideas, once
b$ mutual close "$("$T/last" checkin)" --outcome helped
stderr: This is for your own words only.
stderr: See what you said: mutual history --mine
exit 4
a$ mutual close "$("$T/last" checkin)"
stderr: It does not say what came of it.
stderr: Say it: --outcome helped, partly, not-this-time or no-longer-needed
exit 2
a$ mutual close "$("$T/last" checkin)" --outcome partly --wait 30s "Half of it stands."
Delivered to Birch's device.
b$ mutual open all | tail -5
Alder, close (...), ..., sent by a script
Answers ....
Alder closed this: it helped in part.
    Half of it stands.
You could keep it in mind, or nothing: no answer is expected.
b$ mutual idea "$("$T/last" checkin)" "One more."
stderr: Alder asks for no more ideas here.
stderr: You could write: mutual note Alder
exit 4
b$ mutual idea "$("$T/last" idea)" "One more."
stderr: Alder asks for no more ideas here.
stderr: You could write: mutual note Alder
exit 4
a$ mutual close "$("$T/last" checkin)" --outcome helped
stderr: You closed this already.
stderr: You could write: mutual note Birch
exit 4

# An idea that crossed a close is shown, and says so
a$ mutual ask birch --wait 30s "A name for the boat?"
Delivered to Birch's device.
b$ mutual open
Alder, ask (...), ..., sent by a script
Alder asks for ideas:
    A name for the boat?
You could offer an idea: mutual idea ..., or nothing: no answer is expected.
a$ mutual stop
Mutual has ended.
b$ mutual idea "$("$T/last" ask)" "Heron."
For Alder (...). Waiting: it goes as soon as your devices meet.
b$ mutual stop
Mutual has ended.
a$ mutual start
Mutual is running.
a$ mutual close "$("$T/last" ask)" --outcome no-longer-needed
For Birch (...). Waiting: it goes as soon as your devices meet.
b$ mutual start
Mutual is running.
a? mutual inbox --new | grep -c Heron
1
a$ mutual open "$("$T/last" idea)"
Birch, idea (...), ..., sent by a script
Answers ....
Birch wrote this before you closed it.
Birch has an idea:
    Heron.
You could write back: mutual note ..., or nothing: no answer is expected.
