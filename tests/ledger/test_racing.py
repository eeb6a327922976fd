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


LENGTHS = [pytest.param(10, marks=pytest.mark.slow), pytest.param(25, marks=pytest.mark.soak)]


@pytest.mark.parametrize("each", LENGTHS)
def test_racing_exports_never_pass_the_line(ledger_url: str, book: ledger.Book, each: int) -> None:
    """Eight processes, overlapping exports, headroom for about half of the persons."""
    tests = str(Path(__file__).parent)
    line = (8 * each * 5 + 5) // 2
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
    name = f"{seed}-{{n}}-{{first}}"
    draft = draft_of(book, Table(members(first, first + 20, mid="M{{:06d}}", phone="139{{:08d}}")))
    placed = reserve(book, name, draft)
    print("reserved", name, flush=True)
    what = chance.random()
    if what < 0.2:
        book.release(placed.id, "called off", now=NOW)
        print("released", name, flush=True)
    elif what < 0.4:
        book.rekey(name, now=NOW)
        print("rekeyed", name, flush=True)
    else:
        book.commit(placed.id, TODAY, now=NOW)
        print("committed", name, flush=True)
        if what > 0.9:
            book.void(placed.id, "never left", {{"ticket": n}}, now=NOW)
            print("void", name, flush=True)
"""
)
KILLS = [pytest.param(4, marks=pytest.mark.slow), pytest.param(50, marks=[pytest.mark.soak, pytest.mark.timeout(1500)])]


@pytest.mark.parametrize("kills", KILLS)
def test_killed_at_random_moments_nothing_acknowledged_is_lost(ledger_url: str, book: ledger.Book, kills: int) -> None:
    """During reserve, commit, release, void, fold and rekey: each is whole or has not been."""
    chance, said = random.Random(7), dict[str, str]()
    for seed in range(kills):
        child = start(KILLED.format(tests=str(Path(__file__).parent), url=ledger_url, seed=seed))
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(chance.randrange(1, 15))]
        time.sleep(chance.uniform(0, 0.3))
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.read().splitlines()
        child.wait()
        for kind, name in (line.split() for line in lines if line.strip().count("-") == 2):
            said[name] = said.get(name, "reserved") if kind == "rekeyed" else kind
        states = {b.export: b.state for b in book.bookings()}
        for name, kind in said.items():
            after = {"reserved": ("open", "released", "committed"), "committed": ("committed", "void")}
            assert states.get(name) in after.get(kind, (kind,)), (kind, name)
        found = book.verify()
        assert found.ok, found.problems
        sent = {int(name.rsplit("-", 1)[1]) for name, state in states.items() if state == "committed"}
        persons = {person for first in sent for person in range(first, first + 20)}
        assert book.status(2026, TODAY)["handler"]["any"] == len(persons)
    assert sent
