"""Identity numbers of Hong Kong, Macao and Taiwan, and the foreigner's permanent residence card of before 2023.

* Hong Kong identity card: one or two letters, six digits, a check character in brackets (modulo 11).
* Taiwan national identification number: a letter, 1 or 2 (8 or 9 for residents), seven digits, a check digit; until
  2020 residents held two letters and eight digits (外來人口統一證號).
* Macao resident identity card: 1, 5 or 7, six digits, a digit in brackets or behind a stroke (no public algorithm).
* Foreigner's permanent residence card until 2023: three letters of a country and twelve digits.

Algorithms as published in encyclopaedias and standard libraries for check digits (general knowledge).

>>> validate("A123456(3)")
'A1234563'
>>> validate("A123456789")
'A123456789'
>>> validate("5123456(7)"), is_valid("51234567")
('51234567', False)
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .calendar_days import is_day, number
from .cells_block import DIGIT, LETTERS, NUMERIC_MARK, OTHER, Block, Bools, Bytes, Tokens
from .cells_face import Face, Match, from_tokens
from .check_digits import all_digits
from .errors import InvalidChecksum, InvalidFormat
from .presidio_form import ALONE, Form, passes

_TAIWAN = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_TAIWAN_VALUE = np.zeros(256, np.uint8)
_TAIWAN_UNIT = np.arange(256, dtype=np.uint8) - np.uint8(48)  # what the second place counts, digit or letter
for _place, _letter in enumerate(_TAIWAN):
    _first, _second = divmod(10 + _place, 10)
    _TAIWAN_VALUE[ord(_letter)] = _TAIWAN_VALUE[ord(_letter.lower())] = (_first + 9 * _second) % 10
    _TAIWAN_UNIT[ord(_letter)] = _TAIWAN_UNIT[ord(_letter.lower())] = _second
_SECOND = np.zeros(256, bool)
_SECOND[list(b"1289ABCDabcd")] = True
_MACAO = re.compile(r"[157]/[0-9]{6}/[0-9]|[157][0-9]{6} ?(?:\([0-9]\)|\[[0-9]\]|/[0-9])")


def compact(value: str) -> str:
    """Strip separators and brackets, and raise to upper case."""
    return re.sub(r"[\s\-()\[\]/]", "", unicodedata.normalize("NFKC", value)).upper()


def validate(value: str) -> str:
    """Return the compact number of Hong Kong, Macao or Taiwan, or raise a `ValidationError`.

    Eight bare digits are too plain to be taken for a Macao number: brackets or a stroke must say so.
    """
    if _MACAO.fullmatch(unicodedata.normalize("NFKC", value).strip()):
        return compact(value)
    value = compact(value)
    if re.fullmatch(r"[A-Z]{1,2}[0-9]{6}[0-9A]", value):
        if not _hong_kong(value):
            raise InvalidChecksum
        return value
    if re.fullmatch(r"[A-Z](?:[1289]|[A-D])[0-9]{8}", value):
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
    digits = f"{int(_TAIWAN_UNIT[ord(value[1])])}{value[2:9]}"
    total += sum(int(digit) * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True))
    return (total + int(value[9])) % 10 == 0


def match_taiwan(cells: Block) -> Match | None:
    """Find national identification numbers of Taiwan in a block of cells."""
    tokens = cells.tokens(10)
    at = tokens.at
    letter = ((at[0] | 32) - np.uint8(97)) < 26
    shape = letter & _SECOND[at[1]] & all_digits(at[2:])
    if not shape.any():
        return None
    total = np.take(_TAIWAN_VALUE, at[0], mode="clip").astype(np.uint16)
    for row, weight in zip((_TAIWAN_UNIT[at[1]], *(at[2:] - np.uint8(48))), (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True):
        total += row * np.uint16(weight)
    return from_tokens(cells, [(tokens, shape, shape & (total % 10 == 0))])


def match_hong_kong(cells: Block) -> Match | None:
    """Find numbers of a Hong Kong identity card; without brackets only those that pass the check."""
    found = []
    for letters in (1, 2):
        plain = cells.tokens(letters + 7)
        right = _hong_kong_shape(plain.at, letters)
        some = np.flatnonzero(right)
        if len(some):
            rows = plain.at[:, some]
            right[some] = _hong_kong_check(rows[:-1], rows[-1])
        found.append((plain, right, right))
        if not cells.tokens_are_cells and len(bracketed := _bracketed(cells, letters + 6)):
            shape = _hong_kong_shape(bracketed.at, letters)
            found.append((bracketed, shape, shape & _hong_kong_check(bracketed.at[:-1], bracketed.at[-1])))
    return from_tokens(cells, found)


def _bracketed(cells: Block, length: int) -> Tokens:
    """Return the tokens of a length behind which one character stands in brackets, that character at their end."""
    start = cells.runs.start[cells.run_lengths == length]
    opening, closing = cells.data[start + length], cells.data[start + length + 2]
    start = start[((opening == 40) & (closing == 41)) | ((opening == 91) & (closing == 93))]
    cell = cells.cells_at(start)
    inside = start + length + 3 <= cells.ends[cell]
    start, cell = start[inside], cell[inside]
    rows = np.concatenate((cells.columns(start, length), cells.columns(start + length + 1, 1)))
    return Tokens(rows, cell, cells.lengths[cell] == length + 3, start)


def _hong_kong_shape(rows: Bytes, letters: int) -> Bools:
    check = rows[-1]
    ending = ((check - np.uint8(48)) < 10) | ((check | 32) == 97)
    found: Bools = _letters(rows[:letters]) & all_digits(rows[letters : letters + 6]) & ending
    return found


def _hong_kong_check(rows: Bytes, check: Bytes) -> Bools:
    total = np.full(rows.shape[1], 36 * 9 if len(rows) == 7 else 0, np.uint16)
    for place, row in enumerate(rows, 9 - (len(rows) + 1)):
        value = np.where(row < 58, row - np.uint8(48), (row & np.uint8(223)) - np.uint8(55))
        total += value * np.uint16(9 - place)
    total += np.where(check < 58, check - np.uint8(48), np.uint8(10))
    found: Bools = total % 11 == 0
    return found


def match_macao(cells: Block) -> Match | None:
    """Find numbers of a Macao identity card: with the last digit in brackets, or between strokes."""
    bracketed = _bracketed(cells, 7)
    right = _macao_start(bracketed.at) & all_digits(bracketed.at)
    stroked = _stroked(cells)
    between = _macao_start(stroked.at) & all_digits(stroked.at)
    return from_tokens(cells, [(bracketed, right, right), (stroked, between, between)])


def _stroked(cells: Block) -> Tokens:
    """Return one digit, six and one, with a stroke between them and none beside."""
    stroke = np.flatnonzero(cells.data == 47)
    first = stroke[:-1][np.diff(stroke) == 7]
    start, cell = first - 1, cells.cells_at(first)
    inside = (start >= cells.starts[cell]) & (start + 10 <= cells.ends[cell])
    start, cell = start[inside], cell[inside]
    beside = (cells.data[start - 1] == 47) & (start > cells.starts[cell])
    beside |= (cells.data[start + 10] == 47) & (start + 10 < cells.ends[cell])
    free = cells.is_free(start, start + 10, cell) & ~beside
    start, cell = start[free], cell[free]
    parts = (cells.columns(start, 1), cells.columns(start + 2, 6), cells.columns(start + 9, 1))
    return Tokens(np.concatenate(parts), cell, cells.lengths[cell] == 10, start)


def _macao_start(rows: Bytes) -> Bools:
    found: Bools = (rows[0] == 49) | (rows[0] == 53) | (rows[0] == 55)
    return found


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
    Face("HK_IDENTITY_CARD", match_hong_kong, tokens=frozenset({7, 8, 9}), needs=(DIGIT, LETTERS), shortest_cell=8),
    Face("MO_IDENTITY_CARD", match_macao, needs=(DIGIT, NUMERIC_MARK | OTHER), shortest_cell=9),
    Face("CN_FOREIGNER_ID_OLD", match_foreigner, tokens=frozenset({15}), needs=(DIGIT, LETTERS), long_number=True),
)
FORMS = (
    Form(
        "HkIdentityCardRecognizer",
        "HK_IDENTITY_CARD",
        (
            ("with brackets", r"(?<![0-9A-Za-z])[A-Z]{1,2}[0-9]{6}(?:\([0-9A]\)|\[[0-9A]\])", 0.5),
            ("plain", ALONE.format(r"[A-Z]{1,2}[0-9]{6}[0-9A]"), 0.1),
        ),
        ("香港身份证", "身份證", "hkid", "identity card"),
        is_valid,
        wrong=0.02,
    ),
    Form(
        "TwNationalIdRecognizer",
        "TW_NATIONAL_ID",
        (("letter and nine digits", ALONE.format(r"[A-Z](?:[1289]|[A-D])[0-9]{8}"), 0.2),),
        ("身分證", "统一编号", "統一編號", "统一证号", "統一證號", "居留證", "台湾身份证"),
        is_valid,
        wrong=0.05,
    ),
    Form(
        "MoIdentityCardRecognizer",
        "MO_IDENTITY_CARD",
        (
            ("with brackets", r"(?<![0-9A-Za-z])[157][0-9]{6}(?:\([0-9]\)|\[[0-9]\])", 0.4),
            ("with strokes", r"(?<![0-9A-Za-z/])[157]/[0-9]{6}/[0-9](?![0-9A-Za-z/])", 0.4),
        ),
        ("澳门身份证", "澳門", "身份證", "bir", "identity card"),
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
