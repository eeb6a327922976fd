"""Long text: which cells of prose are worth a closer look.

An identifier inside prose leaves a trace that is cheap to see for all bytes at once: four digits in a row, an ``@``, a
point between digits, a capital letter after a Chinese character, sixteen letters or digits in a row, the mark of an area
(省 市 区 县 …), six pairs with colons. A long cell without any of these holds none of the pack's identifiers.
"""

from __future__ import annotations

import numpy as np

from .cells_block import Block, Bools

LONG = 40  # bytes
_AREAS = [np.frombuffer(mark.encode()[1:], "<u2")[0] for mark in "省市区县州旗盟"]


def worth_reading(block: Block) -> Block | None:
    """Return the block without its long cells that cannot hold an identifier."""
    if block.max_length <= LONG:
        return block
    keep = traces(block)
    keep |= block.lengths <= LONG
    kept = np.count_nonzero(keep)
    if kept > 0.75 * len(block):
        return block
    return block.take(np.flatnonzero(keep)) if kept else None


def traces(block: Block) -> Bools:
    """Say which cells show a trace of an identifier."""
    data, digit = block.data, block.digit
    seen = data == 64
    pair = digit[:-1] & digit[1:]
    seen[:-3] |= pair[:-2] & pair[2:]
    seen[:-2] |= digit[:-2] & digit[2:] & (data[1:-1] == 46)
    if block.has_high:
        seen[:-1] |= block.high[:-1] & ((data[1:] - np.uint8(65)) < 26)
        _mark_areas(block, seen)
    run = block.alnum
    for step in (1, 2, 4, 8):
        run = run[:-step] & run[step:]
    seen[: len(run)] |= run
    pairs = (data == 58) | (data == 45)
    seen[:-3] |= pairs[:-3] & pairs[3:]
    return block.any_of(seen.view(np.uint8)).view(bool)


def _mark_areas(block: Block, seen: Bools) -> None:
    """Mark the second byte of every character that ends the name of an area."""
    for first in (0, 1):
        size = (len(block.data) - first) // 2 * 2
        pairs = block.data[first : first + size].view("<u2")
        found = pairs == _AREAS[0]
        for mark in _AREAS[1:]:
            found |= pairs == mark
        seen[first : first + size : 2] |= found


