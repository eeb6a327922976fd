"""Fold contents into a year and take them out again, touching only the components their keys are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..counting_draft import Draft
from ..identity_keys import encipher
from .linking import Links, Network, link
from .model import Excluded
from .session import FactRows, Nodes, Session, distinct
from .tally import ITEMS, Tally
from .yearbook import Content, Yearbook

NO_FACTS = FactRows(*(np.zeros(n, np.int64) for n in (0, 1, 0, 0, 0)))
NO_NODES = Nodes(*(np.zeros(0, np.int64) for _ in range(3)))


def tally_of(yearbook: Yearbook, nodes: Nodes, facts: FactRows) -> tuple[Tally, Links | None]:
    """Link facts over nodes (sorted by number) and count their persons."""
    if not len(facts.masks):
        return Tally(), None
    local = places(nodes.ids, facts.nodes)
    spaces = nodes.spaces
    links = link(Network(yearbook.levels[spaces], yearbook.order[spaces], facts.offsets, local))
    return Tally.of(links, facts.masks, facts.bases), links


def counted_among(links: Links, facts: FactRows, contents: Collection[int]) -> Tally:
    """Count only the facts of the given contents, linked as all of them are."""
    chosen = np.isin(facts.content, np.fromiter(contents, np.int64))
    part = Links(links.upper[chosen], links.lower[chosen], links.component, links.demoted)
    return Tally.of(part, facts.masks[chosen], facts.bases[chosen])


def places(ids: Any, wanted: Any) -> Any:
    """Return where the wanted numbers stand among `ids`, which are sorted and hold every one of them."""
    if not len(ids):
        return np.zeros(0, np.int64)
    low, reach = int(ids[0]), int(ids[-1]) - int(ids[0]) + 1
    if reach == len(ids):
        return wanted - low if low else wanted
    if reach > _SPARSE * len(ids) + 1000:
        return np.searchsorted(ids, wanted)
    table = np.zeros(reach, np.int32)
    table[ids - low] = np.arange(len(ids), dtype=np.int32)
    return table[wanted - low]


_SPARSE = 64
"""Up to so many numbers for each one used, a table of all of them is faster than searching."""


@dataclass(frozen=True)
class Alone:
    """A draft counted by itself: its tally, its excluded persons by basis, the year it would be alone in, its links."""

    tally: Tally
    excluded: tuple[Excluded, ...]
    year: Yearbook
    links: Links | None

    def tally_in(self, yearbook: Yearbook, draft: Draft) -> Tally:
        """Return the tally with the bits where another year has them."""
        upper, lower = self.tally.upper, self.tally.lower
        return Tally(_remasked(yearbook, draft, upper), _remasked(yearbook, draft, lower), self.tally.demoted)


def _remasked(yearbook: Yearbook, draft: Draft, persons: Counter[int]) -> Counter[int]:
    moved = yearbook.masks(draft, np.array(list(persons), np.int64)) if persons else np.zeros(0, np.int64)
    return Counter(dict(zip(moved.tolist(), persons.values(), strict=True)))


def draft_alone(draft: Draft) -> Alone:
    """Count a draft by itself."""
    alone = Yearbook(draft.year)
    spaces = alone.space_numbers(draft.spaces)
    nodes = Nodes(
        np.arange(len(draft.keys)), spaces[draft.space_of.astype(np.int64)] if len(spaces) else draft.space_of, None
    )
    count = len(draft.masks)
    masks = alone.masks(draft, draft.masks)
    facts = FactRows(np.broadcast_to(np.int64(1), count), draft.offsets, draft.nodes, masks, draft.bases)
    tally, links = tally_of(alone, nodes, facts)
    alone.contents[draft.content] = Content(1, unlinked_of(alone, draft))
    excluded = []
    for index, basis in enumerate(draft.excluded_bases):
        chosen = (draft.bases == index + 1) & (facts.masks & ITEMS > 0)
        persons = len(np.unique(links.upper[chosen])) if links else 0
        persons += draft.excluded_unlinked.get(basis, 0)
        excluded.append(Excluded(basis, persons, draft.excluded_rows.get(basis, 0)))
    return Alone(tally, tuple(excluded), alone, links)


def unlinked_of(yearbook: Yearbook, draft: Draft) -> dict[int, int]:
    """Return a draft's rows without identity by the year's masks."""
    if not draft.unlinked:
        return {}
    masks = yearbook.masks(draft, np.array(list(draft.unlinked), np.int64))
    found: dict[int, int] = {}
    for mask, count in zip(masks.tolist(), draft.unlinked.values(), strict=True):
        found[mask] = found.get(mask, 0) + count
    return found


@dataclass
class Change:
    """A content about to enter a year: its nodes and facts, and everything already there that it touches."""

    number: int
    fresh: Nodes
    facts: FactRows
    known_nodes: Nodes
    known_facts: FactRows
    lower: Any = None
    """The lower component of each of `nodes`, where all of the facts have been linked already."""

    @property
    def nodes(self) -> Nodes:
        """All nodes concerned, sorted by number (fresh numbers come last)."""
        if not len(self.known_nodes.ids):
            return self.fresh
        return Nodes(
            np.concatenate([self.known_nodes.ids, self.fresh.ids]),
            np.concatenate([self.known_nodes.spaces, self.fresh.spaces]),
            np.concatenate([self.known_nodes.components, self.fresh.components]),
        )


def prepare(session: Session, yearbook: Yearbook, draft: Draft, storage: bytes) -> Change:
    """Find what a draft meets in its year; nothing is written, `yearbook` is only given new numbers."""
    spaces = yearbook.space_numbers(draft.spaces)
    node_spaces = spaces.astype(np.int16)[draft.space_of] if len(spaces) else np.zeros(0, np.int16)
    wrapped = encipher(storage, draft.keys) if len(draft.keys) else np.zeros((0, 16), np.uint8)
    ids, touched = _numbers(session, yearbook, wrapped)
    new = slice(None) if not len(touched) else ids >= yearbook.next_node  # nothing is copied where nobody is known
    fresh = Nodes(ids[new], node_spaces[new], ids[new], wrapped[new])
    count, number = len(draft.masks), yearbook.next_content
    facts = FactRows(
        np.broadcast_to(np.int64(number), count),
        draft.offsets,
        ids[draft.nodes],
        yearbook.masks(draft, draft.masks),
        draft.bases,
    )
    known_nodes, known_facts = surroundings(session, yearbook.year, touched)
    return Change(number, fresh, facts, known_nodes, known_facts)


def _numbers(session: Session, yearbook: Yearbook, wrapped: Any) -> tuple[Any, Any]:
    """Return each key's node number (new ones follow `next_node`) and the lower components already met."""
    ids = np.full(len(wrapped), -1, np.int32)
    touched = np.zeros(0, np.int64)
    if yearbook.next_node and len(wrapped):
        position, known, component = session.match(yearbook.year, wrapped)
        ids[position] = known
        touched = distinct(component)
    unknown = np.flatnonzero(ids < 0)
    ids[unknown] = np.arange(yearbook.next_node, yearbook.next_node + len(unknown), dtype=np.int32)
    return ids, touched


