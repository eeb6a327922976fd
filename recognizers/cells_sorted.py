"""Different values in order: what `numpy.unique` finds, which imports masked arrays to look at its argument.

>>> once(np.array([3, 1, 3])).tolist(), first_places(np.array([3, 1, 3])).tolist()
([1, 3], [1, 0])
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .cells_classes import Index


def once(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return each value once, in order."""
    ordered = np.sort(values)
    return ordered[_begins(ordered)]


def first_places(values: npt.NDArray[Any]) -> Index:
    """Return where each value stands first, in the order of the values."""
    order = np.argsort(values, kind="stable")
    return order[_begins(values[order])]


def _begins(ordered: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    found = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found
