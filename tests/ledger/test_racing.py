"""Many processes at once, and processes killed at any moment, on both stores."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ledger_world import TODAY, counts

from exportgate.scanner import ledger

START = """
import random, sys
sys.path[:0] = [{tests!r}]
from ledger_world import *
from exportgate.scanner import ledger
from exportgate.pipelines import postgres_store
book = postgres_store.open_ledger({url!r}, KEY) if "://" in {url!r} else ledger.open_ledger({url!r}, KEY)
"""
RACER = (
    START
    + """
for n in range({first}, {stop}):
    draft = draft_of(book, Table(members(n * 5, n * 5 + 10, mid="M{{:06d}}")))
    placed = reserve(book, f"e{{n}}", draft, decide=lambda seen: seen.year_to_date.any <= {line})
    if placed.id:
        done = book.commit(placed.id, TODAY, now=NOW)
        print("booked", n, flush=True)
"""
)


def start(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ))


@pytest.mark.slow
def test_racing_exports_never_pass_the_line(ledger_url: str, book: ledger.Book) -> None:
    """Eight processes, overlapping exports, headroom for about half of the persons."""
    line, each, tests = 200, 10, str(Path(__file__).parent)
    codes = [
        RACER.format(tests=tests, url=ledger_url, first=k * each, stop=k * each + each, line=line) for k in range(8)
    ]
    said = [child.communicate(timeout=250)[0] for child in [start(code) for code in codes]]
    booked = {int(text.split()[1]) for lines in said for text in lines.splitlines()}
    persons = {person for n in booked for person in range(n * 5, n * 5 + 10)}
    assert counts(book)["any"] == len(persons) <= line
    assert len(persons) > line - 10, "the headroom was used to the last export"
    assert book.verify().ok


KILLED = (
    START
    + """
chance = random.Random({seed})
for n in range(60):
    first = chance.randrange(200)
    placed = reserve(book, f"e{{n}}", draft_of(book, Table(members(first, first + 20, mid="M{{:06d}}"))))
    print("reserved", f"e{{n}}", first, flush=True)
    if chance.random() < 0.2:
        book.release(placed.id, "called off", now=NOW)
        print("released", f"e{{n}}", first, flush=True)
    elif placed.state == "open":
        book.commit(placed.id, TODAY, now=NOW)
        print("committed", f"e{{n}}", first, flush=True)
"""
)


@pytest.mark.slow
def test_killed_at_random_moments_nothing_acknowledged_is_lost(ledger_url: str, book: ledger.Book) -> None:
    chance = random.Random(7)
    for seed in range(4):
        child = start(KILLED.format(tests=str(Path(__file__).parent), url=ledger_url, seed=seed))
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        time.sleep(chance.uniform(0, 1.2))
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.read().splitlines()
        child.wait()
        states = {b.export: b.state for b in book.bookings()}
        for kind, export, *_ in (line.split() for line in lines if line.strip().count(" ") == 2):
            assert states.get(export) in ("committed", "released", "open"), (kind, export)
            if kind != "reserved":
                assert states[export] == kind
        found = book.verify()
        assert found.ok, found.problems
    booked = [b for b in book.bookings() if b.state == "committed"]
    assert booked
    assert book.status(2026, TODAY)["handler"]["any"] <= 220
