"""Passports and permits to cross a border (护照, 通行证): by the form of their number, none of which has a check digit.

* Passports: mainland ordinary (E and G with eight digits, E with a letter and seven, 14 and 15 with seven), diplomatic,
  service and public affairs (PE, SE, DE with seven; D, S, P with eight), Hong Kong (K, H, KJ), Macao (MA, MB, M).
* Home-Return permit of residents of Hong Kong and Macao (回乡证): H or M, eight digits, two digits of reissue at
  times, which cards since 2013 print apart, in brackets.
* Exit-Entry permit to Hong Kong and Macao (往来港澳通行证): C or W; to Taiwan (大陆居民往来台湾通行证): L or T.
* Mainland permit of Taiwan residents (台胞证): eight digits, or ten with a letter: too plain to tell without a header.

Source: the forms printed on the documents (National Immigration Administration), from general knowledge.

>>> validate("ea1234567")
'EA1234567'
>>> kind_of("H1234567801")
'home-return-permit'
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, LETTERS, Block, Bools, Bytes, Tokens
from .cells_face import Face, Match, from_tokens
from .check_digits import all_digits
from .errors import InvalidFormat
from .presidio_form import ALONE, Form

KINDS = {
    "passport": r"[EGDSPK][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[PSD]E[0-9]{7}|1[45][0-9]{7}|M[AB][0-9]{7}|KJ[0-9]{7}",
    "home-return-permit": r"[HM][0-9]{8}(?:[0-9]{2})?",
    "exit-permit": r"[CWLT][0-9]{8}|C[A-HJ-NP-Z][0-9]{7}",
}


def compact(value: str) -> str:
    """Strip separators and brackets, and raise to upper case."""
    return re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", value)).upper()


def kind_of(value: str) -> str:
    """Return which document the number belongs to, or raise a `ValidationError`."""
    value = compact(value)
    for kind, pattern in KINDS.items():
        if re.fullmatch(pattern, value):
            return kind
    raise InvalidFormat


def validate(value: str) -> str:
    """Return the compact number of a passport or permit, or raise a `ValidationError`."""
    kind_of(value)
    return compact(value)


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the number."""
    return any(re.fullmatch(pattern, compact(value)) for pattern in KINDS.values())


def _one_of(row: Bytes, letters: bytes) -> Bools:
    upper = row & np.uint8(0xDF)
    found = upper == letters[0]
    for letter in letters[1:]:
        found |= upper == letter
    return np.asarray(found, bool)


def _second(row: Bytes) -> Bools:
    """Say which bytes are letters that may stand second: all but I and O."""
    upper = row & np.uint8(0xDF)
    return np.asarray(((upper - np.uint8(65)) < 26) & (upper != 73) & (upper != 79), bool)


def _passport(tokens: Tokens) -> Bools:
    at = tokens.at
    first, second = at[0], at[1]
    one = _one_of(first, b"EGDSPK") & ((second - np.uint8(48)) < 10)
    two = _one_of(first, b"E") & _second(second)
    two |= _one_of(first, b"PSD") & _one_of(second, b"E")
    two |= (_one_of(first, b"M") & _one_of(second, b"AB")) | (_one_of(first, b"K") & _one_of(second, b"J"))
    found: Bools = (one | two) & all_digits(at[2:])
    return found


def match(cells: Block) -> Match | None:
    """Find passport numbers in a block of cells."""
    tokens = cells.tokens(9)
    shape = _passport(tokens)
    return from_tokens(cells, [(tokens, shape, shape)])


def match_permit(cells: Block) -> Match | None:
    """Find numbers of Home-Return permits and exit permits in a block of cells."""
    nine, eleven = cells.tokens(9), cells.tokens(11)
    short = (_one_of(nine.at[0], b"HMCWLT") & all_digits(nine.at[1:])) | (
        _one_of(nine.at[0], b"C") & _second(nine.at[1]) & all_digits(nine.at[2:])
    )
    long = _one_of(eleven.at[0], b"HM") & all_digits(eleven.at[1:])
    return from_tokens(cells, [(nine, short, short), (eleven, long, long)])


def match_digits(cells: Block) -> Match | None:
    """Find the old nine-digit passport numbers that begin with 14 and 15."""
    tokens = cells.tokens(9)
    shape = (tokens.at[0] == 49) & ((tokens.at[1] - np.uint8(52)) < 2) & all_digits(tokens.at[2:])
    return from_tokens(cells, [(tokens, shape & tokens.whole, shape & tokens.whole)])


FACES = (
    Face("CN_PASSPORT", match, tokens=frozenset({9}), needs=(DIGIT, LETTERS), long_number=True),
    Face("CN_TRAVEL_PERMIT", match_permit, tokens=frozenset({9, 11}), needs=(DIGIT, LETTERS), long_number=True),
    Face("CN_PASSPORT_OLD", match_digits, tokens=frozenset({9}), needs=(DIGIT,), long_number=True),
)
_CONTEXT = ("护照", "護照", "passport", "证件", "travel document", "hz")
FORMS = (
    Form(
        "CnPassportRecognizer",
        "CN_PASSPORT",
        (
            ("letter and eight digits", ALONE.format(r"[EGDSPK][0-9]{8}"), 0.3),
            ("two letters and seven digits", ALONE.format(r"(?:E[A-HJ-NP-Z]|[PSD]E|M[AB]|KJ)[0-9]{7}"), 0.4),
        ),
        _CONTEXT,
    ),
    Form(
        "CnTravelPermitRecognizer",
        "CN_TRAVEL_PERMIT",
        (
            ("Home-Return permit", ALONE.format(r"[HM][0-9]{8}(?:[0-9]{2}| ?\([0-9]{2}\))?"), 0.25),
            ("exit permit", ALONE.format(r"(?:[CWLT][0-9]{8}|C[A-HJ-NP-Z][0-9]{7})"), 0.25),
        ),
        ("通行证", "回乡证", "通行證", "回鄉證", "台胞证", "往来港澳", "permit", *_CONTEXT),
    ),
)
