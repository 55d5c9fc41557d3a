# What goes wrong on the first days: the command, how it ends, the whole sentence.

# No home, no daemon
a$ mutual status
stderr: Mutual is not running.
stderr: Start it: mutual start
exit 5
a$ mutual
stderr: Mutual is not running.
stderr: Begin here: mutual init --name NAME
exit 5
a$ mutual start
stderr: There is no home at $T/a yet.
stderr: Make one: mutual init --name NAME
exit 1
a$ mutual start --json
stderr: {"error":{"code":7,"data":{"advice":"Make one: mutual init --name NAME","reason":"no-home"},"message":"There is no home at $T/a yet."}}
exit 1

# A verb that would ask, and stdin is no terminal
a$ mutual init
stderr: Nobody can be asked here, as the input is no terminal: use --name NAME.
exit 2

# ANSI escapes in a name of one's own
a$ mutual init --name $'Al\e[31mder'
stderr: A name has 1 to 64 bytes, no comma, no line break or other control character, no blank at its ends, and is not "all".
stderr: Choose another name.
exit 4
a$ mutual init --name ""
stderr: A name has 1 to 64 bytes, no comma, no line break or other control character, no blank at its ends, and is not "all".
stderr: Choose another name.
exit 4
a$ mutual init --name all --json
stderr: {"error":{"code":1,"data":{"advice":"Choose another name.","reason":"bad-name"},"message":"A name has 1 to 64 bytes, no comma, no line break or other control character, no blank at its ends, and is not \"all\"."}}
exit 4

a$ mutual init --name Alder
Mutual carries words to people you know. It cannot see whether they are there. If you are in danger, call somebody who can come.
Next: mutual start

# Twice init
a$ mutual init --name Alder
stderr: There is somebody in $T/a already; nothing was changed.
stderr: Next: mutual start
exit 8
a$ mutual init --name Alder --json
stderr: {"error":{"code":5,"data":{"advice":"Next: mutual start","reason":"exists"},"message":"There is somebody in $T/a already; nothing was changed."}}
exit 8

# The daemon is off
a$ mutual note birch hello
stderr: Mutual is not running.
stderr: Start it: mutual start
exit 5
a$ mutual
stderr: Mutual is not running.
stderr: Next: mutual start
exit 5
a$ mutual stop --json
stderr: {"error":{"code":7,"data":{"advice":"Start it: mutual start","reason":"not-running"},"message":"Mutual is not running."}}
exit 5

b$ mutual init --name Birch
Mutual carries words to people you know. It cannot see whether they are there. If you are in danger, call somebody who can come.
Next: mutual start
a$ mutual start
Mutual is running.
b$ mutual start
Mutual is running.

# A second daemon
a$ mutual start
Mutual is running already.
a$ mutuald
stderr: Mutual already runs on this home ($T/a).
exit 8

# The socket of a dead daemon
a$ kill -9 "$(mutual status --json | grep -o '"pid":[0-9]*' | cut -d: -f2)"
a? mutual status
stderr: Mutual is not running.
stderr: Start it: mutual start
exit 5
sh$ test -S "$T/a/control.sock"
a$ mutual start
Mutual is running.

# Several starts at once: one of them begins it, and all say so
c$ mutual init --name Cedar > "$T/made" && for number in 1 2 3 4 5; do (mutual start > "$T/start" 2>> "$T/starts" || echo "$?" >> "$T/starts") & done; wait; cat "$T/starts"; mutual stop
Mutual has ended.
c$ mutual wipe --yes
Everything is taken away.

# One's own id, and ids that are none
a$ mutual add "$(mutual rpc identity.get | grep -o 'mutual1[0-9a-z]*')" Me
stderr: This is your own id.
stderr: Ask the other for theirs: they see it with mutual whoami
exit 4
a$ mutual add mutual1q8srctzp6vkwhtgmj4hx4ue7wlke590ntsdpk62k0nu45x4nlhhqq74yn7n Birch
stderr: A letter of this id is wrong.
stderr: Ask the other to send it again: they see it with mutual whoami
exit 2
a$ mutual add birch
stderr: This is no id: an id begins with mutual1.
stderr: Ask the other to send it again: they see it with mutual whoami
exit 2

