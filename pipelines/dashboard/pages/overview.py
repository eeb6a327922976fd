"""Overview: how far each scenario is from its next tier and when it will be reached; what needs a person now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...bookings import Booking
from ..charts import Bullet, bullet, cumulative, trend
from ..page import Page, number
from . import filings


@dataclass(frozen=True)
class CounterLine:
    """One counter of a row against its lines."""

    name: str
    short: str
    persons: int
    bounds: str
    waiting: int
    bullet: Bullet
    tier: int
    left: int | None
    next_tier: str
    next_line: int | None
    share: float
    outlook: dict[str, str]
    said: str


@dataclass(frozen=True)
class ScenarioRow:
    """A threshold row with persons in the year."""

    link: str
    name: str
    sector: str
    tier: int | None
    tier_name: str
    tier_note: str
    counters: list[CounterLine]
    trend: str


def view(page: Page) -> dict[str, Any]:
    """Return what ``overview.html.j2`` shows."""
    year, status = page.year, page.year.status
    rows = sorted((scenario_row(page, counter) for counter in year.counters), key=_urgency)
    states = [one.state for one in year.bookings]
    return {
        "rows": rows,
        "national": _national(page),
        "silent": _silent(page),
        "handler": status.get("handler"),
        "booked": states.count("committed"),
        "voided": states.count("void"),
        "waiting": len(status["reservations"]),
        "next": _next(page),
        "unforeseen": _unforeseen(page),
        "expiry": filings.next_expiry(page),
        "attention": attention(page),
    }


def _urgency(row: ScenarioRow) -> float:
    """Sort rows by how near their fullest counter is to its next line, the nearest first."""
    return -max((line.share for line in row.counters if line.left is not None), default=1.0)


def scenario_row(page: Page, counter: Mapping[str, Any]) -> ScenarioRow:
    """Return a threshold row's counters against their lines."""
    sector, row = counter["sector"], counter["row"]
    ahead = {each["counter"]: each for each in counter.get("projections", ())}
    lines = [
        counter_line(page, counter, name, page.law.lines(sector, row, name, ()), ahead.get(name))
        for name in page.law.counters(sector, row, ())
    ]
    return ScenarioRow(
        page.link(f"/scenario/{sector}/{row}"),
        page.row(sector, row),
        page.sector(sector),
        counter["tier"],
        page.tier(counter["tier"]),
        page.tier_note(counter["tier"]),
        lines,
        trend(_steps(page.year.bookings, (sector, row)), page.year.year, _until(page)),
    )


def counter_line(
    page: Page, counter: Mapping[str, Any], name: str, lines: Sequence[Any], projection: Mapping[str, Any] | None
) -> CounterLine:
    """Return one counter against its lines, with what it is likely to come to."""
    persons, with_open = counter[name], counter.get("with_reservations", counter)[name]
    pairs = [(line.tier, line.persons) for line in lines]
    ahead = next(((tier, line) for tier, line in pairs if persons < line), None)
    reached = next((tier for tier, line in reversed(pairs) if persons >= line), 0)
    low, high = counter["lower"][name], counter["upper"][name]
    left = ahead[1] - persons if ahead else None
    said = page.t("bullet", persons=number(persons), lines="; ".join(f"{page.tier(t)} {line:,}" for t, line in pairs))
    return CounterLine(
        page.texts.word("counter", name),
        page.texts.word("counter_short", name),
        persons,
        "" if low == high else f"{low:,} – {high:,}",
        max(0, with_open - persons),
        bullet(persons, with_open, pairs),
        reached,
        left,
        page.tier(ahead[0]) if ahead else "",
        ahead[1] if ahead else None,
        persons / ahead[1] if ahead else 1.0,
        page.outlook(projection) if persons else {"when": "", "between": page.t("outlook.nobody"), "sure": ""},
        said,
    )


