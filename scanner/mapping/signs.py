"""By what a table shows that it belongs to a scenario: the rows that no other kind of table has.

Everybody keeps names, phones and diagnoses of patients; only who watches over medicines has a suspect drug and a number
for the case. The signs of a scenario stand in the list; one that has none, as a catch-all, asks for none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .index import FieldIndex, Scores
from .scoring import ColumnScores, alike
from .vocabulary import WEIGHTS, Word

SIGN = 0.85
"""From this likeness a column, or what the table is called, is a sign."""
STRANGERS, FEW, RARE = 0.2, 2, 3
"""What speaks against a scenario of which fewer rows than these are about the persons whom a table is about."""
UNSIGNED = 0.2
"""What speaks against a scenario of whose signs a table has none."""


def signs_of(index: FieldIndex, sectors: Iterable[Any]) -> Scores:
    """Return 1 for every row of `index` that is a sign of its scenario, 0 for the others."""
    known = {(sector.id, scenario.id): set(scenario.signs) for sector in sectors for scenario in sector.scenarios}
    names = [(field.id.rsplit(".", 1)[-1], known.get((field.sector, field.scenario), set())) for field in index.fields]
    return np.array([float(name in signs) for name, signs in names])


def _whose(index: FieldIndex, table: Sequence[Word]) -> Scores:
    """Return 1 for the scenarios about persons whom few scenarios speak of, where `table` is about them: subjects."""
    shown = np.zeros(len(index.scenarios))
    for role in {role for word in table if len(word.concepts) == 1 for role in word.concepts if index.is_role(role)}:
        rows = np.array([role in roles for roles in index.roles], dtype=float)
        speaks = np.bincount(index.scenario_of, rows, len(index.scenarios)) >= FEW
        if speaks.sum() <= RARE:
            shown[speaks] = 1.0
    return shown


def strangers(index: FieldIndex, table: Sequence[Word]) -> Scores:
    """Return for each scenario what speaks against it because it is about other persons than `table` says."""
    owners = alike(role for word in table if len(word.concepts) == 1 for role in word.concepts if index.is_role(role))
    if not owners:
        return np.zeros(len(index.scenarios))
    speaks, known = np.zeros(len(index.scenarios)), np.zeros(len(index.scenarios))
    for at, roles in enumerate(index.roles):
        known[index.scenario_of[at]] += bool(roles)
        speaks[index.scenario_of[at]] += not owners.isdisjoint(roles)
    return np.where((speaks < FEW) & (known >= FEW), STRANGERS, 0.0)


def unsigned(index: FieldIndex, signs: Scores, columns: Sequence[ColumnScores], table: Sequence[Word]) -> Scores:
    """Return for each scenario what speaks against it because neither `columns` nor the table's words show a sign."""
    size = len(index.scenarios)
    asks, shown = np.zeros(size), np.zeros(size)
    np.maximum.at(asks, index.scenario_of, signs)
    telling = [word for word in table if word.concepts and word.weight >= WEIGHTS["content"]]
    np.maximum.at(shown, index.scenario_of, index.likeness(telling) * signs)
    for column in columns:
        common = float(np.max(column.words * (1.0 - signs), initial=0.0))
        np.maximum.at(shown, index.scenario_of, np.where(column.words > common, column.words * signs, 0.0))
    shown = np.maximum(shown, _whose(index, table))
    against: Scores = UNSIGNED * asks * (shown < SIGN)
    return against
