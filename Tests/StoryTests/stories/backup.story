# A restored backup: no loss unheard of, and nothing comes twice.

sh$ meet
a$ mutual note birch "Before the copy." --wait 30s
Delivered to Birch's device.
a$ mutual stop
Mutual has ended.
sh$ cp -a "$T/a" "$T/copy"
a$ mutual start
Mutual is running.
a$ mutual note birch "After the copy." --wait 30s
Delivered to Birch's device.
b$ mutual note alder "I saw it." --wait 30s
Delivered to Alder's device.
a$ mutual stop
Mutual has ended.

# The disk breaks, and the copy is put in its place
b$ mutual stop
Mutual has ended.
sh$ rm -r "$T/a" && mv "$T/copy" "$T/a"
a$ mutual start
Mutual is running.
a& mutual watch > "$T/watched"
sh? test -f "$T/watched" && sleep 1
b$ mutual start
Mutual is running.
sh? grep older "$T/watched"
...This store was put back to an older state...
a$ mutual note birch "From the copy." --wait 50s
Delivered to Birch's device.
b? mutual inbox | grep -o 'Before the copy\|After the copy\|From the copy'
Before the copy
After the copy
From the copy
a? mutual inbox | grep -o 'I saw it'
I saw it