def surroundings(session: Session, year: int, components: Any) -> tuple[Nodes, FactRows]:
    """Return the nodes and facts of some lower components."""
    if not len(components):
        return NO_NODES, NO_FACTS
    nodes = session.nodes_in(year, components)
    order = np.argsort(nodes.ids)
    nodes = Nodes(nodes.ids[order], nodes.spaces[order], nodes.components[order])
    return nodes, session.facts_on(year, nodes.ids)


def effect(yearbook: Yearbook, change: Change, present: Collection[int]) -> tuple[Tally, Tally]:
    """Return what the surroundings count now and with the content, among the contents `present`."""
    known = change.known_facts.of_contents(present)
    before, _ = tally_of(yearbook, change.known_nodes, known)
    after, links = tally_of(yearbook, change.nodes, known.plus(change.facts))
    if links is not None and len(known.masks) == len(change.known_facts.masks):
        change.lower = links.component
    return before, after


def enter(session: Session, yearbook: Yearbook, change: Change) -> None:
    """Write a content's nodes and facts, and join the lower components it bridges."""
    nodes = change.nodes
    if change.lower is not None:
        moved, components = _smallest(nodes, change.lower)
    else:
        moved, components = _lower(nodes, change.known_facts.plus(change.facts))
    known = len(change.known_nodes.ids)
    if len(change.fresh.ids):
        stored = Nodes(change.fresh.ids, change.fresh.spaces, components[known:], change.fresh.keys)
        session.add_nodes(yearbook.year, stored)
    moved[known:] = False
    if moved.any():
        session.move_nodes(yearbook.year, nodes.ids[moved], components[moved])
    if len(change.facts.masks):
        session.add_facts(yearbook.year, change.facts)
    yearbook.next_node += len(change.fresh.ids)
    yearbook.next_content = change.number + 1


def misplaced(nodes: Nodes, facts: FactRows) -> Any:
    """Tell which nodes of a whole year are not in the lower component that its facts make."""
    return _lower(nodes, facts)[0]


def _lower(nodes: Nodes, facts: FactRows) -> tuple[Any, Any]:
    """Return which nodes change component, and every node's component: the smallest node number in it."""
    from .components import components

    if not len(facts.masks):
        return np.zeros(len(nodes.ids), bool), nodes.ids
    local = places(nodes.ids, facts.nodes)
    first = local[facts.offsets[:-1]]
    lengths = np.diff(facts.offsets)
    if (lengths == 1).all():
        labels = np.arange(len(nodes.ids))
    else:
        labels = components(len(nodes.ids), np.repeat(first, lengths), local)
    return _smallest(nodes, labels)


def _smallest(nodes: Nodes, labels: Any) -> tuple[Any, Any]:
    """Name each component by the smallest node number in it; nodes are sorted, so that is the one written last."""
    smallest = np.zeros(int(labels.max(initial=0)) + 1, np.int64)
    smallest[labels[::-1]] = nodes.ids[::-1]
    found = smallest[labels]
    return found != nodes.components, found


def leave(session: Session, yearbook: Yearbook, digest: str) -> None:
    """Delete a content's facts, the identifiers only it knew, and the links only it made."""
    content = yearbook.contents[digest]
    touched = session.components_of_content(yearbook.year, content.number)
    nodes, facts = surroundings(session, yearbook.year, touched)
    session.drop_facts(yearbook.year, content.number)
    rest = facts.where(facts.content != content.number)
    used = np.isin(nodes.ids, rest.nodes)
    if not used.all():
        session.drop_nodes(yearbook.year, nodes.ids[~used])
    kept = Nodes(nodes.ids[used], nodes.spaces[used], nodes.components[used])
    moved, components = _lower(kept, rest)
    if moved.any():
        session.move_nodes(yearbook.year, kept.ids[moved], components[moved])
    del yearbook.contents[digest]
