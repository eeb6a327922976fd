"""The ledger in PostgreSQL 14 or later, when several machines book.

Everything lives in the schema ``exportgate``. A role needs ``usage`` and ``create`` on that schema and ``temporary``
on the database, nothing else; when the schema does not exist yet, also ``create`` on the database, once. One
transaction at a time holds an advisory lock; it waits for the others instead of failing, and a broken connection leaves
nothing behind.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from ..scanner.errors import LedgerError
from ..scanner.ledger import Book
from ..scanner.ledger.session import Session
from ..scanner.ledger.store import Store

LOCK = 0x65_78_67_74  # "exgt"
PATIENCE = "600s"
_TABLES = (
    "create table if not exists meta (name text, body text)",
    "create table if not exists entry (seq integer, moment text, kind text, body text, previous text, mac text)",
)
_TYPES = {"i": "integer", "id": "integer", "comp": "integer", "content": "integer", "first": "integer"}
_WIDTHS = {"integer": np.int32, "smallint": np.int16, "bigint": np.int64}
_TYPES |= {"space": "smallint", "basis": "smallint", "mask": "bigint", "key": "bytea", "rest": "integer[]"}


class PostgresSession(Session):
    """A transaction in PostgreSQL."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Execute a statement and return its rows."""
        cursor = self.connection.execute(sql.replace("?", "%s"), values)
        return list(cursor.fetchall()) if cursor.description else []

    def arrays(self, sql: str) -> dict[str, Any]:
        """Return a query's columns as arrays."""
        cursor = self.connection.cursor(binary=True)
        cursor.execute(sql)
        names = [column.name for column in cursor.description]
        columns = list(zip(*cursor.fetchall(), strict=True)) or [() for _ in names]
        return {name: _array(name, values) for name, values in zip(names, columns, strict=True)}

    def stage(self, name: str, columns: Mapping[str, Any]) -> None:
        """Copy arrays into a temporary table."""
        self.connection.execute(f"drop table if exists pg_temp.{name}")
        declared = ", ".join(f"{column} {_TYPES[column]}" for column in columns)
        self.connection.execute(f"create temporary table {name} ({declared}) on commit drop")
        values = [_values(column, array) for column, array in columns.items()]
        statement = f"copy pg_temp.{name} ({', '.join(columns)}) from stdin (format binary)"
        with self.connection.cursor().copy(statement) as copy:
            copy.set_types(
                [
                    {"integer": "int4", "smallint": "int2", "bigint": "int8", "integer[]": "int4[]"}.get(t, t)
                    for t in map(_TYPES.__getitem__, columns)
                ]
            )
            for row in zip(*values, strict=True):
                copy.write_row(row)
        self.connection.execute(f"analyze pg_temp.{name}")

    def insert(self, table: str, parts: Iterable[Mapping[str, Any]]) -> None:
        """Copy each part and insert it."""
        for part in parts:
            self.stage("fresh", part)
            names = ", ".join(part)
            self.run(f"insert into {table} ({names}) select {names} from fresh")  # noqa: S608
        self.unstage("fresh")

    def unstage(self, name: str) -> None:
        """Drop a temporary table."""
        self.connection.execute(f"drop table if exists pg_temp.{name}")

    def has_year(self, year: int) -> bool:
        """Tell whether a year's tables exist."""
        return self.run("select to_regclass(?)", (f"exportgate.node_{year:d}",))[0][0] is not None

    def create_year(self, year: int) -> None:
        """Create a year's tables."""
        self.run(f"create table node_{year:d} (id integer, space smallint, key bytea, comp integer)")
        self.run(
            f"create table fact_{year:d} (content integer, first integer, rest integer[], mask bigint, basis smallint)"
        )
        for table, column in (
            ("node", "key"),
            ("node", "comp"),
            ("node", "id"),
            ("fact", "first"),
            ("fact", "content"),
        ):
            self.run(f"create index on {table}_{year:d} ({column})")


def _values(name: str, array: Any) -> Any:
    if name == "key":
        data = np.ascontiguousarray(array, np.uint8).tobytes()
        return [data[i : i + 16] for i in range(0, len(data), 16)]
    return array.to_pylist() if name == "rest" else np.asarray(array).tolist()


def _array(name: str, values: Any) -> Any:
    import pyarrow as pa

    if name == "key":
        return np.frombuffer(b"".join(values), np.uint8).reshape(-1, 16)
    if name == "rest":
        return pa.array(values, pa.list_(pa.int32()))
    return np.array(values, _WIDTHS[_TYPES.get(name, "bigint")])


class PostgresStore(Store):
    """A ledger in the schema ``exportgate`` of a PostgreSQL database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = re.sub(r"//[^@/]*@", "//", url).split("?")[0]
        self._mine = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Connect, lock, begin; commit at the end, or leave everything as it was."""
        import psycopg

        if self._mine.__dict__.setdefault("busy", False):
            raise LedgerError("the ledger was used inside its own transaction", where=self.name)
        self._mine.busy = True
        try:
            with psycopg.connect(self.url, connect_timeout=30, prepare_threshold=None) as connection:
                # each statement sees what was committed while this transaction waited for the lock, whatever the
                # server's default: under a snapshot taken before the lock, two writers would both be first
                connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
                _prepare(connection)
                session = PostgresSession(connection)
                yield session
                if session.discarded:
                    connection.rollback()
        except psycopg.Error as error:
            raise LedgerError(f"the ledger could not be used ({type(error).__name__})", where=self.name) from error
        finally:
            self._mine.busy = False


def _prepare(connection: Any) -> None:
    connection.execute(f"set local lock_timeout = '{PATIENCE}'")
    # a client that hangs or vanishes from the network must not keep the others waiting for good
    connection.execute(f"set local idle_in_transaction_session_timeout = '{PATIENCE}'")
    connection.execute("set local tcp_keepalives_idle = 60")
    connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
    if connection.execute("select to_regnamespace('exportgate')").fetchone()[0] is None:
        connection.execute("create schema exportgate")
    connection.execute("set local search_path to exportgate, pg_temp")
    if connection.execute("select to_regclass('exportgate.entry')").fetchone()[0] is None:
        for statement in _TABLES:
            connection.execute(statement)


def open_ledger(url: str, key: str | bytes) -> Book:
    """Open (or create) the ledger in a PostgreSQL database; LedgerError when the key is another than the ledger's."""
    return Book(PostgresStore(url), key)
