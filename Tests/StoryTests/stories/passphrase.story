# A passphrase is set; restarted, the home is locked and absent, and says how to unlock; unlocked, it goes on.

sh$ meet
sh$ printf 'correct horse battery\n' > "$T/secret"; chmod 600 "$T/secret"
a$ mutual passphrase --file "$T/secret"
The passphrase is set. Nobody can open this home without it, and nobody can give it back to you.
a$ mutual stop
Mutual has ended.
a$ mutual start
stderr: Mutual is locked.
stderr: Unlock it: mutual unlock
exit 6
a$ mutual status
Mutual is locked.
a$ mutual inbox
stderr: Mutual is locked.
stderr: Unlock it: mutual unlock
exit 6
b$ mutual note alder "Are you locked?"
For Alder (...). Waiting: it goes as soon as your devices meet.
a$ mutual unlock --file "$T/secret"
Mutual is unlocked.
a? mutual inbox
...  Birch  note  Are you locked?  ..., sent by a script, new