# A typo in a word of the code: nothing is sent
a$ mutual pair 7-tigr-lemon
stderr: "tigr" is no word of a code. Nothing was sent, and the code is still good.
stderr: Words that are near it: tiger, tiara
stderr: Ask for the word again.
exit 2
a$ mutual pair tiger-lemon
stderr: "tiger-lemon" is no code: a code is a number and two to four words, such as 7-tiger-lemon.
stderr: Ask for it again.
exit 2

# A code that nobody offers
a$ mutual pair 3-tiger-lemon --wait 1s
Looking for the device that offers 3-tiger-lemon ...
stderr: The time is up; the pairing goes on.
exit 7
a$ mutual pair
stderr: A pairing is open already.
stderr: Answer it with mutual pair yes or mutual pair no, or end the one in the other terminal with Ctrl-C.
exit 8
a$ mutual rpc pair.cancel '{"pairing":'"$(mutual rpc pair.list | grep -o '"pairing":[0-9]*' | cut -d: -f2)"'}'
{...}
a$ mutual pair yes
stderr: No pairing is open.
stderr: Begin one: mutual pair
exit 3

# A wrong code uses the offered one up
a& mutual pair > "$T/pair" 2> "$T/pair.err"; echo $? > "$T/pair.code"
sh? cat "$T/pair"
Say this to the person beside you: ...-...-...   (10 minutes, one try)
b$ mutual pair "$(grep -o '[0-9]*-' "$T/pair" | head -1)tiger-lemon" > "$T/typed"
stderr: That code did not work, or somebody else answered in its place. Agree on a new one.
exit 1
sh? cat "$T/pair.code"
1
sh$ cat "$T/pair.err"
Somebody tried a wrong code. This one is used up; begin again with mutual pair.

# Unknown and ambiguous people
a$ mutual note birch hello
stderr: There is nobody here called "birch".
stderr: See who is here: mutual people
exit 3
b$ mutual rpc identity.get | grep -o 'mutual1[0-9a-z]*' > "$T/b.id"
a$ mutual rpc identity.get | grep -o 'mutual1[0-9a-z]*' > "$T/a.id"
a$ mutual add "$(cat "$T/b.id")" Birch
Birch is listed. You are mutuals as soon as they list you, too.
Compare these ten words by voice; they are to be the same on both sides:
  ...
a$ mutual add mutual1q8srctzp6vkwhtgmj4hx4ue7wlke590ntsdpk62k0nu45x4nlhhqq74yn7m Birgit > "$T/added"
a$ mutual note bir hello
stderr: "bir" begins more than one name.
stderr: One of: Birch, Birgit
stderr: Write more of the name that you mean.
exit 3
a$ mutual add "$(cat "$T/b.id")" Birch
stderr: Birch is listed already.
stderr: See who is here: mutual people
exit 8
a$ mutual heard zzz9 "I see."
stderr: There is nothing here called "zzz9".
stderr: See what is here: mutual inbox
exit 3

# Texts that are not sent
a$ mutual note birch
stderr: This needs words of your own.
stderr: Write them after the name, or pass them with -, a pipe or --file.
exit 4
a$ mutual note birch "$(head -c 20480 /dev/zero | tr '\0' x)"
stderr: This text is longer than 16,384 bytes.
stderr: Send it in parts.
exit 4
a$ head -c 20480 /dev/zero | tr '\0' x | mutual note birch -
stderr: This text is longer than 16,384 bytes.
stderr: Send it in parts.
exit 4
a$ mutual note birch $'\xff\xfe'
stderr: This text is not UTF-8.
stderr: Save it as UTF-8 and send it again.
exit 4
a$ printf '\xff\xfe' | mutual note birch -
stderr: This text is not UTF-8.
stderr: Save it as UTF-8 and send it again.
exit 4
a$ mutual note birch $'\e[31mred'
stderr: This text has control characters in it.
stderr: Line breaks and tabs are fine; take the others out.
exit 4
a$ mutual checkin birch
stderr: A check-in needs a text, --feel, --energy or --want.
stderr: One of them is enough, such as --energy low.
exit 4
a$ mutual note birch,Birch,bir hello
stderr: "bir" begins more than one name.
stderr: One of: Birch, Birgit
stderr: Write more of the name that you mean.
exit 3
a$ mutual note birch,birgit,birch,Birch hello
stderr: This goes to Birch, Birgit: confirm it with --yes.
exit 2
a$ mutual note birch,birgit hello
stderr: This goes to Birch, Birgit: confirm it with --yes.
exit 2

