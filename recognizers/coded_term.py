"""Codes that name a drug, an event or a part, and aircraft registrations: forms without a check digit.

* ATC: anatomical therapeutic chemical classification (WHO), seven characters.
* MedDRA: eight digits that begin with 10.
* Aircraft registration: B- and four characters (mainland), three letters (Hong Kong, Macao), five digits (Taiwan).

>>> validate("A10BA02"), validate("B-300F")
('A10BA02', 'B-300F')
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, LETTERS, NUMERIC_MARK, Block
from .cells_face import Face, Match, from_cells, from_tokens
from .check_digits import all_digits
from .errors import InvalidFormat
from .presidio_form import ALONE, Form

KINDS = {
    "atc": r"[ABCDGHJLMNPRSV][0-9]{2}[A-Z]{2}[0-9]{2}",
    "meddra": r"10[0-9]{6}",
    "aircraft": r"B-(?:[0-9][0-9A-Z]{3}|[A-Z]{3}|[0-9]{5})",
}


def compact(value: str) -> str:
    """Trim and raise to upper case."""
    return unicodedata.normalize("NFKC", value).strip().upper()


def validate(value: str) -> str:
    """Return the code, or raise a `ValidationError`."""
    value = compact(value)
    if not any(re.fullmatch(pattern, value) for pattern in KINDS.values()):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the code."""
    return any(re.fullmatch(pattern, compact(value)) for pattern in KINDS.values())


def match(cells: Block) -> Match | None:
    """Find ATC codes in a block of cells."""
    tokens = cells.tokens(7)
    at = tokens.at
    group = np.zeros(256, bool)
    group[list(b"ABCDGHJLMNPRSVabcdghjlmnprsv")] = True
    shape = group[at[0]] & all_digits(at[1:3]) & all_digits(at[5:7])
    for row in at[3:5]:
        shape &= ((row | 32) - np.uint8(97)) < 26
    return from_tokens(cells, [(tokens, shape, shape)])


def match_meddra(cells: Block) -> Match | None:
    """Find eight-digit codes of the form of MedDRA."""
    tokens = cells.tokens(8)
    shape = (tokens.at[0] == 49) & (tokens.at[1] == 48) & all_digits(tokens.at[2:])
    return from_tokens(cells, [(tokens, shape & tokens.whole, shape & tokens.whole)])


def match_aircraft(cells: Block) -> Match | None:
    """Find cells that are aircraft registrations."""
    cell = np.flatnonzero((cells.lengths >= 5) & (cells.lengths <= 7))
    start = cells.starts[cell]
    cell = cell[((cells.data[start] | 32) == 98) & (cells.data[start + 1] == 45)]
    pattern = re.compile(KINDS["aircraft"])
    good = [one for one in cell.tolist() if pattern.fullmatch(cells.value(one).decode("ascii", "replace").upper())]
    return from_cells(cells, np.array(good, np.int64))


FACES = (
    Face("ATC_CODE", match, tokens=frozenset({7}), needs=(DIGIT, LETTERS)),
    Face("MEDDRA_CODE", match_meddra, tokens=frozenset({8}), needs=(DIGIT,), long_number=True),
    Face("AIRCRAFT_REGISTRATION", match_aircraft, needs=(LETTERS, NUMERIC_MARK), shortest_cell=5),
)
FORMS = (
    Form(
        "AtcCodeRecognizer",
        "ATC_CODE",
        (("seven characters", ALONE.format(KINDS["atc"]), 0.3),),
        ("atc", "药品", "drug"),
    ),
    Form(
        "MeddraCodeRecognizer",
        "MEDDRA_CODE",
        (("eight digits", ALONE.format(KINDS["meddra"]), 0.05),),
        ("meddra", "pt", "llt"),
    ),
    Form(
        "AircraftRegistrationRecognizer",
        "AIRCRAFT_REGISTRATION",
        (("B- and four characters", ALONE.format(KINDS["aircraft"]), 0.3),),
        ("注册号", "机号", "registration", "tail", "aircraft"),
    ),
)
