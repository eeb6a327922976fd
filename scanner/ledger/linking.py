"""From identifiers to natural persons: which facts belong to one person, at most (upper) and at least (lower).

Lower links everything seen together. Upper links layer by layer: documents, then numbers of one system, then what
people share; a key that would join two persons held apart by something stronger is demoted and links nothing. A
component under lower links is closed: nothing outside it can change what happens inside, so a new export only touches
the components its keys are in.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..identity import COMPOSITE, SCOPED, STRENGTHS, STRONG, WEAK
from .components import Bools, Graph, Ints, Nodes, pairs_within, separate, together

_STRONG, _SCOPED, _WEAK, _COMPOSITE = (STRENGTHS.index(name) for name in (STRONG, SCOPED, WEAK, COMPOSITE))


@dataclass(frozen=True)
class Network:
    """Facts over nodes. Per node: `level` (0 strong … 3 composite) and `space`, numbered from the most telling."""

    level: Nodes
    space: Nodes
    offsets: Ints
    nodes: Nodes

    @property
    def facts(self) -> int:
        """How many facts there are."""
        return len(self.offsets) - 1

    @property
    def fact_of(self) -> Ints:
        """The fact of each entry of `nodes`."""
        return np.repeat(np.arange(self.facts), np.diff(self.offsets))


@dataclass(frozen=True)
class Links:
    """The person of each fact under both bounds, each node's lower component (its smallest node), the demoted nodes."""

    upper: Ints | Nodes
    lower: Nodes
    component: Nodes
    demoted: Bools


def link(network: Network) -> Links:
    """Link the facts of a network; every fact has at least one node."""
    count = len(network.level)
    first = network.nodes[network.offsets[:-1]]
    if len(network.nodes) == network.facts:
        return Links(first, first, np.arange(count, dtype=np.int32), np.zeros(count, bool))
    lower = together(count, network.offsets, network.nodes)
    upper = fact_lower = lower[first]
    used = _used(network)
    if not used.all():
        offsets = np.concatenate([[0], np.cumsum(np.add.reduceat(used, network.offsets[:-1], dtype=np.int64))])
        kept = network.nodes[used]
        upper = together(count, offsets, kept)[kept[offsets[:-1]]]
    demoted = np.zeros(count, bool)
    dirty = _dirty(network, lower)
    if dirty.any():
        facts = np.flatnonzero(dirty[fact_lower])
        upper = upper.astype(np.int64)
        upper[facts] = _apart(network, facts, used, demoted) + count
    return Links(upper, fact_lower, lower, demoted)


def _used(network: Network) -> Bools:
    """Tell which entries may link above lower: a composite only where the row has nothing better."""
    if not (network.level == _COMPOSITE).any():
        return np.broadcast_to(np.bool_(True), len(network.nodes))
    composite, fact = network.level[network.nodes] == _COMPOSITE, network.fact_of
    better = np.zeros(network.facts, bool)
    better[fact[~composite]] = True
    return np.asarray(~(composite & better[fact]))


def _dirty(network: Network, lower: Nodes) -> Bools:
    """Tell which lower components hold two numbers of one strong or scoped space."""
    dirty = np.zeros(len(lower), bool)
    telling = np.flatnonzero(network.level <= _SCOPED)
    spaces = network.space[telling]
    order = np.argsort(spaces, kind="stable")
    bounds = np.flatnonzero(np.diff(spaces[order], prepend=-1, append=-1))
    one = np.empty(len(lower), np.int32)
    for low, high in pairwise(bounds.tolist()):
        nodes = telling[order[low:high]]
        components = lower[nodes]
        one[components] = nodes
        dirty[components[one[components] != nodes]] = True
    return dirty


def _apart(network: Network, facts: Ints, used: Bools, demoted: Bools) -> Ints:
    """Link the given facts layer by layer; mark demoted nodes; return each fact's label."""
    lengths = np.diff(network.offsets)[facts]
    ends = np.cumsum(lengths)
    entries = np.repeat(network.offsets[facts] - ends + lengths, lengths) + np.arange(ends[-1])
    fact = np.repeat(np.arange(len(facts)), lengths)[used[entries]]
    nodes, local = np.unique(network.nodes[entries[used[entries]]], return_inverse=True)
    layers = _Layers(network.level[nodes], network.space[nodes], fact, local, len(facts))
    labels = layers.run()
    demoted[nodes[layers.demoted]] = True
    return labels


