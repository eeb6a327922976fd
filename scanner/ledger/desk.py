"""One transaction at work: the session, the opened keys, and the history so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..errors import LedgerError, UsageError
from . import journal, yearbook
from .keyring import RESTORE, Keyring
from .model import Entry, Reservation, in_china
from .register import Register
from .registers import Registers
from .session import Session
from .store import Store
from .yearbook import Yearbook

FORMAT = "2"
"""What the tables and documents of a ledger look like; 1 knew no sealed keyring and no digests of facts."""


def day_of(moment: str | datetime) -> date:
    """Return the day a moment falls on in Asia/Shanghai; a moment without a zone is taken as given."""
    parsed = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return in_china(parsed).date()


@dataclass
class Desk:
    """What every operation of the book works on."""

    session: Session
    keyring: Keyring
    entries: list[Entry]
    where: str
    trusting: bool = False
    looked_at: set[int] = field(default_factory=set)
    read: tuple[int, dict[str, Reservation]] = (0, {})
    registers: Registers | None = None
    """What a run keeps in memory of the years it books in."""

    @property
    def head(self) -> str:
        """The seal of the last entry, empty while there is none: the state of the ledger follows from it."""
        return self.entries[-1].mac if self.entries else ""

    @property
    def bookings(self) -> dict[str, Reservation]:
        """Every booking in its present state."""
        if self.read[0] != len(self.entries):
            self.read = (len(self.entries), journal.bookings(self.entries))
        return self.read[1]

    def contents(self, year: int, *states: str, without: str = "") -> set[str]:
        """Return the digests booked in a year in one of the given states."""
        found = self.bookings.values()
        return {b.content for b in found if b.year == year and b.state in states and b.id != without}

    def booking(self, name: str) -> Reservation:
        """Return a booking by its id, or an export's only waiting one; UsageError when there is none."""
        bookings = self.bookings
        if name in bookings:
            return bookings[name]
        waiting = [b for b in bookings.values() if b.export == name and b.state in ("open", "held")]
        if len(waiting) == 1:
            return waiting[0]
        raise UsageError(f"no such booking: {name}", hint="exportgate ledger status lists the open ones")

    def new_name(self, *parts: str) -> str:
        """Return an id for the next booking: it follows from the history, so two are never alike."""
        text = "\0".join((str(len(self.entries)), self.entries[-1].mac if self.entries else "", *parts))
        return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()

    def record(self, kind: str, body: Mapping[str, Any], now: datetime) -> Entry:
        """Append an entry to the history; it says so when the clock stands before the entry ahead of it."""
        head = self.entries[-1] if self.entries else None
        if head is not None and day_of(now) < day_of(head.at):
            body = {**body, "clock_set_back": True}
        entry = journal.next_entry(self.keyring.chain, head, kind, body, now)
        self.session.append(entry, journal.canonical(entry.body))
        self.entries.append(entry)
        return entry

    def year(self, year: int) -> Yearbook:
        """Return a year's state, its tables made if need be."""
        book = self.known_year(year)
        if not book.dropped and not self.session.has_year(year):
            self.session.create_year(year)
        return book

    def known_year(self, year: int) -> Yearbook:
        """Return a year's state to read from; nothing is made for a year that was never booked."""
        book = yearbook.load(self.session, year, self.keyring.chain, self.where)
        if year not in self.looked_at and not self.trusting:
            self.looked_at.add(year)
            if set(book.contents) != self.contents(year, *journal.BOOKED):
                what = f"the counts of {year} are not those of its bookings: an older state was put back"
                raise LedgerError(what, where=self.where, hint=RESTORE)
        return book

    def register(self, book: Yearbook, sought: int) -> Register | None:
        """Return what is kept in memory of a year in which `sought` identifiers are to be looked up."""
        if self.registers is None or book.dropped:
            return None
        return self.registers.of(self.session, book, self.keyring.storage, sought)

    def taken_out(self, year: int) -> None:
        """Forget what is kept in memory of a year: something was taken out of its tables."""
        if self.registers is not None:
            self.registers.drop(year)

    def save(self, book: Yearbook) -> None:
        """Store a year's state."""
        yearbook.save(self.session, book, self.keyring.chain)

    def numbers(self, book: Yearbook, digests: Iterable[str]) -> set[int]:
        """Return the contents' numbers in the year."""
        return {book.contents[digest].number for digest in digests if digest in book.contents}


@contextmanager
def open_desk(store: Store, master: bytes, *, trusting: bool = False) -> Iterator[Desk]:
    """Open a transaction with the keys; the chain must be whole unless `trusting` (verify reports instead)."""
    with store.transaction() as session:
        sealed = session.meta("keyring")
        if sealed is None:
            keyring = Keyring.create(master)
            session.set_meta("keyring", keyring.to_json())
            session.set_meta("format", FORMAT)
        else:
            _require_format(session.meta("format"), store.name)
            keyring = Keyring.open(master, sealed, store.name)
        entries = journal.entries_of(session.entry_rows())
        if not trusting:
            journal.require_whole(keyring.chain, entries, store.name)
        yield Desk(session, keyring, list(entries), store.name, trusting)


def _require_format(found: str | None, where: str) -> None:
    if found is None or not found.isdecimal():
        raise LedgerError("the ledger does not say its format: it was edited", where=where, hint=RESTORE)
    if int(found) < int(FORMAT):
        what = f"the ledger has format {found}, of an earlier version of exportgate; this one keeps format {FORMAT}"
        hint = "keep it with the version that wrote it, and book the year's exports again in a new ledger"
        raise LedgerError(what, where=where, hint=hint)
    if found != FORMAT:
        what = f"the ledger has format {found}, of a later version of exportgate; this one keeps format {FORMAT}"
        raise LedgerError(what, where=where, hint="install the version that wrote it")


def require_open(book: Yearbook) -> None:
    """Raise UsageError when a year is closed."""
    if book.closed:
        hint = f"exportgate ledger close-year {book.year} --reopen, with the reason"
        raise UsageError(f"the year {book.year} is closed: nothing more can be booked in it", hint=hint)
