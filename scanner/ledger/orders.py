"""Incidents, and orders of an authority that suspend exports until lifted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ..errors import UsageError
from .desk import Desk, day_of
from .model import Entry


def add_incident(desk: Desk, on: date, what: str, details: Mapping[str, Any], now: datetime) -> Entry:
    """Record an incident: when, what happened, and whatever else is known (no personal values)."""
    if not what.strip():
        raise UsageError("an incident needs a description")
    number = 1 + sum(entry.kind == "incident" for entry in desk.entries)
    return desk.record("incident", {"incident": number, "on": on.isoformat(), "what": what, **details}, now)


def incident(
    desk: Desk,
    what: str,
    details: Mapping[str, Any],
    now: datetime,
    *,
    on: date | None = None,
    order: str = "",
    suspends: bool,
    lifts: bool,
) -> Entry:
    """Record an incident, with the order it brought or the end of an order; without a number, of every one in force."""
    entry = add_incident(desk, on or day_of(now), what, details, now)
    if suspends:
        reach = {key: details[key] for key in ("export", "rows", "recipient") if details.get(key)}
        suspend(desk, order or f"incident {entry.body['incident']}", {"what": what, **reach}, now)
    if lifts:
        in_force = [each["order"] for each in suspensions(desk.entries)]
        if not in_force:
            raise UsageError("no order that suspends exports is in force")
        for each in [order] if order else in_force:
            lift(desk, each, what, now)
    return entry


def suspend(desk: Desk, order: str, body: Mapping[str, Any], now: datetime) -> Entry:
    """Record an order that suspends exports (`rows`, `exports` or `recipient` in `body` narrow it)."""
    if not order.strip():
        raise UsageError("a suspension needs the order's number")
    return desk.record("suspended", {"order": order, **body}, now)


def lift(desk: Desk, order: str, why: str, now: datetime) -> Entry:
    """Record that an order was lifted."""
    if order not in {entry["order"] for entry in suspensions(desk.entries)}:
        raise UsageError(f"no such order in force: {order}")
    return desk.record("lifted", {"order": order, "why": why}, now)


def suspensions(entries: list[Entry]) -> tuple[Mapping[str, Any], ...]:
    """Return the orders in force."""
    found: dict[str, Mapping[str, Any]] = {}
    for entry in entries:
        if entry.kind == "suspended":
            found[entry.body["order"]] = {**entry.body, "since": entry.at}
        elif entry.kind == "lifted":
            found.pop(entry.body["order"], None)
    return tuple(found.values())