class _Layers:
    """The layered linking of a small network: entries (fact, node), sorted by fact."""

    def __init__(self, level: Ints, space: Ints, fact: Ints, node: Ints, facts: int) -> None:
        self.level, self.space = level, space
        order = np.lexsort((node, fact))
        self.fact, self.node, self.facts = fact[order], node[order].astype(np.int64), facts
        self.count = len(level)
        self.demoted = np.zeros(self.count, bool)
        self.unit = np.arange(self.count, dtype=np.int64)

    def run(self) -> Ints:
        self.strong()
        while self.scoped():
            pass
        return self.weak()

    def at(self, level: int, *, alive: bool = True) -> Bools:
        """Tell which entries are of a level, demoted ones left out unless asked for."""
        chosen = self.level[self.node] == level
        return np.asarray(chosen & ~self.demoted[self.node] if alive else chosen)

    def home(self, deepest: int) -> Ints:
        """Return each fact's most telling node down to a level, alive before demoted, or -1."""
        telling = np.flatnonzero(self.level[self.node] <= deepest)
        node = self.node[telling]
        order = np.lexsort((node, self.space[node], self.demoted[node], self.level[node], self.fact[telling]))
        fact = self.fact[telling][order]
        first = np.concatenate([[True], fact[1:] != fact[:-1]]) if len(fact) else np.zeros(0, bool)
        home = np.full(self.facts, -1, np.int64)
        home[fact[first]] = node[order][first]
        return home

    def spaces(self, deepest: int) -> tuple[Ints, Ints]:
        """Return (unit, space) of every node down to a level, each once."""
        nodes = np.flatnonzero(self.level <= deepest)
        base = int(self.space.max()) + 1
        packed = np.unique(self.unit[nodes] * base + self.space[nodes])
        return packed // base, packed % base

    def strong(self) -> None:
        """Join different documents of one row; a document that meets two numbers of one kind joins nothing."""
        chosen = self.at(_STRONG)
        a, b = pairs_within(self.fact[chosen], self.node[chosen])
        nodes = np.flatnonzero(self.level == _STRONG)
        keys = np.concatenate([a, b, nodes])
        graph = Graph(
            self.count, a, b, nodes, self.space[nodes], self.level == _STRONG, keys, np.concatenate([b, a, nodes])
        )
        found, self.unit = separate(graph)
        self.demoted |= found

    def scoped(self) -> bool:
        """Join system numbers to documents and to one another; return whether more keys were demoted than before."""
        before = int(self.demoted.sum())
        documents = self.unit.copy()
        self._to_documents()
        joined = int(self.demoted.sum())
        self._to_each_other()
        again = int(self.demoted.sum()) > joined
        if again:
            self.unit = documents
        return again and int(self.demoted.sum()) > before

    def _to_documents(self) -> None:
        home = self.home(_STRONG)
        chosen = self.at(_SCOPED) & (home[self.fact] >= 0)
        key, unit = self.node[chosen], self.unit[home[self.fact[chosen]]]
        carrier, space = self.spaces(_STRONG)
        self._join(key, unit, carrier, space, _SCOPED)

    def _join(self, key: Ints, unit: Ints, carrier: Ints, space: Ints, level: int) -> None:
        """Separate keys over units: nodes are units ``0 … count-1`` and keys ``count + node``."""
        count = self.count
        demotable = np.concatenate([np.zeros(count, bool), self.level == level])
        found, labels = separate(Graph(2 * count, key + count, unit, carrier, space, demotable, key + count, unit))
        self.demoted |= found[count:]
        of_level = self.level == level
        self.unit = np.where(of_level, labels[np.arange(count) + count], labels[self.unit])
        self._renumber()

    def _renumber(self) -> None:
        self.unit = np.unique(self.unit, return_inverse=True)[1].astype(np.int64)

    def _to_each_other(self) -> None:
        chosen = self.at(_SCOPED)
        a, b = pairs_within(self.fact[chosen], self.node[chosen])
        differ = self.unit[a] != self.unit[b]
        a, b = a[differ], b[differ]
        if not len(a):
            return
        count = self.count
        keys = np.unique(np.concatenate([a, b]))
        carrier, space = self.spaces(_SCOPED)
        meet_key = np.concatenate([a, b, keys]) + count
        meet_node = np.concatenate([self.unit[b], self.unit[a], self.unit[keys]])
        demotable = np.concatenate([np.zeros(count, bool), self.level == _SCOPED])
        edges_a = np.concatenate([a, keys]) + count
        edges_b = np.concatenate([b + count, self.unit[keys]])
        graph = Graph(2 * count, edges_a, edges_b, carrier, space, demotable, meet_key, meet_node)
        found, labels = separate(graph)
        self.demoted |= found[count:]
        self.unit = labels[self.unit]
        self._renumber()

    def weak(self) -> Ints:
        """Join what people share to units and to one another; return the label of each fact."""
        home = self.home(_SCOPED)
        held = home[self.fact] >= 0
        chosen = self.at(_WEAK)
        count, rows = self.count, np.arange(self.facts)
        row = self._told_first()
        alone = chosen & ~held
        key = np.concatenate([self.node[chosen & held], self.node[alone]]) + count
        other = np.concatenate([self.unit[home[self.fact[chosen & held]]], row[self.fact[alone]] + 2 * count])
        carrier, space = self.spaces(_SCOPED)
        demotable = np.zeros(2 * count + self.facts, bool)
        demotable[count : 2 * count] = self.level == _WEAK
        found, labels = separate(Graph(2 * count + self.facts, key, other, carrier, space, demotable, key, other))
        self.demoted |= found[count : 2 * count]
        best = self.home(_COMPOSITE)
        return labels[np.where(home >= 0, self.unit[home], best[rows] + count)]

    def _told_first(self) -> Ints:
        """Return the first fact with the nodes of each: a row that is told again makes no circle of two rows."""
        place = np.arange(len(self.fact)) - np.searchsorted(self.fact, self.fact)
        alike = np.zeros(self.facts, np.int64)
        for step in range(int(place.max(initial=-1)) + 1):
            node = np.zeros(self.facts, np.int64)
            node[self.fact[place == step]] = self.node[place == step] + 1
            alike = np.unique(alike * (self.count + 1) + node, return_inverse=True)[1]
        return np.asarray(np.unique(alike, return_index=True)[1][alike])
