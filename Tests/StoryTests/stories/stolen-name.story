# A stolen name: a new key under an old name is never merged. Its person says who it is, by voice; then it is replaced.

sh$ meet
c$ mutual init --name Birch > "$T/made"
c$ mutual start
Mutual is running.

# Somebody new calls themself Birch, too: somebody else
c& mutual pair --yes > "$T/said"
sh? grep -o '[0-9]*-[a-z]*-[a-z]*' "$T/said" > "$T/code"
with terminal 100
a$ mutual pair "$(cat "$T/code")"
types: y
types: Betula
Looking for the device that offers ... ...
Found a device.
Found somebody who calls themself Birch. Is it the person who is with you? [y/N] You know another Birch. The same person on a new machine, or somebody else?
Type same, or another name for them here: Waiting for Birch's yes.
You and Betula are mutuals. What Betula tells you stays with you.
with pipes
a? mutual people
Birch   mutual
  ...
Betula  mutual
  ...
a$ mutual note birch "For the first one." --wait 30s
Delivered to Birch's device.
c$ mutual inbox
Nothing here.

# A spoken word later: it is the same Birch, on a new machine
b$ mutual stop
Mutual has ended.
a? mutual note birch --key one "Are you there?"
For Birch (...). Waiting: it goes as soon as your devices meet.
a$ mutual replace birch birch
stderr: Birch cannot take their own place.
stderr: See who is here: mutual people
exit 4
a$ mutual replace birch betula --key two
Birch is the one on the new machine now. What waited for the old one is taken back.
a$ mutual replace birch betula --key two
Birch is the one on the new machine now. What waited for the old one is taken back.
a$ mutual outbox
Nothing waits.
a$ mutual people
Birch  mutual
  ...
a$ mutual note birch "On the new machine." --wait 30s
Delivered to Birch's device.
c$ mutual inbox
...  Alder  note  On the new machine.  ..., sent by a script, new
b$ mutual start
Mutual is running.
b$ mutual note alder "I was first." --key three
For Alder (...). Waiting: it goes as soon as your devices meet.

# A machine is lost and made anew, under the old name: the answer is same, and there is one Birch
c$ mutual wipe --yes > "$T/made"
c$ mutual init --name Birch > "$T/made"
c$ mutual start
Mutual is running.
c& mutual pair --yes > "$T/again"
sh? grep -o '[0-9]*-[a-z]*-[a-z]*' "$T/again" > "$T/newer"
a$ mutual pair "$(cat "$T/newer")" --yes
Looking for the device that offers ... ...
Found a device.
Found somebody who calls themself Birch: answered yes.
stderr: You know another Birch.
stderr: Choose another name; for the same person on a new machine: mutual pair yes --same, or mutual replace
exit 8
a$ mutual pair yes --same | tail -1
You and Birch are mutuals. What Birch tells you stays with you.
a? mutual people
Birch  mutual
  ...
a$ mutual note birch "Welcome back." --wait 30s
Delivered to Birch's device.
a$ mutual inbox | grep -c first
0
exit 1
