"""A dataset: named columns with their comments, read again and again in batches of bounded memory.

A `Reader` is one file or object as its format gives it; a `Dataset` is one reader, or several with one schema, with
nested columns flattened, names made unique and batches shaped alike. Nothing here prints a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from ..errors import SourceError, UsageError
from ..numbers import number_of
from .ahead import ahead
from .columns import Leaf, leaves_of, nearest, unify
from .flattening import as_it_is
from .kept import Kept

BATCH_ROWS = 65536
BATCH_BYTES = 64 << 20

Read = Callable[[Sequence[int] | None, int, bool], Iterator[pa.RecordBatch]]


@dataclass(frozen=True)
class Piece:
    """An independent piece of a reader (a row group, a stripe, a sheet): its rows where the file states them.

    `read(indices, batch_rows, dictionaries)` yields batches of exactly those root columns, in that order. `remote` ones
    come through a network and are read ahead.
    """

    label: str
    rows: int | None
    read: Read
    remote: bool = False


class Reader(Protocol):
    """One file or object: its schema as the format has it, its rows if stated, what a reader should know."""

    @property
    def schema(self) -> pa.Schema:
        """The columns as the format has them."""
        ...

    @property
    def rows(self) -> int | None:
        """How many rows, if the format states it."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences a person should read."""
        ...

    def pieces(self) -> list[Piece]:
        """Return the pieces; each opens its own handle, so that threads may read them side by side."""
        ...


@dataclass(frozen=True)
class Part:
    """A piece of a dataset that one thread reads on its own; `dataset.parts()` together are the dataset."""

    label: str
    rows: int | None
    _member: _Member = field(repr=False)
    _piece: Piece = field(repr=False)
    _schema: pa.Schema = field(repr=False)

    @property
    def remote(self) -> bool:
        """Whether the part comes through a network."""
        return self._piece.remote

    def batches(
        self, columns: Sequence[str] | None = None, batch_rows: int = BATCH_ROWS, *, dictionaries: bool = False
    ) -> Iterator[pa.RecordBatch]:
        """Yield the part's batches, see `Dataset.batches`."""
        names = _known(columns, self._schema)
        wanted = [self._schema.field(name) for name in names]
        roots = sorted({leaf.root for name in names if (leaf := self._member.leaves.get(name)) is not None})
        seen, as_they_are = 0, self._member.as_they_are(wanted, roots)
        # A file of which no wanted column exists still has rows, and they must be there as nulls.
        for batch in self._piece.read(roots or [0], batch_rows, dictionaries):
            seen += batch.num_rows
            if as_they_are is not None and batch.schema.equals(as_they_are, check_metadata=True):
                full = batch
            elif as_they_are is not None and batch.schema.types == as_they_are.types:
                full = pa.RecordBatch.from_arrays(batch.columns, schema=as_they_are)
            else:
                full = self._shaped(batch, wanted, roots, dictionaries)
            for start in range(0, full.num_rows, batch_rows):
                yield full.slice(start, batch_rows) if full.num_rows > batch_rows else full
        if self.rows is not None and seen != self.rows:
            raise SourceError(f"states {number_of(self.rows, 'row')} but gave {seen:,}", where=self.label)

    def _shaped(
        self, batch: pa.RecordBatch, wanted: Sequence[pa.Field], roots: Sequence[int], dictionaries: bool
    ) -> pa.RecordBatch:
        """Return a batch of the file as one of the dataset: flat columns of its names and types."""
        by_root = dict(zip(roots, batch.columns, strict=False))
        arrays = [self._member.column(item, by_root, batch.num_rows, dictionaries) for item in wanted]
        shape = pa.schema([item.with_type(array.type) for item, array in zip(wanted, arrays, strict=True)])
        return pa.RecordBatch.from_arrays(arrays, schema=shape)


class _Member:
    """One reader inside a dataset: which of its root columns, by which way, gives which dataset column."""

    def __init__(self, reader: Reader, constants: dict[str, str]) -> None:
        self.reader = reader
        self.constants = constants
        self.leaves = {leaf.name: leaf for leaf in leaves_of(reader.schema)}

    def as_they_are(self, wanted: Sequence[pa.Field], roots: Sequence[int]) -> pa.Schema | None:
        """Return the wanted columns' schema where the file has just them, flat and in this order; else None."""
        leaves = [self.leaves.get(item.name) for item in wanted]
        if any(leaf is None or leaf.extract is not as_it_is or leaf.name in self.constants for leaf in leaves):
            return None
        return pa.schema(wanted) if [leaf.root for leaf in leaves if leaf] == list(roots) else None

    def column(self, item: pa.Field, roots: dict[int, pa.Array], rows: int, dictionaries: bool) -> pa.Array:
        if item.name in self.constants:
            return pa.repeat(pa.scalar(self.constants[item.name], item.type), rows)
        leaf = self.leaves.get(item.name)
        if leaf is None:
            return pa.nulls(rows, item.type)
        array = leaf.extract(roots[leaf.root])
        if dictionaries and pa.types.is_dictionary(array.type):
            return array
        return array if array.type == item.type else Leaf.to_type(array, item.type)


