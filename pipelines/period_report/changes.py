"""What changed against the exports before: columns, purposes, documents; and what was done to the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ...scanner.free_text import plain, without_identifiers
from ...scanner.ledger.desk import day_of
from ...scanner.ledger.model import Entry
from ..bookings import Booking, bookings_of

if TYPE_CHECKING:
    from ..period import Period

KEPT = {"rekeyed", "master-changed", "closed", "reopened", "keys-dropped", "grant-ended"}
"""Entries of the ledger's own keeping that a reader of the period should know of."""


def changes(entries: Sequence[Entry], period: Period) -> list[dict[str, Any]]:
    """Return every change of the period, oldest first. The first export of a kind is a change as well."""
    years = sorted({int(entry.body["year"]) for entry in entries if "year" in entry.body})
    left = [one for year in years for one in bookings_of(entries, year) if one.state == "committed"]
    last: dict[tuple[str, ...], Booking] = {}
    found: list[dict[str, Any]] = []
    for one in sorted(left, key=lambda booking: (booking.day, booking.reserved_at)):
        if one.day > period.end:
            break
        flow, before = _flow(one), last.get(_flow(one))
        last[flow] = one
        if one.day >= period.start:
            found += _of_export(one, before)
    return sorted([*found, *_of_ledger(entries, period)], key=lambda change: str(change["day"]))


def _flow(one: Booking) -> tuple[str, ...]:
    said = one.described
    place = (str(said.get("sector", "")), str(said.get("scenario", "")))
    return (*place, plain(str(one.facts.get("recipient", ""))), str(one.facts.get("mode", "")))


def _of_export(one: Booking, before: Booking | None) -> Iterator[dict[str, Any]]:
    at = {"day": one.day.isoformat(), "export": one.export, "booking": one.id}
    if before is None:
        yield {
            **at,
            "change": "first-export",
            "was": "",
            "now": without_identifiers(str(one.facts.get("recipient", ""))),
        }
        return
    if one.version > 1 and one.export == before.export and not one.renewed_from:
        yield {**at, "change": "new-version", "was": str(before.version), "now": str(one.version)}
    for name, now, was in (
        ("columns", _columns(one), _columns(before)),
        ("documents", _documents(one), _documents(before)),
        ("purpose", [_purpose(one)], [_purpose(before)]),
        ("edition", [str(one.facts.get("rules", ""))], [str(before.facts.get("rules", ""))]),
    ):
        added, gone = [each for each in now if each not in was], [each for each in was if each not in now]
        if added or gone:
            yield {**at, "change": name, "was": ", ".join(gone), "now": ", ".join(added)}


def _columns(one: Booking) -> list[str]:
    return [f"{column['name']} ({column['kind']})" for column in one.columns]


def _documents(one: Booking) -> list[str]:
    approvals = one.described.get("approvals", ())
    return [" ".join(str(each[key]) for key in ("path", "number") if each.get(key)) for each in approvals]


def _purpose(one: Booking) -> str:
    return without_identifiers(str(one.described.get("purpose", "")))


def _of_ledger(entries: Iterable[Entry], period: Period) -> Iterator[dict[str, Any]]:
    for entry in entries:
        day = day_of(entry.at)
        if entry.kind in KEPT and period.start <= day <= period.end:
            told = (
                entry.body.get("why")
                or entry.body.get("order")
                or entry.body.get("export")
                or entry.body.get("year", "")
            )
            now = without_identifiers(str(told))
            yield {"day": day.isoformat(), "export": "", "booking": "", "change": entry.kind, "was": "", "now": now}
