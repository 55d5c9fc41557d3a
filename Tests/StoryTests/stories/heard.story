# A tired check-in that wants listening; opened; heard with words; not quite, and heard again; encouraged back.

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

a$ mutual checkin birch --feel tired,anxious --energy low --want listen --wait 30s "Slept badly again."
Delivered to Birch's device.
b$ mutual inbox
...  Alder  wants to be listened to  checkin  Slept badly again.  ..., sent by a script, new
b$ mutual open
Alder, checkin (...), ..., sent by a script
Alder wants to be listened to.
Feels: tired, anxious
Energy: low
    Slept badly again.
You could say back what you understood: mutual heard ..., or nothing: no answer is expected.

# Heard, not quite, and heard again: as often as it takes
b$ mutual heard "$("$T/last" checkin)" --wait 30s "You are angry at the night."
Delivered to Alder's device.
a$ mutual open
Birch, heard (...), ..., sent by a script
Answers ....
Birch heard you: "You are angry at the night."
You could write back: mutual note ..., or nothing: no answer is expected.
a$ mutual note "$("$T/last" heard)" --wait 30s "Not quite: I am afraid of the morning."
Delivered to Birch's device.
b$ mutual open
Alder, note (...), ..., sent by a script
Answers ....
    Not quite: I am afraid of the morning.
You could write back: mutual note ..., or nothing: no answer is expected.
b$ mutual heard "$("$T/last" note)" --wait 30s "You are afraid of the morning."
Delivered to Alder's device.
a$ mutual open | grep heard
Birch, heard (...), ..., sent by a script
Birch heard you: "You are afraid of the morning."

# A kind word back, and a word without words
a$ mutual encourage "$("$T/last" heard)" --wait 30s "You listen well."
Delivered to Birch's device.
b$ mutual open | grep -A3 encourage
Alder, encourage (...), ..., sent by a script
Answers ....
    You listen well.
You could keep it: mutual keep ..., or nothing: no answer is expected.
b$ mutual here alder --wait 30s
Delivered to Alder's device.
a$ mutual open
Birch, here (...), ..., sent by a script
Birch says: I am here.
You could keep it in mind, or nothing: no answer is expected.

# I know this too: asked first, as listening was asked for
b$ mutual relate "$("$T/last" checkin)" "My nights are short, too."
stderr: Alder asked to be listened to. Send this?
stderr: In a script: --anyway
exit 4
b$ mutual relate "$("$T/last" checkin)" --anyway --wait 30s "My nights are short, too."
Delivered to Alder's device.
a$ mutual open
Birch, relate (...), ..., sent by a script
Answers ....
Birch knows this too: "My nights are short, too."
You could say back what you understood: mutual heard ..., or nothing: no answer is expected.
a$ mutual learned "$("$T/last" relate)" --wait 30s "That I am not the only one awake."
Delivered to Birch's device.
b$ mutual open
Alder, learned (...), ..., sent by a script
Answers ....
What Alder takes from you:
    That I am not the only one awake.
You could keep it: mutual keep ..., or nothing: no answer is expected.

# No answer needed: asked first for all but being here
a$ mutual note birch --want nothing --wait 30s "Only so you know: I am at my sister's."
Delivered to Birch's device.
b$ mutual encourage "$("$T/last" note)" "Rest well."
stderr: Alder asked for no answer. Send this?
stderr: In a script: --anyway
exit 4
b$ mutual here "$("$T/last" note)" --wait 30s
Delivered to Alder's device.

# Room, said by hand, shown to who is about to write
b$ mutual room resting --for 3h --to alder --wait 30s "Back in the evening."
Delivered to Alder's device.
a$ mutual note birch "No hurry." --wait 30s
Birch is resting. It waits for them; you can write.
    Back in the evening.
Delivered to Birch's device.
b$ mutual room off
Taken back. It is erased on Alder's device when you meet.
b$ mutual room off
You have not said how much room you have.
a? mutual note birch --key calm "All calm."
For Birch (...). Waiting: it goes as soon as your devices meet.
