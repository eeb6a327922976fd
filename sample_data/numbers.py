"""Synthetic identifiers, whole columns at once: every number is a function of a person's index and valid by its rules.

The same index gives the same number in every dataset, which is what makes overlap between datasets controllable; two
indices never give the same resident ID, mobile, member number or vehicle number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from . import words

Index = npt.NDArray[np.uint64]
Grid = npt.NDArray[np.uint8]
Days = npt.NDArray[np.datetime64]

FIRST_BIRTH, DAYS = np.datetime64("1945-01-01"), 22_280
"""Births run until the end of 2005: everybody is an adult unless minors are asked for."""
FIRST_CHILD, CHILD_DAYS = np.datetime64("2015-01-01"), 3_000

_ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int64)
_ID_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
_VIN_WEIGHTS = np.array([8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2], np.int64)
_VIN_VALUES = np.zeros(256, np.int64)
_VIN_VALUES[np.frombuffer(b"0123456789", np.uint8)] = range(10)
_VIN_VALUES[np.frombuffer(b"ABCDEFGHJKLMNPRSTUVWXYZ", np.uint8)] = [int(v) for v in "12345678123457923456789"]


def drawn(index: Index, salt: int, sides: int) -> npt.NDArray[np.int64]:
    """Return a number in [0, sides) for each index: the same for the same index and salt, and unrelated otherwise."""
    with np.errstate(over="ignore"):
        mixed = (index + np.uint64(salt + 1) * np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(29)
    return (mixed % np.uint64(sides)).astype(np.int64)


def spread(index: Index, size: int, step: int) -> npt.NDArray[np.int64]:
    """Return a different number in [0, size) for each index below `size`; `step` must share no factor with `size`."""
    return ((index.astype(np.int64) % size) * (step % size) + size // 7 * 3 + 12_345) % size


def choose(options: Sequence[str], at: npt.NDArray[np.int64]) -> pa.Array:
    """Return `options[at]` as text."""
    return pa.array(options).take(pa.array(at))


def digits(number: npt.NDArray[np.int64], width: int) -> Grid:
    """Return numbers as rows of `width` ASCII digits."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return (number[:, None] // powers % 10 + 48).astype(np.uint8)


def text(*grids: Grid | str) -> pa.Array:
    """Join grids of ASCII and constant pieces side by side into text of one width."""
    rows = next(len(grid) for grid in grids if not isinstance(grid, str))
    pieces = [
        np.tile(np.frombuffer(grid.encode(), np.uint8), (rows, 1)) if isinstance(grid, str) else grid for grid in grids
    ]
    block = np.ascontiguousarray(np.concatenate(pieces, axis=1))
    offsets = np.arange(rows + 1, dtype=np.int32) * block.shape[1]
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(block))


def birth_days(index: Index, minors: float = 0.0) -> Days:
    """Return birth dates; a share of `minors` was born in 2015 or later."""
    adult = FIRST_BIRTH + _turns(index, DAYS) % DAYS
    child = FIRST_CHILD + _turns(index, CHILD_DAYS) % CHILD_DAYS
    return np.where(is_minor(index, minors), child, adult)


def is_minor(index: Index, share: float) -> npt.NDArray[np.bool_]:
    """Say who belongs to the share of minors."""
    return drawn(index, 70, 1_000_000) < share * 1_000_000


def is_woman(index: Index) -> npt.NDArray[np.bool_]:
    """Say who is a woman."""
    return drawn(index, 1, 2).astype(bool)


