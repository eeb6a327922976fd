"""Unified social credit code (统一社会信用代码): a company or another organisation, **not** a person.

Eighteen characters of 0-9 and A-Z without I, O, S, V and Z: registering authority, kind of body, six digits of place,
nine characters of organisation code, one check character.

* GB 32100-2015

>>> validate("91350200M0000000XX")
Traceback (most recent call last):
    ...
exportgate.recognizers.errors.InvalidChecksum: The check digit does not agree with the rest of the value.
>>> check_character("91350100M000100Y4") in ALPHABET
True
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .calendar_days import is_day_of
from .cells_block import DIGIT, Block
from .cells_face import Face, Match, from_tokens
from .check_digits import all_digits
from .errors import InvalidChecksum, InvalidFormat, InvalidLength
from .presidio_form import ALONE, Form, passes

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
# Registering authority and kind of body, the first two characters.
_ALLOWED = r"1[1239]|2[19]|3[1-59]|4[19]|5[1-59]|6[129]|7[129]|8[19]|9[123]|A[19]|N[1239]|Y1"
_BODIES = frozenset(a + b for a in "123456789ANY" for b in "123456789" if re.fullmatch(_ALLOWED, a + b))
_VALUES = np.full(256, 255, np.uint8)
for _place, _character in enumerate(ALPHABET):
    _VALUES[ord(_character)] = _VALUES[ord(_character.lower())] = _place
_BODY = np.zeros((256, 256), bool)
for _body in _BODIES:
    _BODY[ord(_body[0]), ord(_body[1])] = _BODY[ord(_body[0].lower()), ord(_body[1])] = True
_PATTERN = r"[1-9ANY][1-9][1-9][0-9]{5}[0-9A-HJ-NPQRTUWXY]{10}"


def compact(value: str) -> str:
    """Strip separators and raise to upper case."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", value)).upper()


def check_character(first_17: str) -> str:
    """Return the check character of the first seventeen."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first_17, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def validate(value: str) -> str:
    """Return the compact code, or raise a `ValidationError`."""
    value = compact(value)
    if len(value) != 18:
        raise InvalidLength
    if not re.fullmatch(_PATTERN, value) or value[:2] not in _BODIES:
        raise InvalidFormat
    if check_character(value[:17]) != value[17]:
        raise InvalidChecksum
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the code."""
    return passes(validate, value)


def validate_organisation(value: str) -> str:
    """Return the compact organisation code (组织机构代码, GB 11714), or raise a `ValidationError`.

    It was a company's number before 2015, and is the ninth to seventeenth character of the credit code.

    >>> validate_organisation("D2143569-X")
    'D2143569X'
    """
    value = compact(value)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", value):
        raise InvalidFormat
    total = sum(
        int(character, 36) * weight for character, weight in zip(value, (3, 7, 9, 10, 5, 8, 4, 2), strict=False)
    )
    if "0123456789X0"[11 - total % 11] != value[8]:
        raise InvalidChecksum
    return value


def is_valid_organisation(value: str) -> bool:
    """Say whether `validate_organisation` would accept the code."""
    return passes(validate_organisation, value)


def match(cells: Block) -> Match | None:
    """Find unified social credit codes in a block of cells."""
    tokens = cells.tokens(18)
    at = tokens.at
    shape = _BODY[at[0], at[1]] & all_digits(at[2:8])
    some = np.flatnonzero(shape)
    valid = np.zeros(len(tokens), bool)
    if len(some):
        body = at[:, some]
        total = np.zeros(len(some), np.uint16)
        fits = np.ones(len(some), bool)
        for row, weight in zip(body, WEIGHTS, strict=False):
            value = _VALUES[row]
            fits &= value < 31
            total += value * np.uint16(weight)
        fits &= _VALUES[body[17]] < 31
        right = fits & ((total + _VALUES[body[17]]) % 31 == 0)
        digits = all_digits(
            body[8:17]
        )  # an all-digit code may be a resident number: the check, and no birth date, decide
        right &= ~(digits & is_day_of(body[6:14], 1850, 2100))
        shape[some] = (fits & ~digits) | right
        valid[some] = right
    return from_tokens(cells, [(tokens, shape, valid)])


FACES = (Face("CN_CREDIT_CODE", match, tokens=frozenset({18}), needs=(DIGIT,)),)
FORMS = (
    Form(
        "CnCreditCodeRecognizer",
        "CN_CREDIT_CODE",
        (("eighteen characters", ALONE.format(_PATTERN), 0.3),),
        ("统一社会信用代码", "信用代码", "税号", "纳税人识别号", "营业执照", "uscc", "credit code"),
        is_valid,
        wrong=0.05,
    ),
)
