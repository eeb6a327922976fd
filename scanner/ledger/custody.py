"""The keeping of a book: its transactions and keys, the years it closes, and what is recorded beside bookings."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from typing import Any

from . import annals, carrying, orders
from .desk import Desk, day_of, open_desk
from .keyring import Keyring, parse_key
from .model import Entry, Verification, in_china
from .registers import Registers
from .store import Store


class Custody:
    """A ledger's keys and its transactions: each method is one, alone on the ledger, all or nothing."""

    def __init__(self, store: Store, key: str | bytes) -> None:
        self.store = store
        self.master = parse_key(key)
        self._together: tuple[int, Desk] | None = None
        with self._desk() as desk:
            self.keyring: Keyring = desk.keyring

    def _opened(self) -> AbstractContextManager[Desk]:
        mine = self._together
        if mine is not None and mine[0] == threading.get_ident():
            return nullcontext(mine[1])
        return open_desk(self.store, self.master)

    @contextmanager
    def _desk(self, as_of: date | None = None, now: datetime | None = None) -> Iterator[Desk]:
        """Open a transaction; with a day, remote access still open on its 1 January is booked first."""
        with self._opened() as desk:
            if as_of is not None:
                carrying.renew(desk, as_of, now or in_china(datetime.combine(as_of, datetime.min.time())))
            yield desk

    @contextmanager
    def together(self, registers: Registers | None = None) -> Iterator[None]:
        """Make every call in the block part of one transaction: all of them are booked, or none.

        Only for the thread that opened it; the chain is verified once, so that a thousand bookings cost a thousand
        bookings. A run of many such blocks passes the same `registers` to each: what one block learns of a year serves
        the next, unless somebody booked in between.
        """
        with _kept(registers), open_desk(self.store, self.master) as desk:
            if registers is not None and registers.head != desk.head:
                registers.clear()
            desk.registers = registers
            # what `project` looks at and throws away must not throw away what the block has booked
            setattr(desk.session, "discard", lambda: None)  # noqa: B010
            self._together = (threading.get_ident(), desk)
            try:
                yield
            finally:
                self._together = None
            if registers is not None:
                registers.head = desk.head

    def history(self, as_of: date | None = None) -> tuple[Entry, ...]:
        """Return the entries, oldest first, up to and including the day `as_of` (Asia/Shanghai)."""
        with self._desk() as desk:
            return tuple(entry for entry in desk.entries if as_of is None or day_of(entry.at) <= as_of)

    def verify(self, head: str | None = None) -> Verification:
        """Check the chain, the contents and the counts; `head` is one printed on an earlier report."""
        with open_desk(self.store, self.master, trusting=True) as desk:
            return annals.verify(desk, head)

    def close_year(self, year: int, *, now: datetime) -> Entry:
        """Freeze a year that is over."""
        with self._desk(day_of(now), now) as desk:
            return annals.close_year(desk, year, now, day_of(now))

    def reopen_year(self, year: int, why: str, *, now: datetime) -> Entry:
        """Open a closed year again for a late booking."""
        with self._desk() as desk:
            return annals.reopen_year(desk, year, why, now)

    def drop_keys(self, year: int, order: str, *, now: datetime) -> Entry:
        """Drop a closed year's keys, by explicit order and only after the record duty has ended."""
        with self._desk(day_of(now), now) as desk:
            return annals.drop_keys(desk, year, order, now, day_of(now))

    def rekey(self, salt: str, *, now: datetime) -> Entry:
        """Rotate the storage key in one verified pass; `salt` is fresh random text from the caller."""
        with self._desk() as desk:
            entry = annals.rekey(desk, salt, now)
            self.keyring = desk.keyring
            return entry

    def change_master(self, key: str | bytes, from_year: int, *, now: datetime) -> Entry:
        """Put a new master key in force from a 1 January to come; the old one opens the ledger until then."""
        with self._desk() as desk:
            return annals.change_master(desk, parse_key(key), from_year, now, day_of(now))

    def add_incident(self, on: date, what: str, details: Mapping[str, Any], *, now: datetime) -> Entry:
        """Record an incident (no personal values)."""
        with self._desk() as desk:
            return orders.add_incident(desk, on, what, details, now)

    def incident(
        self,
        what: str,
        *,
        export: str = "",
        on: date | None = None,
        suspend: bool = False,
        lift: bool = False,
        order: str = "",
        details: Mapping[str, Any] | None = None,
        now: datetime,
    ) -> Entry:
        """Record an incident (`on`: the day it happened, default today).

        `suspend` records the order it brought, narrowed by the details' ``export``, ``rows`` and ``recipient``; `lift`
        ends the order named, or every one in force. UsageError when there is none.
        """
        known = {**(details or {}), **({"export": export} if export else {})}
        with self._desk() as desk:
            return orders.incident(desk, what, known, now, on=on, order=order, suspends=suspend, lifts=lift)

    def incidents(self) -> tuple[Entry, ...]:
        """Return the recorded incidents."""
        return tuple(entry for entry in self.history() if entry.kind == "incident")

    def suspend(self, order: str, body: Mapping[str, Any], *, now: datetime) -> Entry:
        """Record an authority's order that suspends exports."""
        with self._desk() as desk:
            return orders.suspend(desk, order, body, now)

    def lift(self, order: str, why: str, *, now: datetime) -> Entry:
        """Record that an order was lifted."""
        with self._desk() as desk:
            return orders.lift(desk, order, why, now)

    def suspensions(self) -> tuple[Mapping[str, Any], ...]:
        """Return the orders in force."""
        with self._desk() as desk:
            return orders.suspensions(desk.entries)


@contextmanager
def _kept(registers: Registers | None) -> Iterator[None]:
    """Forget the registers when the transaction fails: what they learned was not booked."""
    try:
        yield
    except BaseException:
        if registers is not None:
            registers.clear()
        raise
