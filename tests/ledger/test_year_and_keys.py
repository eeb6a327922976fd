"""New Year, closing, a new master key, incidents, demotions: what a year of the ledger goes through."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ledger_world import (
    IN_2027,
    KEY,
    LATER,
    NEW_YEAR,
    NOW,
    TODAY,
    any_in,
    counts,
    draft_of,
    people,
    project,
    reserve,
    send,
)

from exportgate.scanner import ledger
from exportgate.scanner.errors import LedgerError, UsageError


def test_the_transfer_date_decides_the_year_and_the_persons_move(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    waiting = reserve(book, "b", draft_of(book, people(5, 20)))
    done = book.commit(waiting.id, NEW_YEAR, now=IN_2027)
    assert (done.year, any_in(book, 2026, NEW_YEAR), any_in(book, 2027, NEW_YEAR)) == (2027, 10, 15)
    following = draft_of(book, people(0, 20), transfer_on=NEW_YEAR)
    assert book.project(ledger.Export("c", NEW_YEAR), following, NEW_YEAR).new_persons.any == 5
    assert book.verify().ok


def test_an_expired_reservation_keeps_its_headroom_and_is_loud(book: ledger.Book) -> None:
    waiting = reserve(book, "a", draft_of(book, people(0, 10)))
    late = LATER + timedelta(days=3)
    status = book.status(2026, late.date(), now=late)
    assert [(r["state"], r["export"]) for r in status["reservations"]] == [("expired", "a")]
    assert [alert["kind"] for alert in status["alerts"]] == ["expired"]
    assert project(book, people(5, 15)).year_to_date.any == 15
    assert book.commit(waiting.id, TODAY, now=late).state == "committed"
    assert book.history()[-1].body["expired"] is True


def test_a_closed_year_takes_no_late_booking_until_it_is_reopened(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    with pytest.raises(UsageError, match="is not over"):
        book.close_year(2026, now=NOW)
    book.close_year(2026, now=IN_2027)
    with pytest.raises(UsageError, match="the year 2026 is closed") as refused:
        reserve(book, "late", draft_of(book, people(10, 12)))
    assert "--reopen" in refused.value.hint
    book.reopen_year(2026, "a December file was found", now=IN_2027)
    send(book, "late", people(10, 12))
    assert book.verify().ok


def test_a_year_with_an_open_reservation_cannot_be_closed(book: ledger.Book) -> None:
    reserve(book, "a", draft_of(book, people(0, 10)))
    with pytest.raises(UsageError, match="1 reservations of 2026 are open"):
        book.close_year(2026, now=IN_2027)


def test_keys_are_dropped_only_by_order_and_after_the_record_duty(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    book.close_year(2026, now=IN_2027)
    with pytest.raises(UsageError, match="kept until 2030-01-01"):
        book.drop_keys(2026, "order 7 of the board", now=datetime(2029, 12, 31, tzinfo=UTC))
    book.drop_keys(2026, "order 7 of the board", now=datetime(2030, 1, 2, tzinfo=UTC))
    assert any_in(book, 2026, date(2030, 1, 2)) == 10
    assert book.verify().ok


def test_rekey_changes_every_stored_key_and_no_count(embedded: ledger.Book) -> None:
    book = embedded
    send(book, "a", people(0, 50))
    with book.store.transaction() as session:
        before = session.everything(2026)[0].keys.copy()
    book.rekey("fresh random text", now=NOW)
    with book.store.transaction() as session:
        after = session.everything(2026)[0].keys
    assert not (before == after).all(axis=1).any()
    again = ledger.open_ledger(Path(book.store.name), KEY)
    assert project(again, people(0, 60)).new_persons.any == 10
    assert again.verify().ok


def test_a_remote_access_carried_over_a_new_master_key_is_an_alert(embedded: ledger.Book) -> None:
    """Its persons have another form than those of the new key's year: counted twice at worst, and never silently."""
    export = ledger.Export("grant", TODAY, mode="remote-access", grant_ends=None)
    placed = embedded.reserve(export, draft_of(embedded, people(0, 10)), TODAY, LATER, now=NOW)
    embedded.commit(placed.id, TODAY, now=NOW)
    embedded.change_master("ab" * 32, 2027, now=NOW)
    new = ledger.open_ledger(Path(embedded.store.name), "ab" * 32)
    send(new, "b", people(5, 15), on=NEW_YEAR)
    status = new.status(2027, NEW_YEAR)
    assert status["handler"]["any"] == 20  # the five in both count twice
    assert [(alert["kind"], alert["export"]) for alert in status["alerts"]] == [("master-key", "grant")]
    assert new.status(2026, TODAY)["alerts"] == []


