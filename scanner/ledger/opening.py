"""Open a ledger by its URL: a DuckDB file on this machine, or PostgreSQL when several machines book."""

from __future__ import annotations

from .book import Book


def open_ledger(url: str, key: str | bytes) -> Book:
    """Open (or create) the ledger at `url` with the 32-byte master key; LedgerError when it is another."""
    raise NotImplementedError
