"""Days of the calendar as digits: is this a day that exists, for a whole column at once.

>>> import numpy as np
>>> is_day(*(np.array([value], np.int16) for value in (2023, 2, 29)))
array([False])
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .cells_block import Bools, Bytes

_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0], np.uint8)


def number(digits: Bytes) -> Any:
    """Return the number that rows of ASCII digits write, as 16-bit integers (at most four digits)."""
    total = (digits[0] - np.uint8(48)).astype(np.int16)
    for row in digits[1:]:
        total = total * np.int16(10) + (row - np.uint8(48))
    return total


def is_day(year: Any, month: Any, day: Any) -> Bools:
    """Say which of the days exist in the Gregorian calendar."""
    inside = (month >= 1) & (month <= 12) & (day >= 1)
    found: Bools = inside & (day <= _DAYS[month & 15])
    some = np.flatnonzero(found & (month == 2) & (day == 29))
    if len(some):
        year = year[some]
        found[some] = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return found


def is_day_of(digits: Bytes, first_year: int, last_year: int) -> Bools:
    """Say which eight rows of digits (yyyymmdd) are a day between two years."""
    year, month, day = number(digits[:4]), number(digits[4:6]), number(digits[6:8])
    found: Bools = (year >= first_year) & (year <= last_year) & is_day(year, month, day)
    return found
