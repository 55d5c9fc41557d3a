# Finding one's way in what was said: threads, pages, searches. Nothing is marked by it.

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


# A thread, from anything that belongs to it
a$ mutual ask birch --wait 30s "A name for the boat?"
Delivered to Birch's device.
b$ mutual idea "$("$T/last" ask)" --about "an old joke" --wait 30s "Heron, like back then."
Delivered to Alder's device.
a$ mutual idea "$("$T/last" idea)" --wait 30s "Heron the Second."
Delivered to Birch's device.
a$ mutual close "$("$T/last" ask)" --outcome helped --wait 30s
Delivered to Birch's device.
a$ mutual note birch --wait 30s "Another thing: Straße frei?"
Delivered to Birch's device.
a$ mutual thread "$("$T/last" ask)" | grep .
you to Birch, ask (...), ..., sent by a script
Delivered to Birch's device.
You ask Birch for ideas:
    A name for the boat?

Birch, idea (...), ..., sent by a script
Answers ....
Birch has an idea:
[an old joke]  To open it: mutual open ...

you to Birch, idea (...), ..., sent by a script
Delivered to Birch's device.
Answers ....
You have an idea for Birch:
    Heron the Second.

you to Birch, close (...), ..., sent by a script
Delivered to Birch's device.
Answers ....
You closed this: it helped.
a$ mutual thread "$("$T/last" ask)" > "$T/thread"; mutual thread "$("$T/last" close)" | diff - "$T/thread"
a$ mutual thread "$("$T/last" ask)" --json | grep -o '"kind":"[a-z]*"'
"kind":"ask"
"kind":"idea"
"kind":"idea"
"kind":"close"
a$ mutual thread zzz
stderr: There is nothing here called "zzz".
stderr: See what is here: mutual inbox
exit 3
# Nothing of it counts as opened
a$ mutual inbox --new
...  Birch  idea  [an old joke]  ..., sent by a script, new

# Pages: what came before a handle
b$ mutual history alder --theirs --limit 2
...  Alder  close  it helped  ..., sent by a script, new
...  Alder  note  Another thing: Straße frei?  ..., sent by a script, new
Earlier ones: mutual history alder --theirs --limit 2 --before ...
b$ mutual history alder --theirs --limit 2 --before "$("$T/last" close)"
...  Alder  ask  A name for the boat?  ..., sent by a script, new
...  Alder  idea  Heron the Second.  ..., sent by a script, new
b$ eval "$(mutual inbox --with alder --limit 3 | tail -1 | cut -d: -f2)"
...  Alder  ask  A name for the boat?  ..., sent by a script, new
b$ mutual history --kind close --mine
Nothing here.
b$ mutual history --before zzz
stderr: There is nothing here called "zzz".
stderr: See what is here: mutual inbox
exit 3
b$ mutual history --limit 0
stderr: ...
stderr: ...
exit 2

# Searching, without regard to case, also in what is folded, which stays folded
a$ mutual search HERON
...  Birch  idea  [an old joke]  ..., sent by a script, new
...  you to Birch  idea  Heron the Second.  ..., sent by a script, ...
a$ mutual search strasse
Nothing here.
a$ mutual search STRASSE
Nothing here.
a$ mutual search straßE --with birch
...  you to Birch  note  Another thing: Straße frei?  ..., sent by a script, ...
a$ mutual search heron --limit 1
...  you to Birch  idea  Heron the Second.  ..., sent by a script, ...
Earlier ones: mutual search heron --limit 1 --before ...
a$ eval "$(mutual search heron --limit 1 | tail -1 | cut -d: -f2)"
...  Birch  idea  [an old joke]  ..., sent by a script, new
a$ mutual search nowhere
Nothing here.
a$ mutual search ' '
stderr: ...
stderr: ...
exit 2
a$ mutual search heron --with nobody
stderr: There is nobody here called "nobody".
stderr: See who is here: mutual people
exit 3
a$ mutual inbox --new
...  Birch  idea  [an old joke]  ..., sent by a script, new

# A chat needs a terminal
a$ mutual chat birch
stderr: A chat needs a terminal.
stderr: What comes: mutual watch. What was said: mutual history birch. To write: mutual note birch
exit 2
