"""The rows of a list, laid out so that one column can be held against all of them at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .words import WEIGHTS, Word, read, squash, vocabulary

Scores = npt.NDArray[np.float64]

MISSING, EXTRA = 0.45, 0.6
"""How much a word that only the row has, and one that only the column has, takes from their likeness."""
DEFINITION = 0.6
"""What a definition's words are worth beside a name's."""
NEAR = 88
_PARTS = re.compile(r"[、和与及]|, | and ")


@dataclass(frozen=True)
class Postings:
    """Where a concept or a word stands: phrases, and its weight in each."""

    at: npt.NDArray[np.intp]
    weights: Scores


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
    roles: tuple[frozenset[str], ...]
    scenario_of: npt.NDArray[np.intp]
    scenarios: tuple[tuple[str, str], ...]

    def likeness(self, words: Sequence[Word]) -> Scores:
        """Return how well `words` say what each row says, in [0, 1]: the best of the row's phrases."""
        if not words:
            return np.zeros(len(self.fields))
        column = matched_column = np.zeros(len(self.totals))
        matched_row = np.zeros(len(self.totals))
        column_total = 0.0
        for word in words:
            row_weight = self._row_weight(word)
            met = row_weight > 0
            shared = np.where(met, np.minimum(row_weight, 1.0), 0.0)
            matched_row = matched_row + shared
            matched_column = matched_column + np.where(met, (shared + word.weight) / 2 * word.sureness, 0.0)
            column = column + np.where(met, 0.0, word.weight)
            column_total += word.weight
        missing = np.maximum(self.totals - matched_row, 0.0) * self.strict
        similarity = matched_column / np.maximum(matched_column + MISSING * missing + EXTRA * column, 1e-9)
        telling = np.minimum(1.0, 0.35 + matched_column)
        best: Scores = np.maximum.reduceat(similarity * telling * self.worth, self.starts)
        return best

    def is_role(self, concept: str) -> bool:
        """Whether `concept` says whose a thing is."""
        return vocabulary().weights.get(concept) == WEIGHTS["role"]

    def _row_weight(self, word: Word) -> Scores:
        weights = np.zeros(len(self.totals))
        for concept in word.concepts:
            postings = self.concepts.get(concept)
            if postings is not None:
                weights[postings.at] = np.maximum(weights[postings.at], postings.weights)
        if not word.concepts:
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


class _Collector:
    """Gathers phrases while an index is built."""

    def __init__(self) -> None:
        self.totals: list[float] = []
        self.worth: list[float] = []
        self.strict: list[float] = []
        self.concepts: dict[str, dict[int, float]] = defaultdict(dict)
        self.unknown: dict[str, dict[int, float]] = defaultdict(dict)

    def add(self, words: Sequence[Word], worth: float, strict: float) -> None:
        at = len(self.totals)
        self.totals.append(sum(word.weight for word in words))
        self.worth.append(worth)
        self.strict.append(strict)
        weights = vocabulary().weights
        for word in words:
            for concept in word.concepts:
                self.concepts[concept][at] = max(self.concepts[concept].get(at, 0.0), weights[concept])
            if not word.concepts:
                self.unknown[word.text][at] = word.weight


def names_of(field: Any) -> list[str]:
    """Return everything the row is called: both names, the parts of a compound name, and its aliases."""
    names = [field.name_zh, field.name_en, *field.aliases]
    for name in (field.name_zh, field.name_en):
        names += [part.strip() for part in _PARTS.split(name) if part.strip() != name]
    return list(dict.fromkeys(names))


def build(fields: Sequence[Any]) -> FieldIndex:
    """Return the index of `fields`."""
    phrases, starts, roles = _Collector(), [], []
    exact: dict[str, list[int]] = defaultdict(list)
    role_weight = {name for name, weight in vocabulary().weights.items() if weight == WEIGHTS["role"]}
    for at, field in enumerate(fields):
        starts.append(len(phrases.totals))
        said: set[str] = set()
        for name in names_of(field):
            words = read(name)
            phrases.add(words, 1.0, 1.0)
            exact[squash(name)].append(at)
            said |= {concept for word in words for concept in word.concepts}
        phrases.add(read(field.definition), DEFINITION, 0.0)
        roles.append(frozenset(said & role_weight))
    keys = [(field.sector, field.scenario) for field in fields]
    scenarios = tuple(dict.fromkeys(keys))
    return FieldIndex(
        fields=tuple(fields),
        starts=np.array(starts),
        totals=np.array(phrases.totals),
        worth=np.array(phrases.worth),
        strict=np.array(phrases.strict),
        concepts=_postings(phrases.concepts),
        unknown=_postings(phrases.unknown),
        exact={name: tuple(dict.fromkeys(rows)) for name, rows in exact.items()},
        kinds=_kinds(fields),
        roles=tuple(roles),
        scenario_of=np.array([scenarios.index(key) for key in keys]),
        scenarios=scenarios,
    )


def _postings(table: dict[str, dict[int, float]]) -> dict[str, Postings]:
    return {name: Postings(np.array(list(places)), np.array(list(places.values()))) for name, places in table.items()}


def _kinds(fields: Sequence[Any]) -> dict[str, Scores]:
    """Return for each kind how much it points to each row: a row names its own kinds most telling first."""
    table: dict[str, Scores] = defaultdict(lambda: np.zeros(len(fields)))
    for at, field in enumerate(fields):
        for rank, kind in enumerate(field.kinds):
            table[kind][at] = max(0.6, 1.0 - 0.1 * rank)
    return dict(table)


@lru_cache(maxsize=8)
def index_of(fields: tuple[Any, ...]) -> FieldIndex:
    """Return the index of an edition's rows, built once."""
    return build(fields)
