"""Where a ledger is kept: anything that gives exclusive, all-or-nothing transactions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from .session import Session


class Store(ABC):
    """A place for one ledger. `name` is what messages call it; it never holds a password."""

    name: str

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Session]:
        """Return a transaction that is alone on the ledger; LedgerError when there is none to be had."""
