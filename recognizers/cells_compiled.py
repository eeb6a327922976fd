"""The compiled kernel: the same facts about the same cells as numpy finds, in one pass over their bytes.

`kernel/*.c` is built into a shared library when the package is installed where there is a C compiler; where there is
none, everything works without it, slower. The library is plain C behind `ctypes`, which lets other threads run
meanwhile. `use(False)` turns it off for the process; both ways give the same evidence, value for value, and
`tests/recognizers/test_kernel.py` holds them together.

>>> block = block_type().of_values([b"13800138001", b"x"])
>>> block.max_length, [int(mask) for mask in block.mask]
(11, [1, 16])
"""

from __future__ import annotations

import ctypes
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from .cells_automaton import Automaton
from .cells_block import PAD, Block, Bools, Bytes, Days, Index, Judged, Moments, Words
from .cells_hashed import Hashed
from .cells_kernel import CellsArgument, Kernel, address, kernel, loaded, use
from .cells_typed import TALLY, Survey, Typed, likely_type, read_typed

__all__ = ["CompiledBlock", "address", "block_type", "kernel", "use"]

_CHARACTERS, _TOTAL_CHARACTERS, _LONGEST, _SHORTEST, _UNION, _DIRTY, _FILLED = range(7)
_LENGTHS, _MASKS = slice(16, 66), slice(80, 336)
_SHAPE, _VALID, _UNSURE, _INSIDE_VALID, _INSIDE = range(1, 6)
_DAY, _MOMENT = 1, 2
_NONE = np.zeros(0, np.int64)


def block_type() -> type[Block]:
    """Return the type of block that readers make."""
    return CompiledBlock if kernel() else Block