def resident_ids(index: Index, minors: float = 0.0) -> Grid:
    """Return 18-character resident IDs: place, birth date, order (odd for men), check character."""
    place = _grid([code for code, _ in words.DISTRICTS])
    births = birth_days(index, minors)
    months = births.astype("datetime64[M]")
    date = (months.astype(np.int64) // 12 + 1970) * 10_000 + (months.astype(np.int64) % 12 + 1) * 100
    date += (births - months.astype("datetime64[D]")).astype(np.int64) + 1
    turn = np.where(is_minor(index, minors), _turns(index, CHILD_DAYS) // CHILD_DAYS, _turns(index, DAYS) // DAYS)
    order = turn // len(place) * 2 + np.where(is_woman(index), 2, 1)
    body = np.concatenate([place[turn % len(place)], digits(date, 8), digits(order, 3)], axis=1)
    check = _ID_CHECKS[((body.astype(np.int64) - 48) @ _ID_WEIGHTS) % 11]
    return np.concatenate([body, check[:, None]], axis=1)


def mobiles(index: Index) -> Grid:
    """Return 11-digit mobile numbers."""
    heads = _grid(words.MOBILE_PREFIXES)
    return np.concatenate(
        [heads[drawn(index, 3, len(heads))], digits(spread(index, 99_999_989, 61_803_399), 8)], axis=1
    )


def cards(index: Index) -> Grid:
    """Return 19-digit payment card numbers that pass Luhn."""
    heads = _grid(words.CARD_BINS)
    number = digits(spread(index, 999_999_999_989, 31_415_926_535), 12)
    return with_luhn(np.concatenate([heads[drawn(index, 4, len(heads))], number], axis=1))


def imeis(index: Index) -> Grid:
    """Return 15-digit device numbers that pass Luhn."""
    number = digits(spread(index, 999_999_999_989, 14_142_135_623), 12)
    return with_luhn(np.concatenate([_row("86", len(index)), number], axis=1))


def snowflakes(index: Index) -> Grid:
    """Return 19-digit order ids that all pass Luhn, as one in ten does by accident."""
    return with_luhn(
        np.concatenate([_row("17", len(index)), digits(spread(index, 10**16, 27_182_818_283), 16)], axis=1)
    )


def with_luhn(body: Grid) -> Grid:
    """Append the Luhn check digit to rows of digits."""
    values = body[:, ::-1].astype(np.int64) - 48
    values[:, 0::2] *= 2
    total = (values // 10 + values % 10).sum(axis=1)
    return np.concatenate([body, ((-total) % 10 + 48).astype(np.uint8)[:, None]], axis=1)


def vins(index: Index) -> Grid:
    """Return 17-character vehicle numbers with a valid check character at the ninth place."""
    heads, years = _grid(words.VIN_HEADS), np.frombuffer(b"HJKLMNPR", np.uint8)
    tail = digits(spread(index, 10**9, 982_451_653), 9)
    year = years[drawn(index, 8, len(years))][:, None]
    rows = len(index)
    pieces = [heads[drawn(index, 5, len(heads))], tail[:, :3], _row("0", rows), year, _row("A", rows), tail[:, 3:]]
    body = np.concatenate(pieces, axis=1)
    check = (_VIN_VALUES[body] @ _VIN_WEIGHTS) % 11
    body[:, 8] = np.where(check == 10, ord("X"), check + 48)
    return body


def plates(index: Index) -> pa.Array:
    """Return licence plates: province, letter of the place, five digits."""
    number = spread(index, len(words.PROVINCES) * 24 * 100_000, 982_451_653)
    province = choose(words.PROVINCES, number // 2_400_000)
    letter = np.frombuffer(b"ABCDEFGHJKLMNPQRSTUVWXYZ", np.uint8)[number // 100_000 % 24][:, None]
    return pc.binary_join_element_wise(province, text(letter, digits(number % 100_000, 5)), "")


def _turns(index: Index, days: int) -> npt.NDArray[np.int64]:
    """Return a different number for each person: modulo `days` the birth date, the rest place and order."""
    return spread(index, days * len(words.DISTRICTS) * 499, 982_451_653)


def _grid(texts: Sequence[str]) -> Grid:
    return np.array([list(item.encode()) for item in texts], np.uint8)


def _row(constant: str, rows: int) -> Grid:
    return np.tile(np.frombuffer(constant.encode(), np.uint8), (rows, 1))
