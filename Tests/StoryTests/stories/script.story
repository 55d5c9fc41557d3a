# A script sends a good-night, shown as sent by a script; what a person sends at a terminal is not. No exchange by script.

sh$ meet
a$ mutual note birch "Good night." --wait 30s
Delivered to Birch's device.
b$ mutual inbox
...  Alder  note  Good night.  ..., sent by a script, new
b$ mutual open
Alder, note (...), ..., sent by a script
    Good night.
You could write back: mutual note ..., or nothing: no answer is expected.
with terminal 80
a$ mutual note birch "By hand." --wait 30s
Delivered to Birch's device.
a$ mutual note birch "By hand, and said to be a script's." --auto --wait 30s
Delivered to Birch's device.
with pipes
b$ mutual open all | grep note
Alder, note (...), ...
You could write back: mutual note ..., or nothing: no answer is expected.
Alder, note (...), ..., sent by a script
You could write back: mutual note ..., or nothing: no answer is expected.
a$ mutual exchange birch "What do you fear?" "The dark."
stderr: ...
stderr: ...
exit 4
a$ mutual history --kind exchange
Nothing here.
