"""Identity numbers of Hong Kong, Macao and Taiwan, and the foreigner's permanent residence card of before 2023.

* Hong Kong identity card: one or two letters, six digits, a check character in brackets (modulo 11).
* Taiwan national identification number: a letter, 1 or 2 (8 or 9 for residents), seven digits, a check digit.
* Macao resident identity card: 1, 5 or 7, six digits, a check digit in brackets (no public algorithm).
* Foreigner's permanent residence card until 2023: three letters of a country and twelve digits.

Algorithms as published in encyclopaedias and standard libraries for check digits (general knowledge).

>>> validate("A123456(3)")
'A1234563'
>>> validate("A123456789")
'A123456789'
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .calendar_days import is_day, number
from .cells_block import DIGIT, LETTERS, OTHER, Block, Bools, Bytes, Index
from .cells_face import Face, Match, from_cells, from_tokens
from .check_digits import all_digits
from .errors import InvalidChecksum, InvalidFormat
from .presidio_form import ALONE, Form, passes

_TAIWAN = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_TAIWAN_VALUE = np.zeros(256, np.uint8)
for _place, _letter in enumerate(_TAIWAN):
    _first, _second = divmod(10 + _place, 10)
    _TAIWAN_VALUE[ord(_letter)] = _TAIWAN_VALUE[ord(_letter.lower())] = (_first + 9 * _second) % 10


def compact(value: str) -> str:
    """Strip separators and brackets, and raise to upper case."""
    return re.sub(r"[\s\-()/]", "", unicodedata.normalize("NFKC", value)).upper()


def validate(value: str) -> str:
    """Return the compact number of Hong Kong or Taiwan, or raise a `ValidationError`."""
    value = compact(value)
    if re.fullmatch(r"[A-Z]{1,2}[0-9]{6}[0-9A]", value):
        if not _hong_kong(value):
            raise InvalidChecksum
        return value
    if re.fullmatch(r"[A-Z][1289][0-9]{8}", value):
        if not _taiwan(value):
            raise InvalidChecksum
        return value
    raise InvalidFormat


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the number."""
    return passes(validate, value)


def _hong_kong(value: str) -> bool:
    padded = value.rjust(9)
    total = sum((36 if c == " " else int(c, 36)) * (9 - place) for place, c in enumerate(padded[:8]))
    check = 10 if padded[8] == "A" else int(padded[8])
    return (total + check) % 11 == 0


def _taiwan(value: str) -> bool:
    total = int(_TAIWAN_VALUE[ord(value[0])])
    total += sum(int(digit) * weight for digit, weight in zip(value[1:9], range(8, 0, -1), strict=True))
    return (total + int(value[9])) % 10 == 0


def match_taiwan(cells: Block) -> Match | None:
    """Find national identification numbers of Taiwan in a block of cells."""
    tokens = cells.tokens(10)
    at = tokens.at
    letter = ((at[0] | 32) - np.uint8(97)) < 26
    shape = letter & ((at[1] == 49) | (at[1] == 50) | (at[1] == 56) | (at[1] == 57)) & all_digits(at[2:])
    if not shape.any():
        return None
    total = np.take(_TAIWAN_VALUE, at[0], mode="clip").astype(np.uint16)
    for row, weight in zip(at[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True):
        total += (row - np.uint8(48)) * np.uint16(weight)
    return from_tokens(cells, [(tokens, shape, shape & (total % 10 == 0))])


def match_hong_kong(cells: Block) -> Match | None:
    """Find cells that are numbers of a Hong Kong identity card."""
    lengths = cells.lengths
    cell = np.flatnonzero((lengths >= 8) & (lengths <= 11))
    first = cells.data[cells.starts[cell]]
    second = cells.data[cells.starts[cell] + 2]
    cell = cell[(((first | 32) - np.uint8(97)) < 26) & ((second - np.uint8(48)) < 10)]
    if not len(cell):
        return None
    last = cells.data[cells.ends[cell] - 1]
    bare = (cells.mask[cell] & OTHER) == 0
    cell = cell[(last == 41) | (bare & (lengths[cell] <= 9))]
    return _by_one(cells, cell)


def _by_one(cells: Block, likely: Index) -> Match | None:
    shape, valid = [], []
    for cell in likely.tolist():
        text = cells.value(cell).decode("ascii", "replace").upper()
        if re.fullmatch(r"[A-Z]{1,2}[0-9]{6}(?:\([0-9A]\)|[0-9A])", text):
            right = _hong_kong(compact(text))
            if right or "(" in text:
                shape.append(cell)
            if right:
                valid.append(cell)
    return from_cells(cells, np.array(shape, np.int64), np.array(valid, np.int64))


def match_foreigner(cells: Block) -> Match | None:
    """Find numbers of the foreigner's permanent residence card of before 2023."""
    tokens = cells.tokens(15)
    at = tokens.at
    shape = _letters(at[:3]) & all_digits(at[3:])
    some = np.flatnonzero(shape)
    if len(some):
        body = at[:, some]
        shape[some] = is_day(number(body[7:9]) + np.int16(1900), number(body[9:11]), number(body[11:13]))
    return from_tokens(cells, [(tokens, shape, shape)])


def _letters(rows: Bytes) -> Bools:
    found = np.ones(rows.shape[1], bool)
    for row in rows:
        found &= ((row | 32) - np.uint8(97)) < 26
    return found


FACES = (
    Face("TW_NATIONAL_ID", match_taiwan, tokens=frozenset({10}), needs=(DIGIT, LETTERS), long_number=True),
    Face("HK_IDENTITY_CARD", match_hong_kong, needs=(DIGIT, LETTERS), shortest_cell=8),
    Face("CN_FOREIGNER_ID_OLD", match_foreigner, tokens=frozenset({15}), needs=(DIGIT, LETTERS), long_number=True),
)
FORMS = (
    Form(
        "HkIdentityCardRecognizer",
        "HK_IDENTITY_CARD",
        (
            ("with brackets", r"(?<![0-9A-Za-z])[A-Z]{1,2}[0-9]{6}\([0-9A]\)", 0.5),
            ("plain", ALONE.format(r"[A-Z]{1,2}[0-9]{6}[0-9A]"), 0.1),
        ),
        ("香港身份证", "身份證", "hkid", "identity card"),
        lambda value: True if is_valid(value) else (None if "(" in value else False),
        wrong=0.0,
    ),
    Form(
        "TwNationalIdRecognizer",
        "TW_NATIONAL_ID",
        (("letter and nine digits", ALONE.format(r"[A-Z][1289][0-9]{8}"), 0.2),),
        ("身分證", "统一编号", "統一編號", "台湾身份证"),
        is_valid,
        wrong=0.05,
    ),
    Form(
        "CnForeignerIdOldRecognizer",
        "CN_FOREIGNER_ID_OLD",
        (
            (
                "three letters and twelve digits",
                ALONE.format(r"[A-Z]{3}[0-9]{8}(?:0[1-9]|[12][0-9]|3[01])[0-9]{2}"),
                0.3,
            ),
        ),
        ("永久居留", "居留证", "permanent residence"),
    ),
)
