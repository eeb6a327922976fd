"""By what a table shows that it belongs to a scenario: the rows that no other kind of table has.

Everybody keeps names, phones and diagnoses of patients; only who watches over medicines has a suspect drug and a number
for the case. The signs of a scenario stand in the list; one that has none, as a catch-all, asks for none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .index import FieldIndex, Scores
from .scoring import ColumnScores

SIGN, SAID = 0.85, 0.7
"""From this likeness a column is a sign; from this much of a table's words they are one."""
UNSIGNED = 0.25
"""What speaks against a scenario of whose signs a table has none."""


def signs_of(index: FieldIndex, sectors: Iterable[Any]) -> Scores:
    """Return 1 for every row of `index` that is a sign of its scenario, 0 for the others."""
    known = {(sector.id, scenario.id): set(scenario.signs) for sector in sectors for scenario in sector.scenarios}
    names = [(field.id.rsplit(".", 1)[-1], known.get((field.sector, field.scenario), set())) for field in index.fields]
    return np.array([float(name in signs) for name, signs in names])


def unsigned(index: FieldIndex, signs: Scores, columns: Sequence[ColumnScores], says: Scores) -> Scores:
    """Return for each scenario what speaks against it because neither `columns` nor the table's words show a sign."""
    size = len(index.scenarios)
    asks, shown = np.zeros(size), np.zeros(size)
    np.maximum.at(asks, index.scenario_of, signs)
    seen = says >= SAID

    for column in columns:
        common = float(np.max(column.words * (1.0 - signs), initial=0.0))
        np.maximum.at(shown, index.scenario_of, np.where(column.words > common, column.words * signs, 0.0))
    against: Scores = UNSIGNED * asks * ~(seen | (shown >= SIGN))
    return against
