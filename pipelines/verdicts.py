"""The year's counters with the tier each has reached: `ledger status`, the dashboard and `commit` speak from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ..scanner.facts_of_export import FILING_KEYS
from ..scanner.numbers import number_of
from . import outlooks

if TYPE_CHECKING:
    from ..field_maps import Edition
    from ..scanner.ledger import Book, Reservation
    from .bookings import Booking
    from .config import Settings

OUTSIDE_FACTS = ("columns", "recipient", "max_persons")
"""What of an approval is checked against the shipment, not by the tier rules."""
SETS = ("non_sensitive", "sensitive", "any")


def status(book: Book, settings: Settings, year: int, as_of: date) -> dict[str, Any]:
    """Return ``exportgate.ledger/1``: the year in the ledger, each counter with its tier, headroom and projection."""
    from . import api
    from .bookings import bookings_of

    document = book.status(year, as_of, now=api.now())
    return judged(document, bookings_of(book.history(), year), settings, as_of)


def judged(document: dict[str, Any], bookings: Sequence[Booking], settings: Settings, as_of: date) -> dict[str, Any]:
    """Return a year's status as the ledger gives it with the tier, headroom and projection of each counter."""
    from .. import field_maps

    edition = field_maps.load(settings.list)
    for counter in document["counters"]:
        verdict = judge(counter, document["handler"], settings, as_of)
        slot = (counter["sector"], counter["row"])
        ahead = outlooks.crossings(edition, slot, counter, verdict["tier"], bookings, as_of)
        ahead = ahead if as_of.year == document["year"] else []
        counter.update(tier=verdict["tier"], headroom=outlooks.with_projection(verdict["headroom"], ahead))
        counter["projections"] = [crossing.to_dict() for crossing in ahead]
    for alert in document["alerts"]:
        _name_the_line(alert, edition, as_of)
    return document


def _name_the_line(alert: dict[str, Any], edition: Edition, day: date) -> None:
    """Say of an alert which line its figure went over, if any: the strictest tier of those it passed."""
    row = outlooks.row_of(edition, (alert["sector"], alert["row"])) if "counter" in alert else None
    passed = [
        (line.tier, persons)
        for line in (row.lines if row else ())
        if line.counter == alert["counter"]
        and (persons := line.at.on(day)) is not None
        and alert["before"] < persons <= alert["after"]
    ]
    if passed:
        tier, persons = min(passed)
        alert["crossed"] = {"tier": tier, "persons": persons}
        alert["what"] += f", over the line of {persons:,} (tier {tier})"


def undone(book: Book, booked: Reservation, settings: Settings, as_of: date) -> list[dict[str, Any]]:
    """Return the alerts of the last entry of a booking: figures that rose because it undid links."""
    last = max((entry.seq for entry in book.history() if entry.body.get("booking") == booked.id), default=0)
    return [alert for alert in status(book, settings, booked.year, as_of)["alerts"] if alert.get("entry") == last]


def crossed(book: Book, booked: Reservation, settings: Settings, as_of: date) -> list[str]:
    """Return a sentence for each threshold row of a booking whose year needs a route that the export did not hold."""
    from . import api

    export: Mapping[str, Any] = {}
    for entry in book.history():
        if entry.kind == "reserved" and entry.body.get("booking") == booked.id:
            if not entry.body["this_export"]["upper"]["any"]:
                return []  # nobody left with it: nothing to route, whatever the year stands at
            export = (entry.body.get("evidence") or {}).get("export") or {}
    approvals = [{key: a[key] for key in a if key not in OUTSIDE_FACTS} for a in export.get("approvals", ())]
    document = book.status(booked.year, as_of, now=api.now())
    found = []
    for counter in document["counters"]:
        if export and (counter["sector"] != export["sector"] or counter["row"] not in export["rows"]):
            continue
        verdict = judge(counter, document["handler"], settings, as_of, approvals)
        if not verdict["allowed"]:
            found.append(
                f"{counter['sector']}/{counter['row']}: the year is at tier {verdict['tier']} with "
                f"{number_of(counter['any'], 'person')} and the route is not held; the transfer is booked"
            )
    return found


def judge(
    counter: Mapping[str, Any],
    handler: Mapping[str, Any],
    settings: Settings,
    as_of: date,
    approvals: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the verdict of one counter of the year, as if nothing but its persons and the approvals were known."""
    from ..scanner import tiers

    config = settings.config
    facts: dict[str, Any] = {
        "list": settings.list,
        "as_of": as_of.isoformat(),
        "handler": config.handler.model_dump(include={"ftz_area", "exports_from_ftz", "ciio"}, exclude_none=True),
        "sector": counter["sector"],
        "scenario": counter["row"],
        "counts": {name: counter[name] for name in SETS},
        "handler_counts": {name: handler[name] for name in (*SETS, "sensitive_with_accounts_or_diagnosis")},
    }
    if approvals:
        facts["approvals"] = [dict(approval) for approval in approvals]
    filing = next((approval for approval in approvals if "opinion" in approval), None)
    if filing:
        facts["filing"] = {key: filing[key] for key in FILING_KEYS if key in filing}
    verdict: dict[str, Any] = tiers.evaluate(tiers.Facts.from_dict(facts), config.answers).to_dict()
    return verdict
