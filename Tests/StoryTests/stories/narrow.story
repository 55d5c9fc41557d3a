# A phone-width terminal, no colour, a screen reader: everything can be read in order, in lines that fit, words alone.

sh$ meet
b$ mutual rename alder "Alder from the house at the lake" > "$T/renamed"
a$ mutual checkin birch --feel tired,anxious --energy low --want listen --wait 30s "Slept badly again, and the letter is still on the table."
Delivered to Birch's device.
a$ mutual note birch --about "a funeral" --wait 30s "We buried her on Monday."
Delivered to Birch's device.
# Its rows, joined: every word is there, in its order
sh$ printf '%s\n' '#!/bin/sh' 'script -qefc "stty cols 36; mutual $*" /dev/null | tr -d "\r" | tr "\n" " " | tr -s " "' > "$T/narrow"; chmod +x "$T/narrow"
b$ "$T/narrow" inbox
... Alder from the house ... wants to be listened to checkin Sl..., sent by a script, new ... Alder from the house ... note [a fun..., sent by a script, new...
b$ "$T/narrow" open
Alder from the house at the lake, checkin (...), ..., sent by a script Alder from the house at the lake wants to be listened to. Feels: tired, anxious Energy: low Slept badly again, and the letter is still on the table. You could say back what you understood: mutual heard ..., or nothing: no answer is expected...
b$ "$T/narrow" open
Alder from the house at the lake, note (...), ..., sent by a script [a funeral] We buried her on Monday. You could write back: mutual note ..., or nothing: no answer is expected...
b$ "$T/narrow" people
Alder from the house at the lake mutual ...
with terminal 36
b$ mutual help
  pair        meet somebody beside
    you
    mutual pair
  checkin     say how you are
    mutual checkin birch
  open        read what came
    mutual open
  heard       say back what you
    understood
    mutual heard k3f
  encourage   a kind word
    mutual encourage birch
...
Each works the same for both of
  you. More: mutual help all.
Mutual carries words to people you
  know. It cannot see whether they
  are there. If you are in danger,
  call somebody who can come.
with pipes
# Not one line is wider than the terminal, but an id, which is copied whole
b$ for verb in inbox people status help "help all" history "open all" outbox quiet; do script -qefc "stty cols 36; mutual $verb" /dev/null; done | tr -d '\r' | awk 'length > 36'
# No control character is ever shown, whatever TERM says
b$ for verb in inbox people status help "help all" history "open all" outbox quiet; do TERM=xterm-256color mutual $verb; done | LC_ALL=C grep -c '[^[:print:][:space:]]'
0
exit 1