# A received text cannot draw, nor turn its direction, nor look like a line of Mutual's own
b$ mutual add "$(cat "$T/a.id")" Alder --wait 30s > "$T/added"
a$ mutual rpc item.give '{"to":["birch"],"kind":"note","text":"a\u202egnp.exe\nMutual is locked."}'
{...}
b? mutual inbox --new | wc -l
1
b$ mutual open
Alder, note (...), ...
    a�gnp.exe
    Mutual is locked.
You could write back: mutual note ..., or nothing: no answer is expected.
a$ mutual rename birch $'Bi\e[31mrch'
stderr: A name has 1 to 64 bytes, no comma, no line break or other control character, no blank at its ends, and is not "all".
stderr: Choose another name.
exit 4
a$ mutual rename birch $'Bi\u202erch'
Here they are called Bi�rch now.
a$ mutual rename $'Bi\u202erch' Birch
Here they are called Birch now.

# Verbs and options that are none
a$ mutual frobnicate
stderr: There is no verb "frobnicate".
stderr: See what there is: mutual help all
exit 2
a$ mutual rpc people.lst
stderr: There is no method "people.lst".
stderr: One of: hello, status, ...
exit 2
a$ mutual rpc inbox.list '{nope'
stderr: The parameters are not JSON.
stderr: Write one JSON object, in single quotes.
exit 2
a$ mutual note birch hello --wait 3x
stderr: "3x" is no time: write 30s, 10m, 2h or 1d.
exit 2

# The path of the home is too long for a socket
sh$ MUTUAL_HOME=$T/$(head -c 120 /dev/zero | tr '\0' x) mutual status
stderr: The path of this home is too long: its control socket has at most 107 bytes of path.
stderr: Choose a shorter one: mutual --home DIR
exit 2
sh$ MUTUAL_HOME=$T/$(head -c 120 /dev/zero | tr '\0' x) mutual init --name Alder
stderr: The path of this home is too long for a socket (... bytes, at most 107).
stderr: Choose a shorter one with --home or MUTUAL_HOME.
exit 2

with mounts

# A full disk: nothing is stored, and it goes on by itself when there is room
sh$ mkdir -m 700 "$T/c"; mount -t tmpfs -o size=2m,mode=0700 tmpfs "$T/c"
c$ mutual init --name Cedar > "$T/made"
c$ mutual start
Mutual is running.
c$ mutual add "$(cat "$T/b.id")" Birch > "$T/added"
sh$ dd if=/dev/zero of="$T/c/fill" bs=4k 2> "$T/dd"; true
c$ mutual note birch "$(head -c 16000 /dev/zero | tr '\0' x)"
stderr: The disk is full, so nothing was stored.
stderr: Make room and do it again: df -h
exit 9
c$ mutual history
Nothing here.
sh$ rm "$T/c/fill"
c? mutual note birch "there is room" --key room
For Birch (...). Waiting: it goes as soon as your devices meet.
c$ mutual history | wc -l
1
c$ mutual stop
Mutual has ended.

# A read-only home
sh$ mount -o remount,ro "$T/c"
c$ mutual start
stderr: $T/c is on a read-only disk.
stderr: Name another home with --home.
exit 9
sh$ MUTUAL_HOME=$T/c/new mutual init --name Cedar
stderr: $T/c/new is on a read-only disk.
stderr: Name another home with --home.
exit 9
