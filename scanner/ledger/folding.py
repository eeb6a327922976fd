"""Fold contents into a year and take them out again, touching only the components their keys are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..counting_draft import Draft
from ..identity_keys import encipher
from .components import together
from .linking import Links, Network, link
from .model import Counts, Excluded
from .register import BOOKED, Register
from .rows import FactRows, Nodes, distinct, places
from .session import Session
from .tally import ITEMS, Tally
from .yearbook import Content, Yearbook

NO_FACTS = FactRows(
    np.zeros(0, np.int32), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.uint8)
)
NO_NODES = Nodes(np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros(0, np.int32))
_SOUGHT_AT_ONCE = 1 << 23
"""Identifiers looked up at a time: beside them, what is known is only read."""


def tally_of(yearbook: Yearbook, nodes: Nodes, facts: FactRows) -> tuple[Tally, Links | None]:
    """Link facts over nodes (sorted by number) and count their persons."""
    return _linked(yearbook, nodes, facts, places(nodes.ids, facts.nodes)) if len(facts.masks) else (Tally(), None)


def _linked(yearbook: Yearbook, nodes: Nodes, facts: FactRows, local: Any) -> tuple[Tally, Links | None]:
    if not len(facts.masks):
        return Tally(), None
    spaces = nodes.spaces
    links = link(Network(yearbook.levels[spaces], yearbook.order[spaces], facts.offsets, local))
    return Tally.of(links, facts.masks, facts.bases), links


def counted_among(links: Links, facts: FactRows, contents: Collection[int]) -> Tally:
    """Count only the facts of the given contents, linked as all of them are."""
    chosen = np.isin(facts.content, np.fromiter(contents, np.int64))
    part = Links(links.upper[chosen], links.lower[chosen], links.component, links.demoted)
    return Tally.of(part, facts.masks[chosen], facts.bases[chosen])


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


def alone(draft: Draft) -> Counts:
    """Count the persons of a draft on its own, as if the year held nothing else."""
    own = draft_alone(draft)
    return own.year.histogram(own.tally, [draft.content]).handler()


def draft_alone(draft: Draft) -> Alone:
    """Count a draft by itself."""
    year = Yearbook(draft.year)
    spaces = year.space_numbers(draft.spaces)
    nodes = Nodes(np.arange(len(draft.keys), dtype=np.int32), _spaces(spaces, draft), None)
    count = len(draft.masks)
    masks = year.masks(draft, draft.masks)
    facts = FactRows(np.broadcast_to(np.int32(1), count), draft.offsets, draft.nodes, masks, draft.bases)
    tally, links = tally_of(year, nodes, facts)
    year.contents[draft.content] = Content(1, unlinked_of(year, draft))
    excluded = []
    for index, basis in enumerate(draft.excluded_bases):
        chosen = (draft.bases == index + 1) & (facts.masks & ITEMS > 0)
        persons = len(np.unique(links.upper[chosen])) if links else 0
        persons += draft.excluded_unlinked.get(basis, 0)
        excluded.append(Excluded(basis, persons, draft.excluded_rows.get(basis, 0)))
    return Alone(tally, tuple(excluded), year, links)


def _spaces(numbers: Any, draft: Draft) -> Any:
    """Return the space of each key of a draft, by the year's numbers."""
    return numbers.astype(np.int16)[draft.space_of] if len(numbers) else np.zeros(0, np.int16)


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
    """A content about to enter a year: its nodes and facts, and everything already there that it touches.

    The keys of `fresh` are not wrapped yet: millions of them would be held twice.
    """

    number: int
    fresh: Nodes
    facts: FactRows
    known_nodes: Nodes
    known_facts: FactRows
    storage: bytes = field(repr=False)
    novel: FactRows = NO_FACTS
    """Those of `facts` that the year does not know yet, as far as that was asked: the others change nothing."""
    register: Register | None = field(default=None, repr=False)
    lower: Any = None
    """The smallest place among `nodes` that each is joined to, where all of the facts have been linked already."""
    undone: list[dict[str, Any]] | None = None
    """The figures that committed persons gain when the content is committed; None where that is not known yet."""

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


def prepare(
    session: Session, yearbook: Yearbook, draft: Draft, storage: bytes, register: Register | None = None
) -> Change:
    """Find what a draft meets in its year; nothing is written, `yearbook` is only given new numbers.

    A `register` of the year answers instead of its tables.
    """
    spaces = _spaces(yearbook.space_numbers(draft.spaces), draft)
    if register is not None:
        ids = _numbered(register.numbers(draft.keys), yearbook)
    else:
        ids, touched = _numbers(session, yearbook, draft.keys, storage)
    new = ids >= yearbook.next_node if yearbook.next_node else slice(None)  # nothing is copied where nobody is known
    fresh = Nodes(ids[new], spaces[new], ids[new], draft.keys[new])
    facts = FactRows(
        np.broadcast_to(np.int32(yearbook.next_content), len(draft.masks)),
        draft.offsets,
        draft.nodes if not yearbook.next_node else ids[draft.nodes],
        yearbook.masks(draft, draft.masks),
        draft.bases,
    )
    if register is None:
        known_nodes, known_facts = surroundings(session, yearbook.year, touched)
        return Change(yearbook.next_content, fresh, facts, known_nodes, known_facts, storage, facts)
    novel = facts.where(~register.knows(facts))
    met = register.components(novel.nodes[novel.nodes < yearbook.next_node])
    known_nodes, known_facts = register.around(met) if len(met) else (NO_NODES, NO_FACTS)
    return Change(yearbook.next_content, fresh, facts, known_nodes, known_facts, storage, novel, register)


