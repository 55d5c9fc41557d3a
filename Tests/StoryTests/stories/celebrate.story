# A success told, cheered, and taken back.

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

a$ mutual celebrate birch --wait 30s "I called her, after all."
Delivered to Birch's device.
b$ mutual open
Alder, celebrate (...), ..., sent by a script
Alder has something to celebrate:
    I called her, after all.
You could ask what made it go well: mutual note ..., or nothing: no answer is expected.
b$ mutual cheer "$("$T/last" celebrate)" --wait 30s
Delivered to Alder's device.
a$ mutual open
Birch, cheer (...), ..., sent by a script
Answers ....
Birch is glad with you.
You could keep it: mutual keep ..., or nothing: no answer is expected.
a$ mutual cheer "$("$T/last" celebrate)"
stderr: This answers what somebody else said, not your own words.
stderr: Add to your own words with a note: mutual note
exit 4
b$ mutual celebrate alder --yours --wait 30s "You stood your ground on Monday."
Delivered to Alder's device.
a$ mutual open | head -3
Birch, celebrate (...), ..., sent by a script
Birch celebrates something of yours:
    You stood your ground on Monday.
b$ mutual celebrate alder
stderr: This needs words of your own.
stderr: Write them after the name, or pass them with -, a pipe or --file.
exit 4
a$ mutual retract "$(mutual rpc history.list '{"kind":"celebrate","mine":true}' | grep -o '"handle":"[^"]*"' | cut -d'"' -f4)"
Taken back. It is erased on Birch's device when you meet.
b? mutual inbox | grep -c 'Alder took this back.'
1
# It stands there for a day wherever it would have stood
b$ mutual history alder --kind celebrate --theirs
...  Alder  celebrate  Alder took this back.  ...
b$ mutual open "$(mutual rpc history.list '{"kind":"celebrate","mine":false}' | grep -o '"handle":"[^"]*"' | cut -d'"' -f4)"
Alder, celebrate (...), ...
Alder took this back.
b$ mutual rpc history.list | grep -c 'after all'
0
exit 1
# What answers something that is gone says so
a$ mutual open "$("$T/last" cheer)" | grep gone
What this answers is gone.
