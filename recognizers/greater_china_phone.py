"""Telephone numbers of Hong Kong, Macao and Taiwan as they are written beside mainland ones.

* Hong Kong and Macao: 852 or 853, with ``+`` or ``00`` or nothing before or in brackets, then eight digits in one or
  two groups. Eight bare digits are too plain to tell without a header.
* Taiwan: mobile numbers 09 and eight digits; fixed lines 02 to 08 and seven or eight digits behind a mark, of the
  smaller counties 037, 049, 082, 089, 0826 and 0836 and five to seven; 886 before.

Source: numbering plans of OFCA (Hong Kong), CTT (Macao) and NCC (Taiwan), from general knowledge.

>>> validate("00852-6123 4567"), validate("0912-345-678"), validate("(02) 2345-6789")
('+85261234567', '+886912345678', '+886223456789')
>>> is_valid("61234567"), is_valid("(852) 6123 4567"), is_valid("049-2345678")
(False, True, True)
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, Block, Bools, Index
from .cells_face import Face, Match, flags
from .cells_sorted import once
from .errors import InvalidFormat
from .presidio_form import Form, passes

_CODE = r"(?:(?:\+|00)?85{0}|\((?:\+|00)?85{0}\))"
_SOUTH = rf"(?:{_CODE.format(2)}[ -]?[2-9]|{_CODE.format(3)}[ -]?[268])[0-9]{{3}}[ -]?[0-9]{{4}}"
_COUNTIES = (  # area codes of three and four digits, and what follows them
    (r"(?:37|8[29])", r"[2-9][0-9]{2}-?[0-9]{3}"),
    (r"49", r"[2-9][0-9]{2}-?[0-9]{4}"),
    (r"8[23]6", r"[2-9][0-9]{4}"),
)
_TAIWAN_ABROAD = "|".join(
    (
        r"(?:\+|00)?886[ -]?(?:9[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|[2-8][ -][0-9]{3,4}[ -]?[0-9]{4})",
        r"(?:\+|00)886[ -]?[2-8][2-9][0-9]{2,3}-?[0-9]{4}",
        *(rf"(?:\+|00)886[ -]?{code}[ -]?{number}" for code, number in _COUNTIES),
    )
)
_TAIWAN_HOME = "|".join(
    (
        r"09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}",
        r"\(0[2-8]\) ?[2-9][0-9]{2,3}[ -]?[0-9]{4}|0[2-8]-[2-9][0-9]{2,3}-?[0-9]{4}|0[2-8] [2-9][0-9]{2,3} [0-9]{4}",
        *(rf"0{code}-{number}" for code, number in _COUNTIES),
        r"\(049\) ?[2-9][0-9]{2}-?[0-9]{4}",
    )
)
_FREE = r"(?<![0-9A-Za-z+])(?<![0-9]-)(?:{})(?![0-9A-Za-z]|-[0-9])"
_SEARCH = {
    "HK_PHONE": re.compile(_FREE.format(_SOUTH)),
    "TW_PHONE": re.compile(_FREE.format(f"{_TAIWAN_ABROAD}|{_TAIWAN_HOME}")),
}
_OPENINGS = {"HK_PHONE": (b"852", b"853", b"00852", b"00853"), "TW_PHONE": (b"886", b"00886", b"09", b"0")}
_LENGTHS = {"HK_PHONE": (3, 5, 7, 8, 9, 11, 13), "TW_PHONE": (2, 3, 4, 5, 7, 10, 11, 12, 13, 14)}
_ABROAD_ONLY = (11, 13)  # digits that are no number of Taiwan without its code


def compact(value: str) -> str:
    """Strip separators and brackets."""
    return re.sub(r"^tel:|[\s\-().]", "", unicodedata.normalize("NFKC", value))


def validate(value: str) -> str:
    """Return the number with its country code, or raise a `ValidationError`."""
    written = unicodedata.normalize("NFKC", value).strip().removeprefix("tel:")
    digits = compact(written).lstrip("+").removeprefix("00")
    if re.fullmatch(_SOUTH, written) or re.fullmatch(_TAIWAN_ABROAD, written):
        return f"+{digits}"
    if re.fullmatch(_TAIWAN_HOME, written):
        return f"+886{digits[1:]}"
    raise InvalidFormat


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the number."""
    return passes(validate, value)


def match_south(cells: Block) -> Match | None:
    """Find numbers of Hong Kong and Macao written with their code in a block of cells."""
    return _searched(cells, "HK_PHONE")


def match_taiwan(cells: Block) -> Match | None:
    """Find numbers of Taiwan in a block of cells."""
    return _searched(cells, "TW_PHONE")


def _searched(cells: Block, entity: str) -> Match | None:
    """Read one by one the few cells in which a run of digits begins as such a number does."""
    whole: list[int] = []
    inside: list[int] = []
    for cell in _likely(cells, entity).tolist():
        text = cells.value(cell).decode("utf-8", "replace")
        found = _SEARCH[entity].search(text)
        if found:
            (whole if found.span() == (0, len(text)) else inside).append(cell)
    if not whole and not inside:
        return None
    shape, part = flags(cells, np.array(whole, np.int64)), flags(cells, np.array(inside, np.int64))
    return Match(shape, shape, part, part)


def _likely(cells: Block, entity: str) -> Index:
    size = cells.run_lengths
    if cells.token_lengths.isdisjoint(_LENGTHS[entity]):
        return np.zeros(0, np.int64)
    near = np.flatnonzero(np.isin(size, _LENGTHS[entity]))
    near = near[np.isin(cells.data[cells.runs.start[near]], [opening[0] for opening in _OPENINGS[entity]])]
    start = cells.runs.start[near]
    found = np.zeros(len(start), bool)
    for opening in _OPENINGS[entity]:
        fits = np.ones(len(start), bool)
        for place, row in enumerate(cells.columns(start, len(opening))):
            fits &= row == opening[place]
        found |= fits
    if entity == "TW_PHONE":  # a lone zero and one digit: only before a mark that goes on
        after = cells.data[cells.runs.end[near]]
        found &= (size[near] != 2) | (after == 45) | (after == 41) | (after == 32)
        found &= ~np.isin(size[near], _ABROAD_ONLY) | _has_code(cells, start)
    return once(cells.cells_at(start[found]))


def _has_code(cells: Block, start: Index) -> Bools:
    one, two, three = cells.columns(start + 2 * (cells.data[start] == 48), 3)
    return np.asarray((one == 56) & (two == 56) & (three == 54), bool)


FACES = (
    Face("HK_PHONE", match_south, needs=(DIGIT,), long_number=True, shortest_cell=11),
    Face("TW_PHONE", match_taiwan, needs=(DIGIT,), long_number=True, shortest_cell=10),
)
_CONTEXT = ("电话", "電話", "手机", "手機", "联系", "聯絡", "phone", "mobile", "tel")
FORMS = (
    Form(
        "HkPhoneRecognizer",
        "HK_PHONE",
        (("with its code", _FREE.format(_SOUTH), 0.6),),
        _CONTEXT,
    ),
    Form(
        "TwPhoneRecognizer",
        "TW_PHONE",
        (
            ("with its code", _FREE.format(_TAIWAN_ABROAD), 0.6),
            ("at home", _FREE.format(_TAIWAN_HOME), 0.45),
        ),
        _CONTEXT,
    ),
)