def _numbers(session: Session, yearbook: Yearbook, keys: Any, storage: bytes) -> tuple[Any, Any]:
    """Return each key's node number (new ones follow `next_node`) and the lower components already met."""
    if not yearbook.next_node:
        return np.arange(len(keys), dtype=np.int32), np.zeros(0, np.int64)
    ids, met = np.full(len(keys), -1, np.int32), [np.zeros(0, np.int32)]
    for low in range(0, len(keys), _SOUGHT_AT_ONCE):
        wrapped = encipher(storage, keys[low : low + _SOUGHT_AT_ONCE])
        position, known, component = session.match(yearbook.year, wrapped)
        ids[position + low] = known
        met.append(component)
    return _numbered(ids, yearbook), distinct(np.concatenate(met))


def _numbered(ids: Any, yearbook: Yearbook) -> Any:
    """Give the keys that nobody has yet, those of number -1, the next numbers of the year."""
    unknown = np.flatnonzero(ids < 0)
    ids[unknown] = np.arange(yearbook.next_node, yearbook.next_node + len(unknown), dtype=np.int32)
    return ids


def surroundings(session: Session, year: int, components: Any) -> tuple[Nodes, FactRows]:
    """Return the nodes and facts of some lower components."""
    if not len(components):
        return NO_NODES, NO_FACTS
    nodes = session.nodes_in(year, components)
    order = np.argsort(nodes.ids)
    nodes = Nodes(nodes.ids[order], nodes.spaces[order], nodes.components[order])
    return nodes, session.facts_on(year, nodes.ids)


def effect(yearbook: Yearbook, change: Change, present: Collection[int]) -> tuple[Tally, Tally, Tally]:
    """Return what the surroundings count now and with the content, among the contents `present`.

    The third tally counts the same facts as the first, linked as the second is.
    """
    if change.register is not None:
        present = {*present, BOOKED}
    known, nodes = change.known_facts.of_contents(present), change.nodes
    every = known.plus(change.novel)
    local = places(nodes.ids, every.nodes)  # what is known comes first: a place among all is one among the known
    before, _ = _linked(yearbook, change.known_nodes, known, local[: len(known.nodes)])
    after, links = _linked(yearbook, nodes, every, local)
    if links is None:
        return before, after, before
    if len(known.masks) == len(change.known_facts.masks):
        change.lower = links.component
    if after.demoted <= before.demoted:
        return before, after, before
    return before, after, counted_among(links, every, present)


def enter(session: Session, yearbook: Yearbook, change: Change) -> None:
    """Write a content's nodes and facts, and join the lower components it bridges."""
    nodes = change.nodes
    if change.lower is not None:
        moved, components = _smallest(nodes, change.lower)
    else:
        moved, components = _lower(nodes, change.known_facts.plus(change.novel))
    known = len(change.known_nodes.ids)
    if len(change.fresh.ids):
        stored = Nodes(change.fresh.ids, change.fresh.spaces, components[known:], change.fresh.keys)
        session.add_nodes(yearbook.year, stored, lambda keys: encipher(change.storage, keys))
    moved[known:] = False
    if moved.any():
        session.move_nodes(yearbook.year, nodes.ids[moved], components[moved])
    if len(change.facts.masks):
        session.add_facts(yearbook.year, change.facts)
    if change.register is not None:
        change.register.add_nodes(replace(change.fresh, components=components[known:]))
        change.register.move_nodes(nodes.ids[moved], components[moved])
        change.register.add_facts(change.novel)
    yearbook.next_node += len(change.fresh.ids)
    yearbook.next_content = change.number + 1


def misplaced(nodes: Nodes, facts: FactRows) -> Any:
    """Tell which nodes of a whole year are not in the lower component that its facts make."""
    return _lower(nodes, facts)[0]


def _lower(nodes: Nodes, facts: FactRows) -> tuple[Any, Any]:
    """Return which nodes change component, and every node's component: the smallest node number in it."""
    if not len(facts.masks):
        return np.zeros(len(nodes.ids), bool), nodes.ids
    local = places(nodes.ids, facts.nodes)
    if len(local) == len(facts.masks):
        return _smallest(nodes, slice(None))
    return _smallest(nodes, together(len(nodes.ids), facts.offsets, local))


def _smallest(nodes: Nodes, labels: Any) -> tuple[Any, Any]:
    """Name each component by its smallest node number: nodes are sorted, so that is the number of the smallest node."""
    found = nodes.ids[labels]
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
