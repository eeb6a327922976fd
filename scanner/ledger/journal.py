"""The history: append-only entries in a chain authenticated with the ledger key, and the bookings they amount to.

Nothing about a booking is stored but its entries: what state it is in follows from them, so it cannot drift or be
edited on its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ..errors import LedgerError
from .model import Counts, Entry, Figures, Reservation

GENESIS = "0" * 32
BOOKED = ("open", "held", "committed")
STATES = {"committed": "committed", "released": "released", "held": "held", "void": "void", "assigned": "assigned"}


def canonical(body: Mapping[str, Any]) -> str:
    """Return a document in the one form that is authenticated."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def authenticate(key: bytes, *parts: str) -> str:
    """Return the code that authenticates some texts."""
    message = b"".join(len(part.encode()).to_bytes(8, "big") + part.encode() for part in parts)
    return hashlib.blake2s(message, key=key, digest_size=16).hexdigest()


def next_entry(key: bytes, head: Entry | None, kind: str, body: Mapping[str, Any], now: datetime) -> Entry:
    """Return the entry that follows `head`."""
    seq, previous = (head.seq + 1, head.mac) if head else (1, GENESIS)
    at, text = now.isoformat(timespec="seconds"), canonical(body)
    mac = authenticate(key, str(seq), at, kind, text, previous)
    return Entry(seq, at, kind, json.loads(text), previous, mac)


def entries_of(rows: Iterable[tuple[Any, ...]]) -> tuple[Entry, ...]:
    """Return stored rows as entries; one that was made unreadable is an entry that authenticates nothing."""
    return tuple(
        Entry(int(seq or 0), str(at), str(kind), _body(body), str(previous), str(mac))
        for seq, at, kind, body, previous, mac in rows
    )


def _body(text: Any) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        found = None
    return found if isinstance(found, dict) else {"unreadable": True}


def problems(key: bytes, entries: Iterable[Entry]) -> list[str]:
    """Return a sentence for every entry that was edited, removed or reordered."""
    found, previous, expected = [], GENESIS, 1
    for entry in entries:
        if entry.seq != expected:
            found.append(f"history entry {expected} is missing or out of order")
        if entry.previous != previous:
            found.append(f"history entry {entry.seq} does not follow the one before it")
        text = canonical(entry.body)
        if authenticate(key, str(entry.seq), entry.at, entry.kind, text, entry.previous) != entry.mac:
            found.append(f"history entry {entry.seq} was edited")
        previous, expected = entry.mac, entry.seq + 1
    return found


def require_whole(key: bytes, entries: tuple[Entry, ...], where: str) -> None:
    """Raise LedgerError unless the chain is whole."""
    found = problems(key, entries)
    if found:
        raise LedgerError(found[0], where=where, hint="exportgate ledger verify names every problem")


def bookings(entries: Iterable[Entry]) -> dict[str, Reservation]:
    """Return every booking in the state its entries put it in."""
    found: dict[str, Reservation] = {}
    for entry in entries:
        body = entry.body
        if entry.kind == "reserved":
            found[body["booking"]] = _reserved(body)
        elif entry.kind == "renewed":
            found[body["booking"]] = _renewed(body)
        elif entry.kind in STATES:
            before = found[body["booking"]]
            changes: dict[str, Any] = {"state": STATES[entry.kind]}
            if entry.kind == "committed":
                changes["transfer_on"] = date.fromisoformat(body["on"])
                changes["year"], changes["content"] = body["year"], body["content"]
            found[body["booking"]] = replace(before, **changes)
    return found


def columns_before(entries: Iterable[Entry], export: str) -> tuple[Mapping[str, Any], ...]:
    """Return the columns of `export` as its last booking describes them; none before the first."""
    told: tuple[Mapping[str, Any], ...] = ()
    for entry in entries:
        if entry.kind == "reserved" and entry.body["export"] == export:
            told = tuple((entry.body.get("evidence") or {}).get("columns") or told)
    return told


def _reserved(body: Mapping[str, Any]) -> Reservation:
    return Reservation(
        id=body["booking"],
        export=body["export"],
        state="open",
        created=False,
        year=body["year"],
        version=body["version"],
        content=body["content"],
        transfer_on=date.fromisoformat(body["transfer_on"]),
        expires=datetime.fromisoformat(body["expires"]),
        new_persons=counts_of(body["new_persons"]),
        mode=body["mode"],
        undeclared=bool((body.get("evidence") or {}).get("undeclared")),
        grant_ends=date.fromisoformat(body["grant_ends"]) if body["grant_ends"] else None,
    )


def _renewed(body: Mapping[str, Any]) -> Reservation:
    return Reservation(
        id=body["booking"],
        export=body["export"],
        state="committed",
        created=False,
        year=body["year"],
        version=body["version"],
        content=body["content"],
        transfer_on=date.fromisoformat(body["on"]),
        mode=body["mode"],
        renewed_from=body["renewed_from"],
    )


def counts_of(stored: Mapping[str, Any]) -> Counts:
    """Read what `Counts.to_dict` gave."""
    lower, upper = Figures(**stored["lower"]), Figures(**stored["upper"])
    same = all(stored[name] == value for name, value in upper.to_dict().items())
    return Counts(lower, upper, "upper" if same else "lower")
