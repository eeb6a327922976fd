"""The ledger's own keeping: verify it, close a year, drop its keys, change keys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import numpy as np

from ..counting_exclusions import provisions
from ..errors import LedgerError, UsageError
from ..identity_keys import encipher
from . import folding, journal, sealing
from .desk import Desk
from .keyring import Keyring, fingerprint
from .model import Counts, Entry, Verification
from .projecting import counts_body
from .rows import FactRows, Nodes, all_among
from .tally import Tally
from .yearbook import Yearbook


def verify(desk: Desk, head: str | None) -> Verification:
    """Check the chain, then count every year again from its facts."""
    entries = desk.entries
    found = journal.problems(desk.keyring.chain, entries)
    if head is not None and head not in {journal.GENESIS, *(entry.mac for entry in entries)}:
        found.append("the given head is not in the history: its end was cut off, or it is another ledger's")
    if not found:
        try:
            found = [problem for year in years(desk) for problem in _recount(desk, year)]
        except LedgerError as error:
            found = [error.what]
    return Verification(not found, len(entries), entries[-1].mac if entries else journal.GENESIS, tuple(found))


def years(desk: Desk) -> list[int]:
    """Return the years anything was ever booked in."""
    return sorted({int(entry.body["year"]) for entry in desk.entries if "year" in entry.body})


def _recount(desk: Desk, year: int) -> list[str]:
    book = desk.year(year)
    found = _frozen(desk, year, book)
    if book.dropped:
        return found
    booked, committed = desk.contents(year, *journal.BOOKED), desk.contents(year, "committed")
    if booked != set(book.contents):
        found.append(f"{year}: the contents are not those of the bookings")
    nodes, facts = desk.session.everything(year)
    if not (np.diff(nodes.ids) > 0).all() or not all_among(nodes.ids, facts.nodes):
        return [*found, f"{year}: identifiers are missing or doubled"]
    if folding.misplaced(nodes, facts).any():
        found.append(f"{year}: identifiers are linked otherwise than the facts say")
    found += _contents(desk, book, nodes, facts)
    tally: Tally | None = None
    for name, digests, stored in (("booked", booked, book.all), ("committed", committed, book.committed)):
        if tally is None or booked != committed:
            tally, _ = folding.tally_of(book, nodes, facts.of_contents(desk.numbers(book, digests)))
        if tally != stored:
            found.append(f"{year}: the {name} counts do not follow from the entries")
    return found + _last_recorded(desk, year, book)


def _contents(desk: Desk, book: Yearbook, nodes: Nodes, facts: FactRows) -> list[str]:
    """Compare the stored facts of every content with the digest that the history committed to."""
    told = {(e.body["year"], e.body["content"]): e.body["facts"] for e in desk.entries if "facts" in e.body}
    stored = sealing.of_year(desk.keyring.seal, desk.keyring.storage, nodes, facts)
    if set(stored) - {content.number for content in book.contents.values()}:
        return [f"{book.year}: there are facts of no booking"]
    return [
        f"{book.year}: the facts of content {digest[:12]} are not those that were booked"
        for digest, content in book.contents.items()
        if stored.get(content.number, sealing.NOTHING) != told.get((book.year, digest))
    ]


def _last_recorded(desk: Desk, year: int, book: Yearbook) -> list[str]:
    """Compare the committed counts with those the history recorded last."""
    last = last_counts(desk.entries, year)
    view = book.histogram(book.committed, desk.contents(year, "committed"))
    seen = counts_body(view.rows(), view.handler())
    if last is None or (last.body["handler"] == seen["handler"] and same_rows(last.body["counts"], seen["counts"])):
        return []
    return [f"{year}: history entry {last.seq} recorded other counts"]


def same_rows(recorded: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Tell whether two records of a year's rows agree; a row that one does not know holds nobody."""
    nobody = Counts().to_dict()
    return all(recorded.get(row, nobody) == seen.get(row, nobody) for row in {*recorded, *seen})


def _frozen(desk: Desk, year: int, book: Yearbook) -> list[str]:
    """Check that a closed year still counts what it counted when it was closed."""
    closing = [entry for entry in desk.entries if entry.kind in ("closed", "reopened") and entry.body["year"] == year]
    if not closing or closing[-1].kind != "closed":
        return [f"{year}: closed without an entry"] if book.closed else []
    view = book.histogram(book.committed, book.contents if book.dropped else desk.contents(year, "committed"))
    seen, told = counts_body(view.rows(), view.handler()), closing[-1].body
    same = seen["handler"] == told["handler"] and same_rows(told["counts"], seen["counts"])
    return [] if same and book.closed else [f"{year}: the counts are not those it was closed with"]


