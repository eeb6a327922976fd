"""What audits remember beside the history: which objects were read, as what, and what they were booked as.

A line for each object, authenticated with the ledger's key: a line that was edited is forgotten, and its object is read
again. Nothing here counts anybody; the history does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from ..counting_draft import BITS_PER_ROLE, Draft
from ..errors import UsageError
from . import carrying, journal
from .desk import Desk, require_open
from .model import Reservation, Slot
from .projecting import counts_body
from .settling import take_out
from .yearbook import FLAGS

_TABLE = "create table if not exists audited (source varchar, path varchar, body varchar, mac varchar)"


def read(desk: Desk) -> dict[tuple[str, str], dict[str, Any]]:
    """Return every line whose seal is whole, by source and path."""
    desk.session.run(_TABLE)
    rows = desk.session.run("select source, path, body, mac from audited")
    whole = (row for row in rows if _mac(desk, *row[:3]) == row[3])
    return {(source, path): json.loads(body) for source, path, body, _ in whole}


def write(desk: Desk, source: str, path: str, body: Mapping[str, Any]) -> None:
    """Write one line in place of the one before."""
    text = journal.canonical(body)
    desk.session.run(_TABLE)
    desk.session.run("delete from audited where source = ? and path = ?", (source, path))
    values = (source, path, text, _mac(desk, source, path, text))
    desk.session.run("insert into audited (source, path, body, mac) values (?, ?, ?, ?)", values)


def assign(desk: Desk, name: str, to: str, why: str, now: datetime) -> Reservation:
    """Take an undeclared booking out of the counters; the committed booking `to` counts its persons from now on."""
    found, booked = desk.booking(name), desk.booking(to)
    if found.state != "committed" or not found.undeclared:
        raise UsageError(f"booking {name} is not in quarantine", hint="only what an audit found undeclared is assigned")
    if booked.state != "committed" or booked.id == found.id:
        raise UsageError(f"booking {to} is not committed")
    require_open(desk.year(found.year))
    book = take_out(desk, found, was_committed=True)
    view = book.histogram(book.committed, desk.contents(found.year, "committed", without=found.id))
    body = {"booking": found.id, "export": found.export, "to": to, "why": why, "year": found.year}
    desk.record("assigned", {**body, **counts_body(view.rows(), view.handler())}, now)
    return desk.bookings[found.id]


def redraft(desk: Desk, name: str, slot: Slot) -> Draft:
    """Return what an undeclared booking counted as a draft of another threshold row, without reading it again."""
    found = desk.booking(name)
    year = desk.year(found.year)
    draft = carrying.draft_of(desk, found.content, found.year, found.year)
    masks = np.asarray(draft.masks).astype(np.int64)
    unlinked: dict[int, int] = {}
    for mask, count in draft.unlinked.items():
        moved = int(_moved(np.array([mask], np.int64), len(year.slots))[0])
        unlinked[moved] = unlinked.get(moved, 0) + count
    content = hashlib.blake2b(f"{found.content}/{slot[0]}/{slot[1]}".encode(), digest_size=20).hexdigest()
    return replace(
        draft,
        sector=slot[0],
        row=slot[1],
        roles=(slot,),
        masks=_moved(masks, len(year.slots)),
        unlinked=unlinked,
        content=content,
    )


def _moved(masks: Any, slots: int) -> Any:
    """Return masks with the items of whichever row they name in the first row's bits."""
    items = np.zeros(len(masks), np.int64)
    for slot in range(slots):
        items |= (masks >> (BITS_PER_ROLE * slot)) & ((1 << BITS_PER_ROLE) - 1)
    return (masks & FLAGS) | items


def _mac(desk: Desk, source: str, path: str, body: str) -> str:
    return journal.authenticate(desk.keyring.chain, "audited", source, path, body)
