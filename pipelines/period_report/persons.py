"""The distinct persons of a year's part: new in the days, year to date, and the way there, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ...scanner.ledger.model import FIGURES
from ..bookings import HANDLER, Booking, Slot, bookings_of

if TYPE_CHECKING:
    from ...field_maps.model import Edition
    from ...scanner.ledger import Book
    from ..config import Settings
    from ..period import Period


def of_year(book: Book, settings: Settings, edition: Edition, part: Period) -> dict[str, Any]:
    """Return a year's persons up to the part's last day, and those who are new since its first.

    The day of a transfer decides. New persons may be fewer than none: a void or a merge takes persons back.
    """
    from .. import verdicts

    year = part.start.year
    after = verdicts.status(book, settings, year, part.end)
    first = part.start == date(year, 1, 1)
    before = {} if first else book.status(year, part.start - timedelta(days=1))
    had = {(counter["sector"], counter["row"]): counter for counter in before.get("counters", ())}
    bookings = [booking for booking in bookings_of(book.history(), year) if booking.day <= part.end]
    return {
        "year": year,
        "from": part.start.isoformat(),
        "to": part.end.isoformat(),
        "handler": _counts(after["handler"], before.get("handler", {})),
        "rows": [_row(counter, had, bookings, edition, part) for counter in after["counters"]],
        "months": _months(bookings, part),
        "closed": bool(after.get("closed")),
    }


def _row(
    counter: Mapping[str, Any], had: Mapping[Slot, Any], bookings: list[Booking], edition: Edition, part: Period
) -> dict[str, Any]:
    slot = (counter["sector"], counter["row"])
    row = next((row for sector, row in edition.rows if (sector.id, row.id) == slot), None)
    name = {"en": row.name.en, "zh": row.name.zh} if row else {"en": slot[1], "zh": slot[1]}
    lines = [
        {"counter": line.counter, "tier": line.tier, "persons": persons}
        for line in (row.lines if row else ())
        if (persons := line.at.on(part.end)) is not None
    ]
    return {
        "sector": slot[0],
        "row": slot[1],
        "name": name,
        "exports": sum(
            booking.state == "committed" and part.start <= booking.day and slot in booking.rows for booking in bookings
        ),
        **_counts(counter, had.get(slot, {})),
        "tier": counter["tier"],
        "headroom": counter["headroom"],
        "lines": lines,
        "steps": _steps(bookings, slot, counter, part),
    }


def _counts(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    return {"new": _less(now, before), "year_to_date": {key: now[key] for key in (*FIGURES, "lower", "upper")}}


def _less(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: now[name] - before.get(name, 0) for name in FIGURES}
    for bound in ("lower", "upper"):
        found[bound] = {name: now[bound][name] - (before.get(bound) or {}).get(name, 0) for name in FIGURES}
    return found


def _steps(bookings: list[Booking], slot: Slot, counter: Mapping[str, Any], part: Period) -> list[dict[str, Any]]:
    """Return the row's persons day by day from 1 January; the last step is what the ledger says now."""
    days: dict[date, dict[str, int]] = {}
    total = dict.fromkeys(FIGURES[:3], 0)
    for booking in sorted(bookings, key=lambda one: one.day):
        brought = booking.brought.get(slot)
        if brought and any(brought.values()):
            total = {name: total[name] + brought[name] for name in total}
            days[booking.day] = total
    found = [{"day": day.isoformat(), **figures} for day, figures in days.items()]
    said = {name: counter[name] for name in total}
    if found and {name: found[-1][name] for name in total} != said:
        found.append({"day": part.end.isoformat(), **said})
    return found


def _months(bookings: list[Booking], part: Period) -> list[dict[str, Any]]:
    """Return the new persons of the handler and the exports, month by month of the part."""
    found = []
    for month in range(part.start.month, part.end.month + 1):
        mine = [booking for booking in bookings if booking.day.month == month and part.start <= booking.day]
        left = [booking for booking in mine if booking.state == "committed"]
        new = sum(booking.brought.get(HANDLER, {}).get("any", 0) for booking in mine)
        found.append({"month": f"{part.start.year}-{month:02d}", "exports": len(left), "new_persons": new})
    return found
