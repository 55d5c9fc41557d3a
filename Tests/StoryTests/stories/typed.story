# What is typed and does not fit: the fact and the next step in the words of who typed it, in both languages.

a$ mutual init --name Alder > "$T/made"
a$ mutual start
Mutual is running.
a$ mutual kept --limit 0
stderr: A page has 1 to 200 lines.
stderr: Write it as --limit 20.
exit 2
a$ MUTUAL_LANGUAGE=de mutual kept --limit 0
stderr: Eine Seite hat 1 bis 200 Zeilen.
stderr: Schreib es als --limit 20.
exit 2
a$ mutual inbox --limit x
stderr: "x" is no value for --limit.
stderr: See: mutual help inbox
exit 2
a$ MUTUAL_LANGUAGE=de mutual inbox --limit x
stderr: „x“ ist kein Wert für --limit.
stderr: Siehe: mutual help inbox
exit 2
a$ mutual history --before ""
stderr: "" is no handle.
stderr: Name what the page ends before: mutual history
exit 2
a$ mutual history --kind cake
stderr: "cake" is no kind.
stderr: One of: note, checkin, heard, relate, here, encourage, celebrate, cheer, ask, idea, take, close, learned, want, exchange, room or plan.
exit 2
a$ mutual search ""
stderr: What you look for has 1 to 200 bytes and is not all blanks.
stderr: Write a part of it: mutual search tea
exit 2
a$ mutual search "" --json
stderr: {"error":{"code":-32602,"data":{"advice":"Write a part of it: mutual search tea","parameter":"text","reason":"bad-parameter"},"message":"What you look for has 1 to 200 bytes and is not all blanks."}}
exit 2
a$ MUTUAL_LANGUAGE=de mutual search "  "
stderr: Was du suchst, hat 1 bis 200 Bytes und ist nicht leer.
stderr: Schreib einen Teil davon: mutual search tee
exit 2

# The choices of a kind, before a word of the text is asked for
a$ mutual note birch hello --want cake
stderr: "cake" is nothing that can be wanted here.
stderr: Say it: listen, company, ideas, encouragement, celebrate or nothing.
exit 2
a$ MUTUAL_LANGUAGE=de mutual checkin birch --energy viel
stderr: „viel“ ist hier kein Wort für Kraft.
stderr: Sag es: low, some oder high.
exit 2
a$ mutual close k3f --outcome well
stderr: "well" does not say what came of it.
stderr: Say it: --outcome helped, partly, not-this-time or no-longer-needed
exit 2
a$ mutual room maybe
stderr: "maybe" does not say how much room you have.
stderr: Say it: yes, a-little or resting.
exit 2
a$ mutual here birch hello
stderr: This has no words of its own.
stderr: To write: mutual note
exit 2
a$ mutual watch --consumer "" --each true
stderr: The name of a consumer has 1 to 64 characters.
stderr: Choose another one, such as --consumer lamp.
exit 2
a$ mutual pair --words 9
stderr: A code has two, three or four words.
stderr: Choose it: --words 3
exit 2
a$ mutual pair ""
stderr: "" is no code: a code is a number and two to four words, such as 7-tiger-lemon.
stderr: Ask for it again.
exit 2

# Nothing is nobody's name, whoever the only one may be
a$ mutual part "" --yes
stderr: There is nobody here called "".
stderr: See who is here: mutual people
exit 3
a$ mutual note birch --key "" hello
stderr: A key has 1 to 64 characters.
stderr: Choose another one, such as --key goodnight.
exit 2

# What is missing, too many, or not there
a$ mutual note
stderr: WHO is missing.
stderr: See: mutual help note
exit 2
a$ MUTUAL_LANGUAGE=de mutual heard
stderr: ITEM fehlt.
stderr: Siehe: mutual help heard
exit 2
a$ mutual note birch two words
stderr: "words" is one word too many here.
stderr: See: mutual help note
exit 2
a$ mutual note birch hello --wait
stderr: --wait needs a value behind it.
stderr: See: mutual help note
exit 2
a$ mutual pair --sam
stderr: There is no option --sam here.
stderr: One of: --same
stderr: See: mutual help pair
exit 2
a$ MUTUAL_LANGUAGE=de mutual start --nowhere
stderr: Hier gibt es keine Option --nowhere.
stderr: Siehe: mutual help start
exit 2
a$ mutual note birch --file "$T/nowhere"
stderr: $T/nowhere cannot be read.
stderr: Name a file that is there and that you can open.
exit 2
a$ mutual rpc kept.list limit
stderr: The parameters are not JSON.
stderr: Write one JSON object, in single quotes.
exit 2
# One call of the interface speaks of the interface
a$ mutual rpc kept.list '{"limit":0}'
stderr: "limit" of kept.list is to be 1 to 200.
stderr: One of: limit, before
exit 2

# The page of a verb
a$ mutual unpause --help | grep .
OVERVIEW: Come back from a pause.

USAGE: mutual unpause [--home <home>] [--json] [--wait <wait>] [--key <key>]

OPTIONS:
  --home <home>           The home; else MUTUAL_HOME, else your data directory.
  --json                  One JSON document on stdout, errors as JSON on stderr.
  --wait <wait>           Wait at most so long for the outcome, such as 30s;
                          exit 7 when the time is up.
  --key <key>             A name for this call, 1 to 64 characters: repeated,
                          it is done once.
  --version               Show the version.
  -h, --help              Show help information.

a$ MUTUAL_LANGUAGE=de mutual help lock | grep .
ÜBERBLICK: Vergisst alle Schlüssel, bis die Passphrase wieder da ist.

AUFRUF: mutual lock [--home <home>] [--json]

OPTIONEN:
  --home <home>           Der Ordner; sonst MUTUAL_HOME, sonst dein Datenordner.
  --json                  Ein JSON-Dokument auf stdout, Absagen als JSON auf
                          stderr.
  --version               Zeigt die Version.
  -h, --help              Zeigt diese Hilfe.

a$ mutual stop
Mutual has ended.
