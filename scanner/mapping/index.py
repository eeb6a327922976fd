"""The rows of a list, laid out so that one column can be held against all of them at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from .row_names import Senses, is_spelling, names_of, own_names
from .vocabulary import WEIGHTS, Word, vocabulary
from .words import read, squash

Scores = npt.NDArray[np.float64]

MISSING, EXTRA, BORROWED = 0.45, 0.8, 0.15
"""How much a word that only the row has, and one that only the column has, takes from their likeness."""
STRANGE_PLUMBING, STRANGE_FOREIGN = 1.2, 2.2
"""A word of the system's own, or of foreign business, that a row does not share takes more than it would have given."""
DEFINITION = 0.5
"""What a definition's words are worth beside a name's."""
LESS_TELLING, LEAST_TELLING = 0.07, 0.65
"""How much less each further kind of a row says for it than the one before, and what the last one says at least."""
NEAR = 88
TELLING_KINDS = frozenset(
    (
        "person_name",
        "phone",
        "email",
        "cn_resident_id",
        "birth_date",
        "age",
        "gender",
        "licence_plate",
        "postal_address",
    )
)
"""Kinds that a name or a value gives away: a column that was not judged to be one is none."""


@dataclass(frozen=True)
class Postings:
    """Where a concept or a word stands: phrases, and its weight in each."""

    at: npt.NDArray[np.intp]
    weights: Scores


@dataclass(frozen=True)
class _Meeting:
    """What a column's words and every phrase have in common, weighed on both sides; `strange` is what was not met."""

    column: Scores
    row: Scores
    met: Scores
    strange: Scores
    total: float


@dataclass(frozen=True)
class FieldIndex:
    """All rows of an edition as phrases of words, with their kinds, roles and scenarios."""

    fields: tuple[Any, ...]
    starts: npt.NDArray[np.intp]
    totals: Scores
    worth: Scores
    strict: Scores
    concepts: dict[str, Postings]
    unknown: dict[str, Postings]
    exact: dict[str, tuple[int, ...]]
    kinds: dict[str, Scores]
    telling_kind: npt.NDArray[np.bool_]
    roles: tuple[frozenset[str], ...]
    scenario_of: npt.NDArray[np.intp]
    scenarios: tuple[tuple[str, str], ...]
    themes: dict[str, Scores]
    named: dict[str, tuple[int, ...]]
    persons: Scores
    things: Scores
    important: Scores

    def theme(self, words: Sequence[Word]) -> Scores:
        """Return how far each scenario speaks of what `words` speak of, in [0, 1]."""
        spoken = [word for word in words if word.weight >= WEIGHTS["role"] and word.concepts & self.themes.keys()]
        says = np.zeros(len(self.scenarios))
        for word in spoken:
            says += word.weight * np.maximum.reduce([self.themes[each] for each in word.concepts & self.themes.keys()])
        heard: Scores = says / max(1e-9, sum(word.weight for word in spoken))
        return heard

    def likeness(self, words: Sequence[Word], borrowed: Sequence[Word] = ()) -> Scores:
        """Return how well `words` say what each row says, in [0, 1]: the best of the row's phrases.

        `borrowed` are words of the table that complete a short name: they may help, but only where the column's own
        words are met.
        """
        if not words:
            return np.zeros(len(self.fields))
        own = self._meet(words)
        lent = self._meet(borrowed)
        matched_column, matched_row = own.column + lent.column, own.row + lent.row
        extra = own.strange + BORROWED * lent.strange
        missing = np.maximum(self.totals - matched_row, 0.0) * self.strict
        similarity = matched_column / np.maximum(matched_column + MISSING * missing + EXTRA * extra, 1e-9)
        telling = np.minimum(1.0, 0.35 + matched_column)
        mine = own.met / own.total if borrowed else 1.0
        best: Scores = np.maximum.reduceat(similarity * telling * self.worth * mine, self.starts)
        return best

    def _meet(self, words: Sequence[Word]) -> _Meeting:
        size = len(self.totals)
        column, row, met, strange, total = *(np.zeros(size) for _ in range(4)), 0.0
        said: set[str] = set()
        for word in words:
            weights = self._row_weight(word)
            here = weights > 0
            row += weights if said.isdisjoint(word.concepts) else 0.0
            said |= word.concepts
            column += np.where(here, (weights + word.weight) / 2 * word.sureness, 0.0)
            met += np.where(here, word.weight, 0.0)
            strange += np.where(here, 0.0, _strangeness(word))
            total += word.weight
        return _Meeting(column, row, met, strange, total)

    def is_role(self, concept: str) -> bool:
        """Whether `concept` says whose a thing is."""
        return vocabulary().weights.get(concept) == WEIGHTS["role"]

    def _row_weight(self, word: Word) -> Scores:
        weights = np.zeros(len(self.totals))
        if not word.is_foreign:
            for postings in filter(None, map(self.concepts.get, word.concepts)):
                weights[postings.at] = np.maximum(weights[postings.at], postings.weights)
        if not word.concepts or word.is_foreign:
            for text, closeness in self._near(word.text):
                postings = self.unknown[text]
                weights[postings.at] = np.maximum(weights[postings.at], postings.weights * closeness)
        return weights

    def _near(self, text: str) -> Iterable[tuple[str, float]]:
        if text in self.unknown:
            yield text, 1.0
        elif len(text) >= 5:
            from rapidfuzz import fuzz, process

            for other, score, _ in process.extract(
                text, self.unknown.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=3
            ):
                yield other, score / 100