class CompiledBlock(Block):
    """A block whose facts the kernel finds."""

    @cached_property
    def _cells(self) -> CellsArgument:
        return CellsArgument(address(self.data), len(self.data), address(self.bounds), len(self))

    @cached_property
    def _kernel(self) -> Kernel:
        found = loaded()
        assert found is not None  # no block of this type is made without one
        return found

    @cached_property
    def _often(self) -> int | None:
        """Where the weights stand, if cells have some."""
        if self.weight is None:
            return None
        self.weight = np.ascontiguousarray(self.weight, np.int64)
        return address(self.weight)

    @cached_property
    def _typed(self) -> Typed | None:
        if self.expected is None or self.weight is not None or not self.judged_soon:
            return None
        return read_typed(self._kernel, self._cells, len(self), self.expected)

    @property
    def likely_type(self) -> str | None:
        """What a block that follows may be all of."""
        return likely_type(self.union, self.signs, self._kernel.bits) if self.judged_soon else None

    @cached_property
    def _survey(self) -> Survey:
        if self._typed:
            self._signs = self._typed.signs
            return self._typed.survey
        size = len(self)
        mask, hashes, dirty = np.empty(size, np.uint8), np.empty(size, np.uint64), np.empty(size, np.bool_)
        tally = np.empty(TALLY, np.int64)
        signs, joined = (np.empty(size, np.uint64), np.empty(4, np.uint64)) if self.judged_soon else (None, None)
        arrays = (None if one is None else address(one) for one in (mask, hashes, dirty, tally, signs, joined))
        if not self._kernel.read(self._cells, self._kernel.wide, self._often, *arrays):
            raise ValueError("the offsets of a column do not fit its data")
        if signs is not None and joined is not None:
            self._signs = signs, joined.tolist()
        return mask, hashes, dirty, tally

    @cached_property
    def mask(self) -> Bytes:
        """The class bits of each cell, joined; 0 for an empty cell."""
        return self._survey[0]

    @cached_property
    def hashes(self) -> Words:
        """A 64-bit mix of every cell's content."""
        return self._survey[1]

    @cached_property
    def unclean(self) -> Bools | None:
        """Which cells need cleaning."""
        return self._survey[2]

    @cached_property
    def measured(self) -> tuple[int, Index, Index] | None:
        """The characters of all cells, and how many cells there are by length and by class."""
        tally = self._survey[3]
        return int(tally[_CHARACTERS]), tally[_LENGTHS], tally[_MASKS]

    @cached_property
    def max_length(self) -> int:
        """Length of the longest cell in bytes."""
        return int(self._survey[3][_LONGEST])

    @cached_property
    def min_length(self) -> int:
        """Length of the shortest cell in bytes."""
        return int(self._survey[3][_SHORTEST])

    @cached_property
    def total_characters(self) -> int:
        """Length of all cells together in characters."""
        return int(self._survey[3][_TOTAL_CHARACTERS])

    @cached_property
    def union(self) -> int:
        """The class bits of all cells, joined."""
        return int(self._survey[3][_UNION])

    @cached_property
    def has_high(self) -> bool:
        """Whether any byte is outside ASCII."""
        return bool(self.union & 32)

    @cached_property
    def has_dirty(self) -> bool:
        """Whether any cell needs cleaning."""
        return bool(self._survey[3][_DIRTY])

    # -- signs -------------------------------------------------------------------------------------------------------

    @cached_property
    def _signs(self) -> tuple[Words, list[int]]:
        signs, joined = np.empty(len(self), np.uint64), np.empty(4, np.uint64)
        self._kernel.signs(self._cells, self._kernel.wide, address(self.mask), address(signs), address(joined))
        return signs, joined.tolist()

    @cached_property
    def has_long_number(self) -> bool:
        """Whether seven digits in a row stand anywhere, or digits with a space or hyphen between them."""
        return bool(self._signs[1][3])

    @cached_property
    def token_lengths(self) -> frozenset[int]:
        """The lengths of the tokens that stand in the block (longer than 127 counts as 127)."""
        low, high = self._signs[1][1:3]
        bits = low | high << 64
        return frozenset(length for length in range(128) if bits >> length & 1)

    @cached_property
    def signs(self) -> int:
        """All signs that some cell has."""
        return int(self._signs[1][0])

    def may_hold(self, entity: str) -> bool:
        """Say whether some cell may hold an entity."""
        bit = self._kernel.bits.get(entity, 0)
        return not bit or bool(self.signs & bit)

    def words_in(self, known: Hashed) -> tuple[Index, Index]:
        """Return the cells that are words, and which word each is."""
        cells, words = np.empty(len(self), np.int64), np.empty(len(self), np.int64)
        arrays = (address(array) for array in (known.hashes, known.bits, known.first, cells, words))
        count = self._kernel.known(address(self.hashes), len(self), *arrays)
        return cells[:count], words[:count]

    def candidates(self, entity: str) -> Index | None:
        """Return the cells that may hold an entity; None when all must be looked at."""
        bit = self._kernel.bits.get(entity, 0)
        if not bit:
            return None
        signs, joined = self._signs
        if not joined[0] & bit:
            return _NONE
        chosen = np.empty(len(self), np.int64)
        count = self._kernel.choose(address(signs), len(self), bit, address(chosen))
        return None if 2 * count > len(self) else chosen[:count]

    def judged(self, entity: str) -> Judged | None:
        """Return what the kernel says of the cells that may hold an entity; None when it does not know that one."""
        which = self._kernel.judges.get(entity)
        if which is None:
            return None
        verdicts, counts = np.empty(len(self), np.uint8), np.empty(8, np.int64)
        facts = (address(array) for array in (self._signs[0], self.mask, self.hashes))
        sign = self._kernel.bits[entity]
        self._kernel.judge(self._cells, which, sign, *facts, self._kernel.tables, address(verdicts), address(counts))
        _, shapes, _, unsure, certain, likely = counts[:6].tolist()
        valid, inside_valid = verdicts == _VALID, verdicts == _INSIDE_VALID if certain or likely else None
        return Judged(
            (valid | (verdicts == _SHAPE)) if shapes else valid,
            valid,
            inside_valid if inside_valid is None or not likely else inside_valid | (verdicts == _INSIDE),
            inside_valid,
            np.flatnonzero(verdicts == _UNSURE) if unsure else _NONE,
        )

    def labels(self, known: Automaton) -> tuple[Index, Index, Index, Index] | None:
        """Return which labels that a number may follow stand in which cells, from where to where."""
        tables, room = ctypes.addressof(known.argument), 1024
        while True:
            found = np.empty((room, 4), np.int64)
            count = self._kernel.labels(self._cells, address(self.mask), tables, room, address(found))
            if count <= room:
                which, cell, start, end = np.ascontiguousarray(found[:count].T)
                return which, cell, start, end
            room = count

    def repeated(self, keys: Words, counts: Index, left: Bools) -> int:
        """Count the cells whose hashes are known, and take them out of those left; return how many stay."""
        known = address(self.hashes), address(keys), len(keys) - 1
        return int(self._kernel.repeats(self._cells, self._often, *known, address(counts), address(left)))

    def recalled(self, keys: Words, counts: Index) -> Bools:
        """Count the cells that are known, as `repeated` does but with no look at them before, and say which are not."""
        left = np.empty(len(self), np.bool_)
        known = address(keys), len(keys) - 1
        if self._kernel.recall(self._cells, self._often, *known, address(counts), address(left)) < 0:
            raise ValueError("the offsets of a column do not fit its data")
        return left

    def written(self) -> tuple[Index, npt.NDArray[np.float64]] | None:
        """Return the cells that are numbers written as text, and their values; not a number where it is too long."""
        if self._typed:
            values = self._typed.values
            return (_NONE, np.zeros(0)) if values is None else (np.arange(len(self)), values)
        chosen, values = np.empty(len(self), np.int64), np.empty(len(self))
        arrays = (address(array) for array in (self.mask, chosen, values))
        count = self._kernel.written(self._cells, *arrays)
        return chosen[:count], values[:count]

    @property
    def moments(self) -> Moments | None:
        """The days and moments of a block that is known to hold nothing else."""
        return self._typed.moments if self._typed else None

    @cached_property
    def days(self) -> Days | None:
        """Which cells are days or moments in the usual forms."""
        found, years = np.empty(len(self), np.uint8), np.empty(len(self), np.int64)
        unsure = self.max_length and self._kernel.days(self._cells, address(found), address(years))
        cell = np.flatnonzero((found == _DAY) | (found == _MOMENT)) if self.max_length else _NONE
        return Days(cell, years[cell], found[cell] == _DAY, np.flatnonzero(found == _UNSURE) if unsure else _NONE)

    @cached_property
    def traced(self) -> Bools | None:
        """Which cells are short or show a trace of an identifier."""
        keep = np.ones(len(self), np.bool_)
        if self.max_length:  # the survey has looked at the bounds
            self._kernel.traces(self._cells, address(self.mask), self._kernel.tables, address(keep))
        return keep

    def digests(self, chain: npt.NDArray[np.uint32]) -> Words:
        """Return the BLAKE2s-128 of every cell of 1 to 64 bytes, two words each; `chain` is the state after the key."""
        found = np.empty((len(self), 2), np.uint64)
        if self.max_length:  # the survey has looked at the bounds
            chain = np.ascontiguousarray(chain, np.uint32)
            self._kernel.blake2s(self._cells, address(chain), address(found))
        return found

    def take(self, cells: Index) -> Self:
        """Return a block of some of the cells, in the order given."""
        cells = np.ascontiguousarray(cells, np.int64)
        bounds = np.empty(len(cells) + 1, np.int64)
        bounds[0] = PAD
        np.cumsum(self.ends[cells] - self.starts[cells], out=bounds[1:])
        bounds[1:] += PAD
        data = np.empty(int(bounds[-1]) + PAD, np.uint8)
        data[:PAD] = data[bounds[-1] :] = 0
        self._kernel.gather(self._cells, address(cells), len(cells), address(data))
        return type(self)(data, bounds, None if self.weight is None else self.weight[cells])
