"""The year read back from the ledger's history: what each booking brought, row by row. Counts nothing itself.

Every figure is a difference of counts that the ledger wrote down, so the steps of a row add up to what `ledger status`
says of it. A void takes its persons back on the day they were booked; a later merge shows as a negative step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..scanner.ledger.desk import day_of
from ..scanner.ledger.model import FIGURES, Entry

HANDLER = ("", "")
"""The slot that stands for all rows together."""
BOUNDS = ("lower", "upper")
Slot = tuple[str, str]
Tally = dict[str, int]


@dataclass
class Booking:
    """One export on record. `brought` is what it added to each row when it was committed (and lost when voided)."""

    id: str
    export: str
    version: int
    state: str
    reserved_at: str
    day: date
    facts: Mapping[str, Any]
    brought: dict[Slot, Tally] = field(default_factory=dict)
    lower: dict[Slot, Tally] = field(default_factory=dict)
    voided_on: date | None = None
    why: str = ""
    year: int = 0
    renewed_from: str = ""
    settled_at: str = ""

    @property
    def persons(self) -> Tally:
        """The distinct persons of the export itself."""
        return {name: int(self.facts["this_export"].get(name, 0)) for name in FIGURES}

    @property
    def rows(self) -> tuple[Slot, ...]:
        """The threshold rows to which it brought somebody."""
        return tuple(slot for slot, tally in self.brought.items() if slot != HANDLER and any(tally.values()))

    @property
    def series(self) -> tuple[str, ...]:
        """What makes two exports two deliveries of one dataset: sector, scenario, recipient and purpose."""
        said = self.described
        named = (said.get("sector"), said.get("scenario"), self.facts.get("recipient"), said.get("purpose"))
        return tuple(str(part or "") for part in named)

    @property
    def described(self) -> Mapping[str, Any]:
        """What the manifest said of it, as far as the ledger keeps it."""
        found: Mapping[str, Any] = (self.facts.get("evidence") or {}).get("export") or {}
        return found

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The columns that left, as far as the ledger keeps them."""
        return list((self.facts.get("evidence") or {}).get("columns") or ())


def bookings_of(entries: Iterable[Entry], year: int) -> list[Booking]:
    """Return the bookings of a year in the order in which they were made.

    The day of the transfer decides the year: what was reserved in December and left in January is January's. A remote
    access that is still open on 1 January is a booking of the new year as well (`renewed_from` names the first one).
    """
    found: dict[str, Booking] = {}
    before: dict[Slot, Mapping[str, Any]] = {}
    for entry in entries:
        body = entry.body
        if entry.kind == "reserved":
            found[body["booking"]] = _reserved(entry)
        elif entry.kind == "renewed":
            found[body["booking"]] = _renewed(entry, found[body["renewed_from"]])
        if (booking := found.get(body.get("booking", ""))) is None or entry.kind == "reserved":
            continue
        _follow(booking, entry)
        if entry.kind in ("committed", "void", "renewed", "assigned") and body["year"] == year:
            after = _slots(body)
            _bring(booking, before, after)
            before = after
    return [booking for booking in found.values() if booking.year == year]


def _reserved(entry: Entry) -> Booking:
    body = entry.body
    day = date.fromisoformat(body["transfer_on"])
    return Booking(body["booking"], body["export"], body["version"], "open", entry.at, day, body, year=body["year"])


def _renewed(entry: Entry, first: Booking) -> Booking:
    body = entry.body
    return Booking(
        id=body["booking"],
        export=body["export"],
        version=body["version"],
        state="committed",
        reserved_at=entry.at,
        day=date.fromisoformat(body["on"]),
        facts=first.facts,
        year=body["year"],
        settled_at=entry.at,
        renewed_from=first.id,
    )


def _follow(booking: Booking, entry: Entry) -> None:
    states = {"committed": "committed", "released": "released", "held": "held", "void": "void", "assigned": "assigned"}
    booking.state = states.get(entry.kind, booking.state)
    booking.why = str(entry.body.get("why", booking.why))
    if entry.kind == "committed":
        booking.day, booking.year = date.fromisoformat(entry.body["on"]), entry.body["year"]
        booking.settled_at = entry.at
    elif entry.kind == "void":
        booking.voided_on = day_of(entry.at)


def _slots(body: Mapping[str, Any]) -> dict[Slot, Mapping[str, Any]]:
    rows: dict[Slot, Mapping[str, Any]] = {}
    for name, counts in body["counts"].items():
        sector, _, row = name.partition("/")
        rows[sector, row] = counts
    rows[HANDLER] = body["handler"]
    return rows


def _bring(booking: Booking, before: Mapping[Slot, Any], after: Mapping[Slot, Any]) -> None:
    for slot, counts in after.items():
        had = before.get(slot, {})
        for told, place, was in (
            (counts, booking.brought, had),
            (counts["lower"], booking.lower, had.get("lower", {})),
        ):
            tally = place.setdefault(slot, dict.fromkeys(FIGURES, 0))
            for name in FIGURES:
                tally[name] += int(told.get(name, 0)) - int(was.get(name, 0))
