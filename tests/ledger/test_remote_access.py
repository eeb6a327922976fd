"""Remote access: booked when it opens, again each New Year, and taken back when it ended before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from ledger_world import (
    IN_2027,
    LATER,
    NEW_YEAR,
    NOW,
    TODAY,
    Table,
    any_in,
    counts,
    draft_of,
    people,
)

from exportgate.scanner import ledger
from exportgate.scanner.errors import UsageError


def grant(book: ledger.Book, data: Table, on: date, now: datetime, name: str = "crm-view", **more: Any) -> Any:
    """Open a remote access, or audit it again."""
    draft = draft_of(book, data, transfer_on=on)
    export = ledger.Export(name, on, **{"mode": "remote-access", **more})
    placed = book.reserve(export, draft, on, now + timedelta(days=1), now=now)
    return placed if placed.state == "committed" else book.commit(placed.id, on, now=now)


def test_remote_access_is_booked_again_each_new_year_until_it_ends(book: ledger.Book) -> None:
    access: dict[str, Any] = {"mode": "remote-access", "grant_ends": date(2028, 6, 30)}

    def audit(stop: int, on: date, now: datetime) -> ledger.Reservation:
        return grant(book, people(0, stop), on, now, **access)

    audit(1200, TODAY, NOW)
    assert counts(book)["any"] == 1200
    second = audit(1250, TODAY, NOW)
    assert (second.version, counts(book)["any"]) == (2, 1250)
    assert any_in(book, 2027, date(2026, 12, 31)) == 0
    assert any_in(book, 2027, NEW_YEAR) == 1250
    same = draft_of(book, people(0, 1250), transfer_on=NEW_YEAR)
    assert book.project(ledger.Export("other", NEW_YEAR), same, NEW_YEAR).new_persons.any == 0
    assert any_in(book, 2028, date(2028, 3, 1)) == 1250
    assert any_in(book, 2029, date(2029, 1, 1)) == 0
    assert [e.body["year"] for e in book.history() if e.kind == "renewed"] == [2027, 2027, 2028, 2028]
    assert book.verify().ok


def test_an_ended_grant_books_nobody(book: ledger.Book) -> None:
    export = ledger.Export("crm-view", TODAY, mode="remote-access")
    placed = book.reserve(export, draft_of(book, people(0, 5)), TODAY, LATER, now=NOW)
    book.commit(placed.id, TODAY, now=NOW)
    book.end_grant("crm-view", date(2026, 12, 20), "account closed", now=NOW)
    assert any_in(book, 2027, NEW_YEAR) == 0
    with pytest.raises(UsageError, match="no remote access of that name"):
        book.end_grant("crm-veiw", date(2026, 12, 20), "typo", now=NOW)


def test_looking_ahead_books_nothing(book: ledger.Book) -> None:
    """A status of next year shows who would be booked on 1 January, and leaves no trace: the grant may end before."""
    grant(book, people(0, 5), TODAY, NOW)
    before = book.history()
    assert book.status(2027, NEW_YEAR, now=NOW)["handler"]["any"] == 5
    seen = book.project(ledger.Export("x", NEW_YEAR), draft_of(book, people(0, 9), transfer_on=NEW_YEAR), NEW_YEAR)
    assert (seen.year_to_date.any, seen.new_persons.any) == (9, 4)
    assert book.history() == before
    assert book.status(2027, NEW_YEAR, now=IN_2027)["handler"]["any"] == 5
    assert [entry.kind for entry in book.history()[len(before) :]] == ["renewed"]


def test_who_was_booked_ahead_is_taken_back_when_the_grant_ended_before(book: ledger.Book) -> None:
    grant(book, people(0, 5), TODAY, NOW)
    ahead = draft_of(book, people(3, 9), transfer_on=NEW_YEAR)
    waiting = book.reserve(ledger.Export("next", NEW_YEAR), ahead, NEW_YEAR, LATER, now=NOW)
    assert any_in(book, 2027, NEW_YEAR) == 5
    book.end_grant("crm-view", date(2026, 12, 20), "account closed", now=NOW)
    assert any_in(book, 2027, NEW_YEAR) == 0
    book.commit(waiting.id, NEW_YEAR, now=IN_2027)
    assert any_in(book, 2027, NEW_YEAR) == 6
    assert book.verify().ok


def test_the_last_end_said_of_a_grant_holds_for_all_its_audits(book: ledger.Book) -> None:
    grant(book, people(0, 5), TODAY, NOW)
    grant(book, people(0, 7), TODAY, NOW, grant_ends=date(2026, 12, 15))
    assert any_in(book, 2027, NEW_YEAR) == 0


@pytest.mark.parametrize("last", [date(2026, 12, 15), date(2027, 6, 30)])
def test_the_same_members_with_another_end_change_the_end(book: ledger.Book, last: date) -> None:
    first = grant(book, people(0, 5), TODAY, NOW, grant_ends=date(2027, 3, 1))
    again = grant(book, people(0, 5), TODAY, NOW, grant_ends=last)
    assert (again.id, again.created) == (first.id, False)
    grant(book, people(0, 5), TODAY, NOW, grant_ends=last)
    assert [entry.kind for entry in book.history()].count("grant-changed") == 1
    assert any_in(book, 2027, NEW_YEAR) == (5 if last >= NEW_YEAR else 0)


def test_an_ended_grant_given_again_is_booked_again(book: ledger.Book) -> None:
    grant(book, people(0, 5), TODAY, NOW)
    book.end_grant("crm-view", TODAY - timedelta(days=1), "account closed", now=NOW)
    grant(book, people(0, 5), TODAY, NOW)
    assert any_in(book, 2027, NEW_YEAR) == 5


def test_a_grant_goes_on_when_the_keys_of_its_first_year_were_dropped(book: ledger.Book) -> None:
    grant(book, people(0, 5), TODAY, NOW)
    book.status(2027, NEW_YEAR, now=IN_2027)
    book.close_year(2026, now=IN_2027)
    in_2030 = datetime(2030, 1, 2, tzinfo=UTC)
    book.drop_keys(2026, "order 7 of the board", now=in_2030)
    assert [any_in(book, year, in_2030.date()) for year in (2026, 2027, 2028, 2029, 2030)] == [5] * 5
    assert any_in(book, 2031, date(2031, 1, 1)) == 5
    assert book.verify().ok
