# A watcher is killed at random and misses nothing.

sh$ meet
b$ mutual rpc events.ack '{"consumer":"w","seq":0}' > "$T/acked"

# It writes down each event before it says that it has done it; what was not said comes again
b& while test ! -f "$T/enough"; do mutual watch --consumer w --each /bin/sh -c 'cat >> "$T/events"; sleep 0.02' & pid=$!; sleep 0.$((RANDOM % 7 + 1)); kill -9 $pid; wait $pid 2> /dev/null; done
a$ for word in one two three four five six seven eight nine ten; do mutual note birch "$word" --wait 30s; sleep 0.1; done | sort -u
Delivered to Birch's device.
b? mutual rpc inbox.list | grep -o '"id":"[0-9a-z]*"' | cut -d'"' -f4 | sort > "$T/came"; grep item.arrived "$T/events" | grep -o '"item":"[0-9a-z]*"' | cut -d'"' -f4 | sort -u | diff - "$T/came" && echo nothing is missing
nothing is missing
sh$ touch "$T/enough"

# The daemon ends and begins again while the command runs: what comes then is not missed, and nothing comes twice
sh$ touch "$T/hold"
b$ mutual rpc events.ack '{"consumer":"c","seq":'"$(mutual rpc events.subscribe | grep -o '"seq":[0-9]*' | cut -d: -f2)"'}' > "$T/acked"
b& mutual watch --consumer c --each /bin/sh -c 'cat >> "$T/followed"; while test -f "$T/hold"; do sleep 0.05; done'
a$ mutual note birch eleven --wait 30s
Delivered to Birch's device.
sh? grep -q item.arrived "$T/followed"
b$ mutual stop; mutual start
Mutual has ended.
Mutual is running.
a$ for word in twelve thirteen; do mutual note birch "$word" --wait 50s; done | sort -u
Delivered to Birch's device.
sh$ rm "$T/hold"
b? mutual rpc inbox.list '{"limit":3}' | grep -o '"id":"[0-9a-z]*"' | cut -d'"' -f4 | sort > "$T/came"; grep item.arrived "$T/followed" | grep -o '"item":"[0-9a-z]*"' | cut -d'"' -f4 | sort | diff - "$T/came" && echo each came once
each came once
