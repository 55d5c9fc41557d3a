# A laptop moves from cable to Wi-Fi and gets another address. Nobody types anything.
with network

sh$ meet
a$ mutual note birch "By cable." --wait 30s
Delivered to Birch's device.
a$ ip link set eth0 down; ip address flush dev eth0
a$ mutual note birch "In between."
For Birch (...). Waiting: it goes as soon as your devices meet.
b$ mutual note alder "Where are you?"
For Alder (...). Waiting: it goes as soon as your devices meet.
a$ ip address add 10.77.0.101/24 brd + dev wlan0; ip link set wlan0 up
b? mutual inbox
...  Alder  note  By cable.  ..., sent by a script, new
...  Alder  note  In between.  ..., sent by a script, new
a? mutual inbox
...  Birch  note  Where are you?  ..., sent by a script, new
a$ mutual note birch "By Wi-Fi." --wait 30s
Delivered to Birch's device.
a$ mutual status
Mutual is running for Alder.
Port: 7747
Networks: lo (ipv4, ipv6), wlan0 (...)
