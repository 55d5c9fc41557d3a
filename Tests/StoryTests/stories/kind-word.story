# From a kind word that was kept to the evening on which it comes back, long after its own time; and never again once
# it is taken back.

sh$ echo 0 > "$T/clock"; meet "$T/clock"
b$ mutual encourage alder --life 2h --wait 30s "You stayed when it was hard."
Delivered to Alder's device.
a$ mutual keep "$(last encourage)"
Kept, also when its time is over: mutual kept. Only Birch can take it back.

# Off until it is turned on: a low check-in brings nothing
a$ mutual checkin birch --energy low --wait 30s
Delivered to Birch's device.
a$ mutual nudges --kind-word
When a check-in of yours says that your energy is low: a kind word that you kept. Only this machine knows.

# A month later its time is over at both ends, and it is in the jar still
sh$ echo $(( 30 * 86400 )) > "$T/clock"; sleep 1
b? mutual history --kind encourage
Nothing here.
a$ mutual kept | grep -c 'You stayed when it was hard.'
1
a$ mutual checkin birch --energy high --wait 50s
Delivered to Birch's device.
a$ mutual checkin birch --energy low
For Birch (...). Waiting: it goes as soon as your devices meet.
A kind word that you kept:
Birch, encourage (...), ...
    You stayed when it was hard.

# A script has it as an event, with ids and no words; the other end never hears of it
a$ mutual rpc nudges.get
{"kind_word":true,"schema":1}
b$ mutual history | grep -c 'kind word\|You stayed'
0
exit 1
b? mutual history --kind checkin --theirs | grep -c 'checkin'
2

# One that its writer takes back comes no more
b$ mutual encourage alder --wait 50s "I think of you."
Delivered to Alder's device.
a$ mutual keep "$(last encourage)"
Kept, also when its time is over: mutual kept. Only Birch can take it back.
b$ mutual retract "$(last encourage)"
Taken back. It is erased on Alder's device when you meet.
a? mutual kept | grep -c 'I think of you.'
0
exit 1
a$ mutual checkin birch --energy low
For Birch (...). Waiting: it goes as soon as your devices meet.
A kind word that you kept:
Birch, encourage (...), ...
    You stayed when it was hard.
a$ mutual nudges off
No nudges. Choose a time: mutual nudges --at 21:30
a$ mutual checkin birch --energy low
For Birch (...). Waiting: it goes as soon as your devices meet.
