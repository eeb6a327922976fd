"""Booking with a register in memory books what booking from the tables books, to the last figure of the history."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_world import NOW, TODAY, Table, counts, draft_of, open_book, people, reserve

from exportgate.scanner import ledger
from exportgate.scanner.counting import Exclusion

FEW = st.integers(0, 5)
ROW = st.fixed_dictionaries(
    {
        "id": st.one_of(st.none(), FEW.map("35020319801010{0:03d}X".format)),
        "mid": st.one_of(st.none(), FEW.map("M{0:03d}".format)),
        "phone": st.one_of(st.none(), FEW.map("1391111{0:04d}".format)),
        "email": st.one_of(st.none(), FEW.map("p{0}@mail.cn".format)),
        "note": st.sampled_from(["x", None]),
        "ill": st.sampled_from(["I10", None]),
        "way": st.sampled_from(["counted", "contract"]),
    }
)
EXPORTS = st.lists(st.lists(ROW, min_size=1, max_size=6), min_size=2, max_size=6)
CONTRACT = (Exclusion("5(1)(i)", "way = 'contract'", {"contract": "x"}),)
BOOK = ledger.Book


def book_one(book: BOOK, number: int, rows: Any) -> None:
    draft = draft_of(book, Table(rows), exclusions=CONTRACT if "way" in rows[0] else ())
    book.commit(reserve(book, f"e{number}", draft).id, TODAY, now=NOW)


def told(book: BOOK) -> list[dict[str, Any]]:
    """What the history says of each booking, without the names, which follow from the keys of the ledger."""
    return [{k: v for k, v in entry.body.items() if k not in ("booking", "facts")} for entry in book.history()]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EXPORTS, st.integers(0, 5), st.integers(1, 3))
def test_a_register_changes_no_figure(exports: list[list[dict[str, Any]]], before: int, at_once: int) -> None:
    """Some exports are booked before the run begins, so that the register is read from the tables, too."""
    with TemporaryDirectory() as folder:
        plain, kept = (open_book(str(Path(folder) / f"{name}.duckdb")) for name in ("plain", "kept"))
        for number, rows in enumerate(exports):
            book_one(plain, number, rows)
        registers, run = ledger.Registers(), list(enumerate(exports))
        for number, rows in run[:before]:
            book_one(kept, number, rows)
        for low in range(before, len(run), at_once):
            with kept.together(registers):
                for number, rows in run[low : low + at_once]:
                    book_one(kept, number, rows)
        assert told(kept) == told(plain)
        assert kept.verify().ok


def test_what_another_process_books_in_between_is_counted(ledger_url: str) -> None:
    book, other, registers = open_book(ledger_url), open_book(ledger_url), ledger.Registers()
    for start in (0, 40, 80):
        with book.together(registers):
            book_one(book, start, people(start, start + 60).table.to_pylist())
        book_one(other, start + 1, people(start + 20, start + 70).table.to_pylist())
    assert counts(book)["any"] == 150
    assert book.verify().ok


def test_a_block_that_fails_leaves_nothing_in_the_register(ledger_url: str) -> None:
    book, registers = open_book(ledger_url), ledger.Registers()
    with book.together(registers):
        book_one(book, 1, people(0, 10).table.to_pylist())
    with pytest.raises(RuntimeError), book.together(registers):
        book_one(book, 2, people(5, 30).table.to_pylist())
        raise RuntimeError
    with book.together(registers):
        book_one(book, 3, people(25, 40).table.to_pylist())
    assert counts(book)["any"] == 25
    assert book.verify().ok


def test_a_year_that_takes_too_much_memory_is_counted_from_the_tables(embedded: BOOK) -> None:
    registers = ledger.Registers(most_bytes=200_000)
    for start in range(0, 3000, 500):
        with embedded.together(registers):
            book_one(embedded, start, people(start, start + 1000).table.to_pylist())
    assert counts(embedded)["any"] == 3500
    assert embedded.verify().ok


def test_what_is_taken_out_in_a_run_is_gone_for_the_run(ledger_url: str) -> None:
    """A void drops keys and links: what the register knew of them must not count again, nor be taken for known."""
    book, registers = open_book(ledger_url), ledger.Registers()
    with book.together(registers):
        book_one(book, 1, people(0, 10).table.to_pylist())
        book_one(book, 2, people(5, 20).table.to_pylist())
        book.void(book.bookings()[1].id, "never sent", {"proof": "x"}, now=NOW)
        book_one(book, 3, people(15, 30).table.to_pylist())
    assert counts(book)["any"] == 25
    assert book.verify().ok


def test_rows_told_again_demote_nobody_elses_key(ledger_url: str) -> None:
    """A weak key beside a chain that joins two persons stays, however often its row is told."""
    chain = [
        {"id": "350203198001010018", "phone": "13911110001"},
        {"phone": "13911110001", "email": "a@mail.cn"},
        {"email": "a@mail.cn", "id": "350203198001010026"},
    ]
    beside = [{"phone": "13911110001", "device": "d1"}, *({"device": "d1", "email": f"{who}@mail.cn"} for who in "bc")]
    rows = [{"id": None, "phone": None, "email": None, "device": None, "note": "x", **row} for row in chain + beside]
    book = open_book(ledger_url)
    book_one(book, 1, rows)
    once = counts(book)["upper"]["any"]
    book_one(book, 2, [{**row, "ill": "I10"} for row in rows])
    assert counts(book)["upper"]["any"] == once
