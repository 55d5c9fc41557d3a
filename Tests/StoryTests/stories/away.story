# Written while the other is away, both machines restarted in between: there once, in order, as soon as they meet.

sh$ meet
b$ mutual stop
Mutual has ended.
a? mutual note birch --key one "First, the stairs."
For Birch (...). Waiting: it goes as soon as your devices meet.
a$ mutual checkin birch --feel glad "Then the door."
For Birch (...). Waiting: it goes as soon as your devices meet.
a$ kill -9 $(mutual rpc status | grep -o '"pid":[0-9]*' | cut -d: -f2)
a? mutual status
stderr: Mutual is not running.
stderr: Start it: mutual start
exit 5
a$ mutual start
Mutual is running.
a$ mutual note birch "And the garden."
For Birch (...). Waiting: it goes as soon as your devices meet.
a$ mutual stop
Mutual has ended.
b$ mutual start
Mutual is running.
b$ mutual inbox
Nothing here.
a$ mutual start
Mutual is running.
b? mutual inbox
...  Alder  note  First, the stairs.  ..., sent by a script, new
...  Alder  checkin  Then the door.  ..., sent by a script, new
...  Alder  note  And the garden.  ..., sent by a script, new
a? mutual outbox
Nothing waits.

# And once more around: nothing comes twice
b$ kill -9 $(mutual rpc status | grep -o '"pid":[0-9]*' | cut -d: -f2); until ! mutual status 2> "$T/off"; do sleep 0.05; done; mutual start
Mutual is running.
a$ mutual note birch "That is all." --wait 50s
Delivered to Birch's device.
b$ mutual inbox | grep -o 'First.*stairs\|Then.*door\|And.*garden\|That.*all'
First, the stairs
Then the door
And the garden
That is all
