"""Long text: which cells of prose are worth a closer look.

An identifier inside prose leaves a trace that is cheap to see for all bytes at once: four digits in a row, or three and
a gap before the next, an ``@``, two stars, a point between digits, a letter after a Chinese character, sixteen letters
or digits in a row, a number before the mark of a door, a street (号 栋 室 …) or a degree, pairs or fours with colons or
hyphens, two colons. A long cell without any of these holds none.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .cells_block import Block, Bools, Index

LONG = 48  # bytes
DOOR = np.zeros(1 << 16, bool)
DOOR[[ord(mark) for mark in "号號栋棟幢楼樓室单單层層座户戶弄组組村路街巷"]] = True


def worth_reading(block: Block) -> Block | None:
    """Return the block without its long cells that cannot hold an identifier."""
    if block.max_length <= LONG:
        return block
    keep = block.traced
    if keep is None:
        keep = traces(block) | (block.lengths <= LONG)
    kept = np.count_nonzero(keep)
    if kept > 0.75 * len(block):
        return block
    return block.take(np.flatnonzero(keep)) if kept else None


def traces(block: Block) -> Bools:
    """Say which cells show a trace of an identifier."""
    if block.narrow is None:
        return _traces(block)
    found = np.zeros(len(block), bool)
    for places in _places(block, block.narrow):
        if len(places):
            found[block.cells_at(places)] = True
    return found


def _places(block: Block, at: Index) -> Iterator[Index]:
    """Yield where traces begin in text of few ASCII bytes: the same as `_traces` sees, looked for among those bytes."""
    data, byte = block.data, block.data[at]
    digit, letter = (byte - np.uint8(48)) < 10, ((byte | np.uint8(32)) - np.uint8(97)) < 26
    yield at[byte == 64]
    numbers = at[digit]
    yield numbers[:-3][numbers[3:] - numbers[:-3] == 3]
    threes = numbers[:-3][(numbers[2:-1] - numbers[:-3] == 2) & (numbers[3:] - numbers[:-3] == 4)]
    yield threes[(data[threes + 3] == 32) | (data[threes + 3] == 45)]
    stars = at[byte == 42]
    yield stars[:-1][stars[1:] - stars[:-1] == 1]
    points = np.flatnonzero(byte[1:-1] == 46)
    before, after = data[at[points + 1] - 1], data[at[points + 1] + 1]
    number_after, letter_before = (after - np.uint8(48)) < 10, ((before | np.uint8(32)) - np.uint8(97)) < 26
    capital_after = (after - np.uint8(65)) < 26
    dotted = ((before - np.uint8(48)) < 10) & number_after | letter_before & (number_after | capital_after)
    yield at[points + 1][dotted] - 1
    numbered = numbers[data[numbers + 1] >= 128]
    yield numbered[DOOR[block.points(numbered + 1)]]
    yield numbered[(data[numbered + 1] == 0xC2) & (data[numbered + 2] == 0xB0)]
    letters = at[letter]
    yield letters[data[letters - 1] >= 128] - 1
    if len(letters):
        words = at[digit | letter]
        yield words[:-15][words[15:] - words[:-15] == 15]
    pairs = at[(byte == 58) | (byte == 45)]
    yield pairs[np.isin(pairs + 3, pairs) | np.isin(pairs + 5, pairs)]
    yield at[(byte == 58) & (data[at + 1] == 58)]


def _traces(block: Block) -> Bools:
    data, digit = block.data, block.digit
    seen = data == 64
    pair = digit[:-1] & digit[1:]
    seen[:-3] |= pair[:-2] & pair[2:]
    gap = (data == 32) | (data == 45)
    seen[:-4] |= pair[:-3] & digit[2:-2] & gap[3:-1] & digit[4:]
    star = data == 42
    seen[:-1] |= star[:-1] & star[1:]
    point = data == 46
    if point.any():
        seen[:-2] |= digit[:-2] & digit[2:] & point[1:-1]
        named = digit[2:] | ((data[2:] - np.uint8(65)) < 26)  # c.215C>G, p.Arg175His
        seen[:-2] |= block.letter[:-2] & named & point[1:-1]
    if block.has_high:
        numbered = np.flatnonzero(digit[:-1] & block.high[1:])
        seen[numbered[DOOR[block.points(numbered + 1)]]] = True
        seen[numbered[(data[numbered + 1] == 0xC2) & (data[numbered + 2] == 0xB0)]] = True
    if block.letter.any():
        seen[:-1] |= block.high[:-1] & block.letter[1:]
        run = block.alnum
        for step in (1, 2, 4, 8):
            run = run[:-step] & run[step:]
        seen[: len(run)] |= run
    pairs = (data == 58) | (data == 45)
    if pairs.any():
        seen[:-3] |= pairs[:-3] & pairs[3:]
        seen[:-5] |= pairs[:-5] & pairs[5:]
        colon = data == 58
        seen[:-1] |= colon[:-1] & colon[1:]
    return block.any_of(seen.view(np.uint8)).view(bool)
