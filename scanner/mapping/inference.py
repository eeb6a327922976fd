"""Which scenario a table belongs to: a probability for every scenario, and for *elsewhere*: that none on the list is.

What is weighed together: which scenario's rows the columns go by; what the table's name and comment say; the variables
of a standard; the signs of a scenario; whose trade the words are; every word by itself. How much each says is fitted
(`fitted.yaml`); what a person said about sector or scenario stands above all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..results import ColumnVerdict
from . import learnt
from .fitted import fitted
from .index import FieldIndex, Scores
from .trades import of_columns, of_table, trades

SPEAKS = (
    "support", "support_of_sector", "likeness", "theme", "coded", "unsigned", "strangers", "companies", "catch_all",
    "trade_of_table", "trade_of_columns", "clear", "short_of_best", "partners", "staff", "learnt",
)  # fmt: skip
"""What speaks for, or against, a scenario."""
SPEAKS_ELSEWHERE = ("always", "support", "clear", "home_table", "home_columns", "strange_columns", "learnt")
"""What speaks for *elsewhere*, beside the trades that no sector of the list covers."""
LEAST, CLEAR = 0.4, 0.8
"""A column's likeness below the first is no support for a scenario; from the second it is a clear one."""
RARER_ELSEWHERE = 1.0
"""By how much, in natural-log units, tables of no sector are rarer among exports than among the tables fitted on.

A third of those are of banks, schools and churches, looked for because they are rich in sensitive columns.
"""
NEXT_TO_GIVEN = 0.15
"""How probable the other scenarios stay, together, where a person said which one it is."""

CLEAR_SHARE, STRANGER = 0.45, 0.45
"""The share of clear columns in a table that is at home in a scenario; what a strange table has of it."""
NEXT_DOOR = 0.5
"""How far a column not about persons can belong to another scenario than the one given."""


@dataclass(frozen=True)
class Belief:
    """How probable each scenario is, and that none is; `sector` and `scenario` are what a person said, if anything."""

    scenarios: Scores
    elsewhere: float
    sector: str | None = None
    scenario: str | None = None


def evidence(
    index: FieldIndex,
    columns: Sequence[ColumnVerdict],
    alike: Sequence[Scores],
    said: Mapping[str, Scores],
    words: Mapping[str, float],
    catch_alls: Mapping[str, str],
    about: tuple[str, str],
) -> tuple[Scores, Scores]:
    """Return one line of `SPEAKS` for every scenario, and the line for *elsewhere*.

    `alike` is what each column is like, over all rows; `said` is what the table's own words speak for,
    `words` everything said in the table (`learnt`); `about` are its name and comment.
    """
    sectors = [sector for sector, _ in index.scenarios]
    support, clear = _support(index, alike)
    best = {each: max(s for s, own in zip(support, sectors, strict=True) if own == each) for each in set(sectors)}
    by_words, by_words_elsewhere = learnt.of_table(index, words)
    by_table = of_table(*about)
    by_columns = of_columns([(column.name, column.comment) for column in columns])
    lines = {
        **said,
        "support": support,
        "support_of_sector": np.array([best[each] for each in sectors]),
        "catch_all": np.array([float(catch_alls.get(sector) == name) for sector, name in index.scenarios]),
        "trade_of_table": np.array([by_table.get(each, 0.0) for each in sectors]),
        "trade_of_columns": np.array([by_columns.get(each, 0.0) for each in sectors]),
        "clear": clear,
        "short_of_best": support - support.max(initial=0.0),
        "partners": louder_of(by_table, by_columns, "relations") * index.of_companies,
        "staff": louder_of(by_table, by_columns, "people") * index.of_staff,
        "learnt": by_words,
    }
    others = foreign_trades(sectors)
    home_table, home_columns = (max((by[each] for each in set(sectors)), default=0.0) for by in (by_table, by_columns))
    strange = max((by_columns[each] for each in others), default=0.0)
    elsewhere = [1.0, support.max(initial=0.0), clear.max(initial=0.0), home_table, home_columns]
    elsewhere += [max(0.0, strange - home_columns), by_words_elsewhere]
    elsewhere += [by_table[each] for each in others] + [by_columns[each] for each in others]
    return np.stack([lines[name] for name in SPEAKS], axis=1), np.array(elsewhere)


