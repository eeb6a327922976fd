"""What left in a period, read back from the ledger for the spot-check, the papers and the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ...scanner.filings import Left, Order, Verification, Volume
from ...scanner.ledger.model import FIGURES, Entry, in_china
from ..bookings import Booking, bookings_of

if TYPE_CHECKING:
    from ...scanner.filings import Filing
    from ...scanner.ledger import Book
    from ..config import Settings

WAITING = ("open", "held")


@dataclass(frozen=True)
class Record:
    """A period of the ledger: its bookings, what left, the persons of each year, the orders."""

    start: date
    end: date
    entries: tuple[Entry, ...]
    bookings: tuple[Booking, ...]
    volumes: tuple[Volume, ...]
    orders: tuple[Order, ...]

    @property
    def left(self) -> tuple[Left, ...]:
        """What left in the period, and what may have left."""
        return tuple(_left(booking) for booking in self.bookings if booking.state in ("committed", *WAITING))

    @property
    def chain(self) -> dict[str, Any]:
        """The ledger's entries and head, so that a reader can tell later that nothing was taken away."""
        return {"entries": len(self.entries), "head": self.entries[-1].mac if self.entries else ""}


def record(book: Book, start: date, end: date, now: datetime) -> Record:
    """Read the period from `start` to `end`, both included. A reservation that may still be used is no export yet."""
    entries, years = book.history(), range(start.year, end.year + 1)
    every = [booking for year in years for booking in bookings_of(entries, year) if start <= booking.day <= end]
    kept = [booking for booking in every if not _still_open(booking, now)]
    volumes: list[Volume] = []
    for year in years:
        if any(booking.year == year and booking.state == "committed" for booking in kept):
            volumes += _volumes(book, year, min(end, date(year, 12, 31)))
    return Record(start, end, tuple(entries), tuple(kept), tuple(volumes), tuple(orders_of(entries)))


def verify(
    filings: Sequence[Filing], book: Book, settings: Settings, start: date, end: date, now: datetime
) -> Verification:
    """Hold the ledger's exports of a period against filings."""
    from dataclasses import replace

    from ... import field_maps
    from ...scanner import filings as spot_check

    kept = record(book, start, end, now)
    edition = field_maps.load(settings.list)
    result = spot_check.verify(filings, kept.left, kept.volumes, kept.orders, edition, start, end)
    return replace(result, chain=kept.chain)


def orders_of(entries: Iterable[Entry]) -> list[Order]:
    """Return every order that suspended exports, with the moment it was lifted."""
    found: dict[str, Order] = {}
    closed: list[Order] = []
    for entry in entries:
        name = entry.body.get("order", "")
        if entry.kind == "suspended":
            found[name] = Order(name, entry.at, None, entry.body)
        elif entry.kind == "lifted" and name in found:
            order = found.pop(name)
            closed.append(Order(name, order.since, entry.at, order.body))
    return sorted([*closed, *found.values()], key=lambda order: order.since)


def _still_open(booking: Booking, now: datetime) -> bool:
    expires = booking.facts.get("expires")
    return booking.state == "open" and expires is not None and in_china(datetime.fromisoformat(expires)) > in_china(now)


def _volumes(book: Book, year: int, until: date) -> list[Volume]:
    counters = book.status(year, until)["counters"]
    return [
        Volume(year, until, counter["sector"], counter["row"], {name: int(counter[name]) for name in FIGURES})
        for counter in counters
    ]


def _left(booking: Booking) -> Left:
    said, facts = booking.described, booking.facts
    return Left(
        export=booking.export,
        booking=booking.id,
        day=booking.day,
        at=booking.settled_at or booking.reserved_at,
        sector=str(said.get("sector", "")),
        scenario=str(said.get("scenario", "")),
        rows=tuple(said.get("rows", ())),
        mode=str(facts.get("mode", "")),
        purpose=str(said.get("purpose", "")),
        recipient=str(facts.get("recipient", "")),
        country=str(facts.get("country", "")),
        columns=booking.columns,
        approvals=tuple(said.get("approvals", ())),
        persons=booking.persons,
        settled=booking.state == "committed",
    )
