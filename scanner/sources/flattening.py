"""Nested cells as text: a struct becomes dotted columns, a list the text of its items, a map its keys and values.

>>> import pyarrow as pa
>>> member = pa.field("member", pa.struct([("city", pa.string()), ("phones", pa.list_(pa.int64()))]))
>>> [(flat.name, str(flat.type)) for flat in walk(member.name, member.type, {})]
[('member.city', 'string'), ('member.phones', 'string')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

BETWEEN_ITEMS = "; "
LIST_OF = b"list_of"
"""Under this key a flat column's metadata name the list (or map) whose items its cells are the text of."""

Extract = Callable[[pa.Array], pa.Array]
Comments = dict[bytes, bytes]


@dataclass(frozen=True)
class Flat:
    """A flat column inside a nested one: its dotted name, its type, the way from the root's array to its cells."""

    name: str
    type: pa.DataType
    extract: Extract
    comments: Comments

    def after(self, step: Extract) -> Flat:
        """Return the column as reached from one level further out."""
        inner = self.extract
        return replace(self, extract=lambda array: inner(step(array)))

    def joined(self, keys: bool | None, root: str) -> Flat:
        """Return the column of texts of all items of the list `root`, or of the keys (True) or values of a map."""
        inner, comments = self.extract, {**self.comments, LIST_OF: root.encode()}
        return replace(self, type=pa.string(), extract=lambda array: _join(array, inner, keys), comments=comments)


def walk(name: str, kind: pa.DataType, comments: Comments) -> Iterator[Flat]:
    """Yield the flat columns of one column of any type."""
    if isinstance(kind, pa.BaseExtensionType):
        yield from (flat.after(_plain) for flat in walk(name, _plain_type(kind), comments))
    elif pa.types.is_run_end_encoded(kind):
        yield from (flat.after(pc.run_end_decode) for flat in walk(name, kind.value_type, comments))
    elif pa.types.is_struct(kind) and kind.num_fields:
        for index, child in enumerate(kind):
            inner = {**comments, **described(child)}
            yield from (flat.after(_child(index)) for flat in walk(f"{name}.{child.name}", child.type, inner))
    elif pa.types.is_map(kind):
        yield from (flat.joined(True, name) for flat in walk(f"{name}.key", kind.key_type, comments))
        yield from (flat.joined(False, name) for flat in walk(f"{name}.value", kind.item_type, comments))
    elif _is_list(kind):
        yield from (flat.joined(None, name) for flat in walk(name, kind.value_type, comments))
    elif pa.types.is_union(kind) or pa.types.is_struct(kind):
        yield Flat(name, pa.string(), text_of, comments)
    else:
        yield Flat(name, kind.value_type if pa.types.is_dictionary(kind) else kind, as_it_is, comments)


def as_it_is(array: pa.Array) -> pa.Array:
    """Return a flat column's array as it is."""
    return array


def text_of(array: pa.Array, target: pa.DataType | None = None) -> pa.Array:
    """Return any array as text, null for null; bytes that are no text become hexadecimal."""
    target = target or pa.string()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return pa.array([None if cell is None else _decoded(cell) for cell in array.to_pylist()], target)
    try:
        return array.cast(target)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array([None if cell is None else str(cell) for cell in array.to_pylist()], target)


def is_text(kind: pa.DataType) -> bool:
    """Whether a type is one of Arrow's text types."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def described(item: pa.Field) -> Comments:
    """Return a field's ``comment`` (or ``description``), ``declared_type`` and ``tags``, where it has them."""
    metadata = item.metadata or {}
    comment = metadata.get(b"comment") or metadata.get(b"description")
    found = {b"comment": comment, b"declared_type": metadata.get(b"declared_type"), b"tags": metadata.get(b"tags")}
    return {key: value for key, value in found.items() if value}


def _join(array: pa.Array, extract: Extract, keys: bool | None) -> pa.Array:
    if keys is None and not (pa.types.is_list(array.type) or pa.types.is_large_list(array.type)):
        array = array.cast(pa.list_(array.type.value_type))
    offsets = array.offsets.cast(pa.int64())
    first, last = offsets[0].as_py(), offsets[-1].as_py()
    inner = array.values if keys is None else (array.keys if keys else array.items)
    items = pc.fill_null(text_of(extract(inner.slice(first, last - first))), "")
    lists = pa.LargeListArray.from_arrays(pc.subtract(offsets, first), items)
    return pc.if_else(array.is_valid(), pc.binary_join(lists, BETWEEN_ITEMS), pa.scalar(None, pa.string()))


def _child(index: int) -> Extract:
    return lambda array: pc.struct_field(array, [index])


def _is_list(kind: pa.DataType) -> bool:
    tests = ("is_list", "is_large_list", "is_fixed_size_list", "is_list_view", "is_large_list_view")
    return any(test(kind) for name in tests if (test := getattr(pa.types, name, None)))


def _plain_type(kind: pa.BaseExtensionType) -> pa.DataType:
    return pa.string() if kind.extension_name == "arrow.uuid" else kind.storage_type


def _plain(array: pa.Array) -> pa.Array:
    if array.type.extension_name != "arrow.uuid":
        return array.storage
    return pa.array([None if cell is None else str(cell) for cell in array.to_pylist()], pa.string())


def _decoded(cell: bytes) -> str:
    try:
        return cell.decode("utf-8")
    except UnicodeDecodeError:
        return cell.hex()
