# What a person writes can never look like a line of Mutual's own, whatever letters it is made of; lines stay lined up.

sh$ meet
c$ mutual init --name Cedar > "$T/made"
c$ mutual start
Mutual is running.
c$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/c.id"
b$ mutual add "$(cat "$T/c.id")" Cedar > "$T/added"
b$ mutual rename alder "李明 🌳" > "$T/renamed"
b$ mutual people
李明 🌳  mutual
  ...
Cedar    waiting for their yes
  ...
a$ mutual note birch $'well\e[2Jhidden'
stderr: ...
stderr: ...
exit 4
a$ mutual note birch $'One line,\nBirch  note  forged  10:00, new\nAlder took this back.\nand a last one.' --wait 30s
Delivered to Birch's device.
a$ mutual note birch $'abc \u202Etxt.exe\u202C שלום 👩‍🚀' --wait 30s
Delivered to Birch's device.
b$ mutual inbox
...  李明 🌳  note  One line, Birch  note  forged  10:00, new...  ..., sent by a script, new
...  李明 🌳  note  ...abc �txt.exe� ...  ..., sent by a script, new
b$ mutual open
李明 🌳, note (...), ..., sent by a script
    One line,
    Birch  note  forged  10:00, new
    Alder took this back.
    and a last one.
You could write back: mutual note ..., or nothing: no answer is expected.
b$ mutual open
李明 🌳, note (...), ..., sent by a script
    ...abc �txt.exe� ...
You could write back: mutual note ..., or nothing: no answer is expected.
# No mark that turns the direction around is ever shown but closed
b$ mutual history | LC_ALL=C grep -c $'\xe2\x80\xae'
0
exit 1
