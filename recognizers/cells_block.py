"""A block of cells: the bytes of up to some ten thousand cells of one column, and facts about them computed when asked.

Recognizers never see a Python string per cell. They ask the block for what they need (lengths, byte classes, tokens of
one length as a matrix with one row per character position) and answer for all cells at once. A fact is computed once,
and only when somebody asks for it, so a block without an ``@`` never pays for e-mail addresses.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from . import cells_narrow
from .cells_classes import (
    ALNUM,
    DIGIT,
    HIGH,
    LETTERS,
    LOWER,
    LOWER_HEX,
    NUMERIC_MARK,
    OTHER,
    PAD,
    UPPER,
    UPPER_HEX,
    Bools,
    Bytes,
    Index,
    Words,
)
from .cells_found import Days, Judged, Moments, Runs, Tokens
from .cells_known import Known

__all__ = [  # modules of recognizers take all they need from here
    "ALNUM",
    "DIGIT",
    "HIGH",
    "LETTERS",
    "LOWER",
    "LOWER_HEX",
    "NUMERIC_MARK",
    "OTHER",
    "PAD",
    "UPPER",
    "UPPER_HEX",
    "Block",
    "Bools",
    "Bytes",
    "Days",
    "Index",
    "Judged",
    "Moments",
    "Runs",
    "Tokens",
    "Words",
]


_MANY = 8  # bytes of a cell that are looked for, from which on it is cheaper to know the cell of every byte


class Block(Known):
    """Cells of one column, without nulls, and the tokens in them. What the kernel knows already is asked here first."""

    # -- tokens ------------------------------------------------------------------------------------------------------

    @cached_property
    def tokens_are_cells(self) -> bool:
        """Whether every filled cell is one run of letters and digits."""
        return not self.union & ~ALNUM

    @cached_property
    def runs(self) -> Runs:
        """The runs of ASCII letters and digits, never across a cell's edge."""
        if self.tokens_are_cells:
            return Runs(self.starts, self.ends)
        return self._regular_runs(digits_only=False) or self._narrow_runs(ALNUM) or self.runs_of(self.alnum)

    @cached_property
    def digit_runs(self) -> Runs:
        """The runs of digits, never across a cell's edge."""
        return self._regular_runs(digits_only=True) or self._narrow_runs(DIGIT) or self.runs_of(self.digit)

    def _regular_runs(self, digits_only: bool) -> Runs | None:
        """Return the runs of equally long cells that are all built alike; None where they are not."""
        if not self.uniform:
            return None
        rows = self.transposed
        chosen = (rows - np.uint8(48)) < 10
        if not digits_only:
            chosen |= ((rows | np.uint8(32)) - np.uint8(97)) < 26
        every = chosen.all(axis=1)
        if (chosen.any(axis=1) != every).any():
            return None
        change = np.flatnonzero(np.diff(every, prepend=False, append=False))
        return Runs(*((self.starts[:, None] + places).ravel() for places in (change[::2], change[1::2])))

    def runs_of(self, chosen: Bools) -> Runs:
        """Return the runs of chosen bytes, never across a cell's edge."""
        change = np.flatnonzero(chosen[1:] != chosen[:-1]) + 1
        edge = self.starts[self.filled]
        return Runs(*cells_narrow.cut(change[::2], change[1::2], edge[chosen[edge - 1] & chosen[edge]]))

    def _narrow_runs(self, bits: int) -> Runs | None:
        """Return the runs of bytes of some classes in text of few ASCII bytes; None where there are more."""
        if self.narrow is None:
            return None
        return Runs(*cells_narrow.runs_of(self.data, self.starts[self.filled], self.narrow, bits))

    @cached_property
    def run_lengths(self) -> Index:
        """Length of each run of `runs`."""
        return self.runs.end - self.runs.start

    @cached_property
    def token_lengths(self) -> frozenset[int]:
        """The lengths of the tokens that stand in the block (longer than 127 counts as 127)."""
        counts = np.bincount(np.minimum(self.run_lengths, 127), minlength=128)
        return frozenset(np.flatnonzero(counts).tolist())

    def cells_at(self, positions: Index) -> Index:
        """Return the cells in which bytes stand."""
        if self.uniform and len(positions) > 64:
            found: Index = (positions - self.starts[0]) // self.uniform
            return found
        if len(positions) > _MANY * len(self) or "owner" in self.__dict__:
            return self.owner[positions]
        return np.searchsorted(self.starts, positions, side="right") - 1

    @cached_property
    def owner(self) -> Index:
        """The cell of each byte."""
        return np.repeat(np.arange(-1, len(self) + 1), np.concatenate(([PAD], self.lengths, [len(self.data)])))

    def tokens(self, length: int) -> Tokens:
        """Return the tokens of one length."""
        cache: dict[int, Tokens] = self.__dict__.setdefault("_tokens", {})
        if length not in cache:
            cache[length] = self._find_tokens(length)
        return cache[length]

    def _find_tokens(self, length: int) -> Tokens:
        if self.tokens_are_cells:
            if self.uniform == length:
                every = np.arange(len(self))
                return Tokens(self.transposed, every, np.ones(len(self), bool), self.starts)
            cell = np.flatnonzero(self.lengths == length)
            start = self.starts[cell]
            return Tokens(self.columns(start, length), cell, np.ones(len(cell), bool), start)
        start = self.runs.start[self.run_lengths == length]
        cell = self.cells_at(start)
        return Tokens(self.columns(start, length), cell, self.lengths[cell] == length, start)

    def glued(self, length: int, tail: bytes = b"") -> Tokens:
        """Return the runs of that many digits that touch a letter (the last one may be a byte of `tail`)."""
        runs = self.digit_runs
        lengths = runs.end - runs.start
        start = runs.start[lengths == length]
        if tail:
            shorter = runs.start[lengths == length - 1]
            start = np.concatenate((start, shorter[np.isin(self.data[shorter + length - 1], list(tail))]))
        cell = self.cells_at(start)
        fits = (start + length <= self.ends[cell]) & ~self.is_free(start, start + length, cell)
        fits &= ~self.digit[start + length] | (start + length == self.ends[cell])
        start, cell = start[fits], cell[fits]
        return Tokens(self.columns(start, length), cell, self.lengths[cell] == length, start)

    def is_free(self, start: Index, end: Index, cell: Index) -> Bools:
        """Say which stretches of a cell touch no letter or digit of the same cell."""
        before = self.alnum[start - 1] & (start > self.starts[cell])
        after = self.alnum[end] & (end < self.ends[cell])
        return ~(before | after)

    def grouped(self, lengths: tuple[int, ...], between: bytes = b" -") -> Tokens:
        """Return tokens written in groups of these lengths, one space or hyphen between two groups."""
        size = self.run_lengths
        last = len(size) - len(lengths) + 1
        if self.tokens_are_cells or last <= 0 or not self.token_lengths.issuperset(lengths):
            return self._no_tokens(sum(lengths))
        first = np.flatnonzero(size[:last] == lengths[0])
        for step, length in enumerate(lengths[1:], 1):
            first = first[size[first + step] == length]
        for step in range(len(lengths) - 1 if len(first) else 0):
            first = first[self.joined_to_next[first + step]]
        if between == b"-":
            for step in range(len(lengths) - 1):
                first = first[self.data[self.runs.end[first + step]] == 45]
        if not len(first):
            return self._no_tokens(sum(lengths))
        start, end = self.runs.start[first], self.runs.end[first + len(lengths) - 1]
        cell = self.cells_at(start)
        parts = [self.columns(self.runs.start[first + step], length) for step, length in enumerate(lengths)]
        whole = (self.starts[cell] == start) & (self.ends[cell] == end)
        return Tokens(np.concatenate(parts), cell, whole, start)

    @cached_property
    def joined_to_next(self) -> Bools:
        """For each run, whether only one space or hyphen stands between it and the next run of the same cell."""
        runs = self.runs
        found = np.zeros(len(runs.start), bool)
        between = self.data[runs.end[:-1]]
        found[:-1] = (runs.start[1:] - runs.end[:-1] == 1) & ((between == 32) | (between == 45))
        near = np.flatnonzero(found)
        found[near] = self.cells_at(runs.start[near]) == self.cells_at(runs.start[near + 1])
        return found

    def _no_tokens(self, length: int) -> Tokens:
        none = np.zeros(0, np.int64)
        return Tokens(np.zeros((length, 0), np.uint8), none, np.zeros(0, bool), none)

    def heads(self, cells: Index, length: int) -> Bytes:
        """Return the first bytes of cells as one row per position (bytes after a shorter cell belong to others)."""
        if self.uniform >= length and len(cells) == len(self):
            return self.transposed[:length]
        return self.columns(self.starts[cells], length)

    def columns(self, start: Index, length: int) -> Bytes:
        """Return the bytes at `start`, `start + 1`, … as one row per position."""
        found = np.empty((length, len(start)), np.uint8)
        for position in range(length if len(start) else 0):
            np.take(self.data[position:], start, out=found[position], mode="clip")
        return found

    def points(self, start: Index) -> Index:
        """Return the code points of the three-byte characters that begin at `start`; 0 where another byte stands."""
        data = self.data
        one, two, three = data[start], data[start + 1], data[start + 2]
        found = (one.astype(np.uint16) << 12) | ((two & np.uint8(63)).astype(np.uint16) << 6) | (three & np.uint8(63))
        found[(one & np.uint8(240)) != 224] = 0
        return found.astype(np.int64)

    @cached_property
    def marks(self) -> Index:
        """Where characters begin that are marks, spaces or full-width letters for the most part: C2, E2, E3, EF."""
        data = self.data
        return np.flatnonzero((data == 0xEF) | ((data - np.uint8(0xE2)) < 2) | (data == 0xC2))

    def cells_of_length(self, length: int) -> Index:
        """Return the cells that are exactly so many bytes long."""
        return np.flatnonzero(self.lengths == length)
