"""The year read back from the history adds up to what `ledger status` says, voids and all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from booked_year import AS_OF, FIVE, Year

from exportgate.pipelines import verdicts
from exportgate.pipelines.bookings import HANDLER, bookings_of
from exportgate.scanner.ledger.model import FIGURES

NOW = datetime(2026, 8, 31, 4, tzinfo=UTC)


def added_up(year: Year) -> dict[tuple[str, str], Counter[str]]:
    found: dict[tuple[str, str], Counter[str]] = {}
    for booking in bookings_of(year.book.history(), 2026):
        for slot, tally in booking.brought.items():
            found.setdefault(slot, Counter()).update(tally)
    return found


def test_the_steps_add_up_to_the_status(own_year: Year) -> None:
    first = own_year.book.history()[0].body["booking"]
    own_year.book.void(first, "never left", {"ticket": "T-1"}, now=NOW)
    status = own_year.book.status(2026, AS_OF, now=NOW)
    added = added_up(own_year)
    for counter in status["counters"]:
        assert {n: added[counter["sector"], counter["row"]][n] for n in FIGURES} == {n: counter[n] for n in FIGURES}
    assert added[HANDLER]["any"] == status["handler"]["any"]


def test_a_void_takes_its_persons_back_on_the_day_they_were_booked(own_year: Year) -> None:
    first = own_year.book.history()[0].body["booking"]
    own_year.book.void(first, "never left", {"ticket": "T-1"}, now=NOW)
    booking = bookings_of(own_year.book.history(), 2026)[0]
    assert (booking.state, booking.voided_on, booking.why) == ("void", date(2026, 8, 31), "never left")
    assert booking.day == date(2026, 1, 5)


def test_a_transfer_after_new_year_is_the_new_years(tmp_path: Path) -> None:
    year = Year(tmp_path)
    placed = year.reserve(FIVE[3], 0, date(2026, 12, 31))
    year.book.commit(placed.id, date(2027, 1, 2), now=datetime(2027, 1, 2, 4, tzinfo=UTC))
    assert bookings_of(year.book.history(), 2026) == []
    (booking,) = bookings_of(year.book.history(), 2027)
    assert (booking.day, booking.brought[HANDLER]["any"]) == (date(2027, 1, 2), FIVE[3].size)


def test_a_remote_access_brings_everyone_reachable_on_new_years_day(tmp_path: Path) -> None:
    year = Year(tmp_path)
    placed = year.reserve(replace(FIVE[3], mode="remote-access"), 0, date(2026, 6, 1))
    year.book.commit(placed.id, date(2026, 6, 1), now=datetime(2026, 6, 1, 4, tzinfo=UTC))
    year.send(FIVE[4], 0, date(2027, 2, 1))
    renewed, other = bookings_of(year.book.history(), 2027)
    assert (renewed.renewed_from, renewed.day, renewed.described["purpose"]) == (placed.id, date(2027, 1, 1), "service")
    assert (renewed.brought[HANDLER]["any"], other.brought[HANDLER]["any"]) == (FIVE[3].size, FIVE[4].size)


def test_status_tells_when_the_next_line_is_reached(booked: Year) -> None:
    rows = {c["row"]: c for c in verdicts.status(booked.book, booked.settings, 2026, AS_OF)["counters"]}
    trial = rows["trial-subjects"]["headroom"]
    assert trial["projection"]["enough_data"]
    assert set(rows) == {one.row for one in FIVE}


def test_a_year_that_is_over_is_not_projected(booked: Year) -> None:
    counters = verdicts.status(booked.book, booked.settings, 2026, date(2027, 2, 1))["counters"]
    assert all("projection" not in (counter["headroom"] or {}) for counter in counters)


def test_a_view_of_the_year_shows_what_fell_due_and_writes_nothing(own_year: Year) -> None:
    """A page that is opened on 2 January must not book the year's remote access, nor pass over it."""
    own_year.send(replace(FIVE[0], size=5, mode="remote-access"), 99, date(2026, 8, 31), export="query-access")
    before = own_year.book.history()
    status, _ = own_year.book.view(2027, date(2027, 1, 2), now=datetime(2027, 1, 2, 4, tzinfo=UTC))
    assert own_year.book.history() == before
    assert status["handler"]["any"] == 5
    assert status["chain"] == {"entries": len(before), "head": before[-1].mac}
    now = datetime(2026, 8, 31, 5, tzinfo=UTC)
    assert own_year.book.view(2026, AS_OF, now=now)[0] == own_year.book.status(2026, AS_OF, now=now)
