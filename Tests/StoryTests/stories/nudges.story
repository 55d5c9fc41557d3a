# Nudges: off until they are turned on, at a time that one chose, never made up for later.

a$ mutual init --name Alder > "$T/made"
sh$ echo 0 > "$T/clock"
a& mutuald-story --clock "$T/clock"
a? mutual nudges
No nudges. Choose a time: mutual nudges --at 21:30
a$ mutual nudges --at 8.00
stderr: "8.00" is no time of the day: write it as 08:30 or 21:30, or off.
exit 2
a$ mutual nudges --kind-word
When a check-in of yours says that your energy is low: a kind word that you kept. Only this machine knows.
a$ mutual nudges --at 08:00
Every day at 08:00: a moment for yourself. Only this machine knows.
When a check-in of yours says that your energy is low: a kind word that you kept. Only this machine knows.
a$ mutual nudges --no-kind-word
Every day at 08:00: a moment for yourself. Only this machine knows.
a$ mutual nudges --json
{"at":"08:00","kind_word":false,"schema":1}

# The next eight in the morning comes
a& mutual watch > "$T/watch"
sh$ sleep 1; cat "$T/watch"; echo $(( (28800 - $(date -u +%s) % 86400 + 86400) % 86400 + 5 )) > "$T/clock"
sh? cat "$T/watch"
A moment for yourself?

# Asleep over the next one, until noon: it is not made up for
sh$ echo $(( $(cat "$T/clock") + 28 * 3600 )) > "$T/clock"; sleep 2; cat "$T/watch"
A moment for yourself?
# And the one of the day after comes
sh$ echo $(( $(cat "$T/clock") + 20 * 3600 )) > "$T/clock"
sh? cat "$T/watch"
A moment for yourself?
A moment for yourself?
a$ mutual nudges off
No nudges. Choose a time: mutual nudges --at 21:30
a$ mutual stop
Mutual has ended.
