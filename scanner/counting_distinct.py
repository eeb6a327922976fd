"""From rows to distinct facts: collect keyed rows batch by batch, then number the keys and drop repeated rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..recognizers import cells_arrow
from . import compiled, identity
from .counting_draft import Space
from .counting_rows import Rows
from .side_by_side import mapped

Ints = npt.NDArray[np.int64]


class Collected:
    """What the batches gave so far: per space the keys and where they stand, per row the items and the basis."""

    def __init__(self, bases: tuple[str, ...]) -> None:
        self.base_names = bases
        self.rows = self.rows_with_identity = self.items = self.minors = 0
        self.kept = 0
        self.masks: list[Any] = []
        self.bases: list[Any] = []
        self.keys: dict[Space, list[tuple[Any, Any]]] = {}
        self.unlinked: Counter[int] = Counter()
        self.unlinked_digest = (0, 0)
        self.excluded_rows: dict[str, int] = dict.fromkeys(bases, 0)
        self.excluded_unlinked: dict[str, int] = dict.fromkeys(bases, 0)

    def add(self, rows: Rows, *, counted: bool) -> None:
        """Add one batch; rows of a crosswalk (`counted` false) only link."""
        linked = rows.linked
        if counted:
            self._tally(rows, linked)
        for space, (valid, keys) in rows.keys.items():
            inside = (np.flatnonzero(valid[linked]) + self.kept).astype(np.int32)
            self.keys.setdefault(space, []).append((inside, keys))
        self.masks.append(rows.masks[linked])
        self.bases.append(rows.bases[linked])
        self.kept += int(np.count_nonzero(linked))

    def _tally(self, rows: Rows, linked: npt.NDArray[np.bool_]) -> None:
        self.rows += len(rows.masks)
        self.rows_with_identity += int(np.count_nonzero(linked))
        self.items += rows.items
        self.minors += rows.minors
        alone = ~linked & (rows.masks & ITEM_BITS > 0)
        for mask, count in zip(*np.unique(rows.masks[alone & (rows.bases == 0)], return_counts=True), strict=True):
            self.unlinked[int(mask)] += int(count)
        a, b = rows.unlinked_digest
        self.unlinked_digest = ((self.unlinked_digest[0] + a) % 2**64, (self.unlinked_digest[1] + b) % 2**64)
        for index, name in enumerate(self.base_names):
            self.excluded_rows[name] += int(np.count_nonzero(rows.bases == index + 1))
            self.excluded_unlinked[name] += int(np.count_nonzero(alone & (rows.bases == index + 1)))


ITEM_BITS = np.uint64((1 << 60) - 1)


@dataclass(frozen=True)
class Facts:
    """Distinct keys and distinct rows, in one order whatever the order of the rows was."""

    spaces: tuple[Space, ...]
    keys: Any
    space_of: Any
    offsets: Any
    nodes: Any
    masks: Any
    bases: Any


def distinct(collected: Collected) -> Facts:
    """Number the distinct keys of each space and return the distinct rows; what was collected is used up."""
    spaces = tuple(sorted(collected.keys, key=lambda space: (identity.rank(space.kind), space.scope)))
    numbered = list(mapped(lambda space: _numbered(collected.keys.pop(space), collected.kept), spaces))
    codes, tables = [column for _, column in numbered], [table for table, _ in numbered]
    del numbered
    masks = _joined(collected.masks, np.uint64)
    bases = _joined(collected.bases, np.uint8)
    first = _first_of_each(codes, [len(table) for table in tables], masks, bases)
    matrix = np.empty((len(first), len(codes)), np.int32)
    for place in reversed(range(len(codes))):
        matrix[:, place] = codes.pop()[first]
    return _facts(spaces, tables, matrix, masks[first], bases[first])


def _numbered(parts: list[tuple[Any, Any]], rows: int) -> tuple[Any, Any]:
    """Return the distinct keys of one space and, for every row, the place of its key among them or -1."""
    inside = np.concatenate([inside for inside, _ in parts])
    arrays = [keys for _, keys in parts]
    parts.clear()
    table, inverse = number(_stacked(arrays))
    column = np.full(rows, -1, np.int32)
    column[inside] = inverse
    return table, column


def _stacked(arrays: list[Any]) -> Any:
    """Return (n, 2) arrays of keys as one, letting go of each as it is copied: ten million keys are 160 MB."""
    whole = np.empty((sum(map(len, arrays)), 2), np.uint64)
    low = 0
    for place, array in enumerate(arrays):
        whole[low : low + len(array)] = array
        low += len(array)
        arrays[place] = None
    return whole


def _facts(spaces: tuple[Space, ...], tables: list[Any], matrix: Any, masks: Any, bases: Any) -> Facts:
    sizes = [len(table) for table in tables]
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1].astype(np.int32) if sizes else np.zeros(0, np.int32)
    held = matrix >= 0
    lengths = held.sum(axis=1, dtype=np.int32)
    useful = (masks != 0) | (lengths > 1) | (bases > 0)
    if not useful.all():
        matrix, held, lengths = matrix[useful], held[useful], lengths[useful]
        masks, bases = masks[useful], bases[useful]
    matrix += starts
    nodes = matrix[held]
    del matrix, held, useful
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    del lengths
    keys = _stacked(tables)
    space_of = np.repeat(np.arange(len(spaces), dtype=np.uint16), sizes)
    seen = np.zeros(len(keys), bool)
    seen[nodes] = True
    if not seen.all():
        nodes = (np.cumsum(seen, dtype=np.int32) - np.int32(1))[nodes]
        keys, space_of = keys[seen], space_of[seen]
    return Facts(spaces, keys, space_of, offsets, nodes, masks, bases)


def number(keys: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
    """Return the distinct 128-bit keys, sorted, and each key's place among them."""
    fast = compiled.kernel()
    return fast.number(keys) if fast else number_in_numpy(keys)


