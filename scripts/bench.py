#!/usr/bin/env python3
"""Measures two real daemons on this host over loopback: scripts/bench.py DIRECTORY-OF-BINARIES [ROUNDS]

Prints one line a figure: median and worst. Absolute times say little of another machine; run it before and after.
"""
import json
import os
import select
import signal
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

BIN = os.path.abspath(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 20


class Control:
    """A line of JSON each way over a home's control socket."""

    def __init__(self, home):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(os.path.join(home, "control.sock"))
        self.reader = self.socket.makefile("rb")
        self.number = 0

    def send(self, method, params=None):
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params or {}}
        self.socket.sendall(json.dumps(message).encode() + b"\n")
        return self.number

    def line(self):
        return json.loads(self.reader.readline())

    def call(self, method, params=None):
        number = self.send(method, params)
        while True:
            answer = self.line()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]


def run(home, *words):
    return subprocess.run(
        [os.path.join(BIN, "mutual"), "--home", home, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True)


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.002)
    raise RuntimeError("not within %d s" % seconds)


def spread(name, values, unit="ms"):
    print(f"{name}: median {statistics.median(values):.2f} {unit}, worst {max(values):.2f} {unit}, of {len(values)}")


def pid(home):
    return json.loads(run(home, "status", "--json").stdout)["pid"]


def memory(process):
    with open(f"/proc/{process}/smaps_rollup") as rollup:
        fields = dict(line.split(":") for line in rollup if ":" in line and line.split(":")[0] in ("Rss", "Anonymous"))
    return int(fields["Rss"].split()[0]) / 1024, int(fields["Anonymous"].split()[0]) / 1024


def switches(process):
    total = 0
    for thread in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{thread}/status") as status:
            total += sum(int(line.split()[1]) for line in status if "ctxt_switches" in line)
    return total


def main():
    base = tempfile.mkdtemp(prefix="mb", dir="/tmp")
    a, b = os.path.join(base, "a"), os.path.join(base, "b")
    try:
        for home, name in ((a, "Alder"), (b, "Birch")):
            assert run(home, "init", "--name", name).returncode == 0
            assert run(home, "start").returncode == 0
        ids = [json.loads(run(home, "whoami", "--json").stdout)["id"] for home in (a, b)]
        alder, birch = Control(a), Control(b)
        alder.call("people.add", {"id": ids[1], "name": "Birch"})
        birch.call("people.add", {"id": ids[0], "name": "Alder"})

        def mutual(control):
            return all(one["standing"] == "mutual" for one in control.call("people.list")["people"])

        until(lambda: mutual(alder) and mutual(birch))
        birch_events = Control(b)
        birch_events.call("events.subscribe", {"since": 0})

        def wait_for(kind, count=1):
            while count:
                if birch_events.line().get("params", {}).get("kind") == kind:
                    count -= 1

        # One at a time.
        accepted, delivered = [], []
        for number in range(200):
            start = time.perf_counter()
            alder.call("item.give", {"to": ["Birch"], "kind": "note", "text": "x" * 200})
            middle = time.perf_counter()
            wait_for("item.arrived")
            end = time.perf_counter()
            accepted.append((middle - start) * 1000)
            delivered.append((end - middle) * 1000)
        spread("sent to accepted", accepted)
        spread("accepted to arrived", delivered)

        # 512 waiting.
        process = pid(b)
        os.kill(process, signal.SIGSTOP)
        for number in range(512):
            alder.send("item.give", {"to": ["Birch"], "kind": "note", "text": "x" * 200})
        for number in range(512):
            alder.line()
        start = time.perf_counter()
        os.kill(process, signal.SIGCONT)
        wait_for("item.arrived", 512)
        print(f"512 waiting: {512 / (time.perf_counter() - start):.0f} items a second")

        # Back after a kill, with something waiting.
        heal = []
        for number in range(ROUNDS):
            os.kill(pid(b), signal.SIGKILL)
            birch_events.socket.close()
            alder.call("item.give", {"to": ["Birch"], "kind": "note", "text": "waiting"})
            # Beacons lead to one dial in two seconds at most, and rounds are not to wait for each other.
            time.sleep(2.5)
            assert run(b, "start").returncode == 0
            start = time.perf_counter()
            until(lambda: not alder.call("outbox.list")["items"])
            heal.append((time.perf_counter() - start) * 1000)
        spread("daemon answers to everything delivered, after kill -9", heal)

        status = []
        for number in range(ROUNDS):
            start = time.perf_counter()
            run(a, "status")
            status.append((time.perf_counter() - start) * 1000)
        spread("mutual status, whole process", status)

        # A search that finds nothing looks at everything; another client asks meanwhile, as fast as it is answered.
        have = 512 + 200 + ROUNDS
        while have < 10_000:
            some = min(500, 10_000 - have)
            for number in range(some):
                alder.send("item.give", {"to": ["Birch"], "kind": "note", "text": "x" * 200})
            for number in range(some):
                alder.line()
            have += some
        other, searches, waits = Control(a), [], []
        for number in range(ROUNDS):
            start = time.perf_counter()
            asked = alder.send("search.list", {"text": "nowhere"})
            while True:
                begin = time.perf_counter()
                other.call("identity.get")
                waits.append((time.perf_counter() - begin) * 1000)
                if select.select([alder.socket], [], [], 0)[0]:
                    break
            assert alder.line()["id"] == asked
            searches.append((time.perf_counter() - start) * 1000)
        spread("search through 10,000 items", searches)
        spread("another call meanwhile", waits)

        process = pid(a)
        rss, anonymous = memory(process)
        print(f"memory of the daemon: {rss:.1f} MiB resident, {anonymous:.1f} MiB anonymous")
        before = switches(process)
        time.sleep(float(os.environ.get("IDLE_SECONDS", "60")))
        print(f"context switches in an idle minute with one session: {switches(process) - before}")
    finally:
        for home in (a, b):
            run(home, "stop")
        shutil.rmtree(base, ignore_errors=True)


main()
