# Parting with words; pairing again later starts fresh.

sh$ meet
a$ mutual note birch "The first time." --wait 30s
Delivered to Birch's device.
b$ mutual note alder "The first time, too." --wait 30s
Delivered to Alder's device.
a$ mutual part birch "Thank you for the walks." --yes
You parted from Birch. The goodbye goes as soon as your devices meet.
b? mutual people
Nobody is here yet. Meet somebody beside you: mutual pair
b$ mutual open all | grep -A4 walks
    Thank you for the walks.
...
a$ mutual note birch "One more thing."
stderr: There is nobody here called "birch".
stderr: See who is here: mutual people
exit 3

# What had come stays until its life ends, under the name they had
a$ mutual inbox
...  Birch  note  The first time, too.  ..., sent by a script, new

# A year later they meet again
a& mutual pair --yes > "$T/said"
sh? grep -o '[0-9]*-[a-z]*-[a-z]*' "$T/said" > "$T/code"
b$ mutual pair "$(cat "$T/code")" --yes | tail -1
You and Alder are mutuals. What Alder tells you stays with you.
a? mutual people
Birch  mutual
  ...
a$ mutual note birch "The second time." --wait 30s
Delivered to Birch's device.
b$ mutual inbox --new
...  Alder  note  The second time.  ..., sent by a script, new
a$ mutual history birch
...  you to Birch  note  The second time.  ..., sent by a script, delivered
