# A success told, cheered and kept; taken back: gone from the jar.

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


b$ mutual kept
Nothing is kept yet. To keep a kind word: mutual keep HANDLE
a$ mutual celebrate birch --wait 30s "I called her, after all."
Delivered to Birch's device.
b$ mutual cheer "$("$T/last" celebrate)" --wait 30s "I can hear you smile."
Delivered to Alder's device.

# Both keep what they got; the same again is the same
b$ mutual keep "$("$T/last" celebrate)"
Kept, also when its time is over: mutual kept. Only Alder can take it back.
b$ mutual keep "$("$T/last" celebrate)" --key once
Kept, also when its time is over: mutual kept. Only Alder can take it back.
b$ mutual keep "$("$T/last" celebrate)" --key once
Kept, also when its time is over: mutual kept. Only Alder can take it back.
a$ mutual keep "$("$T/last" cheer)"
Kept, also when its time is over: mutual kept. Only Birch can take it back.
b$ mutual kept
...  Alder  celebrate  I called her, after all.  ..., sent by a script, new
a$ mutual kept
...  Birch  cheer  I can hear you smile.  ..., sent by a script, new
a$ mutual kept --json | grep -c '"kept":true'
1
a$ mutual open "$("$T/last" cheer)"
Birch, cheer (...), ..., sent by a script
Answers ....
Birch is glad with you.
    I can hear you smile.
You could keep it in mind, or nothing: no answer is expected.

# Not everything is for the jar
a$ mutual keep "$("$T/last" celebrate)"
stderr: Your own words live as long as you say; the jar is for those of others.
stderr: Say it when you send them: --life 90d
exit 4
a$ mutual note birch --wait 30s "See you on Friday."
Delivered to Birch's device.
b$ mutual keep "$("$T/last" note)"
stderr: This is not of a kind that can be kept: when it ends is its writer's.
stderr: These can: heard, here, encourage, celebrate, cheer and learned.
exit 4
a$ mutual encourage birch --no-keep --wait 30s "For tonight only: sleep."
Delivered to Birch's device.
b$ mutual keep "$("$T/last" encourage)"
stderr: Alder sent this as not to be kept.
stderr: It stays until its time is over: mutual inbox
exit 4
b$ mutual open "$("$T/last" encourage)" | tail -1
You could keep it in mind, or nothing: no answer is expected.
b$ mutual keep zzz
stderr: There is nothing here called "zzz".
stderr: See what is here: mutual inbox
exit 3

# Taken back: gone from the jar
a$ mutual retract "$("$T/last" celebrate)"
Taken back. It is erased on Birch's device when you meet.
b? mutual kept
Nothing is kept yet. To keep a kind word: mutual keep HANDLE
b$ mutual rpc history.list | grep -c 'after all'
0
exit 1
b$ mutual keep "$("$T/last" celebrate)"
stderr: Alder took this back.
stderr: See what you kept: mutual kept
exit 4
# What the other kept stays
a$ mutual kept
...  Birch  cheer  I can hear you smile.  ..., sent by a script
