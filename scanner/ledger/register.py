"""A year's identifiers and different facts in memory, for a run that books many exports one after the other.

The tables of the ledger keep every fact of every export: an export that never left can be taken back. For counting,
the same row told by a hundred exports is one row. A register knows each once, so an export that brings nothing new
touches nothing, and what one booking costs does not grow with the bookings before it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import compiled
from .rows import FactRows, Nodes, distinct
from .slots import Slots

BOOKED = 0
"""The content of a fact of a register: no export in particular, but one that is booked."""
_ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


class Register:
    """The identifiers of a year by number, and its facts, each once."""

    def __init__(self) -> None:
        self._keys, self._spaces, self._components = _Column(np.uint64, 2), _Column(np.int16), _Column(np.int32)
        self._offsets, self._nodes = _Column(np.int64), _Column(np.int32)
        self._masks, self._bases = _Column(np.int64), _Column(np.uint8)
        self._by_key, self._by_fact = Slots(), Slots()
        self._offsets.append(np.zeros(1, np.int64))

    @property
    def nbytes(self) -> int:
        """The bytes it takes."""
        columns = (self._keys, self._spaces, self._components, self._offsets, self._nodes, self._masks, self._bases)
        return sum(column.nbytes for column in columns) + self._by_key.nbytes + self._by_fact.nbytes

    def numbers(self, keys: Any) -> Any:
        """Return the node number of each (n, 2) key, or -1."""
        known = self._keys.rows
        if fast := compiled.kernel():
            return fast.find_keys(keys, known, self._by_key.table)
        high, low = np.ascontiguousarray(keys[:, 0]), np.ascontiguousarray(keys[:, 1])
        return self._by_key.find(
            high, lambda number, place: (known[number, 0] == high[place]) & (known[number, 1] == low[place])
        )

    def components(self, nodes: Any) -> Any:
        """Return the lower components of some nodes."""
        return distinct(self._components.rows[nodes])

    def knows(self, facts: FactRows) -> Any:
        """Tell which facts are here already, whichever export told them."""
        known, hashes = self._facts(), _hashes(facts)
        if fast := compiled.kernel():
            return fast.find_facts(_told(facts), hashes, _told(known), self._by_fact.table) >= 0
        return self._by_fact.find(hashes, lambda number, place: _same(known, facts, number, place)) >= 0

    def around(self, components: Any) -> tuple[Nodes, FactRows]:
        """Return the nodes and the facts of some lower components; the content of the facts is `BOOKED`."""
        inside = np.zeros(len(self._components.rows) + 1, bool)
        inside[components] = True
        chosen = inside[self._components.rows]  # a number nobody has any more is of component -1: the last, never set
        ids = np.flatnonzero(chosen).astype(np.int32)
        facts = self._facts()
        found = facts.where(chosen[facts.nodes[facts.offsets[:-1]]])
        return Nodes(ids, self._spaces.rows[ids], self._components.rows[ids]), found

    def add_nodes(self, nodes: Nodes) -> None:
        """Enter identifiers; their numbers follow those entered before, with gaps where nobody has one any more."""
        if not len(nodes.ids):
            return
        before, count = len(self._spaces.rows), int(nodes.ids[-1]) + 1
        for column, values in (
            (self._keys, nodes.keys),
            (self._spaces, nodes.spaces),
            (self._components, nodes.components),
        ):
            column.widen(count, -1 if column is self._components else 0)
            column.rows[nodes.ids] = values
        whole = self._keys.rows
        self._by_key.add(np.ascontiguousarray(nodes.keys[:, 0]), nodes.ids, lambda: self._entered(whole[:before, 0]))

    def _entered(self, hashes: Any) -> tuple[Any, Any]:
        numbers = np.flatnonzero(self._components.rows[: len(hashes)] >= 0).astype(np.int32)
        return hashes[numbers], numbers

    def add_facts(self, facts: FactRows) -> None:
        """Enter facts that are different from one another and from those that are here."""
        before, hashes = self._facts(), _hashes(facts)
        count, reached = len(before.masks), len(self._nodes.rows)
        for column, values in (
            (self._offsets, facts.offsets[1:] + reached),
            (self._nodes, facts.nodes),
            (self._masks, facts.masks),
            (self._bases, facts.bases),
        ):
            column.append(values)
        numbers = np.arange(count, count + len(facts.masks), dtype=np.int32)
        self._by_fact.add(hashes, numbers, lambda: (_hashes(before), np.arange(count, dtype=np.int32)))

    def move_nodes(self, ids: Any, components: Any) -> None:
        """Give identifiers other lower components."""
        self._components.rows[ids] = components

    def _facts(self) -> FactRows:
        masks = self._masks.rows
        content = np.broadcast_to(np.int32(BOOKED), len(masks))
        return FactRows(content, self._offsets.rows, self._nodes.rows, masks, self._bases.rows)


class _Column:
    """An array that grows at its end."""

    def __init__(self, kind: Any, *width: int) -> None:
        self._space = np.empty((_FIRST, *width), kind)
        self._count = 0

    @property
    def rows(self) -> Any:
        """What is in it."""
        return self._space[: self._count]

    @property
    def nbytes(self) -> int:
        """The bytes it takes."""
        return int(self._space.nbytes)

    def append(self, values: Any) -> None:
        """Put values at its end."""
        before = self._count
        self.widen(before + len(values))
        self._space[before : self._count] = values

    def widen(self, count: int, value: int | None = None) -> None:
        """Make it `count` long; what is new is `value`, or whatever is written next."""
        if count > len(self._space):
            wider = np.empty((count + (count >> 1), *self._space.shape[1:]), self._space.dtype)
            wider[: self._count] = self.rows
            self._space = wider
        if value is not None:
            self._space[self._count : count] = value
        self._count = max(self._count, count)


_FIRST = 1 << 10


def _told(facts: FactRows) -> tuple[Any, Any, Any, Any]:
    """Return what makes a fact: where its nodes are, the nodes, the items and the basis."""
    return facts.offsets, facts.nodes, facts.masks, facts.bases


def _hashes(facts: FactRows) -> Any:
    """Return a hash of each fact, whatever the order of its nodes: they are hashed one by one and added."""
    fast = compiled.kernel()
    return fast.hash_facts(_told(facts)) if fast else hashes_in_numpy(facts)


def hashes_in_numpy(facts: FactRows) -> Any:
    """Return what the kernel does where nothing is compiled."""
    if not len(facts.masks):
        return np.zeros(0, np.uint64)
    mixed = facts.nodes.astype(np.uint64)
    _mix(mixed)
    found = np.add.reduceat(mixed, facts.offsets[:-1], dtype=np.uint64)
    found ^= facts.masks.astype(np.uint64) * _ODD[1]
    found += facts.bases.astype(np.uint64)
    _mix(found)
    return found


def _mix(words: Any) -> None:
    for odd in _ODD:
        words += odd
        words ^= words >> np.uint64(32)
        words *= odd
    words ^= words >> np.uint64(29)


def _same(known: FactRows, asked: FactRows, number: Any, place: Any) -> Any:
    """Tell of pairs of facts whether they are the same: the same nodes in their order, items and basis."""
    low, length = known.offsets[number], known.offsets[number + 1] - known.offsets[number]
    start = asked.offsets[place]
    same = length == asked.offsets[place + 1] - start
    same &= (known.masks[number] == asked.masks[place]) & (known.bases[number] == asked.bases[place])
    for step in range(int(length.max(initial=0))):
        chosen = np.flatnonzero(same & (length > step))
        same[chosen] = known.nodes[low[chosen] + step] == asked.nodes[start[chosen] + step]
    return same
