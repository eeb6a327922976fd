"""Tampering, and a ledger that cannot be used: each is found, and said in one sentence."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from ledger_world import (
    KEY,
    NOW,
    TODAY,
    people,
    project,
    send,
)

from exportgate.scanner import ledger
from exportgate.scanner.errors import LedgerError, UsageError

TAMPERING = {
    "an entry edited": (
        "update entry set body = replace(body, '\"version\":1', '\"version\":2') where seq = 1",
        "edited",
    ),
    "an entry made unreadable": ("update entry set body = 'x' where seq = 1", "entry 1 was edited"),
    "an entry without a body": ("update entry set body = null where seq = 2", "entry 2 was edited"),
    "an entry removed": ("delete from entry where seq = 2", "missing"),
    "an entry repeated": ("insert into entry select * from entry where seq = 2", "out of order"),
    "entries swapped": ("update entry set seq = 7 - seq where seq in (3, 4)", "order|follow"),
    "the tail cut": ("delete from entry where seq = 4", "head is not in the history"),
    "a fact removed": ("delete from fact_2026 where first = 3", "not those that were booked"),
    "a fact repeated": ("insert into fact_2026 select * from fact_2026 where first = 3", "not those that were booked"),
    "a fact added": ("insert into fact_2026 select 99, first, rest, mask, basis from fact_2026", "no booking"),
    "a link cut": ("update fact_2026 set rest = null where first = 3", "not those that were booked|otherwise"),
    "a node removed": ("delete from node_2026 where id = 3", "missing"),
    "a key taken for another": (
        "update node_2026 set key = (select key from node_2026 where id = 4) where id = 3",
        "not those that were booked",
    ),
    "a component moved": ("update node_2026 set comp = 0", "linked otherwise"),
    "an item added": ("update fact_2026 set mask = 2 where first = 3", "do not follow"),
    "an exclusion slipped in": ("update fact_2026 set basis = 1 where first = 3", "do not follow"),
    "a count edited": ("update meta set body = replace(body, ': 15', ': 9') where name = 'year/2026'", "were edited"),
    "the year's state made unreadable": ("update meta set body = '' where name = 'year/2026'", "were edited"),
    "the year's state gone": ("delete from meta where name = 'year/2026'", "not those of the bookings"),
}


def tamper(url: str, *statements: str) -> None:
    """Edit the tables as somebody would who has the store and not the key."""
    if "://" in url:
        import psycopg

        with psycopg.connect(url) as connection:
            connection.execute("set search_path to exportgate")
            for statement in statements:
                connection.execute(statement)
        return
    with duckdb.connect(url) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("what", TAMPERING)
def test_verify_finds_tampering(ledger_url: str, book: ledger.Book, what: str) -> None:
    statement, said = TAMPERING[what]
    send(book, "a", people(0, 10))
    send(book, "b", people(5, 15))
    head = book.history()[-1].mac
    assert book.verify(head).ok
    tamper(ledger_url, statement)
    found = book.verify(head)
    assert not found.ok
    assert any(re.search(said, problem) for problem in found.problems), found.problems


@pytest.mark.parametrize("edit", ['replace(body, \'"salt": "0"\', \'"salt": "1"\')', "'x'", "'{}'"])
def test_an_edited_keyring_opens_nothing(ledger_url: str, book: ledger.Book, edit: str) -> None:
    """Another salt would make a stranger of everybody who was ever booked."""
    send(book, "a", people(0, 10))
    tamper(ledger_url, f"update meta set body = {edit} where name = 'keyring'")
    with pytest.raises(LedgerError, match="keyring was edited"):
        project(book, people(0, 3))


def test_an_older_state_put_back_stops_the_gate(ledger_url: str, book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    with book.store.transaction() as session:
        older = session.meta("year/2026")
    send(book, "b", people(5, 15))
    tamper(ledger_url, f"update meta set body = '{older}' where name = 'year/2026'")
    with pytest.raises(LedgerError, match="an older state was put back"):
        project(book, people(0, 3))


def test_a_broken_chain_stops_everything_else(embedded: ledger.Book) -> None:
    book = embedded
    send(book, "a", people(0, 10))
    with duckdb.connect(book.store.name) as connection:
        connection.execute("update entry set moment = '2026-01-01T00:00:00+00:00' where seq = 1")
    with pytest.raises(LedgerError, match="entry 1 was edited"):
        project(book, people(0, 3))


def test_a_truncated_file_is_one_sentence(embedded: ledger.Book) -> None:
    book = embedded
    send(book, "a", people(0, 10))
    path = Path(book.store.name)
    path.write_bytes(path.read_bytes()[:4000])
    with pytest.raises(LedgerError, match="could not be used"):
        ledger.open_ledger(path, KEY)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LedgerError, match="could not be used"):
        ledger.open_ledger(tmp_path / "x.duckdb", KEY)


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="No such file or directory"):
        ledger.open_ledger(tmp_path / "none" / "x.duckdb", KEY)


@pytest.mark.parametrize("key", ["", "xyz", "ab" * 31, b"short"])
def test_a_key_that_is_none_is_bad_usage(tmp_path: Path, key: str | bytes) -> None:
    with pytest.raises(UsageError, match="64 hexadecimal characters"):
        ledger.open_ledger(tmp_path / "x.duckdb", key)


def test_a_clock_set_back_is_recorded_and_said(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    book.incident("test", now=NOW - timedelta(days=3))
    assert [alert["kind"] for alert in book.status(2026, TODAY)["alerts"]] == ["clock"]
    assert book.verify().ok
