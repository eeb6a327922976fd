"""The person ledger: exact, linked, racing-safe, replayable, and without a raw value.

>>> from exportgate.scanner import ledger
>>> ledger.open_ledger("year.duckdb", "00" * 32)  # doctest: +SKIP
"""

from __future__ import annotations

from ..identity_keys import Keys
from .book import Book
from .folding import Alone, draft_alone
from .model import Counts, Entry, Excluded, Export, Figures, Projection, Reservation, Verification
from .opening import open_ledger
from .projecting import alone
from .registers import Registers

__all__ = [
    "Alone",
    "Book",
    "Counts",
    "Entry",
    "Excluded",
    "Export",
    "Figures",
    "Keys",
    "Projection",
    "Registers",
    "Reservation",
    "Verification",
    "alone",
    "draft_alone",
    "open_ledger",
]