def _national(page: Page) -> list[CounterLine]:
    handler = page.year.status.get("handler")
    if not handler:
        return []
    with_open = page.year.status.get("handler_with_reservations", handler)
    counter = {**handler, "with_reservations": with_open}
    return [counter_line(page, counter, name, lines, None) for name, lines in page.law.national_lines().items()]


def _silent(page: Page) -> list[str]:
    """Return the names of rows nobody was booked under this year."""
    seen = {(counter["sector"], counter["row"]) for counter in page.year.counters}
    return [
        f"{page.sector(sector.id)}: {page.row(sector.id, row.id)}"
        for sector, row in page.year.edition.rows
        if (sector.id, row.id) not in seen
    ]


def _next(page: Page) -> dict[str, str] | None:
    """Return the crossing that is likely to come first."""
    found = [
        (each["crossing"], counter, each)
        for counter in page.year.counters
        for each in counter.get("projections", ())
        if each.get("crossing")
    ]
    if not found:
        return None
    day, counter, each = min(found, key=lambda one: one[0])
    name = page.row(counter["sector"], counter["row"])
    return {
        "when": page.day(day, short=True),
        "what": f"{name} → {page.tier(each['tier'])}",
        "between": page.outlook(each)["between"],
        "link": page.link(f"/scenario/{counter['sector']}/{counter['row']}", counter=each["counter"]),
    }


def _unforeseen(page: Page) -> bool:
    """Say whether some row has too few exports to tell when its next tier is reached."""
    return any(
        not each["enough_data"]
        for counter in page.year.counters
        for each in counter.get("projections", ())
        if counter[each["counter"]]
    )


def attention(page: Page) -> list[dict[str, str]]:
    """Return what needs a person, the most urgent first: each with its tone, a sentence and where to look."""
    status, link = page.year.status, page.link
    found = [
        _item("stop", page.t("need.suspended", order=order["order"]), link("/filings"))
        for order in status.get("suspensions", ())
    ]
    waits = (status.get("quarantine") or {}).get("any", 0)
    if waits:
        found.append(_item("stop", page.t("need.quarantine", persons=number(waits)), link("/exports")))
    for waiting in status["reservations"]:
        if waiting["state"] == "expired" or waiting.get("held"):
            said = {"export": waiting["export"], "day": page.day(waiting["expires"], short=True)}
            key = "need.held" if waiting.get("held") else "need.expired"
            found.append(_item("stop", page.t(key, **said), link(f"/exports/{waiting['id']}")))
    found += [
        _item("review", page.t(f"need.{alert['kind']}", entry=alert["entry"]), link("/exports"))
        for alert in status["alerts"]
        if alert["kind"] in ("demotion", "void", "clock")
    ]
    found += [
        _item(
            "review", page.t("need.undecided", export=one.export, columns=", ".join(names)), link(f"/exports/{one.id}")
        )
        for one, names in undecided_columns(page.year.bookings)
    ]
    return sorted(found + filings.attention(page), key=lambda item: item["tone"] != "stop")


def undecided_columns(bookings: Sequence[Booking]) -> list[tuple[Booking, list[str]]]:
    """Return the newest export of each kind that left with columns nobody has judged."""
    newest: dict[Any, Booking] = {}
    for one in bookings:
        if one.state in ("committed", "open", "held"):
            newest[one.series] = one
    found = [(one, [str(c["name"]) for c in one.columns if c.get("undecided")]) for one in newest.values()]
    return [(one, names) for one, names in found if names]


def _item(tone: str, text: str, link: str) -> dict[str, str]:
    return {"tone": tone, "text": text, "link": link}


def _steps(bookings: Sequence[Booking], slot: tuple[str, str]) -> list[tuple[date, int]]:
    return cumulative((one.day, one.brought[slot]["any"]) for one in bookings if slot in one.brought)


def _until(page: Page) -> date:
    return min(page.year.day, date(page.year.year, 12, 31))
