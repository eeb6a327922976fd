"""Columns as the gate sees them: flat, uniquely named, with their comments.

A struct becomes dotted columns (``address.city``), a list the text of its items, a map its keys and values, so that
no cell escapes the scan by being nested. Several files of one folder are brought to one schema.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from ..errors import SourceError
from .flattening import Comments, Extract, described, is_text, text_of, walk

MAX_COLUMNS = 20_000
"""More columns than any table a person wrote; beyond it the file is an accident or an attack."""


@dataclass(frozen=True)
class Leaf:
    """A flat column: from which root column, of which type, and how its cells are taken out."""

    name: str
    root: int
    type: pa.DataType
    extract: Extract
    comments: Comments

    @staticmethod
    def to_type(array: pa.Array, target: pa.DataType) -> pa.Array:
        """Return the array as `target`: text for text, otherwise by a safe cast."""
        return text_of(array, target) if is_text(target) else array.cast(target)


def column_comment(item: pa.Field) -> str:
    """Return what the source says about a column: metadata ``comment``, else ``description``.

    >>> column_comment(pa.field("id_no", pa.string(), metadata={"description": "身份证号"}))
    '身份证号'
    """
    return _first(item.metadata, b"comment", b"description")


def declared_type(item: pa.Field) -> str:
    """Return the type the source's own system declares, such as ``varchar(18)``; empty when it says none."""
    return _first(item.metadata, b"declared_type")


def table_comment(schema: pa.Schema) -> str:
    """Return what the source says about the whole table: schema metadata ``comment``, else ``description``."""
    return _first(schema.metadata, b"comment", b"description")


def leaves_of(schema: pa.Schema) -> list[Leaf]:
    """Flatten a schema; names are made unique, the second ``phone`` being ``phone#2``."""
    by_spark = _spark_comments(schema)
    found = [
        (root, flat)
        for root, item in enumerate(schema)
        for flat in walk(item.name, item.type, {**by_spark.get(item.name, {}), **described(item)})
    ]
    if len(found) > MAX_COLUMNS:
        raise SourceError(f"has {len(found)} columns; more than {MAX_COLUMNS} are not read", hint="split the file")
    names = unique_names([flat.name for _, flat in found])
    pairs = zip(names, found, strict=True)
    return [Leaf(name, root, flat.type, flat.extract, flat.comments) for name, (root, flat) in pairs]


def unique_names(names: Sequence[str]) -> list[str]:
    """Number repeated names and name empty ones by position.

    >>> unique_names(["phone", "phone", " ", "phone#2"])
    ['phone', 'phone#2', 'column_3', 'phone#2#2']
    """
    taken: set[str] = set()
    result = []
    for position, name in enumerate(names, start=1):
        base = name.strip() or f"column_{position}"
        chosen, count = base, 1
        while chosen in taken:
            count += 1
            chosen = f"{base}#{count}"
        taken.add(chosen)
        result.append(chosen)
    return result


Described = tuple[dict[str, Leaf], dict[str, str], pa.Schema]


def unify(members: Sequence[Described]) -> tuple[pa.Schema, list[str]]:
    """Return one schema for all members, and notes about columns that only some of them have.

    A column whose types differ between files becomes text.
    """
    types: dict[str, pa.DataType] = {}
    metadata: dict[str, dict[bytes, bytes]] = {}
    seen: dict[str, int] = {}
    for leaves, constants, _ in members:
        for name, kind in [
            *((leaf.name, leaf.type) for leaf in leaves.values()),
            *((key, pa.string()) for key in constants),
        ]:
            types[name] = _common(types[name], kind) if name in types else kind
            described = leaves[name].comments if name in leaves else {}
            metadata[name] = {**described, **metadata.get(name, {})}
            seen[name] = seen.get(name, 0) + 1
    partial = [name for name, count in seen.items() if count < len(members) and name not in members[0][1]]
    notes = [f"only some of the files have: {_listed(partial)}; their cells are null elsewhere"] if partial else []
    renamed = [name for name in types if "#" in name and any(name.split("#")[0] == other for other in types)]
    if renamed:
        notes.append(f"column names occur twice; the later ones are read as {_listed(renamed)}")
    fields = [pa.field(name, kind, metadata=metadata[name] or None) for name, kind in types.items()]
    return pa.schema(fields, metadata=_table_metadata(schema for _, _, schema in members)), notes


def nearest(name: str, names: Iterable[str]) -> str:
    """Return a hint that names the most similar name, or lists the first few."""
    known = list(names)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else f"the dataset has {_listed(known)}"


def _common(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    if pa.types.is_integer(one) and pa.types.is_integer(other):
        return pa.int64() if pa.uint64() not in (one, other) else pa.string()
    return pa.string()


def _table_metadata(schemas: Iterable[pa.Schema]) -> dict[bytes, bytes] | None:
    found: dict[bytes, bytes] = {}
    for schema in schemas:
        known = {b"comment": table_comment(schema).encode()}
        known |= {key: _first(schema.metadata, key).encode() for key in (b"table", b"tags")}
        found = {**{key: value for key, value in known.items() if value}, **found}
    return found or None


def _spark_comments(schema: pa.Schema) -> dict[str, Comments]:
    """Return the column comments that Spark leaves in a Parquet file's own metadata."""
    raw = (schema.metadata or {}).get(b"org.apache.spark.sql.parquet.row.metadata")
    try:
        fields = json.loads(raw)["fields"] if raw else []
        said = {item["name"]: str(item["metadata"].get("comment", "")) for item in fields}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {name: {b"comment": comment.encode()} for name, comment in said.items() if comment}


def _first(metadata: dict[bytes, bytes] | None, *keys: bytes) -> str:
    found = (metadata or {}).get
    return next((value.decode("utf-8", "replace").strip() for key in keys if (value := found(key))), "")


def _listed(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
