#!/usr/bin/env python3
"""Plays the first day of Mutual with two real daemons and shows it.

    demo-play.py DIR        DIR holds mutual and mutuald

Every command runs on a pseudo-terminal, as if typed by a person; the two answers are typed too. The two people sit
in two network namespaces joined by a bridge where these can be made, else in two homes on this host. Nothing is left
behind: no process, no namespace, no file. Exit 0 if every step did what it promises, else 1.
"""

import errno
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

# What must be read at each step. Spaces and line breaks count as one space.
EXPECTED = {
    "init": ["Mutual carries words to people you know."],
    "start": [],
    "code": ["Say this to the person beside you:"],
    "question": "Found somebody who calls themself {name}. Is it the person who is with you?",
    "mutuals": ["You and {name} are mutuals.", "What {name} tells you stays with you."],
    "checkin": [],
    "news": ["Alder"],
    "open": ["Alder", "Interview at ten. Slept badly.", "tired", "anxious"],
    "heard": [],
    "encourage": [],
    "open all": ['Birch heard you: "You slept badly, and it matters to you."', "I am glad you told me."],
    "note": [],
    "stop": [],
    "inbox": ["one", "two"],
}
CODE = re.compile(r"\b[1-9][0-9]?-[a-z]+-[a-z]+\b")
COMMAND_TIMEOUT_S = 30
PAIR_TIMEOUT_S = 45
ARRIVAL_TIMEOUT_S = 30

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[@-_]")


class Failure(Exception):
    """A step that did not do what it promises."""


def plain(text):
    """Terminal output as text, spaces joined, for comparing."""
    return " ".join(ESCAPES.sub("", text).replace("\r", "").split())


def need(text, sentences, step):
    for sentence in sentences:
        if plain(sentence) not in plain(text):
            raise Failure(f"{step}: this was expected and is missing: {sentence}")


class Place:
    """Where one person's commands run: a network namespace, or this host."""

    def __init__(self, letter, home, binaries, namespace=None):
        self.letter, self.home, self.binaries, self.namespace = letter, home, binaries, namespace

    def argv(self, arguments):
        command = [os.path.join(self.binaries, "mutual"), *arguments]
        if self.namespace is not None:
            command = ["nsenter", "-t", str(self.namespace), "-n", "--", *command]
        return command

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MUTUAL_")}
        kept.update(MUTUAL_HOME=self.home, TERM="xterm", NO_COLOR="1", LANG="C.UTF-8", LC_ALL="C.UTF-8")
        kept["PATH"] = self.binaries + ":" + kept.get("PATH", "/usr/bin:/bin")
        return kept


class Terminal:
    """One command on a pseudo-terminal of its own."""

    def __init__(self, place, arguments):
        self.place, self.arguments, self.text, self.code, self.shown = place, arguments, "", None, 0
        self.shell = " ".join(["mutual", *(quoted(a) for a in arguments)])
        argv, environment = place.argv(arguments), place.environment()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(argv[0], argv, environment)
            except OSError as fault:
                os.write(2, f"{argv[0]}: {fault}\n".encode())
            os._exit(127)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.bytes = b""

    def read(self):
        """Takes what there is. False at the end."""
        try:
            piece = os.read(self.file, 65536)
        except OSError as fault:
            if fault.errno != errno.EIO:
                raise
            piece = b""
        self.bytes += piece
        self.text = self.bytes.decode("utf-8", "replace")
        if not piece:
            self.finish()
        return bool(piece)

    def finish(self):
        if self.code is None:
            _, status = os.waitpid(self.pid, 0)
            self.code = os.waitstatus_to_exitcode(status)
            os.close(self.file)

    def type(self, line):
        os.write(self.file, line.encode() + b"\n")

    def kill(self):
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            self.finish()

    def show(self):
        print(f"\n{self.place.letter}$ {self.shell}", flush=True)
        lines = ESCAPES.sub("", self.text).replace("\r", "").strip("\n").split("\n")
        for line in lines:
            if line.strip():
                print(f"   {line.rstrip()}", flush=True)


