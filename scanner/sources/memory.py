"""Data that is already in memory: Arrow, pandas, Polars, and anything with the Arrow C stream interface.

What can be read only once is kept: small in memory, large in a private file that has no name and dies with the process.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pyarrow as pa

from ..errors import SourceError, UsageError
from .dataset import Piece
from .reading import READABLE, reading

KEEP_IN_MEMORY_BYTES = 64 << 20
PIECE_ROWS = 1 << 20


@dataclass(frozen=True)
class TableReader:
    """An Arrow table; slices of a million rows are its pieces."""

    table: pa.Table = field(repr=False)
    notes: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The table's schema."""
        return self.table.schema

    @property
    def rows(self) -> int:
        """The table's number of rows."""
        return int(self.table.num_rows)

    def pieces(self) -> list[Piece]:
        """Return slices that share the table's memory."""
        starts = range(0, self.rows, PIECE_ROWS)
        return [
            Piece(f"rows from {start}", min(PIECE_ROWS, self.rows - start), partial(self._read, start))
            for start in starts
        ]

    def _read(
        self, start: int, indices: Sequence[int] | None, batch_rows: int, dictionaries: bool
    ) -> Iterator[pa.RecordBatch]:
        part = self.table.slice(start, PIECE_ROWS)
        yield from (part if indices is None else part.select(list(indices))).to_batches(max_chunksize=batch_rows)


@dataclass(frozen=True)
class SpooledReader:
    """A stream that was read once into a nameless private file; readers share its descriptor, not its position."""

    schema: pa.Schema
    rows: int
    file: Any = field(repr=False)
    notes: tuple[str, ...] = ()

    def pieces(self) -> list[Piece]:
        """Return the stream as one piece."""
        return [Piece("stream", self.rows, self._read)]

    def _read(self, indices: Sequence[int] | None, batch_rows: int, dictionaries: bool) -> Iterator[pa.RecordBatch]:
        with reading("stream"):
            source = pa.PythonFile(io.BufferedReader(_At(self.file.fileno()), 1 << 20), mode="r")
            for batch in pa.ipc.open_stream(source):
                yield batch if indices is None else batch.select(list(indices))


class _At(io.RawIOBase):
    """Reads a shared descriptor from a position of its own."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._at = descriptor, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = os.pread(self._descriptor, len(buffer), self._at)
        buffer[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


def open_memory(data: Any) -> TableReader | SpooledReader:
    """Open anything that is not a path; UsageError when it is nothing that can be read."""
    if isinstance(data, pa.Table):
        return TableReader(data)
    if isinstance(data, pa.RecordBatch):
        return TableReader(pa.Table.from_batches([data]))
    if isinstance(data, pa.RecordBatchReader):
        return _keep(data)
    if type(data).__module__.partition(".")[0] == "pandas":
        return _from_pandas(data)
    if type(data).__module__.partition(".")[0] == "polars":
        return _from_polars(data)
    if hasattr(data, "__arrow_c_stream__"):
        with reading("stream"):
            return _keep(pa.RecordBatchReader.from_stream(data))
    raise UsageError(f"cannot read a {type(data).__name__} as a dataset", hint=f"give a path ({READABLE}) or a table")


def _keep(stream: pa.RecordBatchReader) -> TableReader | SpooledReader:
    """Read a stream to its end, keeping it for later readings."""
    with reading("stream"):
        kept: list[pa.RecordBatch] = []
        size = 0
        for batch in stream:
            kept.append(batch)
            size += batch.get_total_buffer_size()
            if size > KEEP_IN_MEMORY_BYTES:
                return _spool(kept, stream)
        return TableReader(pa.Table.from_batches(kept, stream.schema))


def _spool(kept: list[pa.RecordBatch], rest: pa.RecordBatchReader) -> SpooledReader:
    import tempfile

    file = tempfile.TemporaryFile(prefix="exportgate-")  # noqa: SIM115 - lives as long as the reader
    rows = 0
    with pa.ipc.new_stream(file, rest.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as sink:
        while kept:
            batch = kept.pop(0)
            rows += batch.num_rows
            sink.write_batch(batch)
        for batch in rest:
            rows += batch.num_rows
            sink.write_batch(batch)
    file.flush()
    return SpooledReader(rest.schema, rows, file)


def _from_polars(data: Any) -> TableReader:
    frame = data.collect() if hasattr(data, "collect") else data
    frame = frame.to_frame() if hasattr(frame, "to_frame") else frame
    return TableReader(frame.to_arrow())


def _from_pandas(data: Any) -> TableReader:
    """Read a data frame or series; a named or non-numbered index is data and becomes columns."""
    frame = data.to_frame() if data.ndim == 1 else data
    plain = type(frame.index).__name__ == "RangeIndex" and frame.index.name is None
    levels = [] if plain else [(name, frame.index.get_level_values(at)) for at, name in enumerate(frame.index.names)]
    columns = [(frame.columns[at], frame.iloc[:, at]) for at in range(frame.shape[1])]
    named = [("index" if name is None else name, values) for name, values in levels] + columns
    if not named:
        raise SourceError("has no columns", where="data frame")
    arrays = [_pandas_array(values) for _, values in named]
    names = [".".join(map(str, name)) if isinstance(name, tuple) else str(name) for name, _ in named]
    comments = getattr(frame, "attrs", {}).get("comment", "")
    metadata = {"comment": str(comments)} if comments else None
    return TableReader(
        pa.Table.from_arrays(
            arrays, schema=pa.schema(list(zip(names, [array.type for array in arrays], strict=True)), metadata)
        )
    )


def _pandas_array(values: Any) -> pa.Array:
    """Return a pandas column as Arrow; a column of mixed things becomes text."""
    try:
        array = pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        missing = values.isna()
        array = pa.array([None if gone else str(cell) for cell, gone in zip(values, missing, strict=True)], pa.string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
