"""What fitted weights say of columns whose repository was left out, and how often that is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from exportgate.benchmarks.fit_mapping_words import Vector
from exportgate.benchmarks.labelled_tables import NOTHING, Case


@dataclass(frozen=True)
class Answer:
    """One column's candidates beside *nothing*, which are right, where they come from and how much that counts.

    `said` are its words.
    """

    of: Case
    column: int
    said: Mapping[str, float]
    rows: Vector
    nothing: Vector
    at: Sequence[int]
    right: Vector
    worth: float = 1.0

    @property
    def labels(self) -> frozenset[str]:
        """Every row that is right, or `NOTHING`."""
        labels: frozenset[str] = self.of.labels[self.column]
        return labels


@dataclass(frozen=True)
class Judged:
    """What the weights say of one column: rows best first, how probably none, and how far the best is ahead."""

    of: Answer
    ids: tuple[str, ...]
    unmapped: float
    ahead: float


def judge(those: Sequence[Answer], speaks: Vector) -> list[Judged]:
    """Return what `speaks` for every candidate of a column, and last for none, comes to."""
    return [_judged(each, line[: len(each.at)], line[-1]) for each, line in zip(those, speaks, strict=True)]


def _judged(each: Answer, of_rows: Vector, of_nothing: float) -> Judged:
    speaks = np.append(of_rows, of_nothing)
    odds = np.exp(speaks - speaks.max())
    order, together = np.argsort(-odds[:-1], kind="stable")[:5], max(1e-9, float(odds[:-1].sum()))
    ids = tuple(each.of.table.index.ids[each.at[at]] for at in order)
    return Judged(each, ids, float(odds[-1] / odds.sum()), float(odds[:-1].max(initial=0.0)) / together)


def fit_score(those: Sequence[Judged], least: float) -> Vector:
    """Return the weights that make the best row's score the probability that it is right."""
    shown = [each for each in those if each.unmapped <= least and each.ids]
    lines = np.array([[1.0, _odds(1.0 - each.unmapped), _odds(each.ahead)] for each in shown])
    right = np.array([each.ids[0] in each.of.labels for each in shown], float)

    def loss(weights: Vector) -> tuple[float, Vector]:
        says = lines @ weights
        return (np.logaddexp(0.0, says) - right * says).mean(), ((1 / (1 + np.exp(-says)) - right) @ lines) / len(right)

    return minimize(loss, np.zeros(3), jac=True, method="L-BFGS-B").x


def _odds(share: float) -> float:
    return float(np.log((share + 1e-6) / (1.0 - share + 1e-6)))


def figures(those: Sequence[Judged], least: float) -> str:
    """Return top-1, top-3, and how often unmapped is right, over judged columns."""
    shown = [(each.of.labels, () if each.unmapped > least else each.ids) for each in those]
    on = [(labels, ids) for labels, ids in shown if NOTHING not in labels]
    left = [labels for labels, ids in shown if not ids]
    off = [ids for labels, ids in shown if labels == {NOTHING}]
    return (
        f"top-1 {sum(bool(ids) and ids[0] in labels for labels, ids in on) / max(1, len(on)):.3f}"
        f"  top-3 {sum(bool(labels.intersection(ids[:3])) for labels, ids in on) / max(1, len(on)):.3f}"
        f"  unmapped precision {sum(NOTHING in labels for labels in left) / max(1, len(left)):.3f}"
        f"  off-list recall {sum(not ids for ids in off) / max(1, len(off)):.3f}"
        f"  ({len(shown)} columns, {len(on)} on the list)"
    )
