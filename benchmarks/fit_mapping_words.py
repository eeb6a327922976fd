"""The two logits that `fit_mapping.py` fits: which scenario a table belongs to, and which row covers a column.

Each has a few dense pieces of evidence, weighed alike for every scenario or row, and many words, weighed apart for
each: what words a table has, and what a column is called. A fit starts from the weights of a former one
(`fit_mapping_before.py`) and leaves them where the tables say nothing else: what was learnt from tables that are no
longer at hand is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from exportgate.scanner.mapping.learnt import UNIT

Vector = Any
EASE_OF_TABLES, EASE_OF_COLUMNS = 0.5, 3.0
"""How much it costs to move weights of dense evidence away from what was known before, beside what all tables miss."""
EASE_OF_WORDS_OF_TABLES, EASE_OF_WORDS_OF_COLUMNS = 1.4, 1.0
"""How much it costs to move weights of words."""
SEEN_IN = 3
"""A word that fewer repositories have is not learnt."""
LEAST = 0.05
"""A weight this near to nothing is not kept."""
ROUNDS = 100


@dataclass(frozen=True)
class Weights:
    """What was fitted: `dense` weights by piece of evidence, and for each word one weight for each place."""

    dense: Vector
    words: Vector
    known: dict[str, int]

    def kept(self, places: Sequence[str]) -> dict[str, Any]:
        """Return the words' weights as they are shipped."""
        return kept(places, self.known, self.words, LEAST)


def kept(places: Sequence[str], known: Mapping[str, int], weights: Vector, least: float) -> dict[str, Any]:
    """Return weights of words as they are shipped, in hundredths, without those that are under `least`."""
    found = {}
    for word, at in known.items():
        places_kept = np.flatnonzero(np.abs(weights[at]) >= least)
        if len(places_kept):
            says = np.rint(weights[at][places_kept] / UNIT).astype(int)
            found[word] = {"at": places_kept.tolist(), "says": says.tolist()}
    return {"places": list(places), "words": found}


def known_words(said: Iterable[tuple[str, Mapping[str, float]]], least: int = SEEN_IN) -> dict[str, int]:
    """Return the words that at least so many repositories have, numbered; `said` is repository and words."""
    seen: dict[str, set[str]] = defaultdict(set)
    for repository, words in said:
        for word in words:
            seen[word].add(repository)
    return {word: at for at, word in enumerate(sorted(word for word, where in seen.items() if len(where) >= least))}


def matrix(said: Sequence[Mapping[str, float]], known: Mapping[str, int]) -> csr_matrix:
    """Return a line for each of `said`, a column for each known word."""
    found = [
        (line, known[word], loud) for line, words in enumerate(said) for word, loud in words.items() if word in known
    ]
    lines, columns, values = zip(*found, strict=True)
    return csr_matrix((values, (lines, columns)), shape=(len(said), len(known)))


def missed_by(speaks: Vector, right: Vector, worth: Vector) -> tuple[float, Vector]:
    """Return how far probabilities are from what is right, and the slope in what speaks for each place."""
    odds = np.exp(speaks - speaks.max(1, keepdims=True))
    all_of = odds / odds.sum(1, keepdims=True)
    good = all_of * right
    share = good.sum(1, keepdims=True) + 1e-12
    return float(-(np.log(share[:, 0]) * worth).sum()), (all_of - good / share) * worth[:, None]


