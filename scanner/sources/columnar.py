"""Parquet, ORC and Arrow files: read column by column, row group by row group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import SourceError
from .dataset import Piece
from .places import Place
from .reading import FileKind, reading, unchanged

FEW_BYTES_PER_CELL = 3.0
"""Below this a Parquet column of text has few different values: written out, lengths alone take four bytes each."""
FETCHED_BYTES, STREAMED_BYTES = 256 << 20, 4 << 20
"""From afar a row group up to the first size is fetched at once, a larger one in blocks of the second."""
LOCAL_BYTES = 1 << 16
"""A file on this machine is read in blocks of so much, or each of its columns is held as it is written, too."""


@dataclass(frozen=True)
class ParquetReader:
    """A Parquet file; its row groups are its pieces."""

    kind: FileKind
    schema: pa.Schema
    rows: int
    group_rows: tuple[int, ...]
    repetitive: tuple[str, ...]
    footer: pq.FileMetaData = field(repr=False)
    notes: tuple[str, ...] = ()

    def pieces(self) -> list[Piece]:
        """Return one piece per row group."""
        place = self.kind.place
        return [
            Piece(f"{place.name}#{group}", rows, partial(self._read, group), place.remote)
            for group, rows in enumerate(self.group_rows)
        ]

    def _bytes(self, group: int, indices: Sequence[int] | None) -> int:
        """Return how many bytes the file holds of some root columns of a row group."""
        row_group = self.footer.row_group(group)
        chosen = None if indices is None else {self.schema.names[index] for index in indices}
        columns = (row_group.column(at) for at in range(row_group.num_columns))
        return sum(
            column.total_compressed_size
            for column in columns
            if chosen is None or not chosen.isdisjoint((path := column.path_in_schema, path.partition(".")[0]))
        )

    def _read(
        self, group: int, indices: Sequence[int] | None, batch_rows: int, dictionaries: bool
    ) -> Iterator[pa.RecordBatch]:
        with reading(self.kind.place.name):
            unchanged(self.kind)
            encoded = list(self.repetitive) if dictionaries else None
            with _parquet(self.kind.place, self.footer, encoded, self._bytes(group, indices)) as file:
                wanted = _distinct_names(self.schema, indices)
                for batch in file.iter_batches(batch_rows, row_groups=[group], columns=wanted, use_threads=False):
                    yield _in_order(batch, self.schema, indices, wanted)


@dataclass(frozen=True)
class OrcReader:
    """An ORC file; its stripes are its pieces."""

    kind: FileKind
    schema: pa.Schema
    rows: int
    stripes: int
    notes: tuple[str, ...] = ()

    def pieces(self) -> list[Piece]:
        """Return one piece per stripe."""
        return [Piece(f"{self.kind.place.name}#{at}", None, partial(self._read, at)) for at in range(self.stripes)]

    def _read(
        self, stripe: int, indices: Sequence[int] | None, batch_rows: int, dictionaries: bool
    ) -> Iterator[pa.RecordBatch]:
        from pyarrow import orc

        with reading(self.kind.place.name):
            unchanged(self.kind)
            wanted = _distinct_names(self.schema, indices)
            batch = orc.ORCFile(self.kind.place.open()).read_stripe(stripe, columns=wanted)
            yield _in_order(batch, self.schema, indices, wanted)


@dataclass(frozen=True)
class ArrowReader:
    """An Arrow IPC file or stream, or an old Feather file; mapped into memory, not loaded."""

    kind: FileKind
    schema: pa.Schema
    rows: int | None = None
    notes: tuple[str, ...] = ()

    def pieces(self) -> list[Piece]:
        """Return the file as one piece."""
        return [Piece(self.kind.place.name, self.rows, self._read)]

    def _read(self, indices: Sequence[int] | None, batch_rows: int, dictionaries: bool) -> Iterator[pa.RecordBatch]:
        with reading(self.kind.place.name):
            unchanged(self.kind)
            for batch in _arrow_batches(self.kind):
                yield batch if indices is None else batch.select(list(indices))


def _parquet(
    place: Place, footer: pq.FileMetaData, dictionaries: list[str] | None, wanted_bytes: int
) -> pq.ParquetFile:
    """Open a Parquet file whose footer is known; from afar, what one row group holds comes in few large readings."""
    fetched = place.remote and wanted_bytes <= FETCHED_BYTES
    slow = place.remote and not fetched
    return pq.ParquetFile(
        place.open(),
        metadata=footer,
        read_dictionary=dictionaries,
        pre_buffer=fetched,
        buffer_size=0 if fetched else STREAMED_BYTES if slow else LOCAL_BYTES,
    )


def open_parquet(kind: FileKind) -> ParquetReader:
    """Open a Parquet file by its footer."""
    with reading(kind.place.name), pq.ParquetFile(kind.place.open()) as file:
        meta = file.metadata
        rows = tuple(meta.row_group(group).num_rows for group in range(meta.num_row_groups))
        if sum(rows) != meta.num_rows:
            raise SourceError("states another number of rows than its row groups hold", where=kind.place.name)
        return ParquetReader(kind, file.schema_arrow, meta.num_rows, rows, _repetitive(meta, file.schema_arrow), meta)


def open_orc(kind: FileKind) -> OrcReader:
    """Open an ORC file by its footer."""
    from pyarrow import orc

    with reading(kind.place.name):
        file = orc.ORCFile(kind.place.open())
        return OrcReader(kind, file.schema, file.nrows, file.nstripes)


def open_arrow(kind: FileKind) -> ArrowReader:
    """Open an Arrow file, stream or Feather file by its schema."""
    with reading(kind.place.name):
        if kind.format == "Feather":
            from pyarrow import feather

            table = feather.read_table(kind.place.mapped())
            return ArrowReader(kind, table.schema, table.num_rows)
        with kind.place.mapped() as source:
            if kind.format == "Arrow":
                return ArrowReader(kind, pa.ipc.open_file(source).schema)
            return ArrowReader(kind, pa.ipc.open_stream(source).schema)


def _arrow_batches(kind: FileKind) -> Iterator[pa.RecordBatch]:
    if kind.format == "Feather":
        from pyarrow import feather

        yield from feather.read_table(kind.place.mapped()).to_batches()
        return
    with kind.place.mapped() as source:
        if kind.format == "Arrow":
            file = pa.ipc.open_file(source)
            yield from (file.get_batch(index) for index in range(file.num_record_batches))
        else:
            yield from pa.ipc.open_stream(source)


def _distinct_names(schema: pa.Schema, indices: Sequence[int] | None) -> list[str] | None:
    """Return the names to read, or None for all: a name that occurs twice cannot be asked for."""
    if indices is None or len(set(schema.names)) < len(schema.names):
        return None
    return [schema.names[index] for index in indices]


def _in_order(
    batch: pa.RecordBatch, schema: pa.Schema, indices: Sequence[int] | None, wanted: list[str] | None
) -> pa.RecordBatch:
    if indices is None:
        return batch
    return batch.select(list(indices)) if wanted is None else batch.select(wanted)


def _repetitive(meta: pq.FileMetaData, schema: pa.Schema) -> tuple[str, ...]:
    """Return the text columns that the file stores as few distinct values."""
    sizes: dict[str, int] = {}
    cells: dict[str, int] = {}
    for group in range(meta.num_row_groups):
        row_group = meta.row_group(group)
        for index in range(row_group.num_columns):
            column = row_group.column(index)
            name = column.path_in_schema
            sizes[name] = sizes.get(name, 0) + column.total_uncompressed_size
            cells[name] = cells.get(name, 0) + _filled(column)
    text = {item.name for item in schema if pa.types.is_string(item.type) or pa.types.is_large_string(item.type)}
    return tuple(name for name, size in sizes.items() if name in text and size < FEW_BYTES_PER_CELL * cells[name])


def _filled(column: pq.ColumnChunkMetaData) -> int:
    """Return how many cells are known to be written with the help of a dictionary."""
    encodings = "".join(column.encodings)
    if "DICTIONARY" not in encodings or "DELTA" in encodings:
        return 0
    statistics = column.statistics
    if statistics is None or not statistics.has_null_count:
        return int(column.num_values) // 3  # where most may be nulls, which take no room
    return int(column.num_values - statistics.null_count)
