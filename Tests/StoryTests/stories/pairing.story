# Two strangers beside each other pair by a code. A typo spends nothing; a wrong code burns on both sides, and is told.

a$ mutual init --name Alder > "$T/made"
b$ mutual init --name Birch > "$T/made"
a$ mutual start
Mutual is running.
b$ mutual start
Mutual is running.

a& mutual pair > "$T/said" 2>&1; echo "it ends with $?" >> "$T/said"
sh? grep -o '[0-9]*-[a-z]*-[a-z]*' "$T/said" > "$T/code"

# A typo: nothing is sent, and the nearest words are named
b$ mutual pair "$(cat "$T/code")q"
stderr: "...q" is no word of a code. Nothing was sent, and the code is still good.
stderr: Words that are near it: ...
stderr: ...
exit 2
b$ mutual pair "$(cat "$T/code")" extra words and more
stderr: A code has two, three or four words.
stderr: Ask for it again.
exit 2

# A wrong code: both are told, and both are to agree on a new one
b$ mutual pair "$(cut -d- -f1 "$T/code")-tiger-lemon"
Looking for the device that offers ... ...
stderr: That code did not work, or somebody else answered in its place. Agree on a new one.
exit 1
sh? cat "$T/said"
Say this to the person beside you: ...   (10 minutes, one try)
Somebody tried a wrong code. This one is used up; begin again with mutual pair.
it ends with 1
a$ mutual people
Nobody is here yet. Meet somebody beside you: mutual pair

# The next one has three words for an hour; both are asked, and both say yes
a& mutual pair --yes > "$T/said" 2>&1; echo "it ends with $?" >> "$T/said"
sh? grep -o '[0-9]*-[a-z]*-[a-z]*-[a-z]*' "$T/said" > "$T/code"
with terminal 100
b$ mutual pair $(tr - ' ' < "$T/code")
types: y
Looking for the device that offers ... ...
Found a device.
Found somebody who calls themself Alder. Is it the person who is with you? [y/N] Waiting for Alder's yes.
You and Alder are mutuals. What Alder tells you stays with you.
with pipes
sh? tail -4 "$T/said"
Found somebody who calls themself Birch: answered yes.
Waiting for Birch's yes.
You and Birch are mutuals. What Birch tells you stays with you.
it ends with 0
a? mutual people
Birch  mutual
  ...
a$ mutual note birch "There you are." --wait 30s
Delivered to Birch's device.