def quoted(argument):
    return f'"{argument}"' if re.search(r"[^A-Za-z0-9_./,=:-]", argument) else argument


def wait_for(terminals, until, seconds, what):
    """Reads all terminals until `until()` is true."""
    end = time.monotonic() + seconds
    while not until():
        left = end - time.monotonic()
        alive = [t for t in terminals if t.code is None]
        if left <= 0:
            raise Failure(f"{what}: nothing after {seconds} s")
        if not alive:
            raise Failure(f"{what}: the command ended before")
        ready, _, _ = select.select([t.file for t in alive], [], [], left)
        for terminal in alive:
            if terminal.file in ready:
                terminal.read()


def run(place, *arguments, expect=(), show=True, code=0):
    """One command, from its beginning to its end."""
    terminal = Terminal(place, list(arguments))
    try:
        wait_for([terminal], lambda: terminal.code is not None, COMMAND_TIMEOUT_S, terminal.shell)
    finally:
        terminal.kill()
        if show:
            terminal.show()
    if terminal.code != code:
        raise Failure(f"{terminal.shell}: exit code {terminal.code}, expected {code}")
    need(terminal.text, expect, terminal.shell)
    return terminal.text


def inbox(place):
    """The inbox as JSON: a list of items."""
    done = subprocess.run(
        place.argv(["inbox", "--json"]), env=place.environment(), stdin=subprocess.DEVNULL,
        capture_output=True, timeout=COMMAND_TIMEOUT_S, check=False)
    if done.returncode != 0:
        return []
    found = []

    def walk(value):
        if isinstance(value, dict):
            if "handle" in value:
                found.append(value)
            else:
                for inner in value.values():
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for line in done.stdout.decode("utf-8", "replace").splitlines() or [""]:
        try:
            walk(json.loads(line))
        except ValueError:
            break
    if not found:
        try:
            walk(json.loads(done.stdout or b"[]"))
        except ValueError:
            pass
    return found


def holding(items, text):
    return [item for item in items if text in texts(item)]


