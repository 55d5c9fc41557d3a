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
