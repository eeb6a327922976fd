"""What cells are long and written with: their lengths in characters, the class of each, and how many of each there are.

Where there is a kernel it has counted them already; this is the reference.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from . import cells_text
from .cells_block import DIGIT, HIGH, LETTERS, LOWER, LOWER_HEX, NUMERIC_MARK, OTHER, UPPER_HEX, Block, Index
from .cells_evidence import LONG_CELL, LONG_WIDE_CELL, Hit
from .cells_face import Match


def measured(block: Block) -> tuple[int, Index, Index]:
    """Return the characters of all cells, and how many cells there are by length and by class."""
    if block.measured is not None:
        return block.measured
    weight = block.weight
    characters = block.total_characters if weight is None else int((block.characters * weight).sum())
    if block.uniform and weight is None and not block.has_high:
        lengths = np.zeros(LONG_CELL + 2, np.int64)
        lengths[min(block.uniform, LONG_CELL + 1)] = len(block)
    else:
        lengths = tally(short_lengths(block), weight, LONG_CELL + 2)
    return characters, lengths, tally(mask_of(block), weight, 256)


def short_lengths(block: Block) -> Index:
    """Return the length of each cell in characters, one length for all cells beyond 48 bytes."""
    lengths = block.lengths
    if not block.has_high:
        return lengths if block.max_length <= LONG_CELL else np.minimum(lengths, LONG_CELL + 1)
    wide = (mask_of(block) & HIGH) > 0
    short = lengths <= np.where(wide, LONG_WIDE_CELL, LONG_CELL)
    if (wide & short).any():
        lengths = block.characters
    return np.where(short, lengths, LONG_CELL + 1)


def mask_of(block: Block) -> Any:
    """Return the class bits of each cell, the coarse ones for long cells."""
    if block.max_length <= cells_text.LONG:
        return block.mask
    if block.min_length > cells_text.LONG:
        return block.coarse_mask
    return np.where(block.lengths > cells_text.LONG, np.take(_COARSE, block.mask), block.mask)


_COARSE = np.array(
    [
        mask & (DIGIT | HIGH) | (LOWER if mask & LETTERS else 0) | (OTHER if mask & (NUMERIC_MARK | OTHER) else 0)
        for mask in range(256)
    ],
    np.uint8,
)


def tally(values: Any, weight: Index | None, size: int) -> Index:
    """Count how often each value below `size` stands, each as often as its weight says."""
    if weight is None and len(values) and (low := values.min()) == values.max():
        counted = np.zeros(size, np.int64)
        counted[low] = len(values)
        return counted
    return np.bincount(values, weights=weight, minlength=size).astype(np.int64)


def class_of(mask: int) -> str:
    """Name the class of a cell by the bits of what it is written with.

    >>> class_of(DIGIT), class_of(DIGIT | LOWER_HEX), class_of(HIGH), class_of(HIGH | DIGIT)
    ('digits', 'hex', 'cjk', 'mixed')
    """
    if mask == 0:
        return "empty"
    if mask == DIGIT:
        return "digits"
    if mask & HIGH:
        return "cjk" if mask == HIGH else "mixed"
    if mask in (DIGIT | NUMERIC_MARK, NUMERIC_MARK):
        return "number_like"
    if mask & OTHER or mask & NUMERIC_MARK:
        return "ascii_text"
    return _class_of_token(mask)


def _class_of_token(mask: int) -> str:
    if mask & DIGIT and mask & ~DIGIT in (UPPER_HEX, LOWER_HEX):
        return "hex"
    upper = mask & LETTERS and not mask & (LOWER_HEX | LOWER)
    if mask & DIGIT:
        return "upper_alnum" if upper else "alnum"
    return "upper_letters" if upper else "letters"


def inside(match: Match) -> Any:
    """Return which cells hold one inside longer text."""
    return False if match.inside is None else match.inside


def counted(block: Block, match: Match) -> Hit:
    """Count the cells of a match, each as often as it stands in the column."""
    if match.inside is None or match.inside_valid is None:
        return Hit(block.count(match.shape), block.count(match.valid))
    within, within_valid = match.inside & ~match.shape, match.inside_valid & ~match.shape
    return Hit(*(block.count(chosen) for chosen in (match.shape, match.valid, within, within_valid)))
