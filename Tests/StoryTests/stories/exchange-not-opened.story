# Two exchanges: one is passed, one runs out. For who proposed them they are the same, then and later.

a$ mutual init --name Alder > "$T/made"
b$ mutual init --name Birch > "$T/made"
a& mutuald-story --clock "$T/clock"
b& mutuald-story --clock "$T/clock"
a? mutual status | grep -c running
1
b? mutual status | grep -c running
1
a$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/a.id"
b$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/b.id"
a$ mutual add "$(cat "$T/b.id")" Birch > "$T/added"
b$ mutual add "$(cat "$T/a.id")" Alder --wait 30s > "$T/added"
a? mutual people
Birch  mutual
  ...
# The handle of what somebody said last of a kind, by the kind
sh$ printf '%s\n' '#!/bin/sh' 'mutual rpc history.list "{\"kind\":\"$1\"}" | grep -o "\"handle\":\"[^\"]*\"" | cut -d\" -f4 | tail -1' > "$T/last"; chmod +x "$T/last"
a$ mutual rpc item.give '{"to":["birch"],"kind":"exchange","topic":"What do you miss?","text":"The sea."}' > "$T/given"
a$ mutual rpc item.give '{"to":["birch"],"kind":"exchange","topic":"What do you fear?","text":"The dark."}' > "$T/given"
b? mutual inbox --new
...  Alder  exchange  What do you miss?  ..., new
...  Alder  exchange  What do you fear?  ..., new
b$ mutual inbox | grep miss | cut -d' ' -f1 > "$T/passed"
b$ mutual exchange "$(cat "$T/passed")" --pass
You let this pass, and Alder is not told.
b$ mutual exchange "$(cat "$T/passed")" --pass --key again
You let this pass, and Alder is not told.

# Nothing was sent: neither waits, and neither is said to be anything but sealed
b$ mutual outbox
Nothing waits.
a? mutual history | grep -c delivered
2
a$ for item in $(mutual history | cut -d' ' -f1); do mutual open "$item" | tail -1; done
Your words lie sealed. Both open together, once Birch's are there.
Your words lie sealed. Both open together, once Birch's are there.

# Three days later
sh$ echo "259800 259800" > "$T/clock"
a? mutual history
...  you to Birch  exchange  This exchange was not opened.  ..., delivered
...  you to Birch  exchange  This exchange was not opened.  ..., delivered
b? mutual inbox | grep -c 'This exchange was not opened.'
2
a$ for item in $(mutual history | cut -d' ' -f1); do mutual open "$item" | tail -2; done
Delivered to Birch's device.
This exchange was not opened.
Delivered to Birch's device.
This exchange was not opened.
b$ mutual rpc item.give "{\"re\":\"$(cat "$T/passed")\",\"kind\":\"exchange\",\"text\":\"Too late.\"}"
stderr: The time of this exchange is over.
stderr: You could propose another: mutual exchange
exit 3

# A day later nothing of it is left
sh$ echo "352000 352000" > "$T/clock"
a? mutual history
Nothing here.
b? mutual inbox
Nothing here.
