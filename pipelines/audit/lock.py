"""Two audits of one ledger never overlap: the second says so and ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...scanner.errors import LedgerError

if TYPE_CHECKING:
    from ...scanner.ledger import Book

LOCK = 0x65_78_61_75  # "exau"


@contextmanager
def alone(book: Book) -> Iterator[None]:
    """Hold the audit lock of a ledger; LedgerError when another audit holds it. It goes with the process."""
    from ..postgres_store import PostgresStore

    store = book.store
    if isinstance(store, PostgresStore):
        with _in_database(store):
            yield
    else:
        with _beside(str(store.name)):
            yield


@contextmanager
def _beside(path: str) -> Iterator[None]:
    import fcntl

    handle = os.open(f"{path}.audit.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise _taken(path) from None
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def _in_database(store: object) -> Iterator[None]:
    import psycopg

    url, name = getattr(store, "url"), getattr(store, "name")  # noqa: B009
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=30)
    except psycopg.Error as error:
        raise LedgerError(f"the ledger could not be used ({type(error).__name__})", where=name) from None
    with connection:
        got = connection.execute("select pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if not got or not got[0]:
            raise _taken(name)
        yield


def _taken(name: str) -> LedgerError:
    return LedgerError("another audit of this ledger is running", where=name, hint="wait for it to end")
