"""A scenario: its counter over the year against the thresholds, who received what, what was taken out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...bookings import Booking
from ..charts import NARROW, WIDE, StepChart, Story, cumulative, step_chart
from ..page import Page, number, signed
from .exports import ExportLine, lines
from .overview import CounterLine, scenario_row

NEWEST = 12
NOBODY = {"non_sensitive": 0, "sensitive": 0, "any": 0, "sensitive_with_accounts_or_diagnosis": 0}


@dataclass(frozen=True)
class Recipient:
    """Who received exports of the scenario, and how many persons first left through them."""

    name: str
    country: str
    exports: int
    new: int
    share: float
    last: str


def view(page: Page, sector: str, row: str) -> dict[str, Any] | None:
    """Return what ``scenario.html.j2`` shows; None when the edition has no such row and nobody was booked under one."""
    year, slot = page.year, (sector, row)
    counter = next((c for c in year.counters if (c["sector"], c["row"]) == slot), None)
    names = page.law.counters(sector, row, ())
    if counter is None and not names:
        return None
    counter = counter or _empty(sector, row)
    shown = scenario_row(page, counter)
    chosen = page.asked.get("counter", "")
    chosen = chosen if chosen in names else _telling(shown.counters, names)
    bookings = [
        one for one in year.bookings if (slot in one.brought and any(one.brought[slot].values())) or _in(one, slot)
    ]
    story = _story(page, counter, chosen, bookings)
    newest = [one for one in year.newest_first if one in bookings]
    return {
        "row": shown,
        "at": (sector, row),
        "chosen": chosen,
        "tabs": [
            {"id": n, "name": line.name, "link": page.link(f"/scenario/{sector}/{row}", counter=n)}
            for n, line in zip(names, shown.counters, strict=True)
        ],
        "line": next((line for n, line in zip(names, shown.counters, strict=True) if n == chosen), None),
        "charts": [("wide", step_chart(story, WIDE)), ("narrow", step_chart(story, NARROW))],
        "points": _points(page, bookings, slot, chosen),
        "recipients": _recipients(page, bookings, slot, chosen),
        "excluded": _excluded(bookings),
        "exports": lines(page, newest[:NEWEST], slot),
        "more": len(newest) - NEWEST,
        "all": page.link("/exports", row=f"{sector}/{row}"),
        "articles": _articles(page, sector, row, chosen),
    }


def _empty(sector: str, row: str) -> dict[str, Any]:
    return {"sector": sector, "row": row, **NOBODY, "lower": NOBODY, "upper": NOBODY, "tier": 0, "headroom": None}


def _telling(found: Sequence[CounterLine], names: Sequence[str]) -> str:
    """Return the counter that is nearest to its next line among those that hold anybody."""
    ranked = sorted(zip(found, names, strict=True), key=lambda one: (one[0].persons == 0, -one[0].persons))
    return ranked[0][1] if ranked else "any"


def _in(booking: Booking, slot: tuple[str, str]) -> bool:
    return booking.described.get("sector") == slot[0] and slot[1] in booking.described.get("rows", ())


def _story(page: Page, counter: Mapping[str, Any], chosen: str, bookings: Sequence[Booking]) -> Story:
    slot = (counter["sector"], counter["row"])
    projection = next((p for p in counter.get("projections", ()) if p["counter"] == chosen), None)
    ends = projection["year_end"] if projection and projection["enough_data"] else None
    booked = [one for one in bookings if slot in one.brought]
    return Story(
        page.year.year,
        cumulative((one.day, one.brought[slot].get(chosen, 0)) for one in booked),
        cumulative((one.day, one.lower[slot].get(chosen, 0)) for one in booked),
        [(one.day, one.brought[slot].get(chosen, 0), one.id, one.state == "void") for one in booked],
        [(line.tier, line.persons) for line in page.law.lines(*slot, chosen, ())],
        min(page.year.day, date(page.year.year, 12, 31)),
        (ends["low"], ends["likely"], ends["high"]) if ends else None,
    )


def _points(page: Page, bookings: Sequence[Booking], slot: tuple[str, str], chosen: str) -> list[dict[str, Any]]:
    """Return what the chart says of each day with exports, for the reader's pointer and for the table."""
    found: dict[date, dict[str, Any]] = {}
    total = 0
    for one in sorted((b for b in bookings if slot in b.brought), key=lambda b: b.day):
        new = one.brought[slot].get(chosen, 0)
        total += new
        point = found.setdefault(one.day, {"day": page.day(one.day, short=True), "new": 0, "exports": []})
        point["new"] += new
        point["total"] = number(total)
        point["exports"].append(one.export)
    return [{**p, "new": signed(p["new"]), "exports": ", ".join(p["exports"])} for p in found.values()]


def _recipients(page: Page, bookings: Sequence[Booking], slot: tuple[str, str], chosen: str) -> list[Recipient]:
    groups: dict[tuple[str, str], list[Booking]] = {}
    for one in bookings:
        if one.state == "committed":
            key = (str(one.facts.get("recipient") or ""), str(one.facts.get("country") or ""))
            groups.setdefault(key, []).append(one)
    new = {key: sum(b.brought.get(slot, {}).get(chosen, 0) for b in group) for key, group in groups.items()}
    whole = sum(new.values()) or 1
    found = [
        Recipient(
            key[0] or page.t("unnamed"), key[1], len(group), new[key], max(0, new[key]) / whole, _last(page, group)
        )
        for key, group in groups.items()
    ]
    return sorted(found, key=lambda one: -one.new)


def _last(page: Page, group: Sequence[Booking]) -> str:
    return page.day(max(one.day for one in group), short=True)


def _excluded(bookings: Sequence[Booking]) -> list[dict[str, Any]]:
    """Sum up what was taken out before counting. Persons are counted per export: one person may stand in several."""
    found: dict[str, dict[str, Any]] = {}
    for one in bookings:
        if one.state != "committed":
            continue
        for each in one.facts.get("excluded", ()):
            basis = found.setdefault(each["basis"], {"basis": each["basis"], "exports": 0, "persons": 0, "rows": 0})
            basis["exports"] += 1
            basis["persons"] += each["persons"]
            basis["rows"] += each["rows"]
    return sorted(found.values(), key=lambda one: one["basis"])


def _articles(page: Page, sector: str, row: str, chosen: str) -> list[dict[str, str]]:
    from ...outlooks import row_of

    known, edition = row_of(page.year.edition, (sector, row)), page.year.edition
    if known is None:
        return []
    found = []
    for line in known.lines:
        persons = line.at.on(page.year.day)
        if line.counter == chosen and persons is not None:
            article = edition.citation(line.article, page.lang)
            found.append(
                {"tier": page.tier(line.tier), "at": str(line.tier), "persons": number(persons), "article": article}
            )
    return found


__all__ = ["ExportLine", "Recipient", "StepChart", "view"]
