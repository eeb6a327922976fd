"""JSON Lines: one object per line. All lines are looked at before the first batch, so that a key that appears only in
the last line is a column as well; numbers keep their digits, and what only looks like a time stays text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.json as pj

from ..errors import SourceError
from .columns import MAX_COLUMNS
from .dataset import Piece
from .encoding import encoding_of, spoken
from .reading import FileKind, open_text, reading, unchanged

BLOCK_BYTES = 8 << 20
MAX_ARRAY_BYTES = 512 << 20


@dataclass(frozen=True)
class JsonLinesReader:
    """A JSON Lines file, or a JSON file that is one array of objects."""

    kind: FileKind
    encoding: str
    schema: pa.Schema
    rows: int
    notes: tuple[str, ...]

    def pieces(self) -> list[Piece]:
        """Return the file as one piece."""
        return [Piece(self.kind.place.name, self.rows, self._read)]

    def _read(self, indices: Sequence[int] | None, batch_rows: int, dictionaries: bool) -> Iterator[pa.RecordBatch]:
        with reading(self.kind.place.name):
            unchanged(self.kind)
            for block in _blocks(self.kind, self.encoding):
                table = _exact(block, self.schema, self.kind.place.name)
                chosen = table if indices is None else table.select(list(indices))
                yield from chosen.combine_chunks().to_batches()


def open_json_lines(kind: FileKind) -> JsonLinesReader:
    """Open a JSON Lines file: one pass finds every key and type and counts the lines."""
    encoding = encoding_of(kind)
    where = kind.place.name
    types: dict[str, pa.DataType] = {}
    rows = 0
    with reading(where):
        for block in _blocks(kind, encoding):
            table = _inferred(block, where)
            rows += table.num_rows
            for item in table.schema:
                types[item.name] = _merged(types[item.name], item.type) if item.name in types else item.type
            if len(types) > MAX_COLUMNS:
                raise SourceError(f"has more than {MAX_COLUMNS} different keys", where=where)
    notes = () if encoding == "utf-8" else (f"{where}: read as {spoken(encoding)}",)
    schema = pa.schema([(name, _kept(inferred)) for name, inferred in types.items()])
    return JsonLinesReader(kind, encoding, schema, rows, notes)


def _blocks(kind: FileKind, encoding: str) -> Iterator[bytes]:
    """Yield UTF-8 blocks that end at a line's end."""
    with open_text(kind, encoding) as stream:
        rest = stream.read(BLOCK_BYTES).removeprefix(b"\xef\xbb\xbf")
        if rest.lstrip()[:1] == b"[":
            yield _lines_of_array(rest + stream.read(MAX_ARRAY_BYTES), kind.place.name)
            return
        while chunk := stream.read(BLOCK_BYTES):
            cut = chunk.rfind(b"\n")
            if cut < 0:
                rest += chunk
                if len(rest) > 16 * BLOCK_BYTES:
                    raise SourceError("has a line of more than 128 MiB", where=kind.place.name)
                continue
            yield rest + chunk[: cut + 1]
            rest = chunk[cut + 1 :]
    if rest.strip():
        yield rest


def _lines_of_array(raw: bytes, where: str) -> bytes:
    if len(raw) > MAX_ARRAY_BYTES:
        raise SourceError("is one JSON array of more than 512 MiB", where=where, hint="write it as JSON Lines")
    return b"\n".join(json.dumps(_checked(item, where), ensure_ascii=False).encode() for item in json.loads(raw))


def _inferred(block: bytes, where: str) -> pa.Table:
    try:
        return pj.read_json(pa.BufferReader(block), pj.ReadOptions(block_size=len(block) + 1, use_threads=False))
    except pa.ArrowInvalid:
        return _by_python(block, None, where)


def _exact(block: bytes, schema: pa.Schema, where: str) -> pa.Table:
    """Return the block with exactly the schema's columns."""
    try:
        return pj.read_json(
            pa.BufferReader(block),
            pj.ReadOptions(block_size=len(block) + 1, use_threads=False),
            pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        ).select(schema.names)
    except pa.ArrowInvalid:
        return _by_python(block, schema, where)


def _by_python(block: bytes, schema: pa.Schema | None, where: str) -> pa.Table:
    """Return the block where a key holds numbers in one line and text in another: such columns become text."""
    objects = []
    for line in block.splitlines():
        if line.strip():
            try:
                objects.append(_checked(json.loads(line), where))
            except json.JSONDecodeError:
                raise SourceError("has a line that is not JSON: cut short, or not JSON Lines", where=where) from None
    names = schema.names if schema is not None else list(dict.fromkeys(name for item in objects for name in item))
    kinds = [schema.field(name).type if schema is not None else None for name in names]
    arrays = [_array([item.get(name) for item in objects], kind) for name, kind in zip(names, kinds, strict=True)]
    return pa.Table.from_arrays(arrays, names=names)


def _array(cells: list[Any], kind: pa.DataType | None) -> pa.Array:
    if kind is None or not pa.types.is_string(kind):
        try:
            return pa.array(cells, kind)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            if kind is not None:
                raise
    return pa.array([_text(cell) for cell in cells], pa.string())


def _text(cell: object) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return json.dumps(cell, ensure_ascii=False)


def _checked(item: object, where: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise SourceError("holds a line that is not an object", where=where)
    return item


def _merged(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    if pa.types.is_struct(one) and pa.types.is_struct(other):
        fields = {item.name: item.type for item in one}
        for item in other:
            fields[item.name] = _merged(fields[item.name], item.type) if item.name in fields else item.type
        return pa.struct(list(fields.items()))
    if pa.types.is_list(one) and pa.types.is_list(other):
        return pa.list_(_merged(one.value_type, other.value_type))
    return pa.string()


def _kept(kind: pa.DataType) -> pa.DataType:
    """Return the type a column is read with: text stays text, even where it looks like a time."""
    if pa.types.is_timestamp(kind) or pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_struct(kind):
        return pa.struct([(item.name, _kept(item.type)) for item in kind])
    if pa.types.is_list(kind):
        return pa.list_(_kept(kind.value_type))
    return kind
