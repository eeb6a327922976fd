"""The person ledger: exact, linked, racing-safe, replayable, and without a raw value.

>>> from exportgate.scanner import ledger
>>> ledger.open_ledger("year.duckdb", "00" * 32)  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..identity_keys import Keys
    from .book import Book
    from .folding import Alone, alone, draft_alone
    from .model import Counts, Entry, Excluded, Export, Figures, Projection, Reservation, Verification
    from .opening import open_ledger
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
_PLACES = {
    "Keys": "..identity_keys",
    "Book": ".book",
    "open_ledger": ".opening",
    "Registers": ".registers",
    **dict.fromkeys(("Alone", "alone", "draft_alone"), ".folding"),
}


def __getattr__(name: str) -> Any:
    """Import a part when it is first used: what counts one dataset needs no journal, no keys and no lock."""
    if name in __all__:
        return getattr(import_module(_PLACES.get(name, ".model"), __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
