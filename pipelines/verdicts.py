"""The year's counters with the tier each has reached: `ledger status`, the dashboard and `commit` speak from here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..scanner.ledger import Book, Reservation
    from .config import Settings

SETS = ("non_sensitive", "sensitive", "any")


def status(book: Book, settings: Settings, year: int, as_of: date) -> dict[str, Any]:
    """Return ``exportgate.ledger/1``: the year in the ledger, each counter with its tier, headroom and projection."""
    from .. import field_maps
    from . import api, outlooks
    from .bookings import bookings_of

    document = book.status(year, as_of, now=api.now())
    bookings = bookings_of(book.history(), year)
    edition = field_maps.load(settings.list)
    for counter in document["counters"]:
        verdict = judge(counter, document["handler"], settings, as_of)
        slot = (counter["sector"], counter["row"])
        ahead = outlooks.crossings(edition, slot, counter, verdict["tier"], bookings, as_of)
        headroom = outlooks.with_projection(verdict["headroom"], ahead if as_of.year == year else ())
        counter.update(tier=verdict["tier"], headroom=headroom)
    return document


def crossed(book: Book, booked: Reservation, settings: Settings, as_of: date) -> list[str]:
    """Return a sentence for each threshold row of a booking that needs a route in its year; empty when none does."""
    document = status(book, settings, as_of.year, as_of)
    before = booked.projection
    rows = {row for _, row in before.rows} if before else {counter["row"] for counter in document["counters"]}
    return [
        f"{counter['sector']}/{counter['row']}: the year is at tier {counter['tier']} "
        f"with {counter['any']:,} persons; the transfer is booked"
        for counter in document["counters"]
        if counter["row"] in rows and counter["tier"]
    ]


def judge(counter: Mapping[str, Any], handler: Mapping[str, Any], settings: Settings, as_of: date) -> dict[str, Any]:
    """Return the verdict of one counter of the year, as if nothing but its persons were known."""
    from ..scanner import tiers

    config = settings.config
    facts = {
        "list": settings.list,
        "as_of": as_of.isoformat(),
        "handler": config.handler.model_dump(include={"ftz_area", "exports_from_ftz", "ciio"}, exclude_none=True),
        "sector": counter["sector"],
        "scenario": counter["row"],
        "counts": {name: counter[name] for name in SETS},
        "handler_counts": {name: handler[name] for name in (*SETS, "sensitive_with_accounts_or_diagnosis")},
    }
    verdict: dict[str, Any] = tiers.evaluate(tiers.Facts.from_dict(facts), config.answers).to_dict()
    return verdict
