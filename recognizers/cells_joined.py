"""Small arrays of text read together: every block has its price, and what CSV is parsed into are small arrays.

Where there is a kernel it joins them and leaves out their nulls in one pass; without it Arrow and numpy do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from . import cells_arrow
from .cells_arrow import BYTES, ROWS
from .cells_block import PAD, Block
from .cells_kernel import Kernel, address, kernel


def joined_blocks(arrays: Sequence[Any], kind: type[Block]) -> Iterator[Block]:
    """Yield blocks (of a `kind`) of the cells of text arrays without their nulls, small arrays together in one."""
    compiled = kernel()
    if compiled is None or any(array.type.id != _STRING for array in arrays):
        filled = (array.drop_null() if array.null_count else array for array in arrays)
        yield from cells_arrow.blocks_across(filled, kind)
        return
    places = np.array([_place(array) for array in arrays], np.int64)
    sizes = np.empty(len(arrays), np.int64)
    if not compiled.sizes(address(places), len(arrays), address(sizes)):
        raise ValueError("the offsets of a column do not fit its data")
    for first, last in _groups([len(array) for array in arrays], sizes.tolist()):
        if last - first == 1 and (len(arrays[first]) > ROWS or sizes[first] > BYTES):
            yield from cells_arrow.text_blocks(cells_arrow.without_nulls(arrays[first]), kind=kind)
        elif len(block := _joined(compiled, places[first:last], int(sizes[first:last].sum()), kind)):
            yield block


_STRING = pa.string().id


def _place(array: Any) -> tuple[int, ...]:
    """Where an array lies, as the kernel takes it."""
    valid, offsets, data = array.buffers()
    used = valid is not None and array.null_count
    where = (valid.address if used else 0, offsets.address) if len(array) else (0, 0)
    return *where, data.address if data else 0, data.size if data else 0, array.offset, len(array)


def _groups(rows: list[int], sizes: list[int]) -> Iterator[tuple[int, int]]:
    """Yield from which array to which they go into one block."""
    first = held = size = 0
    for place in range(len(rows)):
        if place > first and (held + rows[place] > ROWS or size + sizes[place] > BYTES):
            yield first, place
            first, held, size = place, 0, 0
        held, size = held + rows[place], size + sizes[place]
    yield first, len(rows)


def _joined(compiled: Kernel, places: Any, size: int, kind: type[Block]) -> Block:
    data, bounds = np.empty(size + 2 * PAD, np.uint8), np.empty(int(places[:, -1].sum()) + 1, np.int64)
    given = compiled.join(address(places), len(places), address(data), address(bounds))
    return kind(data[: bounds[given] + PAD], bounds[: given + 1])
