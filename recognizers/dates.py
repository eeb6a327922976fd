"""Dates and moments written as text or digits, and whether they could be birth dates.

``2024-01-31``, ``2024/1/31``, ``20240131``, ``2024年1月31日``, each with or without a time of day; ``Jan 31, 2024``,
``31JAN2024``, ``31.01.2024``, ``民国113年1月31日``. The years are
counted for the column: a birth date spreads over decades, an event date does not.

>>> validate("1990年3月7日")
'1990-03-07'
>>> is_valid("2023-02-29"), validate("Mar 7, 1990"), validate("07.03.1990"), validate("民国79年3月7日")
(False, '1990-03-07', '1990-03-07', '1990-03-07')
>>> validate("民国79年")
'1990'
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from typing import Any

import numpy as np

from .calendar_days import is_day, number
from .cells_block import DIGIT, LETTERS, NUMERIC_MARK, Block, Bools, Index
from .cells_face import Face, Match, from_cells
from .check_digits import all_digits
from .errors import InvalidComponent, InvalidFormat
from .presidio_form import Form, passes

OLDEST, YOUNGEST = 1900, 2100
_FORM = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))"
    r"(?:[ T]?[0-9]{1,2}[:时][0-9]{1,2}.*|[0-9]{6})?"
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: place for place, name in enumerate(_NAMES, start=1)}
_NAMED = re.compile(
    r"(?:(?P<month>[A-Za-z]{3,9})\.? ?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? ?"
    r"|(?P<first>[0-9]{1,2})(?:st|nd|rd|th)?[ -]?(?P<then>[A-Za-z]{3,9})\.?,?[ -]?)(?P<year>[0-9]{4})"
)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_REPUBLIC = re.compile(r"(?:中华)?民国 ?([0-9]{1,3}|元) ?年(?: ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日?)?")
_MARKS = np.zeros(256, bool)
_MARKS[list(b"-/.")] = True


def compact(value: str) -> str:
    """Trim."""
    return unicodedata.normalize("NFKC", value).strip()


def validate(value: str) -> str:
    """Return the day as yyyy-mm-dd (the year alone where no more is said), or raise a `ValidationError`."""
    value = compact(value)
    if len(parts := _parts(value)) == 1:
        return str(parts[0])
    year, month, day = parts
    if not OLDEST - 100 <= year <= YOUNGEST:
        raise InvalidComponent
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError as error:
        raise InvalidComponent("The day does not exist.") from error


def _parts(value: str) -> list[int]:
    """Year, month and day in any of the forms, or the year alone."""
    if found := _FORM.fullmatch(value):
        return [int(part) for part in found.groups() if part and part not in "-/."]
    if named := _NAMED.fullmatch(value):
        month = _MONTHS.get((named["month"] or named["then"])[:3].lower())
        if month:
            return [int(named["year"]), month, int(named["day"] or named["first"])]
    if last := _YEAR_LAST.fullmatch(value):
        return _day_or_month_first(int(last[1]), int(last[3]), int(last[4]), last[2])
    if republic := _REPUBLIC.fullmatch(value):
        year = 1911 + (1 if republic[1] == "元" else int(republic[1]))
        return [year, int(republic[2]), int(republic[3])] if republic[2] else [year]
    raise InvalidFormat


def _day_or_month_first(first: int, second: int, year: int, mark: str) -> list[int]:
    """The day comes first before points; before strokes the month does where it can."""
    day_first = mark == "." or first > _MOST_MONTHS
    return [year, second, first] if day_first else [year, first, second]


_MOST_MONTHS = 12


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the date."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find cells that are dates or moments, and note their years."""
    if cells.moments:
        cells.notes["years"] = Counter(cells.moments.years)
        all_of_them = np.ones(len(cells), bool)
        return Match(all_of_them, all_of_them)
    found = _found(cells)
    every = np.concatenate([cell for cell, _, _ in found])
    if not len(every):
        return None
    years = np.concatenate([year for _, year, _ in found])
    weight = None if cells.weight is None else cells.weight[every]
    counts = np.bincount(years, weights=weight, minlength=1)
    cells.notes["years"] = Counter({year: int(counts[year]) for year in np.flatnonzero(counts).tolist()})
    return from_cells(cells, every)


