"""The number the law asks for: distinct persons since 1 January, across exports."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ledger_world import KEY, NOW, TODAY, Table, counts, draft_of, members, plan_of, project, reserve, send

from exportgate.scanner import counting, ledger
from exportgate.scanner.errors import LedgerError, UsageError


def test_two_exports_with_persons_in_common(embedded: ledger.Book) -> None:
    book = embedded
    first = Table(members(0, 300_000, mid="M{:08d}"))
    second = Table(members(200_000, 500_000, mid="M{:08d}"))
    assert project(book, first).new_persons.any == 300_000
    booked = send(book, "a", first)
    seen = project(book, second)
    assert (seen.new_persons.any, seen.year_to_date.any) == (200_000, 500_000)
    send(book, "b", second)
    again = reserve(book, "a", draft_of(book, first))
    assert (again.id, again.created, again.state) == (booked.id, False, "committed")
    assert counts(book)["any"] == 500_000


def test_order_and_batches_do_not_matter(book: ledger.Book) -> None:
    table = members(0, 1000, mid="M{:05d}", phone="139{:08d}")
    shuffled = table.take(list(reversed(range(1000))))
    assert draft_of(book, Table(table)).content == draft_of(book, Table(shuffled)).content


def test_other_rows_without_identity_are_other_persons_and_the_same_rows_are_not(book: ledger.Book) -> None:
    send(book, "a", [{"mid": None, "note": "one"}, {"mid": None, "note": "two"}])
    assert project(book, [{"mid": None, "note": "two"}, {"mid": None, "note": "one"}]).new_persons.any == 0
    seen = project(book, [{"mid": None, "note": "three"}, {"mid": None, "note": "four"}])
    assert (seen.new_persons.any, seen.new_persons.lower.any, seen.year_to_date.any) == (2, 0, 4)


def test_released_persons_are_forgotten_and_reserved_ones_are_not(book: ledger.Book) -> None:
    held = reserve(book, "a", draft_of(book, Table(members(0, 10, mid="M{:05d}"))))
    assert project(book, Table(members(5, 15, mid="M{:05d}"))).year_to_date.any == 15
    book.release(held.id, "the transfer was called off", now=NOW)
    assert project(book, Table(members(5, 15, mid="M{:05d}"))).year_to_date.any == 10
    assert book.verify().ok


def test_void_takes_back_only_what_nobody_else_sent(book: ledger.Book) -> None:
    send(book, "a", Table(members(0, 10, mid="M{:05d}")))
    b = send(book, "b", Table(members(5, 15, mid="M{:05d}")))
    with pytest.raises(UsageError, match="reason and evidence"):
        book.void(b.id, "", {}, now=NOW)
    book.void(b.id, "the line was down", {"ticket": "INC-7"}, now=NOW)
    assert counts(book)["any"] == 10
    send(book, "b", Table(members(5, 15, mid="M{:05d}")))
    assert counts(book)["any"] == 15
    assert book.verify().ok


def test_decide_runs_under_the_lock_and_may_refuse(book: ledger.Book) -> None:
    draft = draft_of(book, Table(members(0, 10, mid="M{:05d}")))
    refused = reserve(book, "a", draft, decide=lambda projection: projection.year_to_date.any < 10)
    assert (refused.state, refused.id) == ("refused", "")
    assert project(book, Table(members(0, 3, mid="M{:05d}"))).year_to_date.any == 3
    assert [entry.kind for entry in book.history()] == []


def test_a_cell_decides_not_a_column(book: ledger.Book) -> None:
    rows = [{"mid": f"M{i}", "note": "x", "ill": "I10" if i < 3 else "N/A"} for i in range(10)]
    send(book, "a", rows)
    seen = counts(book)
    assert (seen["non_sensitive"], seen["sensitive"], seen["sensitive_with_accounts_or_diagnosis"]) == (10, 3, 3)


def test_another_key_is_refused_in_one_sentence(embedded: ledger.Book) -> None:
    book = embedded
    with pytest.raises(LedgerError, match=r"the key \(fingerprint [0-9a-f]{16}\) is not this ledger's"):
        ledger.open_ledger(Path(book.store.name), "00" * 32)


def test_a_missing_column_names_the_nearest(book: ledger.Book) -> None:
    data = Table([{"mid": "M1", "note": "x"}])
    plan = plan_of(data)
    source = counting.SourcePlan("people", plan.sources[0].items, {"phone": "mit"})
    with pytest.raises(UsageError, match="no such column: mit") as error:
        counting.read(counting.Plan("retail", "membership", (source,), TODAY), [data], book.keys(2026))
    assert error.value.hint == "did you mean mid?"


def test_no_raw_value_in_any_byte_of_the_ledger(embedded: ledger.Book) -> None:
    book = embedded
    rows = [{"id": "35020319900307123X", "phone": "13959876543", "email": "canary.bird@nest.cn", "note": "canary-note"}]
    booked = send(book, "a", rows)
    book.void(booked.id, "never left", {"ticket": 1}, now=NOW)
    send(book, "a", rows)
    folder = Path(book.store.name).parent
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    for raw in ("35020319900307123", "13959876543", "canary.bird", "canary-note", "19900307", "3959876543"):
        assert raw.encode() not in everything


KILL = """
import sys; sys.path[:0] = [{tests!r}]
from ledger_world import *
from exportgate.scanner import ledger
book = ledger.open_ledger({path!r}, KEY)
for n in range(100):
    people = Table(members(n * 50, n * 50 + 100, mid="M{{:06d}}", phone="139{{:08d}}"))
    booked = reserve(book, f"e{{n}}", draft_of(book, people))
    print("reserved", n, flush=True)
    book.commit(booked.id, TODAY, now=NOW)
    print("committed", n, flush=True)
"""


@pytest.mark.parametrize("seconds", [0.02, 0.05, 0.11, 0.17, 0.3])
def test_killed_at_any_moment_the_ledger_is_before_or_after(tmp_path: Path, seconds: float) -> None:
    path = str(tmp_path / "k.duckdb")
    code = KILL.format(tests=str(Path(__file__).parent), path=path)
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert child.stdout is not None
    said = [child.stdout.readline()]
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    said += child.stdout.read().split("\n")
    book = ledger.open_ledger(path, KEY)
    acknowledged = sum(line.startswith("committed") for line in said)
    kinds = [entry.kind for entry in book.history()]
    assert acknowledged <= kinds.count("committed") <= acknowledged + 1
    assert counts(book)["any"] == (kinds.count("committed") * 50 + 50 if "committed" in kinds else 0)
    assert book.verify().ok
