"""What the other columns of a table say about one: all of them, those next to it, and those that share its first word.

In a table of sessions a start is a session's; ``licence_expiry`` is of the licence that ``licence_no`` numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .index import Scores
from .scoring import ColumnScores, bare
from .words import first_part


@dataclass(frozen=True)
class Around:
    """What the columns around one say for each row, in [0, 1]: all others, those next to it, those named alike."""

    beside: Scores
    next_to: Scores
    kin: Scores


SHARP = 4
"""The power that leaves of a column's scores little but the best rows'."""


def around(names: Sequence[str], columns: Sequence[ColumnScores]) -> list[Around]:
    """Return for each column what the others say."""
    clear = sharp(columns)
    every = zip(beside(clear), next_to(clear), kin(names, clear), strict=True)
    return [Around(*each) for each in every]


def sharp(columns: Sequence[ColumnScores]) -> list[Scores]:
    """Return for each column how far each row covers it and few others do."""
    return [
        scores.together**SHARP / max(1e-9, float((scores.together**SHARP).sum())) * scores.together
        for scores in columns
    ]


def beside(columns: Sequence[Scores]) -> list[Scores]:
    """Return for each column how many others every row covers, in [0, 1]; `columns` are `sharp`."""
    if len(columns) < 2:
        return [np.zeros_like(each) for each in columns]
    every = np.sum(columns, axis=0)
    return [np.sqrt((every - own) / (len(columns) - 1)) for own in columns]


def next_to(columns: Sequence[Scores]) -> list[Scores]:
    """Return for each column how far the rows cover the one before or the one after it, in [0, 1]."""
    nothing = np.zeros_like(columns[0]) if columns else np.zeros(0)
    around = [nothing, *columns, nothing]
    return [np.sqrt(np.maximum(before, after)) for before, after in zip(around, around[2:], strict=False)]


def kin(names: Sequence[str], columns: Sequence[Scores]) -> list[Scores]:
    """Return for each column how far the rows cover those whose names begin with the same word, but not most columns.

    A word that most names of a table begin with is the table's own, and says nothing.
    """
    families: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        families[first_part(bare(name))].append(at)
    found = []
    for at, (name, own) in enumerate(zip(names, columns, strict=True)):
        family = [each for each in families[first_part(bare(name))] if each != at]
        alike = bool(family) and 2 * len(family) + 2 <= len(names)
        found.append(np.sqrt(np.max([columns[each] for each in family], axis=0)) if alike else np.zeros_like(own))
    return found