def match_birth_date(cells: Block) -> Match | None:
    """Find cells that are a day without a time, between 1900 and 2100: what a birth date looks like."""
    if cells.moments:
        birth = cells.moments.birth
        return Match(birth, birth) if birth.any() else None
    days = [cell[(year >= OLDEST) & plain] for cell, year, plain in _found(cells)]
    return from_cells(cells, np.concatenate(days))


def _found(cells: Block) -> list[tuple[Index, Any, Bools]]:
    cache: list[tuple[Index, Any, Bools]] | None = cells.notes.get("dates")
    if cache is None:
        cache = cells.notes["dates"] = _all_forms(cells)
    return cache


def _all_forms(cells: Block) -> list[tuple[Index, Any, Bools]]:
    known = cells.days
    if known is None:
        return _forms(cells)
    found: list[tuple[Index, Any, Bools]] = [(known.cell, known.year, known.alone)]
    if len(known.unsure):
        further = _forms(cells if len(known.unsure) == len(cells) else cells.take(known.unsure))
        found += [(known.unsure[cell], year, alone) for cell, year, alone in further]
    return found


def _forms(cells: Block) -> list[tuple[Index, Any, Bools]]:
    found = [_compact(cells), _chinese(cells), _year_last(cells)]
    if cells.union & NUMERIC_MARK:
        found += [_written(cells), _short(cells)]
    return found


_NONE = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool))


def _written(cells: Block) -> tuple[Index, Any, Bools]:
    """Find yyyy-mm-dd, alone or before a time of day."""
    lengths = cells.lengths
    cell = np.flatnonzero((lengths >= 10) & (lengths <= 35))
    if not len(cell):
        return _NONE
    at = cells.starts[cell]
    near = _MARKS[cells.data[at + 4]] & (cells.data[at + 4] == cells.data[at + 7])
    cell, at = cell[near], at[near]
    if not len(cell):
        return _NONE
    rows = cells.columns(at, 16)
    fits = all_digits(rows[[0, 1, 2, 3, 5, 6, 8, 9]])
    size = lengths[cell]
    timed = (size > 12) & ((rows[10] == 32) | (rows[10] == 84)) & ((rows[11] - np.uint8(48)) < 10)
    year = number(rows[:4]).astype(np.int64)
    fits &= ((size == 10) | timed) & _lived(year) & is_day(year, number(rows[5:7]), number(rows[8:10]))
    midnight = (size == 19) & (rows[11] == 48) & (rows[12] == 48) & (rows[14] == 48) & (rows[15] == 48)
    return cell[fits], year[fits], ((size == 10) | midnight)[fits]


def _short(cells: Block) -> tuple[Index, Any, Bools]:
    """Find yyyy-m-d with one-digit parts."""
    lengths = cells.lengths
    cell = np.flatnonzero((lengths >= 8) & (lengths <= 25))
    at = cells.starts[cell]
    data = cells.data
    near = _MARKS[data[at + 4]] & ((data[at + 6] == data[at + 4]) | (data[at + 7] == data[at + 4]))
    near &= ~((data[at + 7] == data[at + 4]) & ((data[at + 9] - np.uint8(48)) < 10) & (lengths[cell] >= 10))
    cell = cell[near]
    if not len(cell):
        return _NONE
    return _by_one(cells, cell[all_digits(cells.columns(cells.starts[cell], 4))])


def _by_one(cells: Block, chosen: Index) -> tuple[Index, Any, Bools]:
    kept, years, plain = [], [], []
    for cell in chosen.tolist():
        text = cells.value(cell).decode("utf-8", "replace")
        try:
            day = validate(text)
        except (InvalidFormat, InvalidComponent):
            continue
        kept.append(cell)
        years.append(int(day[:4]))
        plain.append(":" not in text and "时" not in text)
    return np.array(kept, np.int64), np.array(years, np.int64), np.array(plain, bool)


