"""Profile a dataset: read every cell of every column once and keep the evidence, not the cells.

The dataset is read batch by batch; the columns of a batch are judged in threads while the next batch is being read, so
memory depends on the batch and not on the file. Numpy and Arrow release the interpreter's lock while they work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from ..recognizers.cells import ColumnEvidence, ColumnReader
from ..recognizers.cells_arrow import from_numpy
from ..recognizers.planted import CanaryError, canary
from .allocator import one_allocator
from .errors import ComponentError, UsageError
from .sources.unfolding import items_of, list_of

BATCH_ROWS, BATCH_BYTES = 65_536, 64 << 20
_BATCH_CELLS, _LEAST_ROWS = 8 << 20, 1024
_MOST_THREADS = 8


class Batches(Protocol):
    """What a dataset must offer to be profiled (`scanner.sources`)."""

    name: str
    schema: pa.Schema
    rows: int | None

    def batches(
        self, columns: list[str] | None = None, batch_rows: int = BATCH_ROWS, *, dictionaries: bool = False
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows in batches; with `dictionaries`, columns of few values as the file stores them."""


@dataclass(frozen=True)
class Profile:
    """The evidence of each column, in the order of `names`; `rows` of the dataset as far as known, and those read."""

    names: tuple[str, ...]
    evidence: tuple[ColumnEvidence, ...]
    rows: int
    rows_scanned: int

    @property
    def exhaustive(self) -> bool:
        """Whether every row was read."""
        return self.rows_scanned == self.rows

    def __getitem__(self, name: str) -> ColumnEvidence:
        return self.evidence[self.names.index(name)]


def profile(
    dataset: Batches,
    columns: Sequence[str] | None = None,
    *,
    sample: int | None = None,
    progress: Callable[[int], None] | None = None,
    threads: int = 0,
) -> Profile:
    """Read the columns of a dataset (all by default) and return their evidence.

    `sample` reads that many rows only, evenly spread when the number of rows is known. `progress` is told the rows read
    so far. `threads` 0 means one per processor, at most eight. `ComponentError` when the canary is not found.
    """
    _check_canary()
    names = tuple(dataset.schema.names if columns is None else columns)
    present = frozenset(dataset.schema.names)
    for name in names:
        if name not in present:
            raise UsageError("no such column", where=f"{dataset.name}.{name}")
    readers = [ColumnReader() for _ in names]
    wanted = None if columns is None else list(names)
    batches = dataset.batches(wanted, _batch_rows(len(names)), dictionaries=True)
    seen = _Seen(dataset.rows)
    parts = _sampled(batches, dataset.rows, sample, seen)
    with one_allocator(), ThreadPoolExecutor(threads or min(os.cpu_count() or 1, _MOST_THREADS), "profile") as pool:
        rows = _read(pool, _together(parts), names, readers, progress)
        evidence = tuple(pool.map(ColumnReader.finish, readers))
    return Profile(names, evidence, seen.total(rows, sample), rows)


def _batch_rows(columns: int) -> int:
    """Return how many rows are read at once: fewer of a wide table, or a batch of it takes a gigabyte.

    >>> [_batch_rows(columns) for columns in (1, 20, 500, 20_000)]
    [65536, 65536, 16777, 1024]
    """
    return min(BATCH_ROWS, max(_LEAST_ROWS, _BATCH_CELLS // max(columns, 1)))


def _check_canary() -> None:
    try:
        canary()
    except CanaryError as error:
        raise ComponentError(str(error), where="recognizers") from error


@dataclass
class _Seen:
    """How many rows the dataset holds, as far as it has said or shown."""

    announced: int | None
    read: int = 0
    complete: bool = True

    def total(self, scanned: int, sample: int | None) -> int:
        if sample is None or self.complete:
            return self.read if sample is None else max(self.read, scanned)
        return self.read if self.announced is None else self.announced


def _read(
    pool: ThreadPoolExecutor,
    stretches: Iterator[list[pa.RecordBatch]],
    names: Sequence[str],
    readers: Sequence[ColumnReader],
    progress: Callable[[int], None] | None,
) -> int:
    rows = 0
    running: list[Future[None]] = []
    for batches in stretches:
        _wait(running)
        running = [
            pool.submit(reader.update, column) for reader, column in zip(readers, _columns(batches, names), strict=True)
        ]
        rows += sum(batch.num_rows for batch in batches)
        if progress:
            progress(rows)
    _wait(running)
    return rows


def _together(batches: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Yield small batches in lists of at most `BATCH_ROWS` rows: what is worth a task in a thread."""
    held: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        if held and (rows + batch.num_rows > BATCH_ROWS or size > BATCH_BYTES):
            yield held
            held, rows, size = [], 0, 0
        held.append(batch)
        rows, size = rows + batch.num_rows, size + batch.get_total_buffer_size()
    if held:
        yield held


def _columns(batches: Sequence[pa.RecordBatch], names: Sequence[str]) -> list[list[Any]]:
    """Return the arrays of each named column; of lists the items, for it is they that are of some kind."""
    schema = batches[0].schema
    by_place = list(zip(*(batch.columns for batch in batches), strict=True))
    fields = [(place, schema.field(place)) for place in map(schema.get_field_index, names)]
    return [
        [items_of(item, column) for column in by_place[place]] if list_of(item) else list(by_place[place])
        for place, item in fields
    ]


def _wait(running: Sequence[Future[None]]) -> None:
    for task in running:
        task.result()


def _sampled(
    batches: Iterator[pa.RecordBatch], rows: int | None, sample: int | None, seen: _Seen
) -> Iterator[pa.RecordBatch]:
    step = max(1, rows // sample) if rows and sample else 1
    left = sample
    for batch in batches:
        offset = -seen.read % step
        seen.read += batch.num_rows
        if left is None:
            yield batch
            continue
        part = batch if step == 1 else batch.take(from_numpy(np.arange(offset, batch.num_rows, step)))
        part = part.slice(0, left)
        left -= part.num_rows
        if part.num_rows:
            yield part
        if part.num_rows < batch.num_rows:
            seen.complete = False
        if left <= 0:
            break
    for batch in batches:
        seen.complete = False
        if seen.announced is not None:
            return
        seen.read += batch.num_rows  # only counted: a sample says of how many rows it is one
