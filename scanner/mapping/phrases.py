"""The names and definitions of the rows of a list, read as phrases of words: what an index is made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from math import log
from typing import Any

import numpy as np

from .index import Phrases, Postings
from .row_names import Senses, is_spelling, names_of
from .vocabulary import WEIGHTS, Word, vocabulary
from .words import read, squash


class _Collector:
    """Gathers phrases while an index is built."""

    def __init__(self, spread: dict[str, int]) -> None:
        self.spread = spread
        self.rare = [
            1.45,
            *(max(1.0, 1.45 - 0.17 * log(most)) for most in range(1, max(spread.values(), default=1) + 1)),
        ]
        self.totals: list[float] = []
        self.concepts: dict[str, dict[int, float]] = defaultdict(dict)
        self.unknown: dict[str, dict[int, float]] = defaultdict(dict)
        self._shelves: dict[frozenset[str], tuple[float, list[tuple[dict[int, float], float]]]] = {}

    def add(self, words: Sequence[Word]) -> None:
        at, total = len(self.totals), 0.0
        for word in words:
            rarity, shelves = self._shelves.get(word.concepts) or self._shelve(word.concepts)
            total += word.weight * rarity
            if not shelves or word.is_foreign:
                self.unknown[word.text][at] = word.weight
                continue
            for shelf, weight in shelves:
                shelf[at] = weight
        self.totals.append(total)

    def _shelve(self, concepts: frozenset[str]) -> tuple[float, list[tuple[dict[int, float], float]]]:
        """Return how rare a word of these concepts is, and where each of them is put down with what weight."""
        rarity = self.rarity(concepts) if concepts else 1.0
        weights = vocabulary().weights
        shelves = [(self.concepts[concept], weights[concept] * self.rarity([concept])) for concept in concepts]
        return self._shelves.setdefault(concepts, (rarity, shelves))

    def rarity(self, concepts: Iterable[str]) -> float:
        """Return how much more a concept says that few rows speak of; 1 for one that many do."""
        return self.rare[max(self.spread.get(concept, 1) for concept in concepts)]


def read_phrases(fields: Sequence[Any]) -> Phrases:
    """Return what the names and definitions of `fields` say."""
    names = [names_of(field) for field in fields]
    spoken = [[read(name) for name in called] for called in names]
    speaks = [frozenset(chain.from_iterable(word.concepts for word in chain.from_iterable(each))) for each in spoken]
    sense = Senses([(field.sector, field.scenario) for field in fields], spoken)
    phrases, starts, roles = _Collector(_spread(speaks)), [], []
    exact: dict[str, list[int]] = defaultdict(list)
    role_weight = {name for name, weight in vocabulary().weights.items() if weight == WEIGHTS["role"]}
    for at, field in enumerate(fields):
        starts.append(len(phrases.totals))
        said: set[str] = set()
        for name, plain in zip(names[at], spoken[at], strict=True):
            words = sense.meant(at, plain)
            if not is_spelling(name, words):
                phrases.add(words)
            exact[squash(name)].append(at)
            said.update(*(word.concepts for word in words))
        phrases.add(sense.meant(at, read(field.definition)))
        roles.append(frozenset(said & role_weight))
    return Phrases(
        starts=np.array(starts),
        totals=np.array(phrases.totals),
        concepts=_postings(phrases.concepts),
        unknown=_postings(phrases.unknown),
        exact={name: (*dict.fromkeys(rows),) if len(rows) > 1 else (*rows,) for name, rows in exact.items()},
        roles=tuple(roles),
        speaks=tuple(speaks),
    )


def _spread(speaks: Sequence[frozenset[str]]) -> dict[str, int]:
    """Return in how many rows each content concept is spoken of."""
    spread = Counter(chain.from_iterable(speaks))
    weights = vocabulary().weights
    return {concept: n if weights[concept] >= 1.0 else len(speaks) for concept, n in spread.items()}


def _postings(table: dict[str, dict[int, float]]) -> dict[str, Postings]:
    return {
        name: Postings(np.array(list(places)), np.array(list(places.values())))
        for name, places in table.items()
        if places
    }
