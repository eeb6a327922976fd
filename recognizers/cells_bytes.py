"""Cells of one column as bytes: their lengths, what they are written with, their hashes. Computed when asked, once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from . import cells_narrow
from .cells_classes import (
    CLASS_OF_BYTE,
    COARSE_CLASS,
    DIGIT,
    HIGH,
    LETTERS,
    LOWER,
    OTHER,
    PAD,
    Bools,
    Bytes,
    Index,
    Words,
    classes_of,
)
from .cells_mix import mix

_LAST_CONTINUATION = np.int8(-64)  # as signed bytes, those that continue a character are below


class Cells:
    """Cells of one column, without nulls. `weight[i]` says how often cell `i` stands in the column (None: once)."""

    judged_soon = False  # recognizers will be asked about the cells: what can be seen for them is seen in the same pass

    def __init__(self, data: Bytes, bounds: Index, weight: Index | None = None) -> None:
        self.data, self.bounds, self.weight = data, bounds, weight
        self.starts, self.ends = bounds[:-1], bounds[1:]
        self.notes: dict[str, Any] = {}  # what one recognizer found and another wants to know

    @classmethod
    def of(cls, raw: Bytes, offsets: npt.NDArray[Any], weight: Index | None = None) -> Self:
        """Copy the cells `raw[offsets[i]:offsets[i + 1]]` into a padded block of their own."""
        return cls.of_parts([(raw, offsets)], weight)

    @classmethod
    def of_parts(cls, parts: Sequence[tuple[Bytes, npt.NDArray[Any]]], weight: Index | None = None) -> Self:
        """Copy the cells of several arrays, one array behind the other, into one padded block."""
        size = sum(int(offsets[-1]) - int(offsets[0]) for _, offsets in parts)
        data = np.empty(size + 2 * PAD, np.uint8)
        data[:PAD] = data[PAD + size :] = 0
        bounds = np.empty(sum(len(offsets) - 1 for _, offsets in parts) + 1, np.int64)
        at, cell = PAD, 0
        for raw, offsets in parts:
            low, high, count = int(offsets[0]), int(offsets[-1]), len(offsets) - 1
            data[at : at + high - low] = raw[low:high]
            np.add(offsets[:-1], at - low, out=bounds[cell : cell + count])
            at, cell = at + high - low, cell + count
        bounds[cell] = at
        return cls(data, bounds, weight)

    @classmethod
    def of_values(cls, values: list[bytes], weight: Index | None = None) -> Self:
        """Build a block from single values."""
        offsets = np.zeros(len(values) + 1, np.int64)
        np.cumsum([len(value) for value in values], out=offsets[1:])
        return cls.of(np.frombuffer(b"".join(values), np.uint8), offsets, weight)

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def raw(self) -> bytes:
        """The bytes of all cells, to look for something that few blocks hold."""
        return self.data.tobytes()

    def value(self, cell: int) -> bytes:
        """Return one cell's bytes (samples and slow paths only)."""
        return self.data[self.starts[cell] : self.ends[cell]].tobytes()

    def take(self, cells: Index) -> Self:
        """Return a block of some of the cells, in the order given."""
        lengths = self.lengths[cells]
        offsets = np.zeros(len(cells) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        source = np.repeat(self.starts[cells] - offsets[:-1], lengths) + np.arange(offsets[-1])
        return self.of(self.data[source], offsets, None if self.weight is None else self.weight[cells])

    def count(self, chosen: Bools) -> int:
        """Say how many cells of the column the chosen cells of the block stand for."""
        return int(np.count_nonzero(chosen)) if self.weight is None else int(self.weight[chosen].sum())

    @cached_property
    def total(self) -> int:
        """Cells of the column this block stands for."""
        return len(self) if self.weight is None else int(self.weight.sum())

    # -- lengths -----------------------------------------------------------------------------------------------------

    @cached_property
    def lengths(self) -> Index:
        """Length of each cell in bytes."""
        return self.ends - self.starts

    @cached_property
    def max_length(self) -> int:
        """Length of the longest cell in bytes."""
        return int(self.lengths.max(initial=0))

    @cached_property
    def min_length(self) -> int:
        """Length of the shortest cell in bytes."""
        return int(self.lengths.min()) if len(self) else 0

    @cached_property
    def uniform(self) -> int:
        """The length of every cell when all are equally long, otherwise 0."""
        longest = self.max_length
        return longest if longest and self.min_length == longest else 0

    @cached_property
    def filled(self) -> Index:
        """The cells that are not empty."""
        return np.flatnonzero(self.lengths)

    @cached_property
    def first_bytes(self) -> Bytes:
        """The first byte of each cell (none is empty)."""
        if self.uniform:
            return self.data[PAD : self.ends[-1] : self.uniform]
        return self.data[self.starts]

    def from_last(self, place: int = 1) -> Bytes:
        """Return the byte of each cell at a place counted from its end (none is shorter)."""
        if self.uniform:
            return self.data[PAD + self.uniform - place : self.ends[-1] : self.uniform]
        return self.data[self.ends - place]

    # -- byte classes ------------------------------------------------------------------------------------------------

    @cached_property
    def digit(self) -> Bools:
        """Which bytes are the digits 0 to 9."""
        return (self.data - np.uint8(48)) < 10

    @cached_property
    def alnum(self) -> Bools:
        """Which bytes are ASCII letters or digits."""
        return self.digit | self.letter if self.union & LETTERS else self.digit

    @cached_property
    def letter(self) -> Bools:
        """Which bytes are ASCII letters."""
        return ((self.data | np.uint8(32)) - np.uint8(97)) < 26

    @cached_property
    def has_long_number(self) -> bool:
        """Whether seven digits in a row stand anywhere, or digits with a space or hyphen between them."""
        if self.narrow is not None:
            return cells_narrow.has_long_number(self.data, self.narrow)
        digit, data = self.digit, self.data
        two = digit[:-1] & digit[1:]
        four = two[:-2] & two[2:]
        if four.any() and (four[:-3] & four[3:]).any():
            return True
        between = (data[1:-1] == 32) | (data[1:-1] == 45)
        return bool((digit[:-2] & between & digit[2:]).any())

    @cached_property
    def high(self) -> Bools:
        """Which bytes are outside ASCII."""
        return self.data.view(np.int8) < 0

    @cached_property
    def has_high(self) -> bool:
        """Whether any byte is outside ASCII."""
        return bool(self.high.any())

    @cached_property
    def classes(self) -> Bytes:
        """The class bit of each byte."""
        return classes_of(self.data)

    @cached_property
    def narrow(self) -> Index | None:
        """Where the ASCII bytes stand, when at most a quarter of the cells' bytes are: Chinese text. None otherwise."""
        if not self.has_high:
            return None
        inside = ~self.high[PAD : self.ends[-1]]
        return np.flatnonzero(inside) + PAD if 4 * np.count_nonzero(inside) <= len(inside) else None

    @cached_property
    def coarse_mask(self) -> Bytes:
        """As `mask`, with one bit (LOWER) for any letter and one (OTHER) for any mark: cheaper on long text."""
        if self.narrow is not None:
            return cells_narrow.mask_of(self.data, self.bounds, self.narrow, COARSE_CLASS)
        found = self.high.view(np.uint8) * np.uint8(HIGH)
        found |= self.digit.view(np.uint8)
        if self.letter.any():
            found |= self.letter.view(np.uint8) * np.uint8(LOWER)
        found |= (found == 0).view(np.uint8) * np.uint8(OTHER)
        return self.any_of(found)

    @cached_property
    def mask(self) -> Bytes:
        """The class bits of each cell, joined; 0 for an empty cell."""
        if not self.union & (self.union - 1) and len(self.filled) == len(self):
            return np.full(len(self), self.union, np.uint8)
        if self.uniform:
            return self._uniform_mask
        if self.narrow is not None:
            return cells_narrow.mask_of(self.data, self.bounds, self.narrow, CLASS_OF_BYTE)
        return self.any_of(self.classes)

    @cached_property
    def _uniform_mask(self) -> Bytes:
        return np.asarray(np.bitwise_or.reduce(classes_of(self.transposed), axis=0), np.uint8)

    def any_of(self, bits: Bytes) -> Bytes:
        """Return, for each cell, the bits of its bytes joined; 0 for an empty cell."""
        filled = self.filled
        if len(filled) == len(self):
            return np.bitwise_or.reduceat(bits[: self.ends[-1]], self.starts) if len(self) else np.zeros(0, np.uint8)
        found = np.zeros(len(self), np.uint8)
        if len(filled):
            found[filled] = np.bitwise_or.reduceat(bits[: self.ends[-1]], self.starts[filled])
        return found

    @cached_property
    def union(self) -> int:
        """The class bits of all cells, joined."""
        if not len(self) or not self.max_length:
            return 0
        if self.narrow is not None:
            return HIGH | int(np.bitwise_or.reduce(classes_of(self.data[self.narrow]), initial=0))
        if bool(self.digit[PAD : self.ends[-1]].all()):
            return DIGIT
        return int(np.bitwise_or.reduce(self._uniform_mask if self.uniform else self.classes[PAD : self.ends[-1]]))

    @cached_property
    def digit_count(self) -> Index:
        """How many digits each cell holds."""
        return self.count_bytes(self.digit)

    def count_bytes(self, chosen: Bools) -> Index:
        """Say how many of the chosen bytes each cell holds."""
        if self.max_length < 256:
            found = np.zeros(len(self), np.int64)
            filled = self.filled
            if len(filled):
                found[filled] = np.add.reduceat(chosen.view(np.uint8), self.starts[filled], dtype=np.uint8)
            return found
        total = np.zeros(len(self.data) + 1, np.int32)
        np.cumsum(chosen.view(np.uint8), out=total[1:])
        return (total[self.ends] - total[self.starts]).astype(np.int64)

    @cached_property
    def transposed(self) -> Bytes:
        """The characters of equally long cells, one row per position."""
        return np.ascontiguousarray(self.data[PAD : self.ends[-1]].reshape(-1, self.uniform).T)

    # -- words -------------------------------------------------------------------------------------------------------

    @cached_property
    def words(self) -> Words:
        """The data as overlapping eight-byte words, one beginning at every byte."""
        return np.ndarray((len(self.data) - 7,), np.dtype("<u8"), self.data.data, strides=(1,))

    @cached_property
    def pairs(self) -> npt.NDArray[np.uint16]:
        """The data as overlapping pairs of bytes, one beginning at every byte."""
        return np.ndarray((len(self.data) - 1,), np.dtype("<u2"), self.data.data, strides=(1,))

    @cached_property
    def hashes(self) -> Words:
        """A 64-bit mix of every cell's content (of 48 of its bytes and its length, when longer than 64)."""
        return mix(self)

    @cached_property
    def total_characters(self) -> int:
        """Length of all cells together in characters."""
        size = int(self.ends[-1] - self.starts[0]) if len(self) else 0
        return size - int(np.count_nonzero(self.data.view(np.int8) < _LAST_CONTINUATION)) if self.has_high else size

    @cached_property
    def characters(self) -> Index:
        """Length of each cell in characters."""
        if not self.has_high:
            return self.lengths
        if self.uniform:
            rows = self.transposed.view(np.int8) < _LAST_CONTINUATION
            found: Index = self.lengths - rows.sum(axis=0, dtype=np.uint8 if self.uniform < 256 else np.int64)
            return found
        return self.lengths - self.count_bytes(self.data.view(np.int8) < _LAST_CONTINUATION)