class Dataset:
    """A dataset that can be read any number of times.

    `schema` carries ``comment`` and ``declared_type`` in field metadata, ``table`` and ``comment`` in its own.
    `label` is what reports call it: the name, or the path or address it was opened from.
    `rows` is None where the format does not state it. `notes` are sentences a person should read: the encoding found,
    columns renamed, columns missing in some files.
    """

    def __init__(self, name: str, members: Sequence[tuple[Reader, dict[str, str]]], notes: Sequence[str] = ()) -> None:
        self.name = name
        self.label = name
        self._members = [_Member(reader, constants) for reader, constants in members]
        self.schema, unified = unify(
            [(member.leaves, member.constants, member.reader.schema) for member in self._members]
        )
        stated = [member.reader.rows for member in self._members]
        self.rows: int | None = None if None in stated else sum(count or 0 for count in stated)
        found = [*notes, *(note for member in self._members for note in member.reader.notes), *unified]
        self.notes: tuple[str, ...] = tuple(dict.fromkeys(found))
        self._kept: Kept | None = None

    def __repr__(self) -> str:
        rows = "?" if self.rows is None else self.rows
        return f"<Dataset {self.name}: {rows} rows, {len(self.schema)} columns>"

    def parts(self) -> list[Part]:
        """Return independent parts, in order; each opens its own handle and may be read in its own thread."""
        return [
            Part(piece.label, piece.rows, member, piece, self.schema)
            for member in self._members
            for piece in member.reader.pieces()
        ]

    def keep(self, most_bytes: int) -> None:
        """Let the next reading of all columns keep those that may tell persons, if they take no more than that."""
        self._kept = Kept(most_bytes)

    def kept(self, columns: Sequence[str]) -> list[pa.RecordBatch] | None:
        """Return some columns as the file gave them, see `batches`, where a reading kept them all."""
        return self._kept.batches(columns) if self._kept else None

    def batches(
        self, columns: Sequence[str] | None = None, batch_rows: int = BATCH_ROWS, *, dictionaries: bool = False
    ) -> Iterator[pa.RecordBatch]:
        """Yield record batches of at most `batch_rows` rows, with `columns` in the order given (default: all).

        Only the named columns are read. With `dictionaries`, batches come as the file gives them: string columns of few
        distinct values dictionary encoded where it stores them so, and text in the pieces it is parsed in, which
        `gathered` joins. SourceError when the source cannot be read to its end; UsageError for
        a column the dataset does not have.
        """
        _known(columns, self.schema)
        parts = self.parts()
        found = (batch for part in parts for batch in part.batches(columns, batch_rows, dictionaries=dictionaries))
        whole = ahead(found) if any(part.remote for part in parts) else found
        yield from self._kept.of(whole) if self._kept and columns is None and dictionaries else whole


def gathered(batches: Iterable[pa.RecordBatch], rows: int, most_bytes: int) -> Iterator[pa.RecordBatch]:
    """Yield small batches joined into batches of `rows` rows, or fewer where those take more than `most_bytes`.

    Batches with dictionaries stay as they are.

    >>> ten = pa.record_batch({"n": [*range(10)]})
    >>> [batch.num_rows for batch in gathered([ten, ten, ten], 16, 1 << 20)]
    [16, 14]
    """
    held: list[pa.RecordBatch] = []
    count = size = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        if not held and (batch.num_rows == rows or any(map(pa.types.is_dictionary, batch.schema.types))):
            yield batch
            continue
        held.append(batch)
        count, size = count + batch.num_rows, size + batch.nbytes
        if count < rows and size < most_bytes:
            continue
        full = pa.concat_batches(held) if len(held) > 1 else batch
        for start in range(0, count if size >= most_bytes else count - count % rows, rows):
            yield full.slice(start, rows)
        held = [] if size >= most_bytes or not count % rows else [full.slice(count - count % rows)]
        count, size = sum(rest.num_rows for rest in held), sum(rest.nbytes for rest in held)
    if held:
        yield pa.concat_batches(held) if len(held) > 1 else held[0]


def _known(columns: Sequence[str] | None, schema: pa.Schema) -> list[str]:
    """Return the names to read; UsageError with the nearest right name for an unknown one."""
    if columns is None:
        return list(schema.names)
    present = set(schema.names)
    for name in columns:
        if name not in present:
            raise UsageError(f"no such column: {name}", hint=nearest(name, schema.names))
    return list(columns)
