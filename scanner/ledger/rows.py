"""Identifiers and facts as the tables of a ledger keep them, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Nodes:
    """Identifiers as stored: number, space, lower component; `keys` are wrapped (n, 16) bytes, if asked for."""

    ids: Any
    spaces: Any
    components: Any
    keys: Any = None


@dataclass(frozen=True)
class FactRows:
    """Facts as stored, over node numbers."""

    content: Any
    offsets: Any
    nodes: Any
    masks: Any
    bases: Any

    def of_contents(self, contents: Iterable[int]) -> FactRows:
        """Return the facts of the given contents."""
        chosen = np.isin(self.content, np.fromiter(contents, np.int64))
        return self if chosen.all() else self.where(chosen)

    def where(self, chosen: Any) -> FactRows:
        """Return the chosen facts."""
        lengths = np.diff(self.offsets)
        entries = np.repeat(chosen, lengths)
        offsets = np.concatenate([[0], np.cumsum(lengths[chosen])]).astype(np.int64)
        return FactRows(self.content[chosen], offsets, self.nodes[entries], self.masks[chosen], self.bases[chosen])

    def parts(self, size: int) -> Iterator[FactRows]:
        """Yield the facts, at most `size` at a time; nothing is copied but the offsets."""
        for low in range(0, len(self.masks), size):
            part, offsets = slice(low, low + size), self.offsets[low : low + size + 1]
            nodes = self.nodes[offsets[0] : offsets[-1]]
            yield FactRows(self.content[part], offsets - offsets[0], nodes, self.masks[part], self.bases[part])

    def plus(self, other: FactRows) -> FactRows:
        """Return both sets of facts."""
        offsets = np.concatenate([self.offsets, other.offsets[1:] + self.offsets[-1]])
        return FactRows(
            np.concatenate([self.content, other.content]),
            offsets,
            np.concatenate([self.nodes, other.nodes]),
            np.concatenate([self.masks, other.masks]),
            np.concatenate([self.bases, other.bases]),
        )

    def by_content(self) -> Iterator[FactRows]:
        """Yield the facts of each content."""
        for content in np.unique(self.content).tolist():
            yield self.of_contents([content])


def distinct(numbers: Any) -> Any:
    """Return the different node numbers, in order; a table of flags where they lie close enough together.

    >>> distinct(np.array([7, 3, 7])).tolist()
    [3, 7]
    """
    numbers = np.asarray(numbers, np.int64)
    if not len(numbers) or int(numbers.min()) < 0 or int(numbers.max()) > _CLOSE * len(numbers):
        return np.unique(numbers)
    seen = np.zeros(int(numbers.max()) + 1, bool)
    seen[numbers] = True
    return np.flatnonzero(seen)


def all_among(ids: Any, wanted: Any) -> bool:
    """Tell whether all wanted numbers are among `ids`, which rise.

    >>> all_among(np.array([2, 5, 9]), np.array([9, 2])), all_among(np.array([2, 5]), np.array([3]))
    (True, False)
    """
    if not len(wanted) or not len(ids):
        return not len(wanted)
    if int(wanted.min()) < int(ids[0]) or int(wanted.max()) > int(ids[-1]):
        return False
    if int(ids[-1]) - int(ids[0]) + 1 == len(ids):
        return True
    return bool((ids[np.searchsorted(ids, wanted)] == wanted).all())


def places(ids: Any, wanted: Any) -> Any:
    """Return where the wanted numbers stand among `ids`, which are sorted and hold every one of them.

    >>> places(np.array([2, 5, 9]), np.array([9, 2])).tolist()
    [2, 0]
    """
    if not len(ids):
        return np.zeros(0, np.int32)
    low, reach = int(ids[0]), int(ids[-1]) - int(ids[0]) + 1
    if reach == len(ids):
        return wanted - low if low else wanted
    if reach > _CLOSE * len(ids) + 1000:
        return np.searchsorted(ids, wanted).astype(np.int32)
    table = np.empty(reach, np.int32)
    table[ids - low] = np.arange(len(ids), dtype=np.int32)
    return table[wanted - low]


_CLOSE = 64
"""Up to so many numbers for each one used, a table of all of them is faster than searching."""


def rest_of(facts: FactRows) -> Any:
    """Return the nodes after the first as an Arrow list of each fact."""
    import pyarrow as pa

    from ...recognizers.cells_arrow import from_numpy

    later = np.ones(len(facts.nodes), bool)
    later[facts.offsets[:-1]] = False
    bounds = (facts.offsets - np.arange(len(facts.offsets))).astype(np.int32)
    rest = facts.nodes[later].astype(np.int32, copy=False)
    return pa.ListArray.from_arrays(from_numpy(bounds), from_numpy(rest))


def facts_of(found: Mapping[str, Any]) -> FactRows:
    """Return the facts of a table's columns."""
    from ...recognizers.cells_arrow import to_numpy

    rest = found["rest"]
    bounds = to_numpy(rest.offsets).astype(np.int64)
    offsets = bounds - bounds[0] + np.arange(len(bounds))
    nodes = np.empty(int(offsets[-1]), np.int32)
    later = np.ones(len(nodes), bool)
    later[offsets[:-1]] = False
    nodes[offsets[:-1]], nodes[later] = found["first"], to_numpy(rest.values)[bounds[0] : bounds[-1]]
    return FactRows(found["content"], offsets, nodes, found["mask"], found["basis"])
