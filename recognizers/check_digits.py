"""Check digits that several identifiers share: Luhn (ISO/IEC 7812-1), and rows of digits for a whole column.

>>> luhn("79927398713"), luhn("79927398710")
(True, False)
"""

from __future__ import annotations

import numpy as np

from .cells_block import Bools, Bytes

_DOUBLED = np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9, 0, 0, 0, 0, 0, 0], np.uint8)


def luhn(digits: str) -> bool:
    """Say whether the last digit is the Luhn check digit of the others."""
    values = [int(digit) for digit in reversed(digits)]
    return (sum(values[0::2]) + sum(sum(divmod(2 * value, 10)) for value in values[1::2])) % 10 == 0


def luhn_rows(rows: Bytes) -> Bools:
    """Say for which columns of ASCII digits (one row per position) the Luhn check digit is right."""
    total = np.zeros(rows.shape[1], np.uint8)
    for place, row in enumerate(rows[::-1]):
        value = row - np.uint8(48)
        total += _DOUBLED[value & np.uint8(15)] if place % 2 else value
    found: Bools = total % 10 == 0
    return found


def all_digits(rows: Bytes) -> Bools:
    """Say in which columns every row is a digit."""
    found: Bools = (rows[0] - np.uint8(48)) < 10
    for row in rows[1:]:
        found &= (row - np.uint8(48)) < 10
    return found
