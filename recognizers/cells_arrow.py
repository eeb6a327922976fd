"""Arrow arrays of any type, brought to the few forms the engine reads: text, numbers, moments, truth values.

Nothing here makes a Python object per cell. Strings of every layout (string, large string, string view, binary, fixed
width, run-end encoded) become blocks of at most 65,536 cells, about two megabytes; lists, maps and structs become the
text of their leaves, so that what is nested is scanned too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .cells_block import Block, Index
from .cells_kernel import address, kernel

ROWS = 65_536
BYTES = 2 << 20


def plain(array: Any) -> Any:
    """Return the array without extension type, run-end encoding or view layout."""
    kind = array.type
    if kind.id in _PLAIN:
        return array
    if isinstance(kind, pa.BaseExtensionType):
        return plain(array.storage)
    if pa.types.is_run_end_encoded(kind):
        return plain(pc.run_end_decode(array))
    if kind == pa.string_view():
        return array.cast(pa.large_string())
    if kind == pa.binary_view():
        return array.cast(pa.large_binary())
    return array


_PLAIN = frozenset(kind.id for kind in (pa.string(), pa.large_string(), pa.int64(), pa.float64(), pa.date32()))


def from_numpy(values: Any) -> Any:
    """Return numpy numbers as an Arrow array (`pyarrow.array` would import pandas to look at its argument)."""
    values = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])


def to_numpy(array: Any) -> Any:
    """Return Arrow numbers without nulls as a numpy array on the same bytes (numpy's own way imports pandas)."""
    values = array.buffers()[1]
    if values is None or not len(array):
        return np.zeros(0, array.type.to_pandas_dtype())
    return np.frombuffer(values, array.type.to_pandas_dtype())[array.offset : array.offset + len(array)]


def truth(array: Any) -> Any:
    """Return Arrow truth values as a numpy array."""
    return to_numpy(array.cast(pa.uint8())).view(np.bool_)


def text(value: str | None) -> Any:
    """Return one large string as Arrow has it, or none (`pyarrow.scalar` would import pandas to look at it)."""
    return pa.nulls(1, pa.large_string())[0] if value is None else of_strings([value.encode()]).cast("large_string")[0]


def without_nulls(array: Any) -> Any:
    """Return an array without its nulls; of strings, only the offsets are copied."""
    kind = array.type
    if not array.null_count or not is_text(kind) or pa.types.is_fixed_size_binary(kind):
        return array.drop_null() if array.null_count else array
    valid, _, data = array.buffers()
    if compiled := kernel() if kind in (pa.string(), pa.binary()) else None:
        kept = np.empty(len(array) + 1, np.int32)
        facts = address(np.frombuffer(valid, np.uint8)), array.offset, address(kept)
        count = compiled.kept(address(_buffers(array)[1]), len(array), *facts)
        return array.drop_null() if count < 0 else _on(kind, kept[: count + 1], data)
    bits = np.unpackbits(np.frombuffer(valid, np.uint8), bitorder="little")[array.offset : array.offset + len(array)]
    _, offsets = _buffers(array)
    kept = offsets[:-1][bits.view(np.bool_)]
    ends = offsets[1:][bits.view(np.bool_)]
    if len(kept) and ((kept[1:] != ends[:-1]).any() or ends[-1] != offsets[-1]):
        return array.drop_null()  # something is written where nulls are
    return _on(kind, np.append(kept, ends[-1:]) if len(kept) else offsets[:1], data)


def _on(kind: Any, offsets: Any, data: Any) -> Any:
    """Return an array of strings on bytes that are there."""
    return pa.Array.from_buffers(kind, len(offsets) - 1, [None, pa.py_buffer(offsets), data])


def of_strings(values: list[bytes]) -> Any:
    """Return UTF-8 strings as an Arrow array."""
    offsets = np.zeros(len(values) + 1, np.int32)
    np.cumsum([len(value) for value in values], out=offsets[1:])
    return pa.StringArray.from_buffers(len(values), pa.py_buffer(offsets), pa.py_buffer(b"".join(values)))


def is_text(kind: pa.DataType) -> bool:
    """Say whether cells of this type are bytes or characters of any length."""
    types = pa.types
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
    )


def is_nested(kind: pa.DataType) -> bool:
    """Say whether cells of this type hold further cells."""
    return bool(pa.types.is_nested(kind) and not pa.types.is_dictionary(kind))


