# An exchange that both open; one that is passed, which the other is not told. By a script there is none.

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

# A script sends a good-night, and that is shown; an exchange by a script is refused
a$ mutual encourage birch --auto --wait 30s "Good night."
Delivered to Birch's device.
b$ mutual open
Alder, encourage (...), ..., sent by a script
    Good night.
You could keep it: mutual keep ..., or nothing: no answer is expected.
a$ mutual exchange birch "The hardest part of this week?" "The stairs."
stderr: An exchange comes from a person, and a script cannot send it.
stderr: Write it yourself at a terminal.
exit 4
a$ mutual exchange birch "The hardest part of this week?" "The stairs." --anyway
stderr: An exchange comes from a person, and a script cannot send it.
stderr: Write it yourself at a terminal.
exit 4
a$ mutual exchange birch
stderr: An exchange needs a topic.
stderr: Write it behind the name, in quotes.
exit 4
a$ mutual history --kind exchange
Nothing here.

# A person's own program speaks on the socket; the words are sealed until both are there
a$ mutual rpc item.give '{"to":["birch"],"kind":"exchange","topic":"The hardest part of this week?","text":"The stairs."}' > "$T/given"
b? mutual inbox --new
...  Alder  exchange  The hardest part of this week?  ..., new
b$ mutual open
Alder, exchange (...), ...
Alder proposes an exchange: The hardest part of this week?
Alder's words lie sealed until .... Both open together, once yours are there.
You could answer with words of your own: mutual exchange ..., or nothing: no answer is expected.
b$ mutual rpc history.list | grep -c stairs
0
exit 1
a? mutual open "$("$T/last" exchange)"
you to Birch, exchange (...), ...
Delivered to Birch's device.
You proposed an exchange to Birch: The hardest part of this week?
Your words lie sealed. Both open together, once Birch's are there.
b& mutual watch > "$T/watched"
sh? test -f "$T/watched" && sleep 1
b$ mutual rpc item.give "{\"re\":\"$("$T/last" exchange)\",\"kind\":\"exchange\",\"text\":\"The quiet.\"}" > "$T/given"
sh? grep exchange "$T/watched"
An exchange with Alder is open: mutual open ...
b$ mutual open
Alder, exchange (...), ...
An exchange: The hardest part of this week?
You: "The quiet."
Alder: "The stairs."
You could say back what you understood: mutual heard ..., or nothing: no answer is expected.
a? mutual inbox --new
...  Birch  exchange  The quiet.  ..., new
a$ mutual open
Birch, exchange (...), ...
An exchange: The hardest part of this week?
You: "The stairs."
Birch: "The quiet."
You could say back what you understood: mutual heard ..., or nothing: no answer is expected.
a$ mutual heard "$("$T/last" exchange)" "It is very quiet there." --wait 30s
Delivered to Birch's device.

# Passed: it stays on this machine
a$ mutual rpc item.give '{"to":["birch"],"kind":"exchange","topic":"What do you miss?","text":"The sea."}' > "$T/given"
b? mutual inbox --new | grep -c 'What do you miss?'
1
b$ mutual exchange "$("$T/last" exchange)" --pass
You let this pass, and Alder is not told.
b$ mutual open "$("$T/last" exchange)"
Alder, exchange (...), ...
Alder proposes an exchange: What do you miss?
You let this pass, and Alder is not told.
You could keep it in mind, or nothing: no answer is expected.
a$ mutual open "$("$T/last" exchange)"
you to Birch, exchange (...), ...
Delivered to Birch's device.
You proposed an exchange to Birch: What do you miss?
Your words lie sealed. Both open together, once Birch's are there.
