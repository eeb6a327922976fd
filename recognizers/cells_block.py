"""A block of cells: the bytes of at most some thousand cells of one column, and facts about them computed when asked.

Recognizers never see a Python string per cell. They ask the block for what they need (lengths, byte classes, tokens of
one length as a matrix with one row per character position) and answer for all cells at once. A fact is computed once,
and only when somebody asks for it, so a block without an ``@`` never pays for e-mail addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Index = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]

PAD = 64  # zero bytes before and after the cells: neighbours can be read without asking for the edge

# What bytes a cell holds, as bits. Hexadecimal letters have their own bit, so hex text is told by the mask alone.
DIGIT, UPPER_HEX, UPPER, LOWER_HEX, LOWER, HIGH, NUMERIC_MARK, OTHER = (1 << bit for bit in range(8))
LETTERS = UPPER_HEX | UPPER | LOWER_HEX | LOWER
ALNUM = DIGIT | LETTERS


_CLASS_OF_BYTE = np.full(256, OTHER, np.uint8)
_CLASS_OF_BYTE[128:] = HIGH
_CLASS_OF_BYTE[48:58] = DIGIT
_CLASS_OF_BYTE[65:71], _CLASS_OF_BYTE[71:91] = UPPER_HEX, UPPER
_CLASS_OF_BYTE[97:103], _CLASS_OF_BYTE[103:123] = LOWER_HEX, LOWER
_CLASS_OF_BYTE[[43, 44, 45, 46, 47, 58]] = NUMERIC_MARK
_COARSE_CLASS = np.where(_CLASS_OF_BYTE & LETTERS, LOWER, _CLASS_OF_BYTE).astype(np.uint8)
_COARSE_CLASS[_CLASS_OF_BYTE == NUMERIC_MARK] = OTHER
_CLASS_TABLE = _CLASS_OF_BYTE.tobytes()
_LAST_CONTINUATION = np.int8(-64)  # as signed bytes, those that continue a character are below


@dataclass(frozen=True, slots=True)
class Tokens:
    """The runs of ASCII letters and digits of one length.

    `at[i]` holds the i-th character of each token; `cell` the cell it stands in; `whole` whether it fills the cell.
    """

    at: Bytes
    cell: Index
    whole: Bools
    start: Index

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True, slots=True)
class Runs:
    """Where runs begin and end in `Block.data`."""

    start: Index
    end: Index


@dataclass(frozen=True, slots=True)
class Judged:
    """As `cells_face.Match`, but for the cells that must still be looked at."""

    shape: Bools
    valid: Bools
    inside: Bools | None
    inside_valid: Bools | None
    unsure: Index


class Block:
    """Cells of one column, without nulls. `weight[i]` says how often cell `i` stands in the column (None: once)."""

    def __init__(self, data: Bytes, bounds: Index, weight: Index | None = None) -> None:
        self.data, self.bounds, self.weight = data, bounds, weight
        self.starts, self.ends = bounds[:-1], bounds[1:]
        self.notes: dict[str, Any] = {}  # what one recognizer found and another wants to know

    @classmethod
    def of(cls, raw: Bytes, offsets: npt.NDArray[Any], weight: Index | None = None) -> Block:
        """Copy the cells `raw[offsets[i]:offsets[i + 1]]` into a padded block of their own."""
        low, high = int(offsets[0]), int(offsets[-1])
        data = np.empty(high - low + 2 * PAD, np.uint8)
        data[:PAD] = data[PAD + high - low :] = 0
        data[PAD : PAD + high - low] = raw[low:high]
        bounds = offsets.astype(np.int64) + (PAD - low)
        return cls(data, bounds, weight)

    @classmethod
    def of_values(cls, values: list[bytes], weight: Index | None = None) -> Block:
        """Build a block from single values."""
        offsets = np.zeros(len(values) + 1, np.int64)
        np.cumsum([len(value) for value in values], out=offsets[1:])
        return cls.of(np.frombuffer(b"".join(values), np.uint8), offsets, weight)

    def __len__(self) -> int:
        return len(self.starts)

    def value(self, cell: int) -> bytes:
        """Return one cell's bytes (samples and slow paths only)."""
        return self.data[self.starts[cell] : self.ends[cell]].tobytes()

    def take(self, cells: Index) -> Block:
        """Return a block of some of the cells, in the order given."""
        lengths = self.lengths[cells]
        offsets = np.zeros(len(cells) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        source = np.repeat(self.starts[cells] - offsets[:-1], lengths) + np.arange(offsets[-1])
        return Block.of(self.data[source], offsets, None if self.weight is None else self.weight[cells])

    def count(self, chosen: Bools) -> int:
        """Say how many cells of the column the chosen cells of the block stand for."""
        return int(np.count_nonzero(chosen)) if self.weight is None else int(self.weight[chosen].sum())

    @cached_property
    def total(self) -> int:
        """Cells of the column this block stands for."""
        return len(self) if self.weight is None else int(self.weight.sum())

    @property
    def signs(self) -> int:
        """What may be in some cell, where that is known already: it tells blocks apart, and says nothing more."""
        return 0

    def may_hold(self, entity: str) -> bool:
        """Say whether some cell may hold an entity, as far as that is known already."""
        return True

    def hashed_in(self, prefixes: Bools) -> Index:
        """Return the cells of which the hash begins with 16 bits that are set in a table."""
        return np.flatnonzero(prefixes[(self.hashes >> np.uint64(48)).astype(np.int64)])

    def candidates(self, entity: str) -> Index | None:
        """Return the cells that may hold an entity; None when all must be looked at."""
        return None

    def judged(self, entity: str) -> Judged | None:
        """Return what is known already of the cells that may hold an entity; None when a recognizer must be asked."""
        return None

    @property
    def traced(self) -> Bools | None:
        """Which cells are short or show a trace of an identifier, where that is known already."""
        return None

    @property
    def unclean(self) -> Bools | None:
        """Which cells need cleaning, where that is known already."""
        return None

    @property
    def measured(self) -> tuple[int, Index, Index] | None:
        """The characters of all cells, and how many cells there are by length and by class, where that is known."""
        return None

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

    @cached_property
    def last_bytes(self) -> Bytes:
        """The last byte of each cell (none is empty)."""
        if self.uniform:
            return self.data[PAD + self.uniform - 1 : self.ends[-1] : self.uniform]
        return self.data[self.ends - 1]

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
        inside = self.data[PAD : self.ends[-1]].view(np.int8) >= 0
        return np.flatnonzero(inside) + PAD if 4 * np.count_nonzero(inside) <= len(inside) else None

    def _coarse_mask_by(self, narrow: Index) -> Bytes:
        """Return `coarse_mask` from the ASCII bytes and from how many of a cell's bytes they are."""
        bounds = np.append(np.searchsorted(narrow, self.starts), len(narrow))
        count = np.diff(bounds)
        found = np.where(count < self.lengths, np.uint8(HIGH), np.uint8(0))
        some = np.flatnonzero(count)
        if len(some):
            found[some] |= np.bitwise_or.reduceat(_COARSE_CLASS[self.data[narrow]], bounds[some])
        return found

    @cached_property
    def coarse_mask(self) -> Bytes:
        """As `mask`, with one bit (LOWER) for any letter and one (OTHER) for any mark: cheaper on long text."""
        if self.narrow is not None:
            return self._coarse_mask_by(self.narrow)
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
        return self._uniform_mask if self.uniform else self.any_of(self.classes)

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
        return self._regular_runs(digits_only=False) or self.runs_of(self.alnum)

    @cached_property
    def digit_runs(self) -> Runs:
        """The runs of digits, never across a cell's edge."""
        return self._regular_runs(digits_only=True) or self.runs_of(self.digit)

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
        start, end = change[::2], change[1::2]
        edge = self.starts[self.filled]
        edge = edge[chosen[edge - 1] & chosen[edge]]
        if len(edge):
            start, end = (np.sort(np.concatenate((bounds, edge)), kind="stable") for bounds in (start, end))
        return Runs(start, end)

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
        if len(positions) * 4 > len(self) or "owner" in self.__dict__:
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

    @cached_property
    def transposed(self) -> Bytes:
        """The characters of equally long cells, one row per position."""
        return np.ascontiguousarray(self.data[PAD : self.ends[-1]].reshape(-1, self.uniform).T)

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
        return _mix(self)

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


_K1, _K2, _K3 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_LOW = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)
_S32, _S29 = np.uint64(32), np.uint64(29)


