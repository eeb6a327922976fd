"""What the pages show: a year of the ledger at one moment, read again only when the ledger has changed.

Reading takes the ledger for the time of one short transaction and writes nothing. In between, pages are answered from
memory; a file's size and times, or the head of the chain in PostgreSQL, tell whether something was booked.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...field_maps.model import Edition
from ...scanner.errors import ExportgateError, LedgerError
from ..bookings import Booking, bookings_of

if TYPE_CHECKING:
    from ...scanner.filings import Filing
    from ...scanner.ledger import Book, Entry
    from ..config import Settings

PATIENCE = 1.0
"""Seconds that a page waits for a ledger which is being written, when it can be answered from memory."""
PAUSE = 0.5
FRESH = 2.0
"""Seconds for which a ledger that lies in a database is not asked again."""


@dataclass(frozen=True)
class Year:
    """One year: ``exportgate.ledger/1`` with tiers and projections, its bookings, the history, the law that judges."""

    year: int
    day: date
    status: Mapping[str, Any]
    bookings: tuple[Booking, ...]
    entries: tuple[Entry, ...]
    edition: Edition
    settings: Settings
    read_at: datetime
    mark: str = ""
    filings: tuple[Filing, ...] = ()
    audited: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    """What audits remember, by source and path."""

    @property
    def counters(self) -> list[dict[str, Any]]:
        """The threshold rows with persons, as `ledger status` has them."""
        return list(self.status.get("counters", ()))

    @property
    def years(self) -> list[int]:
        """The years anything was booked in, and this one; newest first."""
        booked = {int(entry.body["year"]) for entry in self.entries if "year" in entry.body}
        return sorted(booked | {self.year, self.day.year}, reverse=True)

    @cached_property
    def newest_first(self) -> list[Booking]:
        """The year's bookings, the latest transfer first."""
        return sorted(self.bookings, key=lambda one: (one.day, one.reserved_at), reverse=True)

    def booking(self, name: str) -> Booking | None:
        """Return a booking by its id."""
        return next((one for one in self.bookings if one.id == name), None)


@dataclass
class Reader:
    """Reads the ledger for the pages. `day` fixes the day of the question; None is today in China."""

    settings: Settings
    url: str
    day: date | None = None
    filings: tuple[Filing, ...] = ()
    patience: float = PATIENCE
    failures: int = 0
    _book: Book | None = None
    _known: dict[int, tuple[Any, Year]] = field(default_factory=dict)
    _waiting: dict[Any, Future[Year]] = field(default_factory=dict)
    _hand: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "ledger-reader"))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def year(self, year: int | None = None) -> Year:
        """Return a year as it stands now; LedgerError when the ledger cannot be read.

        While somebody books for a long time, the year as it was before is returned: a page says when it was read.
        """
        from .. import api

        day = self.day or api.today()
        asked = year or day.year
        mark = (asked, day, *self._marks())
        with self._lock:
            known = self._known.get(asked)
            if known and known[0] == mark:
                return known[1]
            reading = self._waiting.get(mark)
            if reading is None:
                reading = self._waiting[mark] = self._hand.submit(self._read_at, mark, asked, day)
        try:
            return reading.result(self.patience if known else None)
        except TimeoutError:
            assert known is not None
            return known[1]

    def keep_warm(self) -> None:
        """Read what was booked as it happens, so that the next page finds it in memory. Never returns."""
        while True:
            with suppress(ExportgateError, OSError):
                self.year().edition.status()
            time.sleep(PAUSE)

    def _read_at(self, mark: Any, year: int, day: date) -> Year:
        from .. import api

        try:
            found = self._read(year, day, api.now())
            self._known[year] = (mark, found)
            return found
        except LedgerError:
            self.failures += 1
            raise
        finally:
            with self._lock:
                self._waiting.pop(mark, None)

    def _read(self, year: int, day: date, now: datetime) -> Year:
        from ... import field_maps
        from .. import verdicts

        edition = field_maps.load(self.settings.list)
        if self._is_missing():
            empty: dict[str, Any] = {"year": year, "counters": [], "reservations": [], "alerts": [], "suspensions": []}
            return Year(year, day, empty, (), (), edition, self.settings, now, filings=self.filings)
        document, entries = self._opened().view(year, day, now=now)
        audited = self._opened().remembered()
        bookings = tuple(bookings_of(entries, year))
        judged = verdicts.judged(document, bookings, self.settings, day)
        about = (edition, self.settings, now, judged["chain"]["head"], self.filings, audited)
        return Year(year, day, judged, bookings, entries, *about)

    def _opened(self) -> Book:
        from .. import api

        if self._book is None:
            self._book = api.open_ledger(self.url, config=self.settings)
        return self._book

    def _is_missing(self) -> bool:
        return "://" not in self.url and not Path(self.url).exists()

    def _marks(self) -> tuple[Any, ...]:
        """Return something that differs when the ledger has changed."""
        if "://" in self.url:
            return (int(time.monotonic() / FRESH),)
        place = Path(self.url)
        files = sorted(one for one in place.parent.glob(f"{place.name}*") if not one.name.endswith(".lock"))
        return tuple((one.name, found.st_mtime_ns, found.st_size) for one in files if (found := one.stat()))
