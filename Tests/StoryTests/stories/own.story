# For oneself: one's own words, one's own page and whom it is shared with, looking back.

a$ mutual init --name Alder > "$T/made"
b$ mutual init --name Birch > "$T/made"
a$ mutual start
Mutual is running.
b$ mutual start
Mutual is running.
a$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/a.id"
b$ mutual whoami --json | grep -o 'mutual1[0-9a-z]*' > "$T/b.id"
a$ mutual add "$(cat "$T/b.id")" Birch > "$T/added"
b$ mutual add "$(cat "$T/a.id")" Alder --wait 30s > "$T/added"
a? mutual people
Birch  mutual
  ...

# Feeling words: some to begin with, then one's own, in one's own order
a$ mutual feelings | head -4
Words to begin with. Make the list your own: mutual feelings --edit
    afraid
    alone
    angry
a$ MUTUAL_LANGUAGE=de mutual feelings | head -2
Wörter für den Anfang. Mach dir deine eigene Liste: mutual feelings --edit
    allein
a$ printf 'tender\nat sea\nnumb\n' | mutual feelings -
Your list is kept. It stays on this machine.
a$ mutual feelings --add "numb, wide awake"
Your list is kept. It stays on this machine.
a$ mutual feelings
    tender
    at sea
    numb
    wide awake
a$ mutual feelings --remove numb --key once
Your list is kept. It stays on this machine.
a$ mutual feelings --remove numb
stderr: "numb" is not on your list.
exit 3
a$ mutual feelings --add aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
stderr: A feeling word has at most 32 bytes.
stderr: Put the rest into the text.
exit 4
a$ mutual feelings --json
{"schema":1,"words":["tender","at sea","wide awake"]}
# They are offered where a shell completes a check-in
a$ mutual ---completion checkin -- --feel 4 0 mutual checkin birch --feel "tender," | sort
tender,at sea
tender,wide awake
b$ mutual feelings --set "" && mutual feelings
Your list is kept. It stays on this machine.
Your list is empty. Put a word on it: mutual feelings --add WORD

# One's own page: headings to begin with, written in an editor, by a file or a pipe
a$ mutual plan
Your page is not written yet. It could begin like this; write it with mutual plan --edit
    # What does me good
    
    # How I notice that it gets hard
    
    # What helps then
    
    # Places to turn to
a$ mutual plan share birch
stderr: Your page is not written yet.
stderr: Write it first: mutual plan --edit
exit 4
a$ printf '# What does me good\nTea, and the dog.\n\n# Places to turn to\nThe house at the harbour, until ten.\n' | mutual plan -
Your page is kept on this machine. What you shared before stays as it was.
a$ mutual plan
Your own page. It stays on this machine unless you share it: mutual plan share WHO
    # What does me good
    Tea, and the dog.
    
    # Places to turn to
    The house at the harbour, until ten.
a$ mutual plan share birch --wait 30s
Delivered to Birch's device.
b$ mutual inbox
...  Alder  plan  What does me good  ..., sent by a script, new
b$ mutual open
Alder, plan (...), ..., sent by a script
Alder shares a page of their own with you:
    # What does me good
    Tea, and the dog.
    
    # Places to turn to
    The house at the harbour, until ten.
You could keep it in mind, or nothing: no answer is expected.

# What is written later stays here until it is shared, and then takes the place of the one before
a$ printf '# Places to turn to\nThe house at the harbour.\nMy sister.\n' > "$T/page"; mutual plan --file "$T/page"
Your page is kept on this machine. What you shared before stays as it was.
b$ mutual history | grep -c plan
1
a$ mutual plan share birch --wait 30s
Delivered to Birch's device.
b$ mutual history
...  Alder  plan  Places to turn to  ..., sent by a script, new
a$ mutual history
...  you to Birch  plan  Places to turn to  ..., sent by a script, delivered
b$ mutual open
Alder, plan (...), ..., sent by a script
Alder shares a page of their own with you:
    # Places to turn to
    The house at the harbour.
    My sister.
You could keep it in mind, or nothing: no answer is expected.
a$ mutual plan --file "$T/page"
stderr: Nothing was changed.
exit 1
a$ mutual plan unshare birch
Taken back. It is erased on Birch's device when you meet.
b? mutual inbox
...  Alder  plan  Alder took this back.  ...
a$ mutual plan unshare birch
Your page is not shared with birch.
a$ mutual plan birch
stderr: Write mutual plan, mutual plan share WHO or mutual plan unshare WHO.
exit 2
a$ mutual plan --clear
Your page is empty now. What you shared before stays as it was.

# Looking back: one's own check-ins, as long as they live, one entry where one went to several
a$ mutual lookback
Nothing to look back on here: a check-in stands here as long as it lives.
b$ mutual checkin alder --wait 30s "Not Alder's own."
Delivered to Alder's device.
a$ mutual checkin birch --feel tender,tired --energy low --want listen --wait 30s "Slept badly again."
Delivered to Birch's device.
a$ mutual checkin birch --about illness --wait 30s "More of it."
Delivered to Birch's device.
a$ mutual checkin birch --wait 30s "Said too much."
Delivered to Birch's device.
a$ mutual retract "$(mutual rpc history.list '{"kind":"checkin","mine":true}' | grep -o '"handle":"[^"]*"' | cut -d'"' -f4 | tail -1)"
Taken back. It is erased on Birch's device when you meet.
a$ mutual lookback | tail -n +4
...:...  Feels: tender, tired  Energy: low  You said that you want: listen.
    Slept badly again.
...:...  [illness]  mutual open ...
a$ mutual lookback --html "$T/back.html"
Written to $T/back.html, for you only. It is not sealed, and stays when its words are over here.
sh$ stat -c %a "$T/back.html"; grep -c '<article>' "$T/back.html"; grep -o 'Slept badly again.' "$T/back.html"; ls -A "$T" | grep back
600
2
Slept badly again.
back.html
a$ mutual lookback --html "$T/back.html" < /dev/null
stderr: $T/back.html is there already: write over it with --yes.
exit 2
a$ mutual lookback --html "$T/back.html" --yes
Written to $T/back.html, for you only. It is not sealed, and stays when its words are over here.
a$ MUTUAL_LANGUAGE=de mutual lookback --html "$T/zurueck.html"
Geschrieben nach $T/zurueck.html, nur für dich. Die Datei ist nicht versiegelt und bleibt, wenn ihre Worte hier vorbei sind.
