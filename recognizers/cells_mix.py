"""A 64-bit mix of every cell's content: equal cells have equal ones, different cells hardly ever.

Not for anything that must withstand an attack: `scanner.identity_hash` is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .cells_classes import PAD, Words

if TYPE_CHECKING:
    from .cells_bytes import Cells

_K1, _K2, _K3 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_LOW = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)
WHOLE = 256
"""Cells of up to so many bytes are mixed whole."""
_S32, _S29 = np.uint64(32), np.uint64(29)


def mix(block: Cells) -> Words:
    """Return the mix of each cell (of 48 of its bytes and its length, when it is longer than `WHOLE`)."""
    lengths, words = block.lengths, block.words
    mixed = words[block.starts] if not block.uniform else _word(block, 0).copy()
    if int(lengths.min(initial=8)) < 8:
        mixed &= _LOW[np.minimum(lengths, 8)]
    mixed = (mixed + lengths.view(np.uint64) + _K3) * _K1
    mixed ^= mixed >> _S32
    for least, most, word in _further_words(block):
        further = _with(mixed, word)
        if block.min_length > least and block.max_length <= most:
            mixed = further
        else:
            mixed = np.where((lengths > least) & (lengths <= most), further, mixed)
    if block.max_length > 64:
        _add_inner_words(block, mixed)
    mixed *= _K3
    mixed ^= mixed >> _S32
    return mixed


def _with(mixed: Words, word: Words) -> Words:
    further = (mixed + word) * _K2
    return further ^ further >> _S29


def _add_inner_words(block: Cells, mixed: Words) -> None:
    """Mix what stands between the first and the last 32 bytes of the cells that are mixed whole."""
    lengths, starts = block.lengths, block.starts
    cells = np.flatnonzero(lengths <= WHOLE)
    for place in range(32, min(block.max_length, WHOLE) - 32, 8):
        cells = cells[lengths[cells] > place + 32]
        mixed[cells] = _with(mixed[cells], block.words[starts[cells] + place])


def _further_words(block: Cells) -> list[tuple[int, int, Words]]:
    """Return further words, and the lengths between which a cell has them: up to 64 bytes they are all of the cell."""
    longest, far = block.max_length, 1 << 62
    found = [(8, far, _word(block, -8))] if longest > 8 else []
    if longest > 16:
        found += [(16, far, _word(block, 8)), (16, far, _word(block, -16))]
    if block.min_length <= WHOLE:
        found += [(32, WHOLE, _word(block, place)) for place in (16, -24) if longest > 32]
        found += [(48, WHOLE, _word(block, place)) for place in (24, -32) if longest > 48]
    if longest > WHOLE:
        middle = block.lengths >> 2
        found += [(WHOLE, far, block.words[block.starts + middle + step]) for step in (0, middle)]
    return found


def _word(block: Cells, place: int) -> Words:
    """Return the eight bytes at a place of every cell, counted from its end when negative."""
    if block.uniform:
        first = PAD + place + (block.uniform if place < 0 else 0)
        return np.ndarray((len(block),), np.dtype("<u8"), block.data.data, first, (block.uniform,))
    return block.words[(block.ends if place < 0 else block.starts) + place]
