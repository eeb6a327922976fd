"""Words told by their 64-bit hashes: a bit for the first 16 bits of each, and the hashes in order.

>>> words = Hashed(np.array([5 << 48 | 7, 5 << 48 | 9, 2], np.uint64))
>>> [found.tolist() for found in words.among(np.array([5 << 48 | 9, 5 << 48 | 8, 2, 3], np.uint64))]
[[0, 2], [2, 0]]
"""

from __future__ import annotations

import numpy as np

from .cells_classes import Index, Words

_BEGIN = np.uint64(48)


class Hashed:
    """The hashes of some words. `first[i]` says where those stand that begin with the 16 bits `i`; `bits` if any do."""

    def __init__(self, hashes: Words) -> None:
        self.hashes = np.sort(hashes)
        begins = (self.hashes >> _BEGIN).astype(np.int64)
        self.first = np.searchsorted(begins, np.arange((1 << 16) + 1)).astype(np.int32)
        self._begun = self.first[1:] > self.first[:-1]
        self.bits = np.packbits(self._begun, bitorder="little")

    def among(self, hashes: Words) -> tuple[Index, Index]:
        """Return which hashes are those of words, and which word each is."""
        likely = np.flatnonzero(self._begun[(hashes >> _BEGIN).astype(np.int64)])
        place = np.minimum(np.searchsorted(self.hashes, hashes[likely]), len(self.hashes) - 1)
        same = self.hashes[place] == hashes[likely]
        return likely[same], place[same]
