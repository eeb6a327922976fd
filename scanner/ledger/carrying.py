"""Carry booked persons into another year: a transfer after New Year, or a remote access that goes on.

Identifiers have one form per year. The holder of the master key can turn one year's form into another's, so nothing has
to be read again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np

from ..counting_draft import Draft
from ..identity_keys import encipher
from . import folding
from .desk import Desk
from .model import Reservation
from .projecting import count_committed, counts_body, include
from .yearbook import Yearbook


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
        nodes=np.searchsorted(nodes.ids, facts.nodes),
        masks=facts.masks,
        bases=facts.bases,
        content=digest,
        unlinked=content.unlinked,
        excluded_bases=content.bases,
    )


def carry(desk: Desk, digest: str, year: int, into: Yearbook) -> None:
    """Put a content of `year` into another year as well."""
    change = include(desk, into, draft_of(desk, digest, year, into.year))
    if change is not None:
        folding.enter(desk.session, into, change)
        desk.save(into)


def grants(desk: Desk) -> list[Reservation]:
    """Return the bookings of remote access that left a grant open: committed, and not renewed from another."""
    ended = {entry.body["export"]: entry.body["on"] for entry in desk.entries if entry.kind == "grant-ended"}
    found = []
    for booking in desk.bookings.values():
        if booking.mode == "remote-access" and booking.state == "committed" and not booking.renewed_from:
            ends = ended.get(booking.export)
            stop = min(filter(None, (booking.grant_ends, date.fromisoformat(ends) if ends else None)), default=None)
            found.append(booking if stop is None else replace(booking, grant_ends=stop))
    return found


def renew(desk: Desk, as_of: date, now: datetime) -> None:
    """Book everyone reachable again on each 1 January up to `as_of` on which a remote access is still open."""
    done = {(b.renewed_from, b.year) for b in desk.bookings.values() if b.renewed_from}
    for grant in grants(desk):
        for year in range(grant.year + 1, as_of.year + 1):
            first_day = date(year, 1, 1)
            open_then = grant.grant_ends is None or grant.grant_ends >= first_day
            if open_then and (grant.id, year) not in done:
                _renew_in(desk, grant, year, first_day, now)


def _renew_in(desk: Desk, grant: Reservation, year: int, first_day: date, now: datetime) -> None:
    book = desk.year(year)
    if book.closed or desk.year(grant.year).dropped:
        return
    carry(desk, grant.content, grant.year, book)
    count_committed(desk, book, grant.content)
    desk.save(book)
    view = book.histogram(book.committed, desk.contents(year, "committed") | {grant.content})
    body: dict[str, Any] = {
        "booking": desk.new_name(grant.id, str(year)),
        "renewed_from": grant.id,
        "export": grant.export,
    }
    body |= {"version": grant.version, "content": grant.content, "year": year, "on": first_day.isoformat()}
    desk.record("renewed", {**body, "mode": grant.mode, **counts_body(view.rows(), view.handler())}, now)
