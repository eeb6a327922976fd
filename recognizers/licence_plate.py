"""Number plate of a motor vehicle (车牌号).

A character for the province, a letter for the issuing office, then five letters or digits without I and O (six for
new-energy vehicles, of which the first or the last is a letter). Police, trailer, learner, embassy and border plates
end in a character of their own; a dot may stand after the second place.

* GA 36-2018

>>> validate("闽A·D12345")
'闽AD12345'
>>> validate("京a1234警")
'京A1234警'
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import HIGH, LETTERS, Block, Bools, Index
from .cells_face import Face, Match, flags
from .errors import InvalidFormat
from .presidio_form import Form, passes

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
ENDINGS = "警学挂港澳领试超"
_BODY = (
    r"(?:[0-9A-HJ-NP-Z]{5}|[A-HJ-NP-Z][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[A-HJ-NP-Z]|[0-9A-HJ-NP-Z]{4}[警学挂港澳领试超])"
)
_PATTERN = rf"(?:[{PROVINCES[:-1]}][A-HJ-Z]{_BODY}|使[0-9]{{6}}|[0-9]{{6}}使)"
_LETTER = np.zeros(256, bool)
_LETTER[list(b"ABCDEFGHJKLMNOPQRSTUVWXYZabcdefghjklmnopqrstuvwxyz")] = True
_INNER = np.zeros(256, bool)
_INNER[list(b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjklmnpqrstuvwxyz")] = True


def _points(characters: str) -> Bools:
    table = np.zeros(1 << 16, bool)
    table[[ord(character) for character in characters]] = True
    return table


_PROVINCE, _ENDING = _points(PROVINCES), _points(ENDINGS)


def compact(value: str) -> str:
    """Strip separators and raise to upper case."""
    return re.sub(r"[\s\-·•.]", "", unicodedata.normalize("NFKC", value)).upper()


def validate(value: str) -> str:
    """Return the compact plate, or raise a `ValidationError`."""
    value = compact(value)
    if not re.fullmatch(_PATTERN, value):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the plate."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find plates in a block of cells."""
    runs, size = cells.runs, cells.run_lengths
    near = np.flatnonzero((size >= 5) & (size <= 7) & _LETTER[cells.data[runs.start]])
    start, end = runs.start[near], runs.end[near]
    first = start - 3
    dotted = np.flatnonzero((size == 1) & _LETTER[cells.data[runs.start]] & _dot_after(cells, runs.end))
    dotted = dotted[dotted + 1 < len(size)]
    width = np.where(cells.data[runs.end[dotted]] == 0xC2, 2, 1)
    follows = (runs.start[dotted + 1] == runs.end[dotted] + width) & (size[dotted + 1] >= 4) & (size[dotted + 1] <= 6)
    dotted = dotted[follows]
    first = np.concatenate((first, runs.start[dotted] - 3))
    body = np.concatenate((start + 1, runs.start[dotted + 1]))
    end = np.concatenate((end, runs.end[dotted + 1]))
    return _judged(cells, first, body, end)


def _dot_after(cells: Block, end: Index) -> Bools:
    data = cells.data
    found: Bools = ((data[end] == 0xC2) & (data[end + 1] == 0xB7)) | np.isin(data[end], list(b" .-"))
    return found


def _judged(cells: Block, first: Index, body: Index, end: Index) -> Match | None:
    right = _PROVINCE[cells.points(first)]
    first, body, end = first[right], body[right], end[right]
    if not len(first):
        return None
    ending = _ENDING[cells.points(end)] & (end < cells.ends[cells.cells_at(first)])
    size = end - body
    rows = cells.columns(body, 6)
    fits = np.ones(len(first), bool)
    for place, row in enumerate(rows):
        fits &= np.take(_INNER, row, mode="clip") | (place >= size)
    number = [(row - np.uint8(48)) < 10 for row in rows]
    small = ~number[0] & number[2] & number[3] & number[4] & number[5]
    large = number[0] & number[1] & number[2] & number[3] & number[4] & ~number[5]
    energy = (size == 6) & (small | large)
    fits &= (size == 5) | energy | ((size == 4) & ending)
    digits = np.zeros(len(first), bool)
    for place, row in enumerate(number):
        digits |= row & (place < size)
    fits &= digits
    first, end = first[fits], end[fits] + np.where((size < 6) & ending, 3, 0)[fits]
    cell = cells.cells_at(first)
    same = cells.cells_at(end - 1) == cell
    whole = (first == cells.starts[cell]) & (end == cells.ends[cell]) & same
    shape, inside = flags(cells, cell[whole]), flags(cells, cell[same & ~whole])
    return Match(shape, shape, inside, inside) if len(cell) else None


FACES = (Face("CN_LICENCE_PLATE", match, needs=(HIGH, LETTERS), shortest_cell=8, early=True, settles=True),)
FORMS = (
    Form(
        "CnLicencePlateRecognizer",
        "CN_LICENCE_PLATE",
        (
            ("plate", rf"[{PROVINCES[:-1]}][A-HJ-Z][ ·.-]?{_BODY}(?![0-9A-Za-z])", 0.8),
            ("embassy", r"(?:使[0-9]{6}|(?<![0-9A-Za-z])[0-9]{6}使)(?![0-9A-Za-z])", 0.5),
        ),
        ("车牌", "号牌", "plate", "cph"),
        is_valid,
    ),
)
