# A network that filters multicast: the doctor says so; an address given by hand works, and is remembered.
with network

a$ mutual init --name Alder > "$T/made"
b$ mutual init --name Birch > "$T/made"
sh$ ip netns exec "$HUB" nft 'add table bridge house; add chain bridge house pass { type filter hook forward priority 0; }; add rule bridge house pass ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 ether type ip drop; add rule bridge house pass ip6 daddr ff02::6d75:7475:616c drop'
a$ nft 'add table inet house; add chain inet house come { type filter hook input priority 0; }; add rule inet house come ip daddr 239.255.77.84 drop'
a$ mutual start
Mutual is running.
b$ mutual start
Mutual is running.
a$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/a.id"
b$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/b.id"
a$ mutual add "$(cat "$T/b.id")" Birch > "$T/added"
b$ mutual add "$(cat "$T/a.id")" Alder > "$T/added"
a? mutual doctor | grep -c '^look.*eth0.*drops it'
1
a$ mutual people
Birch  waiting for their yes
  ...

# By hand
a$ mutual reach birch 10.77.0.2
Remembered, and tried now: Birch at 10.77.0.2.
a? mutual people
Birch  mutual
  ...
a$ mutual note birch "Found you." --wait 30s
Delivered to Birch's device.

# And remembered
a$ mutual stop
Mutual has ended.
a$ mutual start
Mutual is running.
a$ mutual note birch "Again." --wait 30s
Delivered to Birch's device.
a$ mutual reach birch somewhere
stderr: "somewhere" is no address.
stderr: Write an IP address, with a port if it is not 7747: 192.168.1.20 or [fe80::1]:7747
exit 2
