# Taking back, the outbox, parting, blocking, pausing: what is said, and each refusal.

a$ mutual init --name Alder > "$T/made"
b$ mutual init --name Birch > "$T/made"
a$ mutual start
Mutual is running.
b$ mutual start
Mutual is running.
a$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/a.id"
b$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/b.id"
a$ mutual add "$(cat "$T/b.id")" Birch > "$T/added"

# Nobody is a mutual yet
a$ mutual part birch --yes
stderr: Birch is not a mutual of yours yet, so there is nobody to say goodbye to.
stderr: Unlist them without a word: mutual remove
exit 4
b$ mutual add "$(cat "$T/a.id")" Alder --wait 30s > "$T/added"
a? mutual people
Birch  mutual
  ...

# What waits stands in the outbox, and can be taken back: it never left
a$ mutual outbox
Nothing waits.
b$ mutual stop
Mutual has ended.
a$ mutual note birch "not so" --key one
For Birch (...). Waiting: it goes as soon as your devices meet.
a$ mutual outbox
...  Birch  note  not so  waits until ...
a$ mutual outbox --json | grep -c '"state":"waiting"'
1
a$ mutual retract "$(mutual rpc outbox.list | grep -o '"handle":"[^"]*"' | cut -d'"' -f4)" --key two
Taken back. It never left this machine.
a$ mutual outbox
Nothing waits.
a$ mutual history
Nothing here.

a$ mutual retract "$(mutual rpc item.give '{"to":["birch"],"kind":"note","text":"not so"}' | grep -o '"handle":"[^"]*"' | cut -d'"' -f4)" --json
{"items":[{"handle":"...","id":"...","person":"mutual1...","reach":"never-left","who":"Birch"}],"schema":1}

# Only what is there
a$ mutual retract zzz9
stderr: There is nothing here called "zzz9".
stderr: See what is here: mutual inbox
exit 3
a$ mutual retract
stderr: ITEM is missing.
stderr: See: mutual help retract
exit 2

# What arrived is erased there when the devices meet, and that it was taken back stands in its place
b$ mutual start
Mutual is running.
a$ mutual note birch "I said too much" --key three --wait 30s
Delivered to Birch's device.
b$ mutual retract "$(mutual rpc inbox.list | grep -o '"handle":"[^"]*"' | cut -d'"' -f4)"
stderr: This is for your own words only.
stderr: See what you said: mutual history --mine
exit 4
a$ mutual retract "$(mutual rpc history.list | grep -o '"handle":"[^"]*"' | cut -d'"' -f4)" --key four
Taken back. It is erased on Birch's device when you meet.
b? mutual inbox | grep -c 'Alder took this back.'
1
b$ mutual inbox | grep -c 'too much'
0
exit 1
b$ mutual open
Alder, note (...), ...
Alder took this back.

# Blocking: said once what it can hide and what not; writing to them is refused, and so is blocking's end twice
a$ mutual block birch
Birch is blocked, and is not told. To them this machine is one that never knew them.
Who knows this machine by its address can see that it does not know them, and not why: only mutual pause looks as if it were off.
a$ mutual people
Birch  blocked
  ...
a$ mutual
Nothing new.
Next, meet somebody beside you: mutual pair
a$ mutual note birch hello
stderr: You blocked Birch.
stderr: Unblock first: mutual unblock Birch
exit 4
a$ mutual note all hello
stderr: Nobody is a mutual of yours yet.
stderr: Meet somebody beside you: mutual pair
exit 3
a$ mutual part birch --yes
stderr: You blocked Birch.
stderr: Unblock first: mutual unblock Birch
exit 4
b$ mutual note alder "are you there"
For Alder (...). Waiting: it goes as soon as your devices meet.
a$ mutual inbox
Nothing here.
a$ mutual block nobody
stderr: There is nobody here called "nobody".
stderr: See who is here: mutual people
exit 3
a$ mutual unblock birch
Birch is not blocked any more. What waits goes as soon as your devices meet.
a$ mutual unblock birch
stderr: Birch is not blocked.
stderr: See who is here: mutual people
exit 8
a? mutual inbox
...  Birch  note  are you there  ..., new

# Pausing: absent for everybody; writing works and waits; no pairing
a$ mutual pause
Paused: you are absent for everybody, as when this machine is off. Come back: mutual unpause
a$ mutual status | grep Paused
Paused: absent for everybody. Come back: mutual unpause
a$ mutual note birch "while away"
For Birch (...). Waiting: it goes as soon as your devices meet.
a$ mutual pair
stderr: You are paused, and absent for everybody.
stderr: Come back first: mutual unpause
exit 4
a$ mutual stop
Mutual has ended.
a$ mutual start
Mutual is running.
a$ mutual | tail -1
You are paused, and absent for everybody. Come back: mutual unpause
b$ mutual inbox --new
Nothing new.
a$ mutual unpause
You are back. What waits goes as soon as your devices meet.
a$ mutual status | grep -c Paused
0
exit 1
b? mutual inbox --new
...  Alder  note  while away  ..., sent by a script, new

# Parting: asked at a terminal only; with last words; each is gone for the other, once
a$ mutual part birch "Take care."
stderr: Nobody can be asked here whether to part from Birch: confirm it with --yes.
exit 2
a$ mutual part nobody --yes
stderr: There is nobody here called "nobody".
stderr: See who is here: mutual people
exit 3
b& mutual watch > "$T/watched"
sh? test -f "$T/watched" && sleep 1
a$ mutual part birch "Take care." --yes --key bye
You parted from Birch. The goodbye goes as soon as your devices meet.
a$ mutual part birch "Take care." --yes --key bye
You parted from birch. The goodbye goes as soon as your devices meet.
a$ mutual people
Nobody is here yet. Meet somebody beside you: mutual pair
b? mutual people
Nobody is here yet. Meet somebody beside you: mutual pair
sh? grep goodbye "$T/watched"
Alder said goodbye.
b$ mutual open all | grep -c 'Take care.'
1
b$ mutual note alder "you, too"
stderr: There is nobody here called "alder".
stderr: See who is here: mutual people
exit 3
