"""Open a ledger by its URL: a DuckDB file on this machine, or PostgreSQL when several machines book."""

from __future__ import annotations

from pathlib import Path

from ..errors import UsageError
from .book import Book
from .embedded import EmbeddedStore
from .store import Store


def open_ledger(url: str | Path | Store, key: str | bytes) -> Book:
    """Open (or create) the ledger at `url` with the 32-byte master key; LedgerError when it is another.

    `url` is a path (a DuckDB file) or a `Store`, such as ``pipelines.postgres_store.PostgresStore(url)``.
    """
    if isinstance(url, Store):
        return Book(url, key)
    if "://" in str(url):
        scheme = str(url).split("://", 1)[0]
        raise UsageError(f"no ledger is kept in {scheme}://", where="ledger.url", hint="a path, or postgresql://…")
    return Book(EmbeddedStore(Path(url)), key)
