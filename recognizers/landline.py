"""Fixed-line and service telephone numbers of the mainland, and numbers written with another country's code.

An area code (010, 02x, 03xx to 09xx), a hyphen, a space or brackets, then seven or eight digits, at times an extension;
400 and 800 numbers; ``+`` and a country code with six to fourteen digits.

* Telecommunications network numbering plan (电信网编号计划); ITU-T E.164

>>> validate("(0592) 2345678")
'05922345678'
>>> is_valid("2024-12345678")
False
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, NUMERIC_MARK, OTHER, Block, Index, Tokens
from .cells_face import Face, Match, flags, from_cells, from_tokens, join
from .cells_sorted import once
from .check_digits import all_digits
from .errors import InvalidFormat
from .presidio_form import Form, passes

_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_NUMBER = r"[1-9][0-9]{2,3}[ -]?[0-9]{4}"
_FORM = re.compile(
    rf"(?:\+?86[ -]?)?(?:(?:\({_AREA}\)[ -]?|{_AREA}[ -]){_NUMBER}|{_AREA}[1-9][0-9]{{6,7}}"
    r"|[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}|[48]00[ -]?[0-9]{4}[ -]?[0-9]{3})(?:(?:[ -]| ?(?:转|x|ext\.?) ?)[0-9]{1,6})?",
    re.I,
)
_CODED = r"(?:\+?86|0086)[ -](?:10|2[0-9]|[3-9][0-9]{2})[ -][1-9][0-9]{2,3}[ -]?[0-9]{4}"
_PLUS = (
    r"(?:\(\+86\)|\+ ?86|0086(?=[0-9]))[ -]?(?:\(0\) ?|0(?=[1-9]))?"
    r"(?:(?:10|2[0-9]|[3-9][0-9]{2})[ -]?[2-9][0-9]{2,3}[ -]?[0-9]{4}|[48]00[ -]?[0-9]{3}[ -]?[0-9]{4})"
)
_ABROAD = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")
_OTHER = re.compile(
    r"(?<![0-9A-Za-z])\+(?!86)[1-9][0-9]{0,2}[ -]?(?:\([0-9]{1,4}\)[ -]?)?(?:[0-9][ -]?){6,12}[0-9](?![0-9])"
)
_PLUSSED = re.compile(rf"{_OTHER.pattern}|(?<![0-9A-Za-z])(?:{_PLUS})(?![0-9A-Za-z])")
_BRACKETED = rf"\({_AREA}\)[ -]?{_NUMBER}(?:[-转][0-9]{{1,6}})?"
_BEHIND_BRACKETS = re.compile(rf"(?<![0-9A-Za-z]){_BRACKETED}(?![0-9A-Za-z])")
_GROUPS = ((3, 7), (3, 8), (4, 7), (4, 8), (3, 3, 4), (3, 4, 3), (3, 4, 4), (4, 3, 4), (4, 4, 4))
_CODED_GROUPS = (
    (2, 2, 8),
    (2, 3, 7),
    (2, 3, 8),
    (4, 2, 8),
    (4, 3, 7),
    (4, 3, 8),
    (2, 2, 4, 4),
    (2, 3, 3, 4),
    (2, 3, 4, 4),
)


def compact(value: str) -> str:
    """Strip separators and brackets."""
    return re.sub(r"^tel:|[\s\-().]", "", unicodedata.normalize("NFKC", value))


def validate(value: str) -> str:
    """Return the digits, or raise a `ValidationError`."""
    written = unicodedata.normalize("NFKC", value).strip().removeprefix("tel:")
    value = compact(value)
    if _ABROAD.fullmatch(value):
        return value
    if re.fullmatch(_CODED, written) or re.fullmatch(_PLUS, written):
        value = re.sub("^(?:00|[+])?860?", "", value)
        return value if re.match("[48]00", value) and len(value) == 10 else "0" + value
    if not _FORM.fullmatch(written):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the number."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find fixed-line numbers in a block of cells."""
    grouped = [_grouped(cells, lengths) for lengths in _GROUPS] + [_coded(cells, lengths) for lengths in _CODED_GROUPS]
    unbroken = [_unbroken(cells, length) for length in (13, 14, 15)]
    return join(cells, [*grouped, *unbroken, _abroad(cells), _bracketed(cells)])


def _coded(cells: Block, lengths: tuple[int, ...]) -> Match | None:
    """Find numbers behind the country code, without the zero of their area."""
    tokens = cells.grouped(lengths)
    if not len(tokens):
        return None
    at = tokens.at if lengths[0] == 2 else tokens.at[2:]
    shape = all_digits(tokens.at) & (at[0] == 56) & (at[1] == 54) & (at[2 + lengths[1]] != 48)
    shape &= (at[2] >= 51) if lengths[1] == 3 else (at[2] == 50) | ((at[2] == 49) & (at[3] == 48))
    if lengths[0] == 4:
        shape &= (tokens.at[0] == 48) & (tokens.at[1] == 48)
    plus = (cells.data[tokens.start - 1] == 43) & (tokens.start - 1 == cells.starts[tokens.cell])
    ends = tokens.start + sum(lengths) + len(lengths) - 1 == cells.ends[tokens.cell]
    return from_tokens(
        cells, [(Tokens(tokens.at, tokens.cell, tokens.whole | (plus & ends), tokens.start), shape, shape)]
    )


