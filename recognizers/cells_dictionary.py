"""A column that comes with dictionaries: what each value stands for is counted, and a dictionary is judged once.

A file has one dictionary for many cells (Parquet: for each row group), which every batch of it repeats.

>>> pages = Dictionaries()
>>> cells = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0, None]), pa.array(["男", "女"]))
>>> pages.count(cells), pages.count(cells)
(None, None)
>>> read = pages.taken()
>>> read.values.to_pylist(), read.weight.tolist(), read.nulls
(['男', '女'], [4, 2], 2)
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from . import cells_arrow
from .cells_block import Index


class Weighed(NamedTuple):
    """The values of a dictionary that stand in some cell, in how many, and how many cells have none."""

    values: Any
    weight: Index
    nulls: int


class Dictionaries:
    """The dictionary that came last, and how often each of its values was seen."""

    def __init__(self) -> None:
        self._values: Any = None
        self._weight: Index = np.zeros(0, np.int64)
        self._nulls = 0

    def is_of(self, array: Any) -> bool:
        """Say whether the dictionary of an array is the one that came last."""
        return self._values is not None and bool(self._values.equals(array.dictionary))

    def count(self, array: Any) -> Weighed | None:
        """Count the cells of an array; where its dictionary is another than before, return what that one came to."""
        known = self.is_of(array)
        before = None if known else self.taken()
        if not known:
            self._values, self._weight = array.dictionary, np.zeros(len(array.dictionary), np.int64)
        indices = array.indices.drop_null() if array.indices.null_count else array.indices
        self._nulls += len(array) - len(indices)
        self._weight += np.bincount(cells_arrow.to_numpy(indices.cast(pa.int64())), minlength=len(self._weight))
        return before

    def taken(self) -> Weighed | None:
        """Return what the last dictionary came to, and forget it; None where there was none."""
        values, weight, nulls = self._values, self._weight, self._nulls
        self._values, self._nulls = None, 0
        if values is None:
            return None
        used = weight > 0
        if values.null_count:
            used &= cells_arrow.truth(values.is_valid())
            nulls += int(weight[~used].sum())
        chosen = cells_arrow.from_numpy(np.flatnonzero(used))
        return Weighed(values if used.all() else values.take(chosen), weight[used], nulls)