def last_counts(entries: list[Entry], year: int, until: date | None = None) -> Entry | None:
    """Return the last entry that recorded a year's committed counts, up to and including a day."""
    from .desk import day_of

    kinds = ("committed", "void", "renewed", "assigned")
    for entry in reversed(entries):
        if entry.kind in kinds and entry.body["year"] == year and (until is None or day_of(entry.at) <= until):
            return entry
    return None


def close_year(desk: Desk, year: int, now: datetime, on: date) -> Entry:
    """Freeze a year that is over and has no open reservation."""
    book = desk.year(year)
    waiting = [b.id for b in desk.bookings.values() if b.year == year and b.state in ("open", "held")]
    if on.year <= year:
        raise UsageError(f"the year {year} is not over")
    if book.closed:
        raise UsageError(f"the year {year} is closed already")
    if waiting:
        raise UsageError(f"{len(waiting)} reservations of {year} are open", hint=f"commit or release {waiting[0]}")
    book.closed = True
    desk.save(book)
    view = book.histogram(book.committed, desk.contents(year, "committed"))
    body = {"year": year, "contents": sorted(book.contents), **counts_body(view.rows(), view.handler())}
    return desk.record("closed", body, now)


def reopen_year(desk: Desk, year: int, why: str, now: datetime) -> Entry:
    """Open a closed year again for a late booking, with the reason."""
    book = desk.year(year)
    if not why.strip():
        raise UsageError("reopening a closed year needs a reason")
    if not book.closed or book.dropped:
        raise UsageError(f"the keys of {year} were dropped" if book.dropped else f"the year {year} is not closed")
    book.closed = False
    desk.save(book)
    return desk.record("reopened", {"year": year, "why": why}, now)


def drop_keys(desk: Desk, year: int, order: str, now: datetime, on: date) -> Entry:
    """Drop a closed year's keys by explicit order, once the records need no longer be kept."""
    book, duty = desk.year(year), provisions()["records"]
    kept_until = date(year + 1 + int(duty["years"]), 1, 1)
    if not order.strip():
        raise UsageError("dropping keys needs an explicit order: who, when, why")
    if not book.closed:
        raise UsageError(f"the year {year} is not closed", hint=f"exportgate ledger close-year {year}")
    if on < kept_until:
        raise UsageError(f"records of {year} are kept until {kept_until} ({duty['article']})")
    desk.session.drop_year(year)
    desk.taken_out(year)
    book.dropped = True
    desk.save(book)
    return desk.record("keys-dropped", {"year": year, "order": order}, now)


def rekey(desk: Desk, salt: str, now: datetime) -> Entry:
    """Store every identifier under a new storage key, in one verified pass; `salt` is fresh and random."""
    if not salt or salt == desk.keyring.salt:
        raise UsageError("rekey needs a fresh salt")
    new = desk.keyring.with_salt(salt)
    count = sum(_rewrap(desk, year, new) for year in years(desk) if not desk.year(year).dropped)
    desk.session.set_meta("keyring", new.to_json())
    desk.keyring = new
    return desk.record("rekeyed", {"identifiers": count}, now)


def _rewrap(desk: Desk, year: int, new: Keyring) -> int:
    nodes, _ = desk.session.everything(year)
    if not len(nodes.ids):
        return 0
    keys = encipher(desk.keyring.storage, nodes.keys, back=True)
    wrapped = encipher(new.storage, keys)
    desk.session.replace_keys(year, Nodes(nodes.ids, nodes.spaces, nodes.components, wrapped))
    again, _ = desk.session.everything(year)
    if _digest(encipher(new.storage, again.keys, back=True)) != _digest(keys):
        raise LedgerError(f"the keys of {year} did not come back as they were; nothing was changed", where=desk.where)
    return len(nodes.ids)


def _digest(keys: Any) -> str:
    return hashlib.blake2b(np.ascontiguousarray(keys).data).hexdigest()


def change_master(desk: Desk, new: bytes, from_year: int, now: datetime, on: date) -> Entry:
    """Put a new master key in force from 1 January of a year that has not begun."""
    if from_year <= on.year or any(year >= from_year for year in years(desk)):
        raise UsageError(f"a new master key takes effect on a 1 January to come; {from_year} has begun")
    ring = desk.keyring.with_master(new, from_year)
    desk.session.set_meta("keyring", ring.to_json())
    return desk.record("master-changed", {"from_year": from_year, "fingerprint": fingerprint(new)}, now)