def fit_tables(
    lines: Vector, said: csr_matrix, right: Vector, sectors: Vector, before: Weights, least: Sequence[float | None]
) -> Weights:
    """Return the weights for scenarios: `lines` are dense evidence, `said` words, `sectors` adds a sector's to each.

    `before` is what was known: weights move away from it as far as the tables say so. A word moves for every scenario
    and for every sector, so that what is learnt of a hospital's ward is learnt of no one scenario of its sector.
    `least` is what each piece of dense evidence weighs at least, where that is known.
    """
    size, (count, _, dense), both = len(before.known), lines.shape, len(sectors)
    worth = np.full(count, 1.0 / count)
    ease, ease_of_words = EASE_OF_TABLES / count, EASE_OF_WORDS_OF_TABLES / count
    spoken = said @ before.words + lines @ before.dense

    def loss(moved: Vector) -> tuple[float, Vector]:
        words, of = moved[: size * both].reshape(size, both), moved[size * both :]
        missed, pull = missed_by(spoken + (said @ words) @ sectors + lines @ of, right, worth)
        slope = (said.T @ (pull @ sectors.T) + 2 * ease_of_words * words).ravel()
        cost = ease_of_words * (words**2).sum() + ease * (of @ of)
        return missed + cost, np.concatenate([slope, np.einsum("ij,ijk->k", pull, lines) + 2 * ease * of])

    free = [(None, None)] * (size * both)
    bounds = [(None if floor is None else floor - was, None) for floor, was in zip(least, before.dense, strict=True)]
    start, options = np.zeros(size * both + dense), {"maxiter": ROUNDS}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=free + bounds, options=options).x
    words = before.words + found[: size * both].reshape(size, both) @ sectors
    return Weights(before.dense + found[size * both :], words, before.known)


@dataclass(frozen=True)
class Columns:
    """The candidates of many columns: dense evidence for rows and for none, which rows they are, what is right.

    `worth` is how much each column counts.
    """

    rows: Vector
    nothing: Vector
    there: Vector
    at: Vector
    right: Vector
    said: csr_matrix
    worth: Vector

    def of(self, those: Vector) -> Columns:
        """Return some of the columns."""
        return Columns(*(getattr(self, name)[those] for name in self.__dataclass_fields__))

    def speak(self, dense: Vector, words: Vector) -> Vector:
        """Return what speaks for every candidate, and last for none."""
        width, by_words = self.rows.shape[2], self.said @ words
        of_rows = self.rows @ dense[:width].astype(np.float32) + np.take_along_axis(by_words[:, :-1], self.at, 1)
        of_nothing = self.nothing @ dense[width:] + by_words[:, -1]
        return np.concatenate([np.where(self.there, of_rows, -60.0), of_nothing[:, None]], 1)


def fit_columns(those: Columns, places: int, before: Weights, least: Sequence[float | None]) -> Weights:
    """Return the weights for rows, from columns that have a right candidate.

    `places` are all rows, and none; `before` is what was known; `least` is what each piece of dense evidence weighs at
    least, where that is known.
    """
    those = those.of(those.right.any(1))
    size, width, most = len(before.known), those.rows.shape[2], those.at.shape[1]
    dense, count = width + those.nothing.shape[1], len(those.at)
    worth, line_of = those.worth / those.worth.sum(), np.repeat(np.arange(count), most)
    ease, ease_of_words = EASE_OF_COLUMNS / count, EASE_OF_WORDS_OF_COLUMNS / count

    def loss(weights: Vector) -> tuple[float, Vector]:
        of, moved = weights[:dense], weights[dense:].reshape(size, places)
        missed, pull = missed_by(those.speak(of, before.words + moved), those.right, worth)
        rows = np.einsum("ij,ijk->k", pull[:, :-1].astype(np.float32), those.rows)
        by_place = csr_matrix((pull[:, :-1].ravel(), (line_of, those.at.ravel())), shape=(count, places))
        of_words = (those.said.T @ by_place).toarray()
        of_words[:, -1] += those.said.T @ pull[:, -1]
        away = of - before.dense
        slope = np.concatenate([rows, pull[:, -1] @ those.nothing]) + 2 * ease * away
        cost = ease * (away @ away) + ease_of_words * (moved**2).sum()
        return missed + cost, np.concatenate([slope, (of_words + 2 * ease_of_words * moved).ravel()])

    bounds = [(each, None) for each in least] + [(None, None)] * (size * places)
    start = np.concatenate([before.dense, np.zeros(size * places)])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": ROUNDS}).x
    return Weights(found[:dense], before.words + found[dense:].reshape(size, places), before.known)
