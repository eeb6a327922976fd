"""When a threshold row's counters reach their next lines: the year's bookings, the edition's lines, the projection.

`ledger status`, `check` and the dashboard put the same answer into a headroom: ``projected_crossing`` is the earliest
day among the row's counters on which a stricter tier is likely to be reached in this year, or None; ``projection`` says
which counter that is and how sure it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from .bookings import Booking, Slot, bookings_of
from .projection import Outlook, Step, project, steps_of

if TYPE_CHECKING:
    from ..field_maps.model import Edition, Row
    from ..scanner.check import Check
    from ..scanner.ledger import Book

NO_ROUTE = 0


@dataclass(frozen=True)
class Crossing:
    """A line ahead of a counter, and when it is reached."""

    counter: str
    tier: int
    line: int
    outlook: Outlook

    @property
    def order(self) -> tuple[Any, ...]:
        """Sort by the day, then by the chance; counters that are not known come last."""
        day = self.outlook.crossing or self.outlook.earliest or date.max
        return (not self.outlook.enough, day, -(self.outlook.chance or 0), self.line - self.outlook.persons)

    def to_dict(self) -> dict[str, Any]:
        """Return what stands beside ``projected_crossing``."""
        return {"counter": self.counter, "tier": self.tier, "line": self.line, **self.outlook.to_dict()}


def row_of(edition: Edition, slot: Slot) -> Row | None:
    """Return the threshold row of a slot, None when the edition has none of that name."""
    rows = [row for sector, row in edition.rows if (sector.id, row.id) == slot]
    return rows[0] if rows else None


def lines_ahead(row: Row, counts: Mapping[str, Any], tier: int | None, day: date) -> list[tuple[str, int, int]]:
    """Return (counter, tier, persons) of each counter's nearest line at which a stricter tier begins."""
    found: dict[str, tuple[str, int, int]] = {}
    for line in row.lines:
        persons = line.at.on(day)
        if persons is None or counts[line.counter] >= persons or not _stricter(line.tier, tier):
            continue
        if line.counter not in found or persons < found[line.counter][2]:
            found[line.counter] = (line.counter, line.tier, persons)
    return list(found.values())


def crossings(
    edition: Edition,
    slot: Slot,
    counts: Mapping[str, Any],
    tier: int | None,
    bookings: Iterable[Booking],
    as_of: date,
    extra: Mapping[str, Sequence[Step]] | None = None,
) -> list[Crossing]:
    """Return the lines ahead of a row's counters, the soonest first; `extra` are steps that are not booked yet."""
    row, bookings = row_of(edition, slot), list(bookings)
    found = []
    for counter, next_tier, line in lines_ahead(row, counts, tier, as_of) if row else ():
        steps = [*steps_of(bookings, slot, counter), *(extra or {}).get(counter, ())]
        found.append(Crossing(counter, next_tier, line, project(steps, as_of, line=line, persons=counts[counter])))
    return sorted(found, key=lambda crossing: crossing.order)


def with_projection(headroom: Mapping[str, Any] | None, found: Sequence[Crossing]) -> dict[str, Any] | None:
    """Return a headroom with its projection; None where no tier is ahead."""
    if headroom is None or not found:
        return dict(headroom) if headroom else None
    crossing = found[0].outlook.crossing
    return {
        **headroom,
        "projected_crossing": crossing.isoformat() if crossing else None,
        "projection": found[0].to_dict(),
    }


def of_check(checked: Check, book: Book, edition: Edition) -> dict[str, Any] | None:
    """Return a check's headroom with the projection of the year, this export included."""
    headroom = checked.verdict.headroom
    if headroom is None:
        return None
    bookings, new = bookings_of(book.history(), checked.projection.year), checked.projection
    found: list[Crossing] = []
    for slot, counts in new.rows.items():
        before = new.before_rows.get(slot)
        figures = counts.to_dict()
        extra = {
            name: [Step(checked.as_of, getattr(new.this_export, name), max(0, brought))]
            for name in ("non_sensitive", "sensitive", "any")
            if (brought := figures[name] - (getattr(before, name) if before else 0)) > 0
        }
        found += crossings(edition, slot, figures, checked.verdict.tier, bookings, checked.as_of, extra)
    return with_projection(headroom, sorted(found, key=lambda crossing: crossing.order))


def _stricter(tier: int, than: int | None) -> bool:
    """Tiers are numbered from the strictest, 1; 0 needs no route."""
    return than is None or than == NO_ROUTE or tier < than
