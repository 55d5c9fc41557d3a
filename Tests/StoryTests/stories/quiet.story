# Quiet hours: everything arrives and waits without a notice; the inbox is complete in the morning. Nobody is told.

sh$ meet "$T/clock"
# How far a clock is ahead when it shows this hour
sh$ echo $(( (23 * 3600 - $(date +%s) % 86400 + 86400) % 86400 )) > "$T/night"; echo $(( $(cat "$T/night") + 8 * 3600 )) > "$T/morning"
b$ mutual quiet
Not quiet: what comes may give a notice.
b& mutual watch --notices > "$T/notices"
b& mutual watch --notices --consumer bell --each /bin/sh -c 'cat >> "$T/bell"'
sh? test -f "$T/notices" && sleep 1
a$ mutual note birch "By day." --wait 50s
Delivered to Birch's device.
sh? cat "$T/notices"
Something for you in Mutual.

# Eleven at night
b$ mutual quiet --daily 22:00-7:00 --key one
Quiet every day from 22:00 to 07:00: what comes then waits without a notice.
sh$ cp "$T/night" "$T/clock"
b? mutual rpc quiet.get | grep -o '"now":[a-z]*'
"now":true
b$ mutual status | grep Quiet
Quiet every day from 22:00 to 07:00: what comes then waits without a notice.
a$ mutual note birch "Good night." --wait 50s
Delivered to Birch's device.
a$ mutual checkin birch --feel tired --wait 50s
Delivered to Birch's device.

# Seven in the morning: nothing is made up for, and all of it is there
sh$ cp "$T/morning" "$T/clock"
b? mutual rpc quiet.get | grep -o '"now":[a-z]*'
"now":false
a$ mutual note birch "Good morning." --wait 50s
Delivered to Birch's device.
sh? cat "$T/notices"
Something for you in Mutual.
Something for you in Mutual.
sh? grep -c '"notice":true' "$T/bell"
2
sh$ grep -c '"notice":false\|night\|morning' "$T/bell"
0
exit 1
b$ mutual inbox | grep -o 'By day\|Good night\|feels tired\|tired\|Good morning'
By day
Good night
tired
Good morning

# Of one person, and until a time
b$ mutual quiet off
Ended. What came meanwhile is here: mutual inbox
b$ mutual quiet alder --until 2999-01-01T00:00:00Z
Quiet for Alder until 2999-01-01 00:00: what comes from them waits without a notice.
b$ mutual quiet alder
Quiet for Alder: what comes from them waits without a notice. End it: mutual quiet Alder off
b$ mutual quiet all
Quiet: what comes waits without a notice. End it: mutual quiet off
Quiet for Alder: what comes from them waits without a notice. End it: mutual quiet Alder off
b$ mutual quiet --json
{"quiet":[{"now":true},{"now":true,"person":"mutual1...","who":"Alder"}],"schema":1}
b$ mutual quiet off
Ended. What came meanwhile is here: mutual inbox
Quiet for Alder: what comes from them waits without a notice. End it: mutual quiet Alder off
b$ mutual quiet alder off --json
{"quiet":[],"schema":1}
b$ mutual quiet cedar
stderr: There is nobody here called "cedar".
stderr: See who is here: mutual people
exit 3
b$ mutual quiet --until 25:00
stderr: "25:00" is no time: write 22:00, or a moment such as 2026-03-01T22:00:00Z.
exit 2
b$ mutual quiet --until 2001-01-01T00:00:00Z
stderr: This moment has passed.
stderr: Say a later one: --until 22:00
exit 4
b$ mutual quiet --daily 22:00
stderr: "22:00" is no span of a day.
stderr: Write two times that differ: --daily 22:00-07:00
exit 2
b$ mutual quiet --daily 22:00-07:00 --until 23:00
stderr: Name nobody or one WHO, and one of --until, --daily and off.
exit 2
