# Wipe: no file of Mutual is left, its keys were overwritten first, and the other sees absence.
# (In which order it is done, and that a wipe that is killed goes on: AtRestTests, WipeTests.)

sh$ meet
b$ mutual note alder "Something private." --wait 30s
Delivered to Alder's device.
# A second name for each file of keys, which sees what became of them
sh$ ln "$T/a/vault" "$T/vault.copy"; ln "$T/a/keys" "$T/keys.copy"; head -c 8 "$T/vault.copy"; echo; cp "$T/keys.copy" "$T/keys.before"
MUTUAL V
a$ mutual wipe
stderr: Nobody can be asked here, as the input is no terminal: use --yes.
exit 2
a$ mutual wipe --yes
...
sh$ test -e "$T/a" && find "$T/a"; ls "$T"
a.id
b
b.id
keys.before
keys.copy
vault.copy
sh$ grep -c 'MUTUAL V' "$T/vault.copy"
0
exit 1
sh$ cmp -s "$T/keys.copy" "$T/keys.before"
exit 1
a$ mutual status
stderr: Mutual is not running.
stderr: ...
exit 5
b$ mutual note alder "Where are you?"
For Alder (...). Waiting: it goes as soon as your devices meet.
b$ mutual people
Alder  mutual
  ...