def number_in_numpy(keys: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
    """Do what `number` does where nothing is compiled."""
    order = np.argsort(keys[:, 0])
    high, low = keys[:, 0][order], keys[:, 1][order]
    same_high = high[1:] == high[:-1]
    if np.any(same_high & (low[1:] != low[:-1])):  # two keys share 64 bits: sort by all 128
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        high, low = keys[:, 0][order], keys[:, 1][order]
        same_high = (high[1:] == high[:-1]) & (low[1:] == low[:-1])
    new = np.ones(len(keys), bool)
    np.logical_not(same_high, out=new[1:])
    del keys, same_high
    table = np.empty((int(np.count_nonzero(new)), 2), np.uint64)
    table[:, 0], table[:, 1] = high[new], low[new]
    del high, low
    inverse = np.empty(len(order), np.int32)
    inverse[order] = np.cumsum(new, dtype=np.int32) - np.int32(1)
    return table, inverse


def _joined(parts: list[Any], kind: Any) -> Any:
    joined = np.concatenate(parts) if parts else np.zeros(0, kind)
    parts.clear()
    return joined


def _first_of_each(codes: list[Any], sizes: list[int], masks: Any, bases: Any) -> Any:
    """Return the index of one row for each distinct (keys, items, basis), in key order."""
    fast = compiled.kernel()
    return fast.rows(codes, sizes, masks, bases) if fast else first_of_each_in_numpy(codes, sizes, masks, bases)


def first_of_each_in_numpy(codes: list[Any], sizes: list[int], masks: Any, bases: Any) -> Ints:
    """Return what the kernel does where nothing is compiled."""
    words = _packed([*codes, _coded(masks), bases], [*sizes, len(masks), 255])
    order = np.argsort(words[0])
    for word in words[1:]:
        _sort_ties(order, words, word)
    new = np.zeros(len(order), bool)
    new[:1] = True
    for word in words:
        sorted_word = word[order]
        new[1:] |= sorted_word[1:] != sorted_word[:-1]
    return order[new]


def _sort_ties(order: Ints, words: list[Any], word: Any) -> None:
    """Sort by one more word, in place, the rows that are still alike in the words before it."""
    before = words[: next(place for place, one in enumerate(words) if one is word)]
    alike = np.ones(max(0, len(order) - 1), bool)
    for one in before:
        sorted_word = one[order]
        alike &= sorted_word[1:] == sorted_word[:-1]
    tied = np.zeros(len(order), bool)
    tied[1:] |= alike
    tied[:-1] |= alike
    places = np.flatnonzero(tied)
    if len(places):
        rows = order[places]
        order[places] = rows[np.lexsort([one[rows] for one in (word, *reversed(before))])]


def _coded(masks: Any) -> Any:
    """Return the place of each mask among the different ones, in their order."""
    kinds = np.sort(cells_arrow.to_numpy(cells_arrow.from_numpy(masks).unique()))
    return np.searchsorted(kinds, masks).astype(np.int32) if len(kinds) > 1 else np.zeros(len(masks), np.int32)


def _packed(columns: list[Any], sizes: list[int]) -> list[Any]:
    """Return columns of numbers from -1 to below their size as few words of 63 bits, the first column uppermost."""
    words: list[Any] = []
    left = 0
    for column, size in zip(columns, sizes, strict=True):
        bits = int(size + 1).bit_length()
        if bits > left:
            words.append(np.zeros(len(column), np.int64))
            left = 63
        left -= bits
        words[-1] |= (column.astype(np.int64) + 1) << left
    return words