def classes_of(data: Bytes) -> Bytes:
    """Return the class bit of each byte of an array of any shape."""
    return np.frombuffer(data.tobytes().translate(_CLASS_TABLE), np.uint8).reshape(data.shape)


def _mix(block: Block) -> Words:
    lengths, words = block.lengths, block.words
    mixed = words[block.starts] if not block.uniform else _word(block, 0).copy()
    if int(lengths.min(initial=8)) < 8:
        mixed &= _LOW[np.minimum(lengths, 8)]
    mixed = (mixed + lengths.view(np.uint64) + _K3) * _K1
    mixed ^= mixed >> _S32
    for least, most, word in _further_words(block):
        further = (mixed + word) * _K2
        further ^= further >> _S29
        if block.min_length > least and block.max_length <= most:
            mixed = further
        else:
            mixed = np.where((lengths > least) & (lengths <= most), further, mixed)
    mixed *= _K3
    mixed ^= mixed >> _S32
    return mixed


def _further_words(block: Block) -> list[tuple[int, int, Words]]:
    """Return further words, and the lengths between which a cell has them: up to 64 bytes they are all of the cell."""
    longest, far = block.max_length, 1 << 62
    found = [(8, far, _word(block, -8))] if longest > 8 else []
    if longest > 16:
        found += [(16, far, _word(block, 8)), (16, far, _word(block, -16))]
    if block.min_length <= 64:
        found += [(32, 64, _word(block, place)) for place in (16, -24) if longest > 32]
        found += [(48, 64, _word(block, place)) for place in (24, -32) if longest > 48]
    if longest > 64:
        middle = block.lengths >> 2
        found += [(64, far, block.words[block.starts + middle + step]) for step in (0, middle)]
    return found


def _word(block: Block, place: int) -> Words:
    """Return the eight bytes at a place of every cell, counted from its end when negative."""
    if block.uniform:
        first = PAD + place + (block.uniform if place < 0 else 0)
        return np.ndarray((len(block),), np.dtype("<u8"), block.data.data, first, (block.uniform,))
    return block.words[(block.ends if place < 0 else block.starts) + place]
