"""A table that tells where something stands by its hash: many questions at once, answered in a few rounds of numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import compiled

Same = Callable[[Any, Any], Any]
"""Tells of pairs (a number of the table, the place of a question) whether they are the same thing."""
Earlier = Callable[[], tuple[Any, Any]]
"""Gives the hashes and the numbers entered so far: they are asked for when the table has to grow."""
_LEAST = 1 << 10


class Slots:
    """Numbers by hash, by open addressing: what a hash points to is compared, so different things may share a hash.

    >>> words, hashes = np.array(["a", "b", "c"]), np.array([7, 7, 9], np.uint64)
    >>> slots = Slots()
    >>> slots.add(hashes[:2], np.array([0, 1], np.int32), lambda: (hashes[:0], np.zeros(0, np.int32)))
    >>> slots.find(hashes, lambda number, place: words[number] == words[place]).tolist()
    [0, 1, -1]
    """

    def __init__(self) -> None:
        self.table: Any = np.full(_LEAST, -1, np.int32)
        self._used = 0

    @property
    def nbytes(self) -> int:
        """The bytes it takes."""
        return int(self.table.nbytes)

    def find(self, hashes: Any, same: Same) -> Any:
        """Return the number that stands for each hash, or -1."""
        last = len(self.table) - 1
        found = np.full(len(hashes), -1, np.int32)
        left, slot = np.arange(len(hashes)), (hashes & np.uint64(last)).astype(np.int64)
        while len(left):
            there = self.table[slot]
            taken = there >= 0
            left, slot, there = left[taken], slot[taken], there[taken]
            right = same(there, left)
            found[left[right]] = there[right]
            left, slot = left[~right], (slot[~right] + 1) & last
        return found

    def add(self, hashes: Any, numbers: Any, earlier: Earlier) -> None:
        """Enter numbers that are not there yet."""
        self._used += len(numbers)
        if 2 * self._used > len(self.table):
            self.table = np.full(1 << int(2 * self._used).bit_length(), -1, np.int32)
            self._enter(*earlier())
        self._enter(hashes, numbers)

    def _enter(self, hashes: Any, numbers: Any) -> None:
        if fast := compiled.kernel():
            fast.enter(hashes, numbers, self.table)
        else:
            self._enter_in_numpy(hashes, numbers)

    def _enter_in_numpy(self, hashes: Any, numbers: Any) -> None:
        last = len(self.table) - 1
        slot = (hashes & np.uint64(last)).astype(np.int64)
        while len(numbers):
            free = self.table[slot] < 0
            self.table[slot[free]] = numbers[free]
            out = self.table[slot] != numbers  # somebody else was there, or came at the same time
            numbers, slot = numbers[out], (slot[out] + 1) & last
