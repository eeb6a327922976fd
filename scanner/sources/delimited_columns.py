"""Columns of text that the kernel fills, row by row of a delimited text, and that become Arrow's arrays of strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from ...recognizers.cells_kernel import Kernel, address

_BYTES = 1 << 19
"""What all columns have room for together at first."""
_PAD = 64
_DATA, _OFFSETS, _VALID, _PLACE, _ROOM, _USED, _NULLS = range(7)


class Found(NamedTuple):
    """Rows that the kernel found in a text: where the text stands, the ends of cells, the starts of rows."""

    text: int
    ends: int
    starts: int
    rows: int
    columns: int
    doubled: int


class Filled:
    """The columns of a batch, of cells at some places of a row, to which rows are appended."""

    def __init__(self, compiled: Kernel, schema: pa.Schema, places: Sequence[int], most_rows: int) -> None:
        self.rows = 0
        self._kernel, self._schema, self._most_rows = compiled, schema, most_rows
        self._table = np.zeros((len(places), 7), np.int64)  # as `filled` of `kernel/delimited.c`
        self._table[:, _PLACE], self._table[:, _ROOM] = places, _BYTES // len(places)

    def _begin(self) -> None:
        """Take new arrays, with a little more room than was used before."""
        table, rows = self._table, self._most_rows
        room = np.maximum(table[:, _USED] // 8 * 9, table[:, _ROOM] // 2) + _PAD
        self._data = [np.empty(size, np.uint8) for size in room.tolist()]
        self._offsets = [np.empty(rows + 1, np.int32) for _ in self._data]
        self._valid = [np.full((rows + 7) // 8, 255, np.uint8) for _ in self._data]
        for offsets in self._offsets:
            offsets[0] = 0
        for place, arrays in ((_DATA, self._data), (_OFFSETS, self._offsets), (_VALID, self._valid)):
            table[:, place] = [address(array) for array in arrays]
        table[:, _ROOM], table[:, _USED], table[:, _NULLS] = room, 0, 0

    @property
    def size(self) -> int:
        """How many bytes the rows take, roughly."""
        return int(self._table[:, _USED].sum()) + 4 * self.rows * len(self._table)

    def append(self, found: Found) -> int:
        """Append the first rows found, as many as a batch may still hold, and return how many these are."""
        if not self.rows:
            self._begin()
        rows, done = min(found.rows, self._most_rows - self.rows), 0
        where = found.text, found.ends, found.starts, rows, found.columns, self.rows, found.doubled
        while (done := self._kernel.fill(*where, address(self._table), done, len(self._table))) < len(self._table):
            self._widen(done)
        self.rows += rows
        return rows

    def _widen(self, column: int) -> None:
        before, used = self._data[column], int(self._table[column, _USED])
        self._data[column] = wider = np.empty(2 * len(before), np.uint8)
        wider[:used] = before[:used]
        self._table[column, _DATA], self._table[column, _ROOM] = address(wider), len(wider)

    def batch(self) -> pa.RecordBatch:
        """Return the rows, and begin anew."""
        arrays = [self._array(column) for column in range(len(self._table))]
        self.rows = 0
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)

    def _array(self, column: int) -> pa.StringArray:
        used, nulls = self._table[column, [_USED, _NULLS]].tolist()
        offsets, data = self._offsets[column][: self.rows + 1], self._data[column][:used]
        valid = pa.py_buffer(self._valid[column]) if nulls else None
        return pa.StringArray.from_buffers(self.rows, pa.py_buffer(offsets), pa.py_buffer(data), valid, nulls)