def _strangeness(word: Word) -> float:
    if word.is_foreign:
        return STRANGE_FOREIGN
    return STRANGE_PLUMBING if word.is_plumbing else word.weight


class _Collector:
    """Gathers phrases while an index is built."""

    def __init__(self, spread: dict[str, int]) -> None:
        self.spread = spread
        self.rare = [
            1.45,
            *(max(1.0, 1.45 - 0.17 * log(most)) for most in range(1, max(spread.values(), default=1) + 1)),
        ]
        self.totals: list[float] = []
        self.worth: list[float] = []
        self.strict: list[float] = []
        self.concepts: dict[str, dict[int, float]] = defaultdict(dict)
        self.unknown: dict[str, dict[int, float]] = defaultdict(dict)
        self._shelves: dict[frozenset[str], tuple[float, list[tuple[dict[int, float], float]]]] = {}

    def add(self, words: Sequence[Word], worth: float, strict: float) -> None:
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
        self.worth.append(worth)
        self.strict.append(strict)

    def _shelve(self, concepts: frozenset[str]) -> tuple[float, list[tuple[dict[int, float], float]]]:
        """Return how rare a word of these concepts is, and where each of them is put down with what weight."""
        rarity = self.rarity(concepts) if concepts else 1.0
        weights = vocabulary().weights
        shelves = [(self.concepts[concept], weights[concept] * self.rarity([concept])) for concept in concepts]
        return self._shelves.setdefault(concepts, (rarity, shelves))

    def rarity(self, concepts: Iterable[str]) -> float:
        """Return how much more a concept says that few rows speak of; 1 for one that many do."""
        return self.rare[max(self.spread.get(concept, 1) for concept in concepts)]


