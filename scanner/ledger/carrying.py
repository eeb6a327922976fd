"""Carry booked persons into another year: a transfer after New Year, or a remote access that goes on.

Identifiers have one form per year. The holder of the master key can turn one year's form into another's, so nothing has
to be read again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ..counting_draft import Draft
from ..errors import LedgerError
from ..identity_keys import encipher
from . import folding, sealing
from .desk import Desk
from .model import Export, Reservation
from .projecting import count_committed, counts_body, include
from .rows import places
from .yearbook import Yearbook

REMOTE_ACCESS = "remote-access"


def draft_of(desk: Desk, digest: str, year: int, into: int) -> Draft:
    """Return a booked content of `year` as a draft of the year `into`."""
    book = desk.year(year)
    content = book.contents[digest]
    facts = desk.session.facts_of_content(year, content.number)
    nodes = desk.session.nodes_of(year, facts.nodes)
    stored = encipher(desk.keyring.storage, nodes.keys, back=True)
    keys = desk.keyring.keys(into).in_year(desk.keyring.keys(year).out_of_year(stored))
    return Draft(
        year=into,
        sector=book.slots[0][0],
        row=book.slots[0][1],
        roles=tuple(book.slots),
        spaces=tuple(book.spaces),
        keys=keys,
        space_of=nodes.spaces,
        offsets=facts.offsets,
        nodes=places(nodes.ids, facts.nodes),
        masks=facts.masks,
        bases=facts.bases,
        content=digest,
        unlinked=content.unlinked,
        excluded_bases=content.bases,
    )


def carry(desk: Desk, digest: str, year: int, into: Yearbook) -> str:
    """Put a content of `year` into another year as well; return the digest of its facts there."""
    draft = draft_of(desk, digest, year, into.year)
    change = include(desk, into, draft)
    if change is not None:
        folding.enter(desk.session, into, change)
        desk.save(into)
    return sealing.of_draft(desk.keyring.seal, into, draft)


def grants(desk: Desk) -> list[Reservation]:
    """Return the bookings of remote access whose grant was committed, with the last end said of each.

    What is said of a grant later (a further audit with another end, a change) holds for its earlier bookings too. A
    grant that was ended stays ended: the same export granted again is a new one.
    """
    ends: dict[str, date | None] = {}
    running: dict[str, list[str]] = {}
    for entry in desk.entries:
        body = entry.body
        if entry.kind == "grant-ended":
            for name in running.pop(body["export"], []):
                ends[name] = min(filter(None, (ends[name], date.fromisoformat(body["on"]))))
        elif entry.kind == "grant-changed" or (entry.kind == "reserved" and body["mode"] == REMOTE_ACCESS):
            names = running.setdefault(body["export"], [])
            if body["booking"] not in names:
                names.append(body["booking"])
            ends |= dict.fromkeys(names, date.fromisoformat(body["grant_ends"]) if body["grant_ends"] else None)
    found = [booking for booking in desk.bookings.values() if booking.id in ends and booking.state == "committed"]
    return [replace(booking, grant_ends=ends[booking.id]) for booking in found]


def say_again(desk: Desk, booked: Reservation, export: Export, now: datetime) -> None:
    """Record that a grant already booked goes on under another end; the same end once more is nothing new."""
    if export.mode != REMOTE_ACCESS or booked.state != "committed":
        return
    known = next((grant for grant in grants(desk) if grant.id == booked.id), booked)
    closed = known.grant_ends is not None and known.grant_ends < export.transfer_on
    if closed or known.grant_ends != export.grant_ends:
        ends = export.grant_ends.isoformat() if export.grant_ends else None
        desk.record("grant-changed", {"export": export.id, "booking": booked.id, "grant_ends": ends}, now)


def renew(desk: Desk, as_of: date, now: datetime) -> None:
    """Book everyone reachable again on each 1 January up to `as_of` on which a remote access is still open."""
    for grant, year in missing(desk, as_of):
        if not desk.year(year).closed:
            _renew_in(desk, grant, year, now)


def missing(desk: Desk, as_of: date) -> list[tuple[Reservation, int]]:
    """Return the grants and years in which a grant that was open on 1 January is not booked yet."""
    done = {(b.renewed_from, b.year) for b in desk.bookings.values() if b.renewed_from}
    return [
        (grant, year)
        for grant in grants(desk)
        for year in range(grant.year + 1, as_of.year + 1)
        if (grant.grant_ends is None or grant.grant_ends >= date(year, 1, 1)) and (grant.id, year) not in done
    ]


def _source(desk: Desk, grant: Reservation, year: int) -> int:
    """Return the latest earlier year that still has the keys of the grant's persons."""
    years = {grant.year, *(b.year for b in desk.bookings.values() if b.renewed_from == grant.id)}
    kept = [y for y in years if y < year and grant.content in (book := desk.year(y)).contents and not book.dropped]
    if not kept:
        what = f"the persons of remote access {grant.export} cannot be booked in {year}: their keys were dropped"
        raise LedgerError(what, where=desk.where, hint="end the grant, or audit it again under another id")
    return max(kept)


def _renew_in(desk: Desk, grant: Reservation, year: int, now: datetime) -> None:
    book = desk.year(year)
    facts = carry(desk, grant.content, _source(desk, grant, year), book)
    undone = count_committed(desk, book, grant.content)
    desk.save(book)
    view = book.histogram(book.committed, desk.contents(year, "committed") | {grant.content})
    body: dict[str, Any] = {
        "booking": desk.new_name(grant.id, str(year)),
        "renewed_from": grant.id,
        "export": grant.export,
        "facts": facts,
        "raised": undone,
    }
    body |= {"version": grant.version, "content": grant.content, "year": year, "on": date(year, 1, 1).isoformat()}
    desk.record("renewed", {**body, "mode": grant.mode, **counts_body(view.rows(), view.handler())}, now)
