"""Which scenario a table belongs to: said by the caller, or inferred from its name, comment and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .index import FieldIndex, Scores
from .scoring import ColumnScores

ELSEWHERE = 0.56
"""What a row of another scenario keeps when the scenario is given."""
FLOOR, SHARPNESS, TABLE_SAYS = 0.6, 6.0, 0.6
CAUGHT = 1.02
"""What a sector's catch-all has of the support for a scenario that shows no sign."""
NEXT_DOOR = 0.5
"""How far a column not about persons can belong to another scenario than the one given."""
OTHER_SECTOR = 0.8
"""What a row of another sector than the likeliest keeps."""
CALLED, NEXT_ROW, NEXT_ROW_TO_GIVEN = 0.8, 0.75, 0.7
"""From this likeness a row is called what the column is called; what it then keeps in a scenario of the same sector,
less where a person said which scenario it is."""
CLEAR, AT_HOME, STRANGER = 0.8, 0.45, 0.45
"""A clear match; the share of them in a table that is at home in a scenario; what a row keeps in a strange table."""


def weigh(
    index: FieldIndex,
    columns: Sequence[Scores],
    table: Scores,
    sector: str | None,
    scenario: str | None,
    catch_alls: Mapping[str, str],
    against: Scores,
) -> Scores:
    """Return a factor in [0, 1] for every row: 1 in the scenario that is given or fits best, less elsewhere.

    A given sector shuts out the rows of the others. `table` holds the likeness of the table's words to each scenario.
    """
    allowed = np.array([sector is None or name == sector for name, _ in index.scenarios])
    if scenario is not None:
        said = np.array([scenario in pair[1:] for pair in index.scenarios])
        factors = np.where(said, 1.0, ELSEWHERE)
    else:
        support = _support(index, columns) + TABLE_SAYS * table
        support = _caught(index, support, catch_alls, against)
        best = support[allowed].max() if allowed.any() else 0.0
        factors = FLOOR + (1.0 - FLOOR) * np.exp(-SHARPNESS * np.maximum(best - support, 0.0))
        leading = index.scenarios[int(np.argmax(np.where(allowed, support, -1.0)))][0]
        factors = factors * np.array([1.0 if name == leading else OTHER_SECTOR for name, _ in index.scenarios])
    weighed: Scores = np.where(allowed, factors, 0.0)[index.scenario_of]
    return weighed


def _caught(index: FieldIndex, support: Scores, catch_alls: Mapping[str, str], against: Scores) -> Scores:
    """Return `support` less what speaks against scenarios without a sign, and what they lose falls to the catch-all."""
    left = support - against
    for at, (sector, scenario) in enumerate(index.scenarios):
        if catch_alls.get(sector) == scenario:
            lost = [support[k] for k, (name, _) in enumerate(index.scenarios) if name == sector and against[k] > 0]
            left[at] = max(left[at], CAUGHT * max(lost, default=0.0))
    return left


def belonging(index: FieldIndex, columns: Sequence[Scores], scenario: str | None = None) -> Scores:
    """Return a factor in [0, 1] for every row: how far the table as a whole belongs to the row's scenario.

    A word like *status* or *amount* means the list's field in a table of the list, and nothing in a table of goods.
    """
    hits = np.ones(len(index.scenarios))
    for scores in columns:
        mine = np.zeros(len(index.scenarios))
        np.maximum.at(mine, index.scenario_of, scores)
        hits += mine >= CLEAR
    share = np.minimum(1.0, hits / (len(columns) + 1) / AT_HOME)
    if scenario is not None:
        share = np.where([scenario == name for _, name in index.scenarios], share, np.minimum(share, NEXT_DOOR))
    factors: Scores = (STRANGER + (1.0 - STRANGER) * share)[index.scenario_of]
    return factors


def neighbours(index: FieldIndex, weights: Scores) -> Scores:
    """Return 1 for every row of the sector that leads, 0 for the others."""
    best = np.zeros(len(index.scenarios))
    np.maximum.at(best, index.scenario_of, weights)
    leading = index.scenarios[int(np.argmax(best))][0]
    near: Scores = np.array([float(name == leading) for name, _ in index.scenarios])[index.scenario_of]
    return near


def outspoken(scores: ColumnScores, near: Scores, weights: Scores, fit: Scores, least: float = NEXT_ROW) -> Scores:
    """Return `fit`, and no less than `least` where a row next door is called just what the column is called.

    *Aircraft total time* is flying hours also in a table of defects, where no row of defects is so called.
    """
    at_home = float(np.max(scores.words, where=weights >= weights.max(initial=0.0), initial=0.0))
    if not scores.telling or scores.kind.any() or at_home >= CALLED:
        return fit
    called = np.clip((scores.words - CALLED) / (1.0 - CALLED), 0.0, 1.0)
    raised: Scores = np.maximum(fit, (least + 0.1 * fit) * near * called)
    return raised


def _support(index: FieldIndex, columns: Sequence[Scores]) -> Scores:
    """Return the share of the columns' best scores that each scenario alone can give."""
    best = np.zeros(len(index.scenarios))
    reachable = 0.0
    for scores in columns:
        top = float(scores.max(initial=0.0))
        if top < 0.4:
            continue
        mine = np.zeros(len(index.scenarios))
        np.maximum.at(mine, index.scenario_of, scores)
        best += np.where(mine >= 0.4, mine, 0.0) ** 2 / top
        reachable += top
    return best / reachable if reachable else best
