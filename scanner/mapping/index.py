"""The rows of a list, laid out so that one column can be held against all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .row_names import own_names
from .vocabulary import WEIGHTS, Word, vocabulary
from .words import squash

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


class Postings(NamedTuple):
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

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows."""
        return tuple(field.id for field in self.fields)

    @cached_property
    def of_companies(self) -> npt.NDArray[np.bool_]:
        """Which scenarios list companies themselves, suppliers or partners."""
        lists = np.zeros(len(self.scenarios), dtype=bool)
        for at, field in enumerate(self.fields):
            own = bool(field.kinds) and field.kinds[0] == "none" and "occupation_employer" in field.kinds
            lists[self.scenario_of[at]] |= own and "supplier" in self.roles[at]
        return lists

    @cached_property
    def staff(self) -> npt.NDArray[np.bool_]:
        """Which rows are about those who work there, or would like to."""
        return np.array([not roles.isdisjoint(("staff", "applicant")) for roles in self.roles], dtype=bool)

    @cached_property
    def of_staff(self) -> npt.NDArray[np.bool_]:
        """Which scenarios list them."""
        return np.bincount(self.scenario_of, self.staff, len(self.scenarios)) > 0

    @cached_property
    def sectors(self) -> npt.NDArray[np.bool_]:
        """Which scenarios are of the sector of each scenario, itself among them."""
        names = np.array([sector for sector, _ in self.scenarios])
        alike: npt.NDArray[np.bool_] = names[:, None] == names
        return alike

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


@dataclass(frozen=True)
class Phrases:
    """What the names and definitions of all rows say, read: the costly part of an index.

    `starts` are the rows' first phrases (the last one of each is its definition), `roles` says whose its things are and
    `speaks` of what concepts a row speaks at all.
    """

    starts: npt.NDArray[np.intp]
    totals: Scores
    concepts: dict[str, Postings]
    unknown: dict[str, Postings]
    exact: dict[str, tuple[int, ...]]
    roles: tuple[frozenset[str], ...]
    speaks: tuple[frozenset[str], ...]


def of_phrases(fields: Sequence[Any], phrases: Phrases) -> FieldIndex:
    """Return the index of `fields`, whose names say `phrases`."""
    keys = [(field.sector, field.scenario) for field in fields]
    scenarios = tuple(dict.fromkeys(keys))
    definitions = np.append(phrases.starts[1:], len(phrases.totals)) - 1
    worth, strict = np.ones(len(phrases.totals)), np.ones(len(phrases.totals))
    worth[definitions], strict[definitions] = DEFINITION, 0.0
    return FieldIndex(
        fields=tuple(fields),
        starts=phrases.starts,
        totals=phrases.totals,
        worth=worth,
        strict=strict,
        concepts=phrases.concepts,
        unknown=phrases.unknown,
        exact=phrases.exact,
        kinds=_kinds(fields),
        telling_kind=np.array([bool(field.kinds) and field.kinds[0] in TELLING_KINDS for field in fields]),
        roles=phrases.roles,
        scenario_of=np.array([scenarios.index(key) for key in keys]),
        scenarios=scenarios,
        themes=_themes(phrases.speaks, keys, scenarios),
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


def _themes(
    speaks: Sequence[frozenset[str]], keys: Sequence[tuple[str, str]], scenarios: Sequence[tuple[str, str]]
) -> dict[str, Scores]:
    """Return for each concept the share of every scenario's rows that speak of it, the most outspoken at 1."""
    places: dict[str, int] = {}
    at = [places.setdefault(concept, len(places)) for said in speaks for concept in sorted(said)]
    spoken_in = np.repeat([scenarios.index(key) for key in keys], [len(said) for said in speaks])
    size = len(scenarios)
    counts = np.bincount(np.array(at) * size + spoken_in, minlength=len(places) * size).reshape(len(places), size)
    share = counts / np.sqrt([keys.count(scenario) for scenario in scenarios])
    return dict(zip(places, share / share.max(axis=1, keepdims=True), strict=True))


def _kinds(fields: Sequence[Any]) -> dict[str, Scores]:
    """Return for each kind how much it points to each row: a row names its own kinds most telling first."""
    table: dict[str, Scores] = defaultdict(lambda: np.zeros(len(fields)))
    for at, field in enumerate(fields):
        for rank, kind in enumerate(field.kinds):
            table[kind][at] = max(LEAST_TELLING, 1.0 - LESS_TELLING * rank)
    return dict(table)


@lru_cache(maxsize=8)
def index_of(fields: tuple[Any, ...]) -> FieldIndex:
    """Return the index of an edition's rows: of the phrases kept beforehand, where these are the rows they are of."""
    from .phrases_stored import stored

    phrases = stored(fields)
    if phrases is None:
        from .phrases import read_phrases

        phrases = read_phrases(fields)
    return of_phrases(fields, phrases)
