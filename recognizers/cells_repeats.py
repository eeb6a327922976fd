"""Columns with few values: each value is kept once with its count and judged once, at the end.

Only cells of which the hash covers every byte take part. A column that turns out to have many values leaves this path
after a block or two.
"""

from __future__ import annotations

import numpy as np

from .cells_block import Block, Bools, Index, Words
from .cells_compiled import CompiledBlock
from .cells_mix import WHOLE
from .cells_sorted import first_places, once

_FEW_SLOTS, _SLOTS = 1 << 12, 1 << 16
_ROOM = 64  # slots for each value, as far as there are so many: two values in one are one that is not known
_MOST = 12_288


class Repeats:
    """The values of a column with few, and how often each was seen."""

    def __init__(self, active: bool = True) -> None:
        self.active = active
        self.learned = False  # whether the block absorbed last held values that were learned from it
        self._kind = Block
        self._keys: Words = np.zeros(0, np.uint64)
        self._counts: Index = np.zeros(0, np.int64)
        self._values: dict[int, bytes] = {}

    def absorb(self, block: Block) -> Bools | None:
        """Count the cells already known, learn new ones, and say which cells are left to judge (None: all)."""
        if not self.active:
            return None
        if not len(self._keys):
            self._keys, self._counts = np.zeros(_FEW_SLOTS, np.uint64), np.zeros(_FEW_SLOTS, np.int64)
        self._kind, self.learned = type(block), False
        left = self._unknown(block)
        staying = int(np.count_nonzero(left))
        if staying > len(block) // 4:
            known = len(self._values)
            self._learn(block, block.hashes, left & (block.lengths <= WHOLE))
            self.learned = len(self._values) > known
            staying = self._count(block, left)
        if staying > len(block) // 2:
            self._stop()
        return left

    def _stop(self) -> None:
        """Learn no more, and let go of what only that was for: a table may have thousands of columns."""
        self.active, self._keys = False, np.zeros(0, np.uint64)
        if not self._values:
            self._counts = np.zeros(0, np.int64)

    def _unknown(self, block: Block) -> Bools:
        """Count the cells that are known, and say which are not."""
        if isinstance(block, CompiledBlock):
            return block.recalled(self._keys, self._counts)
        left = np.ones(len(block), bool)
        self._count(block, left)
        return left

    def _count(self, block: Block, left: Bools) -> int:
        """Count the cells that are known, take them out of those left, and return how many stay."""
        if isinstance(block, CompiledBlock):
            return block.repeated(self._keys, self._counts, left)
        slot = (block.hashes & np.uint64(len(self._keys) - 1)).view(np.int64)
        known = left & (self._keys[slot] == block.hashes) & (block.lengths <= WHOLE)
        often = None if block.weight is None else block.weight[known]
        self._counts += np.bincount(slot[known], often, minlength=len(self._keys)).astype(np.int64)
        left &= ~known
        return int(np.count_nonzero(left))

    def _learn(self, block: Block, hashes: Words, chosen: Bools) -> None:
        cells = np.flatnonzero(chosen)
        few = min(_MOST, max(64, len(block) // 3)) - len(self._values)
        different = len(once(hashes[cells]))
        if different > few:
            return
        self._make_room(len(self._values) + different)
        low = np.uint64(len(self._keys) - 1)
        for cell in cells[first_places(hashes[cells])].tolist():
            slot = int(hashes[cell] & low)
            if slot not in self._values:
                self._values[slot] = block.value(cell)
                self._keys[slot] = hashes[cell]

    def _make_room(self, values: int) -> None:
        """Have slots enough for so many values; a table may have thousands of columns, and most have few."""
        wanted = len(self._keys)
        while wanted < min(_SLOTS, _ROOM * values):
            wanted *= 2
        if wanted == len(self._keys):
            return
        before, keys, counts = sorted(self._values), self._keys, self._counts
        slots = (keys[before] & np.uint64(wanted - 1)).view(np.int64)
        self._keys, self._counts = np.zeros(wanted, np.uint64), np.zeros(wanted, np.int64)
        self._keys[slots], self._counts[slots] = keys[before], counts[before]
        self._values = {slot: self._values[old] for slot, old in zip(slots.tolist(), before, strict=True)}

    def block(self) -> Block | None:
        """Return the values as one block, each weighing as often as it was seen."""
        if not self._values:
            return None
        slots = np.array(sorted(self._values), np.int64)
        return self._kind.of_values([self._values[slot] for slot in slots.tolist()], self._counts[slots])
