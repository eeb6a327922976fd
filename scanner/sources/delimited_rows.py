"""Delimited text in the form that programs write, cut into columns by the kernel: less work than for Arrow's parser.

That form is RFC 4180 with any delimiter: every row has all cells, quotation marks stand around a whole cell or doubled
inside of one, a line ends in a line feed. Any other text is refused, and Arrow says what is in it or what is wrong.

>>> text = pa.BufferReader(b'name,note\\n"Zhang, San",\\nLi Si,""\\n')
>>> for batch in whole_rows(text, Form(2, ","), (1, 0), pa.schema({"note": "str", "name": "str"}), 100, 1 << 20):
...     batch.to_pydict()
{'note': [None, ''], 'name': ['Zhang, San', 'Li Si']}
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from ...recognizers.cells_kernel import Kernel, address, kernel
from .delimited_columns import Filled, Found

READ_BYTES, MOST_READ_BYTES = 1 << 19, 16 << 20
"""What is cut at once: what stays in the processor's cache, or, where one row is larger, the most that is tried."""
_CELL_BYTES = 16
"""What a cell takes, roughly, where nothing is known of it yet."""
_MARK, _PAD = b"\xef\xbb\xbf", 64


class OddTextError(ValueError):
    """The text is not in the form that programs write, or there is no kernel to cut it."""


class Stream(Protocol):
    """Where the bytes come from."""

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, or a part of it, and say how much; nothing at the end."""
        ...


@dataclass(frozen=True)
class Form:
    """How many cells a row has, what stands between them, and whether the first row is one of names."""

    columns: int
    delimiter: str
    has_header: bool = True


def whole_rows(
    stream: Stream, form: Form, places: Sequence[int], schema: pa.Schema, most_rows: int, most_bytes: int
) -> Iterator[pa.RecordBatch]:
    """Yield the cells at some places of each row, in batches as large as may be; OddTextError where the text is."""
    compiled = kernel()
    if compiled is None:
        raise OddTextError
    text = _Text(stream, form, compiled)
    most_rows = max(1, min(most_rows, most_bytes // (_CELL_BYTES * len(places))))
    columns = Filled(compiled, schema, places, most_rows)
    while text.go_on():
        while text.rows:
            text.take(columns.append(text.found()))
            if columns.rows == most_rows or columns.size >= most_bytes:
                yield columns.batch()
    if columns.rows:
        yield columns.batch()


class _Text:
    """What was read and is not taken yet: whole rows, and the start of another behind them."""

    def __init__(self, stream: Stream, form: Form, compiled: Kernel) -> None:
        self._stream, self._form, self._kernel = stream, form, compiled
        self.rows = self._row = 0  # how many whole rows there are still, and which the first of them is
        self._doubled = ctypes.c_int()
        self._size = self._cut_size = 0  # of all bytes, and of those that are whole rows
        self._named, self._ended = not form.has_header, False
        self._make_room(READ_BYTES)

    def _make_room(self, size: int) -> None:
        self._bytes, self._room = np.empty(size + _PAD, np.uint8), size
        self._ends, self._starts = np.empty(size + 5, np.uint32), np.empty(size + 2, np.uint32)

    def go_on(self) -> bool:
        """Read on and find whole rows, all before being taken; whether there was anything to be read."""
        if self._ended:
            return False
        is_start = not self._size
        self._read()
        if is_start and self._bytes[: len(_MARK)].tobytes() == _MARK:
            self._size -= len(_MARK)
            self._bytes[: self._size] = self._bytes[len(_MARK) : len(_MARK) + self._size]
        self._cut()
        return True

    def _read(self) -> None:
        rest = self._bytes[self._cut_size : self._size].copy()
        if len(rest) == self._room:
            if self._room >= MOST_READ_BYTES:
                raise OddTextError
            self._make_room(2 * self._room)
        self._bytes[: len(rest)] = rest
        read = self._stream.readinto(self._bytes[len(rest) : self._room])
        self._size = len(rest) + read
        if not read:
            self._end()

    def _end(self) -> None:
        """End the last line where it does not do so itself."""
        self._ended = True
        if self._size:
            if self._bytes[self._size - 1] == ord(self._form.delimiter):
                raise OddTextError  # whether nothing is a null there, Arrow tells by the cell before
            self._bytes[self._size] = ord("\n")
            self._size += 1

    def _cut(self) -> None:
        where = address(self._bytes), self._size, self._kernel.wide, ord(self._form.delimiter), self._form.columns
        self.rows = self._kernel.rows(*where, address(self._ends), address(self._starts), ctypes.byref(self._doubled))
        self._row, self._cut_size = 0, int(self._starts[max(self.rows, 0)])
        if self.rows < 0 or (self._ended and self._cut_size < self._size):
            raise OddTextError
        if self.rows and not self._named:
            if self._starts[0]:
                raise OddTextError  # an empty line above the names
            self.take(1)
            self._named = True

    def found(self) -> Found:
        """Return the whole rows."""
        columns = self._form.columns
        ends, starts = address(self._ends[self._row * columns :]), address(self._starts[self._row :])
        return Found(address(self._bytes), ends, starts, self.rows, columns, self._doubled.value)

    def take(self, rows: int) -> None:
        """Leave some rows behind."""
        self.rows, self._row = self.rows - rows, self._row + rows
