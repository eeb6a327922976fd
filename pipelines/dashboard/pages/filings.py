"""Filings: what is on record, until when it holds, when to renew, how much is used, what contradicts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ....scanner import filing_calendar
from ....scanner.errors import ExportgateError
from ....scanner.ledger.model import FIGURES
from ...filings import recorded
from ..page import Page, number

SOON = 180
"""Days before an expiry or a renewal from which a person is told."""


@dataclass
class Held:
    """An approval as the exports' manifests stated it, most recently. `exports` and `recipients` used it."""

    path: str
    number: str
    facts: Mapping[str, Any]
    rows: set[tuple[str, str]] = field(default_factory=set)
    recipients: set[str] = field(default_factory=set)
    exports: int = 0


@dataclass(frozen=True)
class FilingLine:
    """An approval on record, ready to be shown."""

    path: str
    kind: str
    number: str
    status: str
    rows: list[str]
    recipients: list[str]
    exports: int
    since: str
    until: str
    days: int | None
    renew: str
    renew_days: int | None
    tone: str
    cap: str
    used: str
    share: float | None


def view(page: Page) -> dict[str, Any]:
    """Return what ``filings.html.j2`` shows."""
    return {
        "filings": [line(page, one) for one in held(page)],
        "consistency": consistency(page),
        "dates": dates(page),
        "incidents": [_incident(page, entry.body) for entry in page.year.entries if entry.kind == "incident"],
        "suspensions": list(page.year.status.get("suspensions", ())),
    }


def consistency(page: Page) -> list[dict[str, Any]]:
    """Return the year held against the filings the dashboard was started with; nothing without one."""
    if not page.year.filings:
        return []
    from ....scanner import filings as spot_check

    year, start = page.year, dt.date(page.year.year, 1, 1)
    until = min(year.day, dt.date(year.year, 12, 31))
    kept = recorded.Record(
        start,
        until,
        year.entries,
        tuple(one for one in year.bookings if one.state != "open" and one.day <= until),
        tuple(
            spot_check.Volume(year.year, until, c["sector"], c["row"], {name: int(c[name]) for name in FIGURES})
            for c in year.counters
        ),
        tuple(recorded.orders_of(year.entries)),
    )
    try:
        found = spot_check.verify(year.filings, kept.left, kept.volumes, kept.orders, year.edition, start, until)
    except ExportgateError as error:
        return [{"tone": "stop", "title": page.t("filings.unchecked"), "note": error.what, "found": []}]
    tone = "stop" if found.blocking else "go" if found.faithful else "review"
    title = {"stop": "filings.inconsistent", "go": "filings.consistent", "review": "filings.look"}[tone]
    against = ", ".join(one or page.t("unnamed") for one in found.numbers)
    note = page.t("filings.exports_checked", count=found.exports, year=year.year, what=against)
    shown = [_difference(page, one.to_dict()) for one in found.inconsistencies]
    return [{"tone": tone, "title": page.t(title), "note": note, "found": shown}]


def _difference(page: Page, one: Mapping[str, Any]) -> dict[str, str]:
    tone = {"block": "stop", "review": "review"}.get(one["level"], "plain")
    subject = f"{one['subject']}: " if one["subject"] else ""
    return {
        "tone": tone,
        "level": page.texts("spot_check.level." + one["level"]),
        "message": subject + one["message"][page.lang],
        "article": page.year.edition.citation(one["article"], page.lang),
        "exports": page.t("filings.evidence", count=one["exports"]),
    }


def held(page: Page) -> list[Held]:
    """Return the approvals that the history's exports named, each as last stated."""
    found: dict[tuple[str, str], Held] = {}
    for entry in page.year.entries:
        if entry.kind != "reserved":
            continue
        said = (entry.body.get("evidence") or {}).get("export") or {}
        for approval in said.get("approvals", ()):
            key = (str(approval.get("path", "")), str(approval.get("number") or ""))
            one = found.setdefault(key, Held(*key, approval))
            one.facts = approval
            one.rows |= {(str(said["sector"]), row) for row in approval.get("rows") or said["rows"]}
            one.recipients |= {str(entry.body.get("recipient") or "")} - {""}
            one.exports += 1
    return list(found.values())


