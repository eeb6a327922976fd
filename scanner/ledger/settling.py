"""Settle a booking: the transfer happened, nothing left, it may have happened, or it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ..errors import UsageError
from . import carrying, folding, journal
from .desk import Desk, require_open
from .model import Reservation
from .projecting import committed_change, count_committed, counts_body, raised
from .yearbook import Yearbook

WAITING = ("open", "held")


def commit(desk: Desk, name: str, on: date, now: datetime) -> Reservation:
    """Record that the transfer happened on `on`; another year than the reserved one takes the persons along."""
    found = desk.booking(name)
    if found.state == "committed":
        return found
    if found.state not in WAITING:
        raise UsageError(f"booking {name} is {found.state}", hint="check the export again and book it anew")
    book = desk.year(on.year)
    require_open(book)
    moved = {}
    if on.year != found.year:
        moved = {"facts": carrying.carry(desk, found.content, found.year, book), "moved_from": found.year}
        take_out(desk, found, was_committed=False)
    undone = count_committed(desk, book, found.content)
    desk.save(book)
    view = book.histogram(book.committed, desk.contents(on.year, "committed") | {found.content})
    late = found.at(now).state == "expired"
    body: dict[str, Any] = {"booking": found.id, "export": found.export, "content": found.content, "on": on.isoformat()}
    body |= {**moved, "year": on.year, "expired": late, "raised": undone, **counts_body(view.rows(), view.handler())}
    desk.record("committed", body, now)
    return desk.bookings[found.id]


def release(desk: Desk, name: str, why: str, now: datetime) -> Reservation:
    """Record that nothing left."""
    found = desk.booking(name)
    if found.state == "released":
        return found
    if found.state not in WAITING:
        raise UsageError(f"booking {name} is {found.state}", hint=_way_out(found))
    take_out(desk, found, was_committed=False)
    desk.record("released", {"booking": found.id, "export": found.export, "why": why}, now)
    return desk.bookings[found.id]


def hold(desk: Desk, name: str, why: str, now: datetime) -> Reservation:
    """Keep a reservation whose transfer may have happened. An export that is booked already has nothing to hold."""
    found = desk.booking(name)
    if found.state == "committed":
        return found
    if found.state == "open":
        desk.record("held", {"booking": found.id, "export": found.export, "why": why}, now)
    elif found.state != "held":
        raise UsageError(f"booking {name} is {found.state}", hint=_way_out(found))
    return desk.bookings[found.id]


def void(desk: Desk, name: str, why: str, evidence: Mapping[str, Any], now: datetime) -> Reservation:
    """Take back a committed booking that never left."""
    if not why.strip() or not any(evidence.values()):
        raise UsageError("a void needs a reason and evidence that nothing left", where=name)
    found = desk.booking(name)
    if found.state != "committed":
        raise UsageError(f"booking {name} is {found.state}", hint=_way_out(found))
    book = desk.year(found.year)
    require_open(book)
    before = book.histogram(book.committed, desk.contents(found.year, "committed")).rows()
    book = take_out(desk, found, was_committed=True)
    view = book.histogram(book.committed, desk.contents(found.year, "committed", without=found.id))
    body = {"booking": found.id, "export": found.export, "why": why, "evidence": dict(evidence), "year": found.year}
    body |= {"content": found.content, "raised": raised(before, view.rows())}
    desk.record("void", {**body, **counts_body(view.rows(), view.handler())}, now)
    return desk.bookings[found.id]


def _way_out(found: Reservation) -> str:
    if found.state == "committed":
        return "a committed booking that never left is voided: exportgate ledger void"
    return "an open reservation is committed or released" if found.state in WAITING else ""


def take_out(desk: Desk, found: Reservation, *, was_committed: bool) -> Yearbook:
    """Take a booking out of the tallies, and its content out of the year when no other booking holds it."""
    book = desk.year(found.year)
    committed = desk.contents(found.year, "committed", without=found.id)
    booked = desk.contents(found.year, *journal.BOOKED, without=found.id)
    if was_committed and found.content not in committed:
        after, before, _ = committed_change(desk, book, found.content, committed)
        book.committed = book.committed - before + after
    if found.content not in booked:
        after, before, _ = committed_change(desk, book, found.content, booked)
        book.all = book.all - before + after
        folding.leave(desk.session, book, found.content)
        desk.taken_out(found.year)
    desk.save(book)
    return book
