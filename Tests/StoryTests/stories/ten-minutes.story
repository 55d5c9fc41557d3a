# A note with ten minutes to live never meets its reader. It is told, and nothing of it is left.
# (That the disks hold nothing of it, with the keys at hand: AtRestTests, afterItsLifeNothingIsLeft.)

sh$ meet "$T/clock"
b$ mutual stop
Mutual has ended.
a? mutual note birch --life 10m --key one "Are you at the door?"
For Birch (...). Waiting: it goes as soon as your devices meet.
a$ mutual outbox
...  Birch  note  Are you at the door?  waits until ...
a$ mutual note birch --life 9m "Too short."
stderr: A life is between 10 minutes and 90 days.
stderr: Write it as 10m, 2h or 30d.
exit 4
a& mutual watch > "$T/watched"
sh? test -f "$T/watched" && sleep 1

# Eleven minutes later
sh$ echo "660 660" > "$T/clock"
sh? cat "$T/watched"
It did not reach Birch in time.
a$ mutual outbox
Nothing waits.
a$ mutual history
Nothing here.

# Birch comes, and it is not there
b& mutuald-story --clock "$T/clock" --detached
b? mutual status > "$T/state"
b? mutual inbox
Nothing here.
a$ mutual note birch "After it." --wait 50s
Delivered to Birch's device.
b$ mutual inbox
...  Alder  note  After it.  ..., sent by a script, new
b$ mutual history | grep -c door
0
exit 1