def line(page: Page, one: Held) -> FilingLine:
    """Return an approval with its dates, its use and how urgent it is."""
    until, renew = _ends(page, one.facts)
    days = (until - page.year.day).days if until else None
    renew_days = (renew - page.year.day).days if renew else None
    status = str(one.facts.get("status") or "valid")
    cap, used = one.facts.get("max_persons"), _used(page, one)
    return FilingLine(
        one.path,
        page.t(f"approval.{one.path}"),
        one.number,
        page.t(f"approval_state.{status}"),
        [page.row(sector, row) for sector, row in sorted(one.rows)],
        sorted(one.recipients),
        one.exports,
        page.day(one.facts.get("opinion_date")),
        page.day(until),
        days,
        page.day(renew),
        renew_days,
        _tone(status, days, renew_days, used / cap if cap else None),
        number(cap) if cap else "",
        number(used),
        used / cap if cap else None,
    )


def next_expiry(page: Page) -> dict[str, Any] | None:
    """Return the approval that ends first."""
    known = [found for one in held(page) if (found := line(page, one)).days is not None]
    first = min(known, key=lambda one: one.days or 0, default=None)
    return {"days": first.days, "until": first.until, "what": f"{first.kind} {first.number}"} if first else None


def attention(page: Page) -> list[dict[str, str]]:
    """Return approvals that ended, are about to end, or are nearly used up."""
    found = []
    for one in (line(page, each) for each in held(page)):
        facts = {"what": f"{one.kind} {one.number}", "day": one.until, "renew": one.renew, "days": one.days}
        if one.days is not None and one.days < 0:
            found.append({"tone": "stop", "text": page.t("need.ended", **facts), "link": page.link("/filings")})
        elif one.tone in ("review", "stop") and one.renew_days is not None and one.renew_days <= SOON:
            found.append({"tone": one.tone, "text": page.t("need.renew", **facts), "link": page.link("/filings")})
        elif one.tone == "stop":
            found.append({"tone": "stop", "text": page.t("need.filing", **facts), "link": page.link("/filings")})
    return found


def dates(page: Page) -> list[dict[str, str]]:
    """Return the list's own dates, each with its article."""
    try:
        entries = filing_calendar.dates(page.year.edition, as_of=page.year.day)
    except ExportgateError:
        return []
    return [
        {
            "day": page.day(entry.day) or entry.when(page.lang),
            "what": entry.what.in_(page.lang),
            "note": entry.note.in_(page.lang),
            "article": page.year.edition.citation(entry.article, page.lang),
            "past": "past" if entry.day and entry.day < page.year.day else "",
        }
        for entry in entries
    ]


def _ends(page: Page, facts: Mapping[str, Any]) -> tuple[dt.date | None, dt.date | None]:
    """Return when an approval ends and when its renewal is due, as far as they are known."""
    until = dt.date.fromisoformat(str(facts["valid_until"])) if facts.get("valid_until") else None
    if not facts.get("opinion_date"):
        return until, None
    window = page.year.settings.config.readings.get("renewal_window", "")
    opinion = dt.date.fromisoformat(str(facts["opinion_date"]))
    try:
        known = filing_calendar.dates(page.year.edition, as_of=page.year.day, opinion=opinion, window=window)
    except ExportgateError:
        return until, None
    by_event = {entry.event: entry.day for entry in known}
    return until or by_event.get("validity"), by_event.get("renewal")


def _used(page: Page, one: Held) -> int:
    """Return the persons of the approval's rows this year; of several rows the sum, an upper bound."""
    return sum(c["any"] for c in page.year.counters if (c["sector"], c["row"]) in one.rows)


def _tone(status: str, days: int | None, renew_days: int | None, share: float | None) -> str:
    if status in ("suspended", "terminated") or (days is not None and days < 0) or (share is not None and share > 1):
        return "stop"
    near = [left for left in (days, renew_days) if left is not None]
    if status == "pending" or (near and min(near) <= SOON) or (share is not None and share >= 0.9):
        return "review"
    return "go"


def _incident(page: Page, body: Mapping[str, Any]) -> dict[str, str]:
    return {"day": page.day(str(body["on"])), "what": str(body["what"]), "export": str(body.get("export") or "")}
