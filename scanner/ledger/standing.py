"""Where a year stands: counters, reservations, alerts; today or as of a past day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ..numbers import number_of
from . import carrying, folding, journal
from .desk import Desk
from .model import Entry, Reservation
from .orders import suspensions
from .tally import Histogram, Tally
from .yearbook import Yearbook


def status(desk: Desk, year: int, as_of: date, moment: datetime) -> dict[str, Any]:
    """Return ``exportgate.ledger/1`` without tiers and headroom, of the transfers up to the day `as_of`."""
    book = desk.known_year(year)
    every = [b.at(moment) for b in desk.bookings.values() if b.year == year]
    committed, whole = _histograms(desk, book, as_of)
    waiting = [b for b in every if b.state in ("open", "held", "expired")]
    entries = desk.entries
    return {
        "schema": "exportgate.ledger/1",
        "year": year,
        "as_of": as_of.isoformat(),
        **_counters(committed, whole),
        "rules": _rules(entries, year, as_of),
        "reservations": [_reservation(booking) for booking in waiting],
        "quarantine": _quarantine(desk, book, every).handler().to_dict(),
        "demoted_keys": committed.tally.demoted,
        "alerts": _alerts(desk, year, as_of, waiting),
        "closed": book.closed,
        "suspensions": [dict(order) for order in suspensions(entries)],
        "chain": {"entries": len(entries), "head": entries[-1].mac if entries else journal.GENESIS},
    }


def _histograms(desk: Desk, book: Yearbook, as_of: date) -> tuple[Histogram, Histogram]:
    """Return the committed and the booked persons; those of a past day are counted again from the facts."""
    of_year = [b for b in desk.bookings.values() if b.year == book.year and b.state in journal.BOOKED]
    then = [b for b in of_year if b.transfer_on is None or b.transfer_on <= as_of]
    committed = {b.content for b in then if b.state == "committed"}
    booked = {b.content for b in then}
    if len(then) == len(of_year) or book.dropped:
        return book.histogram(book.committed, committed), book.histogram(book.all, booked)
    nodes, facts = desk.session.everything(book.year)
    tallies = [
        folding.tally_of(book, nodes, facts.of_contents(desk.numbers(book, digests)))[0]
        for digests in (committed, booked)
    ]
    return book.histogram(tallies[0], committed), book.histogram(tallies[1], booked)


def _quarantine(desk: Desk, book: Yearbook, bookings: list[Reservation]) -> Histogram:
    """Return the persons of what audits found and nobody has declared since."""
    waiting = {b.content for b in bookings if b.undeclared and b.state == "committed"}
    if not waiting or book.dropped:
        return Histogram(Tally(), ())
    nodes, facts = desk.session.everything(book.year)
    tally, _ = folding.tally_of(book, nodes, facts.of_contents(desk.numbers(book, waiting)))
    return book.histogram(tally, waiting)


def _rules(entries: list[Entry], year: int, as_of: date) -> str:
    """Return the edition that judged the last booking up to a day."""
    judged = [
        entry.body["rules"]
        for entry in entries
        if entry.kind == "reserved" and entry.body["year"] == year and entry.body["transfer_on"] <= as_of.isoformat()
    ]
    return str(judged[-1]) if judged else ""


def _counters(committed: Histogram, whole: Histogram) -> dict[str, Any]:
    rows, reserved = committed.rows(), whole.rows()
    counters = [
        {"sector": slot[0], "row": slot[1], **rows[slot].to_dict(), "with_reservations": reserved[slot].to_dict()}
        for slot in sorted(rows)
    ]
    handlers = {"handler": committed.handler().to_dict(), "handler_with_reservations": whole.handler().to_dict()}
    return {"counters": counters, **handlers}


def _reservation(booking: Reservation) -> dict[str, Any]:
    return {
        "id": booking.id,
        "export": booking.export,
        "state": "open" if booking.state == "held" else booking.state,
        "held": booking.state == "held",
        "expires": booking.expires.isoformat() if booking.expires else None,
        "new_persons": booking.new_persons.to_dict(),
    }


def _alerts(desk: Desk, year: int, as_of: date, waiting: list[Reservation]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"kind": b.state, "booking": b.id, "export": b.export, "what": "commit it or release it: its headroom is kept"}
        for b in waiting
        if b.state != "open"
    ]
    for grant, missed in carrying.missing(desk, as_of):
        if missed == year:
            what = "a remote access was open on 1 January and the year is closed: reopen it"
            found.append({"kind": "grant", "booking": grant.id, "export": grant.export, "what": what})
    bookings = desk.bookings
    found += [_carried(booking) for booking in bookings.values() if booking.year == year and _unlike(desk, booking)]
    for entry in desk.entries:
        if entry.body.get("clock_set_back"):
            what = "written with an earlier date than the one before"
            found.append({"kind": "clock", "entry": entry.seq, "what": what})
        if entry.body.get("year") == year:
            found += _undone(entry, bookings)
    return found


def _unlike(desk: Desk, booking: Reservation) -> bool:
    """Tell whether a booking's persons were carried into its year over a change of the master key."""
    origin = desk.bookings.get(booking.renewed_from or "")
    changes = [part["from_year"] for part in desk.keyring.stored["identities"]]
    return bool(origin and booking.state == "committed" and any(origin.year < at <= booking.year for at in changes))


def _carried(booking: Reservation) -> dict[str, Any]:
    what = (
        f"remote access {booking.export} was carried over a change of the master key: its persons cannot be told from "
        f"those of other exports of {booking.year}, and may count twice; audit it again, then void this booking"
    )
    return {"kind": "master-key", "booking": booking.id, "export": booking.export, "what": what}


def _undone(entry: Entry, bookings: Mapping[str, Reservation]) -> list[dict[str, Any]]:
    """Say which figures went up because links were undone; not of a booking that was taken back."""
    body, state = entry.body, bookings[entry.body["booking"]].state if "booking" in entry.body else ""
    if entry.kind == "reserved" and body.get("raised_by_demotion") and state in ("open", "held"):
        what = f"links were undone: {number_of(body['raised_by_demotion'], 'person')} more than the export holds"
        return [{"kind": "demotion", "entry": entry.seq, "export": body["export"], "what": what}]
    if entry.kind != "void" and state != "committed":
        return []
    kind, by = ("void", "a void") if entry.kind == "void" else ("demotion", f"export {body.get('export')}")
    return [
        {
            "kind": kind,
            "entry": entry.seq,
            "export": body["export"],
            "what": f"{by} undid links: {raised['counter']} of {raised['row']} rose to {raised['after']:,}",
            **raised,
        }
        for raised in body.get("raised", ())
    ]
