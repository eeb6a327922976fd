"""Exports: the year's history with what each brought, the tier it met and what became of it; filtered and searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...bookings import HANDLER, Booking
from ..page import Page, number, signed

PER_PAGE = 50
STATES = ("committed", "open", "expired", "held", "void", "released", "assigned")


@dataclass(frozen=True)
class ExportLine:
    """An export in the list."""

    id: str
    export: str
    version: int
    link: str
    day: str
    scenario: str
    recipient: str
    country: str
    persons: str
    new: str
    tier: int
    tier_name: str
    state: str
    state_name: str
    undecided: int


def view(page: Page) -> dict[str, Any]:
    """Return what ``exports.html.j2`` shows."""
    found = [one for one in page.year.newest_first if _matches(page, one)]
    pages = max(1, -(-len(found) // PER_PAGE))
    at = min(pages, max(1, _whole(page.asked.get("page", "1"))))
    asked = {name: page.asked.get(name, "") for name in ("q", "state", "row", "recipient", "since", "until")}
    return {
        "exports": lines(page, found[(at - 1) * PER_PAGE : at * PER_PAGE]),
        "found": len(found),
        "all": len(page.year.bookings),
        "asked": asked,
        "states": [(state, page.t(f"state.{state}")) for state in STATES],
        "rows": [(f"{c['sector']}/{c['row']}", page.row(c["sector"], c["row"])) for c in page.year.counters],
        "recipients": sorted(
            {str(one.facts.get("recipient")) for one in page.year.bookings if one.facts.get("recipient")}
        ),
        "at": at,
        "pages": pages,
        "earlier": page.link("/exports", **asked, page=at + 1) if at < pages else "",
        "later": page.link("/exports", **asked, page=at - 1) if at > 1 else "",
        "filtered": any(asked.values()),
    }


def lines(page: Page, bookings: Iterable[Booking], slot: tuple[str, str] | None = None) -> list[ExportLine]:
    """Return exports as the list shows them; with a `slot`, what they brought to that row."""
    return [_line(page, one, slot) for one in bookings]


def state_of(page: Page, booking: Booking) -> str:
    """Return a booking's state; an open one whose time has passed is ``expired``."""
    waiting = {one["id"]: one for one in page.year.status["reservations"]}
    return "expired" if waiting.get(booking.id, {}).get("state") == "expired" else booking.state


def tier_after(page: Page, booking: Booking) -> int:
    """Return the strictest tier that the counters of the export's rows had reached with it, by their lines alone."""
    reached = []
    for name, counts in booking.facts["counts"].items():
        sector, _, row = name.partition("/")
        if sector == booking.described.get("sector") and row in booking.described.get("rows", ()):
            for counter in page.law.counters(sector, row, ()):
                lines_ = page.law.lines(sector, row, counter, ())
                reached += [line.tier for line in lines_ if counts[counter] >= line.persons]
    return min(reached, default=0)


def scenario_name(page: Page, booking: Booking) -> str:
    """Return the name of an export's scenario."""
    said = booking.described
    if not said:
        return ""
    name = page.law.scenario_name(str(said.get("sector", "")), str(said.get("scenario", "")))
    return name[:1].upper() + name[1:]


def _line(page: Page, one: Booking, slot: tuple[str, str] | None) -> ExportLine:
    state, tier = state_of(page, one), tier_after(page, one)
    brought = one.brought.get(slot or HANDLER)
    if state == "void":
        new = number(0)
    elif brought is None or state != "committed":
        new = f"({signed(int(one.facts['new_persons']['any']))})"
    else:
        new = signed(brought["any"])
    return ExportLine(
        one.id,
        one.export,
        one.version,
        page.link(f"/exports/{one.id}"),
        page.day(one.day, short=True),
        scenario_name(page, one),
        str(one.facts.get("recipient") or ""),
        str(one.facts.get("country") or ""),
        number(one.persons["any"]),
        new,
        tier,
        page.tier(tier),
        state,
        page.t(f"state.{state}"),
        sum(bool(column.get("undecided")) for column in one.columns),
    )


def _matches(page: Page, one: Booking) -> bool:
    asked = page.asked
    text = asked.get("q", "").strip().casefold()
    if text and text not in _words(page, one):
        return False
    if asked.get("state") and state_of(page, one) != asked["state"]:
        return False
    if asked.get("recipient") and one.facts.get("recipient") != asked["recipient"]:
        return False
    if asked.get("row") and not _has_row(one, asked["row"]):
        return False
    return _within(one.day, asked.get("since", ""), asked.get("until", ""))


def _words(page: Page, one: Booking) -> str:
    said: Sequence[Any] = (
        one.export,
        one.id,
        one.facts.get("recipient"),
        one.facts.get("country"),
        one.described.get("purpose"),
        scenario_name(page, one),
        one.why,
        *(column["name"] for column in one.columns),
        *(approval.get("number") for approval in one.described.get("approvals", ())),
    )
    return "\n".join(str(part) for part in said if part).casefold()


def _has_row(one: Booking, row: str) -> bool:
    sector, _, name = row.partition("/")
    return one.described.get("sector") == sector and name in one.described.get("rows", ())


def _within(day: date, since: str, until: str) -> bool:
    written = day.isoformat()
    return (not since or since <= written) and (not until or written <= until)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
