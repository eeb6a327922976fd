"""Long text: which cells of prose are worth a closer look.

An identifier inside prose leaves a trace that is cheap to see for all bytes at once: four digits in a row, an ``@``, a
point between digits, a letter after a Chinese character, sixteen letters or digits in a row, a number before the mark
of a door or a street (号 栋 室 …), pairs with colons or hyphens. A long cell without any of these holds none.
"""

from __future__ import annotations

import numpy as np

from .cells_block import Block, Bools

LONG = 48  # bytes
_DOOR = np.zeros(1 << 16, bool)
_DOOR[[ord(mark) for mark in "号栋幢楼室单层座户弄组村路街巷"]] = True


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
    point = data == 46
    if point.any():
        seen[:-2] |= digit[:-2] & digit[2:] & point[1:-1]
        named = digit[2:] | ((data[2:] - np.uint8(65)) < 26)  # c.215C>G, p.Arg175His
        seen[:-2] |= block.letter[:-2] & named & point[1:-1]
    if block.has_high:
        numbered = np.flatnonzero(digit[:-1] & block.high[1:])
        seen[numbered[_DOOR[block.points(numbered + 1)]]] = True
    if block.letter.any():
        seen[:-1] |= block.high[:-1] & block.letter[1:]
        run = block.alnum
        for step in (1, 2, 4, 8):
            run = run[:-step] & run[step:]
        seen[: len(run)] |= run
    pairs = (data == 58) | (data == 45)
    if pairs.any():
        seen[:-3] |= pairs[:-3] & pairs[3:]
    return block.any_of(seen.view(np.uint8)).view(bool)
