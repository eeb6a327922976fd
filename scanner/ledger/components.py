"""Connected components, and taking apart those that would make one person of two.

`separate` is the only place where a key is demoted. Its rules depend on the graph alone, never on the order in which
rows, exports or processes arrived: first every key that itself meets two persons held apart, then, where longer chains
still join such persons, every key on a path between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import compiled

Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


def components(count: int, a: Any, b: Any) -> Nodes:
    """Return, for each of `count` nodes, the smallest node it is joined to by the edges ``a[i] - b[i]``.

    >>> components(5, np.array([3, 4]), np.array([1, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    fast = compiled.kernel()
    return fast.components(count, a, b) if fast else components_in_numpy(count, a, b)


def components_in_numpy(count: int, a: Any, b: Any) -> Nodes:
    """Return what `components` does where nothing is compiled."""
    parent = np.arange(count, dtype=np.int32)
    for low in range(0, len(a), _AT_ONCE):
        _join(parent, np.concatenate([a[low : low + _AT_ONCE], b[low : low + _AT_ONCE]]).astype(np.int32, copy=False))
    return _flat(parent)


def together(count: int, offsets: Any, nodes: Any) -> Nodes:
    """Return, for each of `count` nodes, the smallest node it shares a row with, or a chain of rows.

    Row ``i`` holds ``nodes[offsets[i]:offsets[i + 1]]``, one at least.

    >>> together(5, np.array([0, 2, 3]), np.array([4, 1, 2], np.int32)).tolist()
    [0, 1, 2, 3, 1]
    """
    fast = compiled.kernel()
    return fast.together(count, offsets, nodes) if fast else together_in_numpy(count, offsets, nodes)


def together_in_numpy(count: int, offsets: Any, nodes: Any) -> Nodes:
    """Return what `together` does where nothing is compiled."""
    parent = np.arange(count, dtype=np.int32)
    for low in range(0, len(offsets) - 1, _AT_ONCE):
        bounds = offsets[low : low + _AT_ONCE + 1]
        part, lengths = nodes[bounds[0] : bounds[-1]], np.diff(bounds)
        _join(parent, np.concatenate([np.repeat(part[bounds[:-1] - bounds[0]], lengths), part]))
    return _flat(parent)


_AT_ONCE = 1 << 20
"""Edges joined at a time: what is computed on the way stays small beside the nodes."""


def _join(parent: Nodes, ends: Nodes) -> None:
    """Join the ends of edges, the first half of `ends` to the second; every parent is smaller than its child."""
    while len(ends):
        a, b = np.split(_roots(parent, ends), 2)
        apart = a != b
        a, b = a[apart], b[apart]
        high = np.maximum(a, b)
        np.minimum.at(parent, high, np.minimum(a, b))
        ends = np.concatenate([a, b])


def _roots(parent: Nodes, nodes: Nodes) -> Nodes:
    """Return the root of each node; whoever is asked for stands right below it afterwards."""
    found = parent[nodes]
    while True:
        further = parent[found]
        if np.array_equal(further, found):
            return found
        parent[nodes] = found = further


def _flat(parent: Nodes) -> Nodes:
    while True:
        further = parent[parent]
        if np.array_equal(further, parent):
            return parent
        parent = further


def unique_pairs(a: Any, b: Any) -> tuple[Ints, Ints]:
    """Return the distinct pairs."""
    if not len(a):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    base = int(np.max(b)) + 1
    packed = np.unique(np.asarray(a, np.int64) * base + np.asarray(b, np.int64))
    return packed // base, packed % base


def pairs_within(group: Ints, member: Ints) -> tuple[Ints, Ints]:
    """Return every unordered pair of members of one group; `group` is sorted."""
    left, right = [], []
    for shift in range(1, 64):
        same = np.flatnonzero(group[shift:] == group[:-shift]) if shift < len(group) else np.zeros(0, np.int64)
        if not len(same):
            break
        left.append(member[same])
        right.append(member[same + shift])
    empty = np.zeros(0, np.int64)
    return unique_pairs(np.concatenate([empty, *left]), np.concatenate([empty, *right]))


@dataclass
class Graph:
    """Nodes, edges, and what holds them apart.

    A node may carry spaces (`space_node[i]` carries `space[i]`): two nodes with the same space are two persons.
    `demotable` nodes may lose their links. ``meets``: demotable node `meet_key[i]` is seen with node `meet_node[i]`.
    """

    count: int
    a: Ints
    b: Ints
    space_node: Ints
    space: Ints
    demotable: Bools
    meet_key: Ints
    meet_node: Ints

    def __post_init__(self) -> None:
        low, high = np.minimum(self.a, self.b), np.maximum(self.a, self.b)
        self.a, self.b = unique_pairs(low[low != high], high[low != high])
        self.meet_key, self.meet_node = unique_pairs(self.meet_key, self.meet_node)


def separate(graph: Graph) -> tuple[Bools, Ints]:
    """Demote keys until no component joins two nodes of one space; return the demoted nodes and the labels."""
    demoted = np.zeros(graph.count, bool)
    while True:
        alive = ~demoted[graph.a] & ~demoted[graph.b]
        a, b = graph.a[alive], graph.b[alive]
        labels = components(graph.count, a, b).astype(np.int64)
        clash = _twice(labels[graph.space_node], graph.space)
        if not clash.any():
            return demoted, labels
        bad = np.zeros(graph.count, bool)
        bad[labels[graph.space_node[clash]]] = True
        found = _direct(graph, demoted, bad[labels])
        demoted[found if len(found) else _on_paths(graph, a, b, bad[labels], graph.space_node[clash])] = True


def _twice(group: Ints, space: Ints) -> Bools:
    """Tell which (group, space) pairs occur more than once."""
    if not len(group):
        return np.zeros(0, bool)
    packed = group * (int(space.max()) + 1) + space
    _, inverse, counts = np.unique(packed, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse] > 1)


def _direct(graph: Graph, demoted: Bools, bad: Bools) -> Ints:
    """Return the keys in bad components that themselves meet two nodes of one space."""
    use = bad[graph.meet_key] & ~demoted[graph.meet_key] & ~demoted[graph.meet_node] & graph.demotable[graph.meet_key]
    key, node = graph.meet_key[use], graph.meet_node[use]
    order = np.argsort(graph.space_node, kind="stable")
    carriers, spaces = graph.space_node[order], graph.space[order]
    low, high = np.searchsorted(carriers, node, "left"), np.searchsorted(carriers, node, "right")
    times = high - low
    starts = np.repeat(low - np.concatenate([[0], np.cumsum(times)[:-1]]), times) if len(times) else low
    space = spaces[starts + np.arange(int(times.sum()))]
    keys = np.repeat(key, times)
    return np.unique(keys[_twice(keys, space)])


def _on_paths(graph: Graph, a: Ints, b: Ints, bad: Bools, anchors: Ints) -> Ints:
    """Return the demotable nodes left when everything that leads nowhere is cut off the bad components."""
    keep = bad[a]
    a, b = a[keep], b[keep]
    anchor = np.zeros(graph.count, bool)
    anchor[anchors] = True
    while True:
        degree = np.bincount(a, minlength=graph.count) + np.bincount(b, minlength=graph.count)
        leaf = (degree == 1) & ~anchor
        edge = leaf[a] | leaf[b]
        if not edge.any():
            break
        a, b = a[~edge], b[~edge]
    core = (degree > 0) & graph.demotable
    inner = core & ~anchor
    return np.flatnonzero(inner if inner.any() else core & (degree > 1))
