"""How many different values a column holds, and a small sample of them that does not depend on the order of rows.

Every cell has a 64-bit hash. Up to 65,536 different hashes are kept all, and the count is exact but for collisions of
64-bit hashes. Beyond that only the 4,096 smallest are kept and the count is estimated from how densely they lie
(standard error 1.6 %). The sample is the values with the smallest hashes: uniform over distinct values, the same for
any order and any division of the rows.

Z. Bar-Yossef et al., "Counting distinct elements in a data stream", RANDOM 2002 (the k minimum values).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .cells_block import Index, Words
from .cells_compiled import address, kernel
from .cells_sorted import first_places, once

EXACT = 65_536
KEPT = 4_096
SAMPLE = 200
SAMPLE_BYTES = 512
_FEW_SLOTS, _SLOTS = 1 << 12, 1 << 16
_PENDING = 1 << 15
_MANY = 4 * SAMPLE
_TOP = np.uint64(0xFFFFFFFFFFFFFFFF)
_K1, _K2, _K3 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
Value = Callable[[int], bytes]


class Distinct:
    """Counts distinct hashes and keeps the sample. Merge with `merged`."""

    def __init__(self) -> None:
        self.estimated = False
        self._bound = _TOP
        self._kept: Words = np.zeros(0, np.uint64)
        self._pending: list[Words] = []
        self._waiting = 0
        self._seen: Words | None = None
        self._many_slots = _FEW_SLOTS
        self._sample: dict[int, bytes] = {}
        self._sample_bound = int(_TOP)

    def add(self, hashes: Words, value: Value) -> None:
        """Add the hashes of some cells; `value` gives the bytes of a cell for the sample."""
        if compiled := kernel():
            self.add_by(compiled.unseen, hashes, value)
            return
        cells = self._unseen(hashes)
        self._take(hashes[cells], cells, value)

    def add_words(self, words: Words, value: Value) -> None:
        """Add cells of eight bytes: numbers, moments."""
        if compiled := kernel():
            self.add_by(compiled.unseen_words, words, value)
        else:
            self.add(_mixed(words), value)

    def add_by(self, find: Any, words: Any, value: Value, *further: int) -> None:
        """Add cells by a function of the kernel, which says what was not seen before and takes `further` arguments."""
        words = np.ascontiguousarray(words)
        fresh, cells = np.empty(len(words), np.uint64), np.empty(len(words), np.int64)
        seen = (None, 0) if self.estimated else (address(self._slots()), self._many_slots - 1)
        found = (address(fresh), address(cells))
        count = find(address(words), len(words), *seen, int(self._bound), *found, *further)
        self._take(fresh[:count].copy(), cells[:count], value)

    def _take(self, fresh: Words, cells: Index, value: Value) -> None:
        if not len(fresh):
            return
        self._pending.append(fresh)
        self._waiting += len(fresh)
        if self._waiting > _PENDING:
            self._compress()
        self._add_to_sample(fresh, cells, value)

    def _slots(self) -> Words:
        if self._seen is None:
            self._seen = np.zeros(self._many_slots, np.uint64)
        return self._seen

    def _unseen(self, hashes: Words) -> Index:
        if self.estimated:
            return np.flatnonzero(hashes < self._bound)
        seen = self._slots()
        slot = (hashes & np.uint64(len(seen) - 1)).view(np.int64)
        fresh = np.flatnonzero(seen[slot] != hashes)
        seen[slot[fresh]] = hashes[fresh]
        return fresh

    def _compress(self) -> None:
        joined = np.concatenate([self._kept, *self._pending])
        self._pending, self._waiting = [], 0
        joined.sort()
        kept = joined[np.concatenate(([True], joined[1:] != joined[:-1]))] if len(joined) else joined
        if 4 * len(kept) < 3 * len(joined) and self._many_slots < _SLOTS:
            self._many_slots, self._seen = _SLOTS, None  # with more of them, fewer values come here again
        if self.estimated or len(kept) > EXACT:
            kept = kept[:KEPT].copy()
            self.estimated, self._bound, self._seen = True, kept[-1], None
        self._kept = kept

    def _add_to_sample(self, fresh: Words, cells: Index, value: Value) -> None:
        low = np.flatnonzero(fresh < np.uint64(self._sample_bound))
        if not len(low):
            return
        hashes = fresh[low]
        if len(low) > _MANY:  # the smallest, unless so many are the same that they are too few
            nearest = low[hashes <= np.partition(hashes, _MANY)[_MANY]]
            low = nearest if len(once(fresh[nearest])) >= SAMPLE else low
        if len(low) > SAMPLE:
            low = low[first_places(fresh[low])[:SAMPLE]]
        for key, cell in zip(fresh[low].tolist(), cells[low].tolist(), strict=True):
            if key not in self._sample:
                self._sample[key] = value(cell)[:SAMPLE_BYTES]
        if len(self._sample) >= 2 * SAMPLE or (self._sample_bound == int(_TOP) and len(self._sample) >= SAMPLE):
            self._trim_sample()

    def _trim_sample(self) -> None:
        if len(self._sample) >= SAMPLE:
            lowest = sorted(self._sample)[:SAMPLE]
            self._sample = {key: self._sample[key] for key in lowest}
            self._sample_bound = lowest[-1]

    @property
    def count(self) -> int:
        """The number of distinct values, estimated if `estimated`."""
        if self._pending:
            self._compress()
        if not self.estimated:
            return len(self._kept)
        return round((len(self._kept) - 1) / (float(self._kept[-1]) / 2**64))

    @property
    def sample(self) -> tuple[str, ...]:
        """The sampled values as text, in the order of their hashes."""
        return tuple(self._sample[key].decode("utf-8", "replace") for key in sorted(self._sample)[:SAMPLE])

    def merged(self, other: Distinct) -> Distinct:
        """Return the sketch of both parts together."""
        joined = Distinct()
        joined.estimated = self.estimated or other.estimated
        joined._pending = [self._kept, *self._pending, other._kept, *other._pending]
        bound = min(self._bound, other._bound)
        joined._pending = [part[part <= bound] for part in joined._pending]
        joined._compress()
        joined._sample = {**self._sample, **other._sample}
        joined._trim_sample()
        return joined


def _mixed(words: Words) -> Words:
    mixed = (words + _K3) * _K1
    mixed ^= mixed >> np.uint64(32)
    mixed *= _K2
    mixed ^= mixed >> np.uint64(29)
    return mixed
