"""The embedded store: a DuckDB file on this machine, one writer at a time under an advisory file lock.

DuckDB lets one process open a file; the lock makes the others wait instead of failing, and is held only for the time of
one transaction. A transaction that did not commit leaves nothing behind, whatever killed it.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import LedgerError
from .session import Session
from .store import Store

PATIENCE, PAUSE = 600, 0.02
"""Seconds to wait for the lock, and between two tries."""
MEMORY = "768MiB"
"""What DuckDB may hold beside our own arrays; what does not fit it writes beside the file, keys wrapped as they are."""
_TABLES = (
    "create table if not exists meta (name varchar, body varchar)",
    "create table if not exists entry "
    "(seq integer, moment varchar, kind varchar, body varchar, previous varchar, mac varchar)",
)


class DuckSession(Session):
    """A transaction on a DuckDB file."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Execute a statement and return its rows."""
        rows: list[tuple[Any, ...]] = self.connection.execute(sql, list(values)).fetchall()
        return rows

    def arrays(self, sql: str) -> dict[str, Any]:
        """Return a query's columns as arrays."""
        table = self.connection.sql(sql).to_arrow_table().combine_chunks()
        return {name: _array(table.column(name)) for name in table.column_names}

    def stage(self, name: str, columns: Mapping[str, Any]) -> None:
        """Register arrays as a view."""
        import pyarrow as pa

        self.connection.register(name, pa.Table.from_batches([_batch(columns)]))

    def insert(self, table: str, parts: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows as one stream: DuckDB keeps every table it was given until the transaction ends."""
        import pyarrow as pa

        batches = map(_batch, parts)
        first = next(batches, None)
        if first is not None:
            stream = pa.RecordBatchReader.from_batches(first.schema, chain([first], batches))
            self.connection.register("fresh", stream)
            self.run(f"insert into {table} ({', '.join(first.schema.names)}) select * from fresh")  # noqa: S608
            self.unstage("fresh")

    def unstage(self, name: str) -> None:
        """Forget a view, and the arrays it held."""
        self.connection.unregister(name)

    def has_year(self, year: int) -> bool:
        """Tell whether a year's tables exist."""
        return bool(self.run("select 1 from duckdb_tables() where table_name = ?", (f"node_{year:d}",)))

    def create_year(self, year: int) -> None:
        """Create a year's tables."""
        self.run(f"create table node_{year:d} (id integer, space smallint, key uuid, comp integer)")
        self.run(
            f"create table fact_{year:d} (content integer, first integer, rest integer[], mask bigint, basis smallint)"
        )


def _batch(columns: Mapping[str, Any]) -> Any:
    import pyarrow as pa

    arrays = {name: _keys(values) if name == "key" else _numbers(values) for name, values in columns.items()}
    return pa.RecordBatch.from_arrays([*arrays.values()], names=[*arrays])


def _numbers(values: Any) -> Any:
    from ...recognizers.cells_arrow import from_numpy

    return from_numpy(values) if isinstance(values, np.ndarray) else values


def _keys(keys: Any) -> Any:
    import pyarrow as pa

    data = np.ascontiguousarray(keys, np.uint8)
    storage = pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), len(data), [None, pa.py_buffer(data)])
    return pa.ExtensionArray.from_storage(pa.uuid(), storage)


def _array(column: Any) -> Any:
    import pyarrow as pa

    from ...recognizers.cells_arrow import to_numpy

    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(array, pa.ExtensionArray):
        storage = array.storage
        return np.frombuffer(storage.buffers()[1], np.uint8)[storage.offset * 16 :][: len(storage) * 16].reshape(-1, 16)
    if pa.types.is_list(array.type):
        return array
    return array.to_numpy(zero_copy_only=False) if array.null_count else to_numpy(array)


_masks = threading.Lock()
_mask = {"users": 0, "before": 0}


@contextmanager
def _private() -> Iterator[None]:
    """Let only the owner read what this process creates: DuckDB makes its log and its spill files itself."""
    with _masks:
        if not _mask["users"]:
            _mask["before"] = os.umask(0o077)
        _mask["users"] += 1
    try:
        yield
    finally:
        with _masks:
            _mask["users"] -= 1
            if not _mask["users"]:
                os.umask(_mask["before"])


class EmbeddedStore(Store):
    """A ledger in one DuckDB file with its lock beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)
        self._mine = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Lock, open, begin; commit at the end, or leave everything as it was."""
        import duckdb

        if self._mine.__dict__.setdefault("busy", False):
            raise LedgerError("the ledger was used inside its own transaction", where=self.name)
        self._mine.busy = True
        try:
            with self._locked(), self._connected() as connection:
                connection.execute("begin")
                for statement in _TABLES:
                    connection.execute(statement)
                session = DuckSession(connection)
                yield session
                connection.execute("rollback" if session.discarded else "commit")
                self._mark()
        except (OSError, duckdb.Error, MemoryError) as error:
            raise LedgerError(f"the ledger could not be used ({_reason(error)})", where=self.name) from error
        finally:
            self._mine.busy = False

    @contextmanager
    def _locked(self) -> Iterator[None]:
        import fcntl

        handle = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._wait(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB))
            self._require_file()
            with _private():
                yield
        finally:
            os.close(handle)

    @property
    def lock(self) -> Path:
        """The lock file; once a ledger was made, it says so."""
        return Path(f"{self.path}.lock")

    @property
    def spill(self) -> Path:
        """The folder for what a transaction cannot hold in memory; gone at its end, and at the next one's beginning."""
        return Path(f"{self.path}.tmp")

    def _mark(self) -> None:
        if not self.lock.stat().st_size:
            self.lock.write_text("exportgate ledger\n", encoding="ascii")

    def _require_file(self) -> None:
        """Raise LedgerError when a ledger was here and is gone: starting a new one would forget the year."""
        if self.lock.stat().st_size and not self.path.exists():
            hint = f"restore it from a copy; to begin a new ledger all the same, remove {self.lock}"
            raise LedgerError("the ledger was here and is gone", where=self.name, hint=hint)

    def _wait(self, take: Callable[[], None]) -> None:
        for _ in range(int(PATIENCE / PAUSE)):
            try:
                return take()
            except BlockingIOError:
                time.sleep(PAUSE)
        raise LedgerError(f"another process has held the ledger for {PATIENCE} seconds", where=self.name)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        import duckdb

        fresh = not self.path.exists()
        shutil.rmtree(self.spill, ignore_errors=True)  # a process killed in a transaction leaves its own behind
        settings: dict[str, str | bool | int | float | list[str]] = {
            "arrow_lossless_conversion": "true",
            "threads": "2",
            "memory_limit": MEMORY,
            "temp_directory": str(self.spill),
            "autoinstall_known_extensions": "false",
        }
        connection = duckdb.connect(str(self.path), config=settings)
        connection.execute("set enable_progress_bar = false")  # its bar would stand in the results
        if fresh:
            self.path.chmod(0o600)
        try:
            yield connection
        finally:
            connection.close()


def _reason(error: BaseException) -> str:
    """Say what went wrong in words that hold no data: the kind of error and, for the system's errors, its own words."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    first = str(error).splitlines()[0] if str(error) else type(error).__name__
    return first[:160]