def texts(value):
    """All texts inside a value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return []


def arrived(place, *wanted):
    """Asks until all these texts are in the inbox; answers the items."""
    end = time.monotonic() + ARRIVAL_TIMEOUT_S
    while True:
        items = inbox(place)
        if all(holding(items, text) for text in wanted):
            return items
        if time.monotonic() > end:
            raise Failure(f"{place.letter}: not arrived after {ARRIVAL_TIMEOUT_S} s: {', '.join(wanted)}")
        time.sleep(0.05)


def daemons(root):
    """Process numbers of every mutuald whose home lies under root."""
    found = []
    for entry in os.listdir("/proc") if os.path.isdir("/proc") else []:
        if not entry.isdigit():
            continue
        try:
            if not os.readlink(f"/proc/{entry}/exe").split(" (deleted)")[0].endswith("/mutuald"):
                continue
            with open(f"/proc/{entry}/environ", "rb") as file:
                about = file.read()
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                about += b"\0" + file.read()
        except OSError:
            # A process that forbids looking at it (not dumpable) still shows its command line.
            try:
                with open(f"/proc/{entry}/cmdline", "rb") as file:
                    about = file.read()
            except OSError:
                continue
            if b"mutuald" not in about:
                continue
        if root.encode() in about:
            found.append(int(entry))
    return found


class Network:
    """Two namespaces and a bridge between them, kept alive by three sleeping processes."""

    def __init__(self):
        self.holders = []

    def hold(self):
        holder = subprocess.Popen(["unshare", "-n", "sleep", "600"], stdin=subprocess.DEVNULL)
        self.holders.append(holder)
        mine = os.readlink("/proc/self/ns/net")
        end = time.monotonic() + 5
        while os.readlink(f"/proc/{holder.pid}/ns/net") == mine:
            if holder.poll() is not None or time.monotonic() > end:
                raise OSError("no network namespace")
            time.sleep(0.005)
        return holder.pid

    def build(self):
        """Answers the two namespaces, or raises OSError where they cannot be made."""
        switch, first, second = self.hold(), self.hold(), self.hold()

        def inside(namespace, *command):
            done = subprocess.run(
                ["nsenter", "-t", str(namespace), "-n", "--", *command], capture_output=True, check=False)
            if done.returncode != 0:
                raise OSError(done.stderr.decode("utf-8", "replace").strip() or "command failed")

        inside(switch, "ip", "link", "add", "bridge0", "type", "bridge")
        inside(switch, "ip", "link", "set", "bridge0", "type", "bridge", "mcast_snooping", "0")
        for number, namespace in enumerate((first, second), start=1):
            port = f"port{number}"
            inside(switch, "ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", str(namespace))
            inside(switch, "ip", "link", "set", port, "master", "bridge0", "up")
            inside(namespace, "ip", "link", "set", "lo", "up")
            inside(namespace, "ip", "address", "add", f"10.77.0.{number}/24", "dev", "eth0")
            inside(namespace, "ip", "link", "set", "eth0", "up")
        inside(switch, "ip", "link", "set", "bridge0", "up")
        return first, second

    def end(self):
        for holder in self.holders:
            if holder.poll() is None:
                holder.kill()
            holder.wait()
        self.holders = []


def possible(*command):
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_network():
    """The namespaces of both people, or None twice, and a sentence that says which."""
    network = Network()
    try:
        first, second = network.build()
    except OSError as fault:
        network.end()
        return network, (None, None), f"two homes on this host (no network namespaces here: {fault})"
    how = "two network namespaces joined by a bridge"
    if "--in-user-namespace" in sys.argv:
        how += ", made in an unprivileged user namespace"
    return network, (first, second), how


def end_daemons(root):
    """Ends every daemon of the demo, by its number: first asked, then made to."""
    for what in (signal.SIGTERM, signal.SIGKILL):
        for pid in daemons(root):
            try:
                os.kill(pid, what)
            except ProcessLookupError:
                pass
        end = time.monotonic() + 3
        while daemons(root) and time.monotonic() < end:
            time.sleep(0.02)


def pairing(a, b):
    """Both people at once: the code read aloud and typed, both questions answered with yes."""
    opening = Terminal(a, ["pair"])
    both = [opening]
    try:
        wait_for(both, lambda: CODE.search(plain(opening.text)), PAIR_TIMEOUT_S, "mutual pair")
        need(opening.text, EXPECTED["code"], "mutual pair")
        code = CODE.search(plain(opening.text)).group(0)
        joining = Terminal(b, ["pair", code])
        both.append(joining)
        for terminal, name in ((joining, "Alder"), (opening, "Birch")):
            question = plain(EXPECTED["question"].format(name=name))
            wait_for(both, lambda t=terminal, q=question: q in plain(t.text), PAIR_TIMEOUT_S, terminal.shell)
            terminal.type("y")
        wait_for(both, lambda: all(t.code is not None for t in both), PAIR_TIMEOUT_S, "mutual pair")
    finally:
        for terminal in both:
            terminal.kill()
            terminal.show()
    for terminal, name in ((opening, "Birch"), (joining, "Alder")):
        if terminal.code != 0:
            raise Failure(f"{terminal.shell}: exit code {terminal.code}, expected 0")
        need(terminal.text, [s.format(name=name) for s in EXPECTED["mutuals"]], terminal.shell)


def story(a, b, root):
    run(a, "init", "--name", "Alder", expect=EXPECTED["init"])
    run(b, "init", "--name", "Birch", expect=EXPECTED["init"])
    run(a, "start", expect=EXPECTED["start"])
    run(b, "start", expect=EXPECTED["start"])
    pairing(a, b)

    run(a, "checkin", "birch", "--feel", "tired,anxious", "--energy", "low", "--want", "listen",
        "Interview at ten. Slept badly.", expect=EXPECTED["checkin"])
    items = holding(arrived(b, "Interview at ten. Slept badly."), "Interview at ten. Slept badly.")
    handle = items[0]["handle"]
    run(b, expect=EXPECTED["news"])
    run(b, "open", expect=EXPECTED["open"])
    run(b, "heard", handle, "You slept badly, and it matters to you.", expect=EXPECTED["heard"])
    run(b, "encourage", "alder", "I am glad you told me.", expect=EXPECTED["encourage"])
    arrived(a, "You slept badly, and it matters to you.", "I am glad you told me.")
    run(a, "open", "all", expect=EXPECTED["open all"])

    run(b, "stop", expect=EXPECTED["stop"])
    run(a, "note", "birch", "one", expect=EXPECTED["note"])
    run(a, "note", "birch", "two", expect=EXPECTED["note"])
    first = daemons(a.home)
    if os.path.isdir("/proc") and len(first) != 1:
        raise Failure(f"one daemon was expected to run for a, there are {len(first)}")
    for pid in first:
        print(f"\na$ kill -9 {pid}", flush=True)
        os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while daemons(a.home) and time.monotonic() < end:
        time.sleep(0.01)
    run(a, "start", expect=EXPECTED["start"])
    run(b, "start", expect=EXPECTED["start"])
    items = arrived(b, "one", "two")
    shown = run(b, "inbox", expect=EXPECTED["inbox"])
    order = [text for item in items for text in ("one", "two") if holding([item], text)]
    if order != ["one", "two"]:
        raise Failure(f"each once and in order was expected, there is: {', '.join(order)}")
    lines = [word for line in shown.splitlines() for word in ("one", "two") if re.search(rf"\b{word}\b", plain(line))]
    if lines != ["one", "two"]:
        raise Failure(f"the inbox should show one, two; it shows: {', '.join(lines)}")

    run(a, "stop", expect=EXPECTED["stop"])
    run(b, "stop", expect=EXPECTED["stop"])
    end = time.monotonic() + 5
    while daemons(root) and time.monotonic() < end:
        time.sleep(0.02)
    if daemons(root):
        raise Failure("a daemon was still running after it was stopped")


def tail(path, count=15):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()[-count:]
    except OSError:
        return []


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) != 1 or not os.access(os.path.join(arguments[0], "mutual"), os.X_OK):
        print("usage: demo-play.py DIR, where DIR holds mutual and mutuald", file=sys.stderr)
        return 2
    binaries = os.path.abspath(arguments[0])
    if not possible("unshare", "-n", "true") and possible("unshare", "-rn", "true"):
        os.execvp("unshare", ["unshare", "-rn", sys.executable, os.path.abspath(__file__), binaries,
                              "--in-user-namespace"])

    def interrupted(_number, _frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)
    signal.signal(signal.SIGHUP, interrupted)
    began = time.monotonic()
    root = tempfile.mkdtemp(prefix="mutual-demo-")
    network = Network()
    code = 1
    try:
        network, namespaces, how = make_network()
        print(f"Two people, two daemons: {how}.", flush=True)
        a = Place("a", os.path.join(root, "a"), binaries, namespaces[0])
        b = Place("b", os.path.join(root, "b"), binaries, namespaces[1])
        story(a, b, root)
        print(f"\nThe whole story was played in {time.monotonic() - began:.0f} s.", flush=True)
        code = 0
    except Failure as failure:
        print(f"\nThe demo stopped: {failure}", file=sys.stderr, flush=True)
        for letter in "ab":
            for line in tail(os.path.join(root, letter, "mutuald.log")):
                print(f"   log of {letter}: {line}", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("\nThe demo was interrupted.", file=sys.stderr, flush=True)
        code = 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        end_daemons(root)
        network.end()
        shutil.rmtree(root, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