def _grouped(cells: Block, lengths: tuple[int, ...]) -> Match | None:
    tokens = cells.grouped(lengths)
    if not len(tokens):
        return None
    at = tokens.at
    first, second = at[0], at[1]
    long_code = (second >= 51) & (second <= 57)
    short_code = ((second == 49) & (at[2] == 48)) | (second == 50)
    shape = (first == 48) & (long_code if lengths[0] == 4 else short_code) & (at[lengths[0]] != 48)
    if sum(lengths) == 10 and len(lengths) == 3:
        service = ((first == 52) | (first == 56)) & (second == 48) & (at[2] == 48)
        shape = service | shape if lengths[1] == 3 else service
    shape = shape & all_digits(at[1:])
    return from_tokens(cells, [(tokens, shape, shape)])


def _abroad(cells: Block) -> Match | None:
    """Find numbers with a country code other than 86, whole or in longer text."""
    plus = np.flatnonzero(cells.data == 43) if cells.union & NUMERIC_MARK else cells.starts[:0]
    plus = plus[(cells.data[plus + 1] - np.uint8(49)) < 9]
    if not len(plus):
        return None
    chosen = once(cells.cells_at(plus))
    first = cells.data[cells.starts[chosen]]
    whole = _by_one(cells, chosen[(first == 43) | (first == 40)])
    texts = [(cell, cells.value(cell).decode("utf-8", "replace")) for cell in chosen.tolist()]
    inside = flags(cells, np.array([cell for cell, text in texts if _PLUSSED.search(text)], np.int64))
    return join(cells, (whole, Match(flags(cells), flags(cells), inside, inside)))


def _unbroken(cells: Block, length: int) -> Match | None:
    """Find numbers behind 0086 without any mark."""
    tokens = cells.tokens(length)
    at = tokens.at
    shape = all_digits(at) & (at[0] == 48) & (at[1] == 48) & (at[2] == 56) & (at[3] == 54)
    service = ((at[4] == 52) | (at[4] == 56)) & (at[5] == 48) & (at[6] == 48) & (length == 14)
    short = (((at[4] == 49) & (at[5] == 48)) | (at[4] == 50)) & (at[6] >= 50)
    long = (at[4] >= 51) & (at[7] >= 50)
    shape &= service | long | (short if length < 15 else False)
    return from_tokens(cells, [(tokens, shape, shape)])


def _bracketed(cells: Block) -> Match | None:
    """Find numbers behind an area code in brackets, whole or in longer text."""
    if not cells.union & OTHER:
        return None
    opening = np.flatnonzero((cells.data[:-5] == 40) & (cells.data[1:-4] == 48))
    opening = opening[(cells.data[opening + 4] == 41) | (cells.data[opening + 5] == 41)]
    if not len(opening):
        return None
    likely = once(cells.cells_at(opening))
    whole = _by_one(cells, likely)
    texts = [(cell, cells.value(cell).decode("utf-8", "replace")) for cell in likely.tolist()]
    inside = flags(cells, np.array([cell for cell, text in texts if _BEHIND_BRACKETS.search(text)], np.int64))
    return join(cells, (whole, Match(flags(cells), flags(cells), inside, inside)))


def _by_one(cells: Block, likely: Index) -> Match | None:
    short = likely[cells.lengths[likely] <= 24]
    good = [cell for cell in short.tolist() if is_valid(cells.value(cell).decode("utf-8", "replace"))]
    return from_cells(cells, np.array(good, np.int64))


FACES = (Face("CN_LANDLINE", match, needs=(DIGIT,), long_number=True, shortest_cell=8),)
FORMS = (
    Form(
        "CnLandlineRecognizer",
        "CN_LANDLINE",
        (
            (
                "area code",
                rf"(?<![0-9A-Za-z])(?:{_AREA}[ -]{_NUMBER}(?:[-转][0-9]{{1,6}})?|{_BRACKETED})"
                r"(?![0-9A-Za-z])",
                0.5,
            ),
            ("country code", rf"(?<![0-9A-Za-z])(?:{_CODED}|{_PLUS})(?![0-9A-Za-z])", 0.5),
            ("400, unbroken", r"(?<![0-9A-Za-z])400[0-9]{7}(?![0-9A-Za-z])", 0.05),
            ("400 and 800", r"(?<![0-9A-Za-z])[48]00([ -])[0-9]{3,4}\1[0-9]{3,4}(?![0-9A-Za-z])", 0.5),
            ("other country", _OTHER.pattern, 0.4),
        ),
        ("电话", "座机", "固话", "联系", "传真", "電話", "聯絡", "傳真", "phone", "tel", "fax"),
    ),
)