def _compact(cells: Block) -> tuple[Index, Any, Bools]:
    """Find yyyymmdd, alone or before hhmmss."""
    found = []
    for length in (8, 14):
        cell = cells.cells_of_length(length)
        if not len(cell):
            continue
        rows = cells.columns(cells.starts[cell], length)
        fits = all_digits(rows)
        cell, rows = cell[fits], rows[:, fits]
        year = number(rows[:4]).astype(np.int64)
        day = _lived(year) & is_day(year, number(rows[4:6]), number(rows[6:8]))
        if length == 14:
            day &= (number(rows[8:10]) < 24) & (number(rows[10:12]) < 60) & (number(rows[12:14]) < 60)
        found.append((cell[day], year[day], np.full(int(day.sum()), length == 8)))
    if not found:
        return _NONE
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))  # type: ignore[return-value]


def _chinese(cells: Block) -> tuple[Index, Any, Bools]:
    """Find 2024年1月31日."""
    if not cells.has_high:
        return _NONE
    lengths = cells.lengths
    cell = np.flatnonzero((lengths >= 12) & (lengths <= 32))
    at = cells.starts[cell] + 4
    republic = np.flatnonzero((lengths >= 10) & (lengths <= 40))
    republic = republic[np.isin(cells.points(cells.starts[republic]), (ord("民"), ord("中")))]
    return _by_one(cells, np.union1d(cell[cells.points(at) == ord("年")], republic))


def _year_last(cells: Block) -> tuple[Index, Any, Bools]:
    """Find 07.03.1990, 03/07/1990, Mar 7, 1990, 07MAR1990."""
    lengths, data = cells.lengths, cells.data
    if cells.max_length < _SHORTEST or not cells.union & (NUMERIC_MARK | LETTERS):
        return _NONE
    cell = np.flatnonzero((lengths >= _SHORTEST) & (lengths <= _SPOKEN_OUT))
    opening = cells.from_last(4) if len(cell) == len(cells) else data[cells.ends[cell] - 4]
    cell = cell[(opening == _NINETEEN >> 8) | (opening == _TWENTY >> 8)]
    end = cells.ends[cell]
    century = data[end - 4].astype(np.int64) * 256 + data[end - 3]
    near = (century == _NINETEEN) | (century == _TWENTY)
    near &= ((data[end - 2] - np.uint8(48)) < 10) & ((data[end - 1] - np.uint8(48)) < 10)
    cell, end = cell[near], end[near]
    start = cells.starts[cell]
    second, third = data[start + 1], data[start + 2]
    opens = _MARKS[second] | _MARKS[third]  # after one or two digits
    for offset in range(4):  # the month begins here
        key = (data[start + offset] | 32).astype(np.int64) << 16
        key |= (data[start + offset + 1] | 32).astype(np.int64) << 8 | (data[start + offset + 2] | 32)
        opens |= np.isin(key, _MONTH_KEYS)
    return _by_one(cells, cell[opens])


_SHORTEST, _SPOKEN_OUT = 8, 20
_NINETEEN, _TWENTY = ord("1") * 256 + ord("9"), ord("2") * 256 + ord("0")
_MONTH_KEYS = np.array([int.from_bytes(name.encode(), "big") for name in _MONTHS])


def _lived(year: Any) -> Bools:
    found: Bools = (year >= OLDEST - 100) & (year <= YOUNGEST)
    return found


FACES = (
    Face("BIRTH_DATE", match_birth_date, needs=(DIGIT,), shortest_cell=8, early=True),
    Face("DATE_TIME", match, needs=(DIGIT,), shortest_cell=8, early=True, settles=True),
)
FORMS = (
    Form(
        "CnDateRecognizer",
        "DATE_TIME",
        (
            ("with marks", r"(?<![0-9A-Za-z])(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])", 0.5),
            ("day first", r"(?<![0-9A-Za-z.])[0-3]?[0-9]([./-])[0-3]?[0-9]\1(?:19|20)[0-9]{2}(?![0-9])", 0.4),
            (
                "month by name",
                r"(?<![0-9A-Za-z])(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? [0-9]{1,2},? "
                r"|[0-9]{1,2}[ -]?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[ ,-]{0,2})"
                r"(?:19|20)[0-9]{2}(?![0-9])",
                0.5,
            ),
            ("of the republic", r"民国 ?(?:[0-9]{1,3}|元) ?年(?: ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?)?", 0.6),
            ("Chinese", r"(?<![0-9])(?:19|20)[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?", 0.6),
        ),
        ("日期", "时间", "date"),
    ),
)