def test_a_new_master_key_takes_effect_on_1_january(embedded: ledger.Book) -> None:
    book = embedded
    send(book, "a", people(0, 10))
    with pytest.raises(UsageError, match="takes effect on a 1 January"):
        book.change_master("ab" * 32, 2026, now=NOW)
    book.change_master("ab" * 32, 2027, now=NOW)
    path = Path(book.store.name)
    old, new = ledger.open_ledger(path, KEY), ledger.open_ledger(path, "ab" * 32)
    assert old.keys(2026) == new.keys(2026)
    with pytest.raises(LedgerError, match="a new master key is in force from 2027"):
        old.keys(2027)
    send(new, "b", people(5, 15), on=NEW_YEAR)
    assert (any_in(new, 2026, TODAY), any_in(new, 2027, NEW_YEAR)) == (10, 10)
    assert new.verify().ok


def test_an_order_suspends_until_it_is_lifted(book: ledger.Book) -> None:
    book.suspend("CAC-2026-9", {"rows": ["membership"]}, now=NOW)
    assert [order["order"] for order in book.suspensions()] == ["CAC-2026-9"]
    with pytest.raises(UsageError, match="no such order"):
        book.lift("CAC-2026-8", "typo", now=NOW)
    book.lift("CAC-2026-9", "letter of 3 December", now=NOW)
    assert book.suspensions() == ()
    book.incident("a laptop was lost", export="a", suspend=True, now=NOW)
    assert [entry.body["what"] for entry in book.incidents()] == ["a laptop was lost"]
    assert len(book.suspensions()) == 1


def test_a_past_day_counts_the_transfers_up_to_it(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    later = NOW + timedelta(days=2)
    placed = book.reserve(ledger.Export("b", TODAY), draft_of(book, people(5, 30)), TODAY, LATER, now=later)
    book.commit(placed.id, later.date(), now=later)
    assert [any_in(book, 2026, day) for day in (date(2026, 11, 22), TODAY, later.date())] == [0, 10, 30]
    assert len(book.history(TODAY)) == 2


def test_demotion_that_raises_the_count_is_an_alert(book: ledger.Book) -> None:
    a, b = "350203199003071235", "350203198511112222"
    send(book, "1", [{"id": a, "phone": "13911110001", "note": "x"}])
    send(book, "2", [{"phone": "13911110001", "email": "p@mail.cn", "note": "x"}])
    assert counts(book)["any"] == 1
    seen = project(book, [{"id": b, "phone": "13911110001", "note": "x"}])
    assert (seen.new_persons.any, seen.newly_demoted) == (2, 1)
    voided = send(book, "3", [{"id": b, "phone": "13911110001", "note": "x"}])
    status = book.status(2026, TODAY)
    assert (status["demoted_keys"], [alert["kind"] for alert in status["alerts"]]) == (1, ["demotion"] * 2)
    assert [(a["counter"], a["before"], a["after"]) for a in status["alerts"]] == [
        ("non_sensitive", 1, 2),
        ("any", 1, 2),
    ]
    assert counts(book)["any"] == 3
    book.void(voided.id, "it never left", {"ticket": 3}, now=NOW)
    assert counts(book)["any"] == 1
    assert book.status(2026, TODAY)["alerts"] == []
    assert book.verify().ok


def test_what_a_commitment_undoes_is_the_same_whether_it_was_foretold_or_counted_again(tmp_path: Path) -> None:
    """A reservation says what it will undo; what was booked in between makes the commitment count again."""
    told = []
    for between in (False, True):
        chance, book = random.Random(11), ledger.open_ledger(tmp_path / f"{between}.duckdb", KEY)
        said = []
        for n in range(25):
            rows: list[dict[str, Any]] = [
                {
                    "id": f"35020319900307{chance.randrange(30):04d}" if chance.random() < 0.5 else None,
                    "phone": f"139111100{chance.randrange(20):02d}",
                    "email": f"p{chance.randrange(30)}@mail.cn" if chance.random() < 0.5 else None,
                    "note": "x",
                }
                for _ in range(3)
            ]
            placed = reserve(book, str(n), draft_of(book, rows))
            if between:
                other = reserve(book, f"other {n}", draft_of(book, [{"phone": "13922220000", "note": "x"}]))
                book.release(other.id, "not needed", now=NOW)
            book.commit(placed.id, TODAY, now=NOW)
            said.append(book.history()[-1].body["raised"])
        told.append((said, counts(book)))
        assert book.verify().ok
    assert told[0] == told[1]
    assert any(told[0][0])


def test_voiding_a_link_is_an_alert(book: ledger.Book) -> None:
    send(book, "1", [{"mid": "M1", "note": "x"}])
    send(book, "2", [{"phone": "13911110001", "note": "x"}])
    link = send(book, "3", [{"mid": "M1", "phone": "13911110001", "note": "x"}])
    assert counts(book)["any"] == 1
    book.void(link.id, "it never left", {"ticket": 3}, now=NOW)
    assert counts(book)["any"] == 2
    assert [alert["kind"] for alert in book.status(2026, TODAY)["alerts"]] == ["void"] * 2
