"""How much each piece of evidence says: numbers fitted on labelled columns (`fitted.yaml`), by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from ...field_maps.yaml_files import shipped
from .index import Scores

GIVEN = "_given"
"""How parts and files end that are for tables whose sector is given."""


@dataclass(frozen=True)
class Fitted:
    """Weights in natural-log units by what they weigh: `scenarios`, `elsewhere`, `rows`, `nothing` and `score`.

    The last three stand a second time, as `rows_given`, for tables whose sector a person said.
    """

    weights: Mapping[str, Mapping[str, float]]

    vectors: dict[tuple[str, tuple[str, ...]], Scores] = field(default_factory=dict, compare=False)

    def vector(self, part: str, names: tuple[str, ...]) -> Scores:
        """Return the weights of `part` in the order of `names`; what was never fitted says nothing."""
        found = self.vectors.get((part, names))
        if found is None:
            found = self.vectors[part, names] = np.array([self.weights[part].get(name, 0.0) for name in names])
        return found


def parts_of_weights(given: bool) -> tuple[str, str, str]:
    """Return where the weights of rows, of *nothing* and of the score stand; `given` where the sector is.

    >>> parts_of_weights(given=True)
    ('rows_given', 'nothing_given', 'score_given')
    """
    behind = GIVEN if given else ""
    return f"rows{behind}", f"nothing{behind}", f"score{behind}"


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """Return the shipped weights."""
    return Fitted(shipped(__package__, "fitted.yaml"))