def flattened(array: Any) -> Any:
    """Return nested cells as text: the leaves of each cell, a space between them."""
    array = plain(array)
    kind = array.type
    if pa.types.is_dictionary(kind):
        return flattened(array.dictionary_decode())
    if not is_nested(kind):
        return _leaf(array)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return _flattened_list(array)
    if pa.types.is_map(kind):
        return _joined(array.offsets, _side_by_side([array.keys, array.items]), array)
    if pa.types.is_struct(kind) and kind.num_fields:
        return _side_by_side(array.flatten())
    # list views and unions are rare enough to go through Python
    return pa.array([None if cell is None else str(cell) for cell in array.to_pylist()], pa.large_string())


def _side_by_side(arrays: list[Any]) -> Any:
    space = text(" ")
    return pc.binary_join_element_wise(*[flattened(array) for array in arrays], space, null_handling="skip")


def _leaf(array: Any) -> Any:
    if pa.types.is_fixed_size_binary(array.type):
        array = array.cast(pa.binary())
    if pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type):
        raw = array.cast(pa.large_binary())
        return pa.array(
            [None if v is None else v.decode("utf-8", "replace") for v in raw.to_pylist()], pa.large_string()
        )
    return array.cast(pa.large_string())


def _flattened_list(array: Any) -> Any:
    kind = array.type
    if pa.types.is_fixed_size_list(kind):
        array = array.cast(pa.list_(kind.value_type))
    values = flattened(array.values)
    return _joined(array.offsets, values, array)


def _joined(offsets: Any, values: Any, array: Any) -> Any:
    lists = pa.ListArray.from_arrays(offsets.cast(pa.int32()), values.fill_null(""))
    joined = pc.binary_join(lists, text(" "))
    return pc.if_else(array.is_valid(), joined, text(None)) if array.null_count else joined


def block_of(array: Any) -> Block:
    """Return all cells of a text array as one block (nulls are empty cells): for one recognizer on one array."""
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    array = plain(array).cast(pa.large_string()).fill_null("")
    return Block.of(*_buffers(array)) if len(array) else Block.of_values([])


def text_blocks(array: Any, weight: Index | None = None, kind: type[Block] = Block) -> Iterator[Block]:
    """Yield blocks (of a `kind`) of the cells of a text array without nulls; `weight` counts each cell."""
    if not len(array):
        return
    raw, offsets = _buffers(array)
    low = 0
    while low < len(array):
        high = min(low + ROWS, len(array))
        if offsets[high] - offsets[low] > BYTES:
            high = max(low + 1, int(np.searchsorted(offsets, offsets[low] + BYTES, side="right")) - 1)
        yield kind.of(raw, offsets[low : high + 1], None if weight is None else weight[low:high])
        low = high


def blocks_across(arrays: Iterable[Any], kind: type[Block] = Block) -> Iterator[Block]:
    """Yield blocks of the cells of text arrays without nulls, small arrays together in one."""
    held: list[tuple[Any, Any]] = []
    rows = size = 0
    for array in arrays:
        if not len(array):
            continue
        raw, offsets = _buffers(array)
        length = int(offsets[-1]) - int(offsets[0])
        if held and (rows + len(array) > ROWS or size + length > BYTES):
            yield kind.of_parts(held)
            held, rows, size = [], 0, 0
        if len(array) > ROWS or length > BYTES:
            yield from text_blocks(array, kind=kind)
            continue
        held.append((raw, offsets))
        rows, size = rows + len(array), size + length
    if held:
        yield kind.of_parts(held)


def _buffers(array: Any) -> tuple[Any, Any]:
    kind = array.type
    if pa.types.is_fixed_size_binary(kind):
        width = kind.byte_width
        offsets = np.arange(array.offset, array.offset + len(array) + 1, dtype=np.int64) * width
        return _bytes(array.buffers()[1]), offsets
    wide = pa.types.is_large_string(kind) or pa.types.is_large_binary(kind)
    _, positions, data = array.buffers()
    offsets = np.frombuffer(positions, np.int64 if wide else np.int32)
    return _bytes(data), offsets[array.offset : array.offset + len(array) + 1]


def _bytes(buffer: Any) -> Any:
    return np.zeros(0, np.uint8) if buffer is None or not buffer.size else np.frombuffer(buffer, np.uint8)
