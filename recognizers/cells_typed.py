"""Blocks of nothing but moments, or nothing but numbers, as CSV has them: read by the kernel in a pass of their own.

A column that was all moments in one block is likely to be so in the next. Where it is not, the block is read as any
other; the facts are the same either way.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .cells_block import DIGIT, NUMERIC_MARK, Bools, Bytes, Index, Moments, Words
from .cells_kernel import Kernel, address

MOMENTS, NUMBERS = "moments", "numbers"
FIRST_YEAR, LAST_YEAR = 1800, 2100  # `kernel/plain.h` has the same
TALLY = 336
Survey = tuple[Bytes, Words, Bools, Index]
Signs = tuple[Words, list[int]]


@dataclass(frozen=True, slots=True)
class Typed:
    """A block of moments, or of numbers with their values; what is known of any block is beside it."""

    moments: Moments | None
    values: npt.NDArray[np.float64] | None
    survey: Survey
    signs: Signs


def likely_type(union: int, signs: int, bits: dict[str, int]) -> str | None:
    """Say what a block may be all of, by the classes of its bytes and the signs of its cells."""
    if signs == bits["BIRTH_DATE"] | bits["DATE_TIME"]:
        return MOMENTS
    return NUMBERS if union in (DIGIT, DIGIT | NUMERIC_MARK) else None


def read_typed(compiled: Kernel, cells: Any, size: int, expected: str) -> Typed | None:
    """Read a block of `size` cells; None where some cell is not what is expected of all."""
    mask, hashes, dirty = np.empty(size, np.uint8), np.empty(size, np.uint64), np.empty(size, np.bool_)
    tally, signs, joined = np.empty(TALLY, np.int64), np.empty(size, np.uint64), np.empty(4, np.uint64)
    birth, years = np.empty(size, np.bool_), np.zeros(LAST_YEAR - FIRST_YEAR + 1, np.int64)
    values = np.empty(size if expected == NUMBERS else 0)
    arrays = (address(array) for array in (mask, hashes, dirty, tally, signs, joined, birth, years, values))
    if not compiled.typed(ctypes.byref(cells), expected == NUMBERS, *arrays):
        return None
    seen = {FIRST_YEAR + year: int(years[year]) for year in np.flatnonzero(years).tolist()}
    survey, found = (mask, hashes, dirty, tally), (signs, joined.tolist())
    if expected == NUMBERS:
        return Typed(None, values, survey, found)
    return Typed(Moments(birth, seen), None, survey, found)