def build(fields: Sequence[Any]) -> FieldIndex:
    """Return the index of `fields`."""
    names = [names_of(field) for field in fields]
    spoken = [[read(name) for name in called] for called in names]
    speaks = [frozenset(chain.from_iterable(word.concepts for word in chain.from_iterable(each))) for each in spoken]
    keys = [(field.sector, field.scenario) for field in fields]
    phrases, starts, roles, sense = _Collector(_spread(speaks)), [], [], Senses(keys, spoken)
    exact: dict[str, list[int]] = defaultdict(list)
    role_weight = {name for name, weight in vocabulary().weights.items() if weight == WEIGHTS["role"]}
    for at, field in enumerate(fields):
        starts.append(len(phrases.totals))
        said: set[str] = set()
        for name, plain in zip(names[at], spoken[at], strict=True):
            words = sense.meant(at, plain)
            if not is_spelling(name, words):
                phrases.add(words, 1.0, 1.0)
            exact[squash(name)].append(at)
            said.update(*(word.concepts for word in words))
        phrases.add(sense.meant(at, read(field.definition)), DEFINITION, 0.0)
        roles.append(frozenset(said & role_weight))
    scenarios = tuple(dict.fromkeys(keys))
    return FieldIndex(
        fields=tuple(fields),
        starts=np.array(starts),
        totals=np.array(phrases.totals),
        worth=np.array(phrases.worth),
        strict=np.array(phrases.strict),
        concepts=_postings(phrases.concepts),
        unknown=_postings(phrases.unknown),
        exact={name: (*dict.fromkeys(rows),) if len(rows) > 1 else (*rows,) for name, rows in exact.items()},
        kinds=_kinds(fields),
        telling_kind=np.array([bool(field.kinds) and field.kinds[0] in TELLING_KINDS for field in fields]),
        roles=tuple(roles),
        scenario_of=np.array([scenarios.index(key) for key in keys]),
        scenarios=scenarios,
        themes=_themes(speaks, keys, scenarios),
        named=_named(fields),
        persons=np.array([float(bool(field.kinds) and field.kinds[0] != "none") for field in fields]),
        things=np.array([float(set(field.kinds) <= {"none", "free_text"}) for field in fields]),
        important=np.array([float(field.category != "personal") for field in fields]),
    )


def _named(fields: Sequence[Any]) -> dict[str, tuple[int, ...]]:
    """Return which rows are themselves called so, whatever else they go by."""
    named: dict[str, list[int]] = defaultdict(list)
    for at, field in enumerate(fields):
        for name in own_names(field):
            named[squash(name)].append(at)
    return {name: tuple(rows) for name, rows in named.items()}


def _spread(speaks: Sequence[frozenset[str]]) -> dict[str, int]:
    """Return in how many rows each content concept is spoken of."""
    spread = Counter(chain.from_iterable(speaks))
    weights = vocabulary().weights
    return {concept: n if weights[concept] >= 1.0 else len(speaks) for concept, n in spread.items()}


def _themes(
    speaks: Sequence[frozenset[str]], keys: Sequence[tuple[str, str]], scenarios: Sequence[tuple[str, str]]
) -> dict[str, Scores]:
    """Return for each concept the share of every scenario's rows that speak of it, the most outspoken at 1."""
    counts: dict[str, Scores] = defaultdict(lambda: np.zeros(len(scenarios)))
    for said, key in zip(speaks, keys, strict=True):
        place = scenarios.index(key)
        for concept in said:
            counts[concept][place] += 1
    sizes = np.array([keys.count(scenario) for scenario in scenarios])
    return {concept: (share := n / np.sqrt(sizes)) / share.max() for concept, n in counts.items()}


def _postings(table: dict[str, dict[int, float]]) -> dict[str, Postings]:
    return {
        name: Postings(np.array(list(places)), np.array(list(places.values())))
        for name, places in table.items()
        if places
    }


def _kinds(fields: Sequence[Any]) -> dict[str, Scores]:
    """Return for each kind how much it points to each row: a row names its own kinds most telling first."""
    table: dict[str, Scores] = defaultdict(lambda: np.zeros(len(fields)))
    for at, field in enumerate(fields):
        for rank, kind in enumerate(field.kinds):
            table[kind][at] = max(LEAST_TELLING, 1.0 - LESS_TELLING * rank)
    return dict(table)


@lru_cache(maxsize=8)
def index_of(fields: tuple[Any, ...]) -> FieldIndex:
    """Return the index of an edition's rows, built once."""
    return build(fields)
