"""Closed vocabularies: cells that are, as a whole, one of the words of a short list (sex, ethnic group, placeholder …).

The lists are data (`data/vocabularies.yaml`). A cell is compared by its 64-bit hash: one look into a bit table decides
for almost every cell that it is none of them.

>>> block = Block.of_values(["汉族".encode(), b"N/A", "张三".encode()])
>>> found = []
>>> look_up(block, lambda entity, hit: found.append((entity, hit.matched)))
1
>>> found
[('ETHNIC_GROUP', 1)]
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from .cells_block import Block, Bools
from .cells_evidence import Hit
from .cells_hashed import Hashed
from .data_files import read_yaml

PLACEHOLDER = "PLACEHOLDER"


class Vocabulary(NamedTuple):
    """Every word's hash; `member[i, w]`: whether word `w` belongs to entity `i`; bytes of the longest word."""

    entities: tuple[str, ...]
    words: Hashed
    member: Bools
    longest: int


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the words of each vocabulary."""
    return {entity: tuple(map(str, listed)) for entity, listed in read_yaml("vocabularies.yaml").items()}


@cache
def vocabulary() -> Vocabulary:
    """Return the hashed form of all vocabularies."""
    listed = words()
    every = sorted({word for found in listed.values() for word in found})
    encoded = [word.encode() for word in every]
    hashes = Block.of_values(encoded).hashes
    order = np.argsort(hashes)
    member = np.array([[word in found for word in every] for found in map(set, listed.values())])[:, order]
    return Vocabulary(tuple(listed), Hashed(hashes), member, max(map(len, encoded)))


def look_up(block: Block, add: Callable[[str, Hit], None]) -> int:
    """Report the cells that are words of each vocabulary to `add`; return how many cells are placeholders."""
    known = vocabulary()
    if block.min_length > known.longest:
        return 0
    cells, place = block.words_in(known.words)
    if not len(cells):
        return 0
    weight = None if block.weight is None else block.weight[cells]
    counts = np.bincount(place, weights=weight, minlength=len(known.words.hashes)).astype(np.int64)
    placeholders = 0
    for entity, found in zip(known.entities, (known.member @ counts).tolist(), strict=True):
        if entity == PLACEHOLDER:
            placeholders = found
        elif found:
            add(entity, Hit(found, found))
    return placeholders
