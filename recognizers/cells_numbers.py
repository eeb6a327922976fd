"""Columns of numbers and moments: judged by range, without ever writing a small number out as text.

Whole numbers from eight digits up may be identifiers (a mobile number, a resident number, a date as yyyymmdd): only
those are written out and judged as text. A binary fraction holds at most fifteen to sixteen digits for certain, so a
longer identifier read as one has lost digits: such cells are counted as damaged, never judged and never passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .cells_arrow import from_numpy, to_numpy, truth
from .cells_block import Bools, Index
from .cells_evidence import Numbers

SMALLEST_IDENTIFIER = 10_000_000
LARGEST_EXACT = 2**53
_WIDEST = 10**19
# yyyymmdd, mobile numbers without and with a country code, yyyymmddhhmmss and fourteen-digit cards
_RANGES = ((18_000_101, 21_001_232), (13 * 10**9, 20 * 10**9), (8_613 * 10**9, 8_620 * 10**9), (10**13, 10**14))


@dataclass(frozen=True)
class NumberCells:
    """What a batch of numbers said: their range, their bits for counting, and the texts that need a look."""

    numbers: Numbers | None
    keys: Any
    texts: Any
    small: int
    damaged: int


def whole(array: Any) -> NumberCells:
    """Read whole numbers without nulls."""
    kind = array.type
    wide = array.cast(pa.uint64() if kind == pa.uint64() else pa.int64())
    values = to_numpy(wide)
    if not len(values):
        return NumberCells(None, np.zeros(0, np.uint64), None, 0, 0)
    low, high = values.min(), values.max()
    numbers = Numbers(len(values), float(low), float(high), float(values.sum(dtype=np.float64)))
    texts = None
    if high >= SMALLEST_IDENTIFIER:
        able = _may_identify(values)
        if able.any():
            texts = (wide if able.all() else from_numpy(values[able])).cast(pa.string())
    small = len(values) - (0 if texts is None else len(texts))
    return NumberCells(numbers, values.view(np.uint64), texts, small, 0)


def _may_identify(values: Any) -> Bools:
    """Say which whole numbers may be a day, a moment, a telephone number or a longer identifier."""
    found: Bools = values >= 10**14
    for low, high in _RANGES:
        found |= (values >= low) & (values < high)
    return found


def real(array: Any) -> NumberCells:
    """Read binary fractions without nulls; not-a-number and the infinities are no numbers."""
    values = to_numpy(array.cast(pa.float64()))
    keys = values.view(np.uint64)
    finite = np.isfinite(values)
    if not finite.all():
        values = values[finite]
    if not len(values):
        return NumberCells(None, keys, None, len(keys), 0)
    integral = values == np.floor(values)
    fractional = len(values) - int(np.count_nonzero(integral))
    fine = _fine(values) if fractional else 0
    numbers = Numbers(len(values), float(values.min()), float(values.max()), float(values.sum()), fractional, fine)
    texts: Any = None
    damaged = 0
    if numbers.max >= SMALLEST_IDENTIFIER:
        large = integral & (values >= SMALLEST_IDENTIFIER) & (values < _WIDEST)
        exact = large & (values <= LARGEST_EXACT)
        damaged = int(np.count_nonzero(large & ~exact))
        whole_values = values[exact].astype(np.int64)
        texts = from_numpy(whole_values[_may_identify(whole_values)]).cast(pa.string())
    return NumberCells(numbers, keys, texts, len(keys) - (0 if texts is None else len(texts)), damaged)


def _fine(values: Any) -> int:
    """Count numbers with at least four digits after the point."""
    return int(np.count_nonzero(_is_fine(values)))


def _is_fine(values: Any) -> Bools:
    scaled = np.where(np.abs(values) < 1e9, values, 0) * 1000
    found: Bools = np.abs(scaled - np.round(scaled)) > 1e-5
    return found


def decimal(array: Any) -> NumberCells:
    """Read decimal numbers without nulls: whole ones exactly, others as fractions."""
    if array.type.scale <= 0 and array.type.precision <= 38:
        texts = array.cast(pa.string())
        return NumberCells(_of_reals(array), None, texts, 0, 0)
    fractions = to_numpy(array.cast(pa.float64()))
    if len(fractions) and bool((fractions == np.floor(fractions)).all()):  # NUMERIC(20, 2) that holds whole numbers
        texts = pc.replace_substring_regex(array.cast(pa.string()), r"[.]0+$", "")
        return NumberCells(_of_reals(array), None, texts, 0, 0)
    return real(from_numpy(fractions))


def _of_reals(array: Any) -> Numbers | None:
    return real(array.cast(pa.float64())).numbers


def written(texts: Any, weight: Index | None = None) -> Numbers | None:
    """Read numbers written as text, each weighing as often as it stands there; other cells are left out."""
    try:
        texts.slice(0, 1).cast(pa.float64())  # a column of dates fails here, not after all of it was tried
        array = texts.cast(pa.float64())
    except pa.ArrowInvalid:
        able = pc.match_substring_regex(texts, r"^[+-]?[0-9]{1,15}([.][0-9]+)?$")
        weight = None if weight is None else weight[truth(able)]
        array = texts.filter(able).cast(pa.float64())
    values = to_numpy(array)
    if not len(values) or not np.isfinite(values).all():
        return None
    weight = np.ones(len(values), np.int64) if weight is None else weight
    whole_number = values == np.floor(values)
    fine = 0 if whole_number.all() else int(weight[_is_fine(values)].sum())
    return Numbers(
        int(weight.sum()),
        float(values.min()),
        float(values.max()),
        float((values * weight).sum()),
        int(weight[~whole_number].sum()),
        fine,
    )


def years(array: Any) -> dict[int, int]:
    """Count the calendar years of dates or moments without nulls."""
    found = to_numpy(pc.year(array))
    low = int(found.min(initial=0)) if len(found) else 0
    counts = np.bincount(found - low) if len(found) and int(found.max()) - low < 100_000 else np.zeros(0, np.int64)
    return {low + year: int(counts[year]) for year in np.flatnonzero(counts).tolist()}
