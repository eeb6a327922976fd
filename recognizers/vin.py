"""Vehicle identification number (车辆识别代号, 车架号).

Seventeen letters and digits without I, O and Q; the ninth is a check character, required in China (GB 16735). European
imports may carry none, so a wrong one lowers confidence and refuses nothing in a column. In capitals the parts for
maker, model and vehicle may stand apart: 1HG CM8263 3A004352.

* ISO 3779, GB 16735-2019; check character as in 49 CFR 565.15

>>> validate("1HGCM82633A004352")
'1HGCM82633A004352'
>>> is_valid("1HGCM82633A004353")
False
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, LETTERS, Block, Bools, Tokens
from .cells_face import Face, Match, from_tokens
from .check_digits import all_digits
from .errors import InvalidChecksum, InvalidFormat, InvalidLength
from .presidio_form import ALONE, Form, passes

WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VALUES = np.full(256, 255, np.uint8)
for _letters, _value in (
    ("AJ", 1),
    ("BKS", 2),
    ("CLT", 3),
    ("DMU", 4),
    ("ENV", 5),
    ("FW", 6),
    ("GPX", 7),
    ("HY", 8),
    ("RZ", 9),
):
    for _letter in _letters + _letters.lower():
        VALUES[ord(_letter)] = _value
VALUES[48:58] = range(10)
_TABLE = VALUES.tobytes()
_PARTS = (3, 6, 8)  # characters of maker, model and vehicle


def compact(value: str) -> str:
    """Strip separators and raise to upper case."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", value)).upper()


def validate(value: str) -> str:
    """Return the compact number, or raise a `ValidationError`."""
    value = compact(value)
    if len(value) != 17:
        raise InvalidLength
    if not re.fullmatch(r"(?=.*[A-Z])[0-9A-HJ-NPR-Z]{13}[0-9]{4}", value):
        raise InvalidFormat
    total = sum(int(VALUES[ord(c)]) * weight for c, weight in zip(value, WEIGHTS, strict=True)) % 11
    if "0123456789X"[total] != value[8]:
        raise InvalidChecksum
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the number."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find vehicle identification numbers in a block of cells."""
    found = [_judged(cells.tokens(17))]
    if not cells.tokens_are_cells:
        tokens, shape, valid = _judged(cells.grouped(_PARTS))
        capital = (tokens.at < 97).all(axis=0)
        found.append((tokens, capital & (valid | (shape & tokens.whole)), capital & valid))
    return from_tokens(cells, found)


def _judged(tokens: Tokens) -> tuple[Tokens, Bools, Bools]:
    at = tokens.at
    letters = at[0] & np.uint8(64)
    for row in at[1:13]:
        letters |= row & np.uint8(64)
    shape = all_digits(at[13:]) & (letters > 0)
    if not shape.any():
        return tokens, shape, shape
    values = np.empty((17, len(tokens)), np.uint8)
    values[:13] = np.frombuffer(at[:13].tobytes().translate(_TABLE), np.uint8).reshape(13, -1)
    values[13:] = at[13:] - np.uint8(48)
    shape &= values[:13].max(axis=0) < 10
    total = np.zeros(len(tokens), np.uint16)
    for row, weight in zip(values, WEIGHTS, strict=True):
        total += row * np.uint8(weight)  # at most 9 times 10, where the shape is right
    remainder = (total % 11).astype(np.uint8)
    check = np.where((at[8] | 32) == 120, np.uint8(10), at[8] - np.uint8(48))
    return tokens, shape, shape & (check == remainder)


FACES = (Face("VEHICLE_VIN", match, tokens=frozenset({8, 17}), needs=(DIGIT, LETTERS), settles=True),)
FORMS = (
    Form(
        "VehicleVinRecognizer",
        "VEHICLE_VIN",
        (
            ("seventeen characters", ALONE.format(r"(?=[0-9]*[A-Za-z])[0-9A-HJ-NPR-Za-hj-npr-z]{13}[0-9]{4}"), 0.4),
            (
                "parts apart",
                ALONE.format(
                    r"(?-i:(?=[0-9 -]*[A-Z])[0-9A-HJ-NPR-Z]{3}[ -][0-9A-HJ-NPR-Z]{6}[ -][0-9A-HJ-NPR-Z]{4}[0-9]{4})"
                ),
                0.3,
            ),
        ),
        ("vin", "车架", "车辆识别", "vehicle"),
        is_valid,
        wrong=0.2,
    ),
)