def louder_of(table: Mapping[str, float], columns: Mapping[str, float], trade: str) -> float:
    """Return how loudly a table or its columns, whichever is louder, speak of a trade."""
    return max(table.get(trade, 0.0), columns.get(trade, 0.0))


def foreign_trades(sectors: Sequence[str]) -> tuple[str, ...]:
    """Return the trades that no sector of the list covers."""
    return tuple(trade for trade in trades() if trade not in sectors)


def names_elsewhere(sectors: Sequence[str]) -> tuple[str, ...]:
    """Return what the line for *elsewhere* holds, by name."""
    others = foreign_trades(sectors)
    return (*SPEAKS_ELSEWHERE, *(f"table_{each}" for each in others), *(f"columns_{each}" for each in others))


def believe(
    index: FieldIndex, scenarios: Scores, elsewhere: Scores, sector: str | None, scenario: str | None
) -> Belief:
    """Return how probable each scenario is, from `evidence`; a sector that is given shuts out the others."""
    return settle(index, *weigh(index, scenarios, elsewhere), sector, scenario)


def weigh(index: FieldIndex, scenarios: Scores, elsewhere: Scores) -> tuple[Scores, float]:
    """Return the log-odds of each scenario, and of *elsewhere*, from `evidence`."""
    weights = fitted()
    names = names_elsewhere([name for name, _ in index.scenarios])
    speaks: Scores = scenarios @ weights.vector("scenarios", SPEAKS)
    return speaks, float(elsewhere @ weights.vector("elsewhere", names)) - RARER_ELSEWHERE


def settle(
    index: FieldIndex, speaks: Scores, speaks_elsewhere: float, sector: str | None, scenario: str | None
) -> Belief:
    """Return log-odds as probabilities, and what is given as given."""
    allowed = np.array([sector is None or name == sector for name, _ in index.scenarios])
    if not allowed.any():
        return Belief(np.full(len(speaks), 1.0 / len(speaks)), 0.0, sector, scenario)
    nowhere = speaks_elsewhere if sector is None else -np.inf
    top = max(float(speaks[allowed].max()), nowhere)
    odds = np.where(allowed, np.exp(speaks - top), 0.0)
    total = odds.sum() + np.exp(nowhere - top)
    likely = odds / max(odds.sum(), 1e-12)
    if scenario is not None:
        said = np.array([scenario == name for _, name in index.scenarios]) & allowed
        likely = np.where(said, 1.0, NEXT_TO_GIVEN * likely)
        likely = likely / likely.sum()
    return Belief(likely, float(np.exp(nowhere - top) / total), sector, scenario)


def _support(index: FieldIndex, columns: Sequence[Scores]) -> tuple[Scores, Scores]:
    """Return the share of the columns' best scores that each scenario alone gives, and of columns it gives clearly."""
    size = len(index.scenarios)
    best, clear, reachable = np.zeros(size), np.zeros(size), 0.0
    for scores in columns:
        top = float(scores.max(initial=0.0))
        if top < LEAST:
            continue
        mine = np.zeros(size)
        np.maximum.at(mine, index.scenario_of, scores)
        best += np.where(mine >= LEAST, mine, 0.0) ** 2 / top
        clear += mine >= CLEAR
        reachable += top
    return (best / reachable if reachable else best), clear / max(1, len(columns))


def belonging(index: FieldIndex, columns: Sequence[Scores], scenario: str | None = None) -> Scores:
    """Return in [0, 1] for every row how far the table as a whole belongs to the row's scenario.

    A word like *status* or *amount* means the list's field in a table of the list, and nothing in a table of goods.
    """
    hits = np.ones(len(index.scenarios))
    for scores in columns:
        mine = np.zeros(len(index.scenarios))
        np.maximum.at(mine, index.scenario_of, scores)
        hits += mine >= CLEAR
    share = np.minimum(1.0, hits / (len(columns) + 1) / CLEAR_SHARE)
    if scenario is not None:
        share = np.where([scenario == name for _, name in index.scenarios], share, np.minimum(share, NEXT_DOOR))
    factors: Scores = (STRANGER + (1.0 - STRANGER) * share)[index.scenario_of]
    return factors
