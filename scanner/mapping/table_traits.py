"""What is the same for every column of a table, and how a column's candidates are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ..results import ColumnVerdict
from .index import Scores
from .inference import Belief
from .neighbours import Around
from .scoring import ColumnScores

Open = npt.NDArray[np.bool_]
"""Which rows may cover a column at all."""
DEEPEST = -6.0
"""The least logarithm of a probability that is told from less."""


@dataclass(frozen=True)
class TableTraits:
    """What a table is called and what it is about, how many columns it has, and where it belongs.

    `at_home` is how far it belongs to each row's scenario, `catch_alls` marks those of a sector, `of_trade` is how far
    its columns speak of the trade it is believed to be of, `topic` how much its name and comment are like each row.
    `of_standard` is whether its columns are named as a data standard has them, `trades` how loudly it speaks of each
    trade, also of those that no sector of the list covers.
    """

    name: str
    lead: str
    columns: int
    belief: Belief
    at_home: Scores
    catch_alls: Scores
    of_trade: float
    topic: Scores
    of_standard: bool
    trades: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ColumnTraits:
    """What is known of one column: its verdict, what it is like, what rows keep of it, what stands around it.

    `kept` is what a row keeps given what the table is about, 0 where it is shut; `learnt` is what the column's words
    say for each row, and for none.
    """

    verdict: ColumnVerdict
    scores: ColumnScores
    kept: Scores
    around: Around
    learnt: tuple[Scores, float]


def best(scores: Scores, open_to: Open) -> float:
    """Return the best score of the rows that may cover a column."""
    return float(np.max(scores, where=open_to, initial=0.0))
