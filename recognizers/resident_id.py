"""Resident identity number (公民身份号码), and the cards that share its form.

Eighteen characters: six digits of place (GB/T 2260), eight of birth date, three of order (odd for men) and one check
character. Residents of Hong Kong, Macao and Taiwan who live on the mainland hold numbers of the same form that begin
with 81, 82 and 83; the foreigner's permanent residence card of 2023 begins with 9 and carries the birth date in the
same place. The fifteen-digit form used before 1999 has no check character and can be lengthened.

* GB 11643-1999, check character: ISO 7064, MOD 11-2

>>> validate("11010519491231002x")
'11010519491231002X'
>>> validate("110105194912310021")
Traceback (most recent call last):
    ...
exportgate.recognizers.errors.InvalidChecksum: The check digit does not agree with the rest of the value.
>>> birth_date("11010519491231002X")
datetime.date(1949, 12, 31)
>>> lengthened("110105491231002")
'11010519491231002X'
"""

from __future__ import annotations

import datetime
import re
import unicodedata

import numpy as np

from .calendar_days import is_day, is_day_of, number
from .cells_block import DIGIT, Block, Bools, Bytes, Tokens
from .cells_face import Face, Match, from_tokens
from .check_digits import all_digits
from .errors import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength
from .presidio_form import ALONE, Form, passes

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
OLDEST, YOUNGEST = 1850, 2100  # years of birth that a number can carry at all
_PROVINCES = np.zeros(100, bool)
_PROVINCES[[11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46]] = True
_PROVINCES[[50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83]] = True
_SEPARATED = ((6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (3, 3, 8, 4), (4, 4, 4, 4, 2))


def compact(value: str) -> str:
    """Strip separators and raise the check character to upper case."""
    return re.sub(r"[\s\-·.]", "", unicodedata.normalize("NFKC", value)).upper()


def check_character(first_17: str) -> str:
    """Return the check character of the first seventeen digits."""
    return CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def validate(value: str) -> str:
    """Return the compact eighteen-character number, or raise a `ValidationError` that says which part is wrong."""
    value = compact(value)
    if len(value) != 18:
        raise InvalidLength
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", value):
        raise InvalidFormat
    _day(value[6:14])
    if check_character(value[:17]) != value[17]:
        raise InvalidChecksum
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the number."""
    return passes(validate, value)


def validate_15(value: str) -> str:
    """Return the compact fifteen-digit number, or raise a `ValidationError`."""
    value = compact(value)
    if len(value) != 15:
        raise InvalidLength
    if not re.fullmatch(r"[1-9][0-9]{14}", value):
        raise InvalidFormat
    if not _PROVINCES[int(value[:2])]:
        raise InvalidComponent
    _day("19" + value[6:12])
    return value


def is_valid_15(value: str) -> bool:
    """Say whether `validate_15` would accept the number."""
    return passes(validate_15, value)


def lengthened(value: str) -> str:
    """Return the eighteen-character form of a fifteen-digit number (its bearer is taken to be born after 1899)."""
    value = validate_15(value)
    longer = f"{value[:6]}19{value[6:]}"
    return longer + check_character(longer)


def is_province(value: str) -> bool:
    """Say whether a number begins with the code of a province, region or permit."""
    return bool(re.match(r"[0-9]{2}", value)) and bool(_PROVINCES[int(value[:2])])


def birth_date(value: str) -> datetime.date:
    """Return the birth date that a number of either form carries."""
    value = compact(value)
    return _day(value[6:14] if len(value) == 18 else "19" + value[6:12])


def _day(digits: str) -> datetime.date:
    try:
        day = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise InvalidComponent("The birth date in the number does not exist.") from error
    if not OLDEST <= day.year <= YOUNGEST:
        raise InvalidComponent("The birth date in the number is not that of a living person.")
    return day


# -- the vectorised face ---------------------------------------------------------------------------------------------


def match(cells: Block) -> Match | None:
    """Find resident numbers of eighteen characters (also 81 to 83) in a block of cells."""
    return from_tokens(
        cells,
        (
            (tokens, shape & (tokens.at[0] != 57), valid & (tokens.at[0] != 57))
            for tokens, shape, valid in _found(cells)
        ),
    )


def match_foreigner(cells: Block) -> Match | None:
    """Find numbers of the foreigner's permanent residence card of 2023."""
    return from_tokens(
        cells,
        (
            (tokens, shape & (tokens.at[0] == 57), valid & (tokens.at[0] == 57))
            for tokens, shape, valid in _found(cells)
        ),
    )


def match_15(cells: Block) -> Match | None:
    """Find fifteen-digit resident numbers in a block of cells."""
    tokens = cells.tokens(15)
    shape = all_digits(tokens.at)
    some = np.flatnonzero(shape)
    at = tokens.at[:, some]
    province = number(at[:2])
    shape[some] = _PROVINCES[province] & is_day(number(at[6:8]) + np.int16(1900), number(at[8:10]), number(at[10:12]))
    return from_tokens(cells, [(tokens, shape, shape)])


def _found(cells: Block) -> list[tuple[Tokens, Bools, Bools]]:
    cache: list[tuple[Tokens, Bools, Bools]] | None = cells.notes.get("resident_id")
    if cache is None:
        cache = [_judged(tokens) for tokens in _candidates(cells)]
        # glued or grouped digits are too many to be taken on shape alone
        cache[1:] = [(tokens, valid | (shape & tokens.whole), valid) for tokens, shape, valid in cache[1:]]
        cells.notes["resident_id"] = cache
    return cache


def _candidates(cells: Block) -> list[Tokens]:
    found = [cells.tokens(18)]
    if not cells.tokens_are_cells or max(cells.token_lengths, default=0) > 18:
        found.append(cells.glued(18, tail=b"Xx"))
    if not cells.tokens_are_cells:
        found += [grouped for lengths in _SEPARATED if len(grouped := cells.grouped(lengths))]
    return found


def _judged(tokens: Tokens) -> tuple[Tokens, Bools, Bools]:
    at = tokens.at
    shape = ((at[0] - np.uint8(49)) < 9) & ((at[17] - np.uint8(48) < 10) | ((at[17] | 32) == 120))
    shape &= all_digits(at[1:17])
    valid = np.zeros(len(tokens), bool)
    some = np.flatnonzero(shape)
    if len(some):
        body = at if len(some) == len(tokens) else at[:, some]
        shape[some] = is_day_of(body[6:14], OLDEST, YOUNGEST)
        valid[some] = shape[some] & _check(body)
    return tokens, shape, valid


_EXPECTED = np.resize(np.frombuffer(CHECK_CHARACTERS.encode(), np.uint8), 9 * sum(WEIGHTS) + 1)  # by the sum


def _check(rows: Bytes) -> Bools:
    total = np.zeros(rows.shape[1], np.uint16)
    for place in range(0, 16, 2):  # two digits at most 9 by weights at most 10 stay within a byte
        first, second = rows[place] - np.uint8(48), rows[place + 1] - np.uint8(48)
        total += first * np.uint8(WEIGHTS[place]) + second * np.uint8(WEIGHTS[place + 1])
    total += (rows[16] - np.uint8(48)) * np.uint8(WEIGHTS[16])
    upper = np.where(rows[17] == 120, np.uint8(88), rows[17])
    found: Bools = np.take(_EXPECTED, total, mode="clip") == upper
    return found


FACES = (
    Face("CN_RESIDENT_ID", match, needs=(DIGIT,), long_number=True, shortest_cell=15, early=True, settles=True),
    Face("CN_RESIDENT_ID_15", match_15, tokens=frozenset({15}), needs=(DIGIT,), long_number=True),
    Face("CN_FOREIGNER_ID", match_foreigner, needs=(DIGIT,), long_number=True, shortest_cell=15),
)
_CONTEXT = (
    "身份证",
    "身份證",
    "身分證",
    "证件号",
    "公民身份",
    "身份号",
    "居住证",
    "id card",
    "id_card",
    "id_no",
    "idcard",
    "identity",
    "sfz",
)
_18 = r"[1-9][0-9]{5}(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
_IN_GROUPS = "(?:{})".format(
    "|".join(
        "[ -]".join([f"[0-9]{{{size}}}" for size in sizes[:-1]] + [f"[0-9]{{{sizes[-1] - 1}}}[0-9Xx]"])
        for sizes in _SEPARATED
    )
)
FORMS = (
    Form(
        "CnResidentIdRecognizer",
        "CN_RESIDENT_ID",
        (
            ("eighteen characters", ALONE.format(r"(?!9)" + _18), 0.5),
            ("eighteen characters beside letters", r"(?<![0-9])(?!9)" + _18 + r"(?![0-9])", 0.3),
            ("in groups", ALONE.format(rf"(?!9){_IN_GROUPS}"), 0.3),
        ),
        _CONTEXT,
        is_valid,
        wrong=0.35,
    ),
    Form(
        "CnForeignerIdRecognizer",
        "CN_FOREIGNER_ID",
        (
            ("eighteen characters", ALONE.format(r"(?=9)" + _18), 0.4),
            ("eighteen characters beside letters", r"(?<![0-9])(?=9)" + _18 + r"(?![0-9])", 0.3),
            ("in groups", ALONE.format(rf"(?=9){_IN_GROUPS}"), 0.3),
        ),
        ("永久居留", "居留证", "外国人", "permanent residence", *_CONTEXT),
        is_valid,
        wrong=0.2,
    ),
    Form(
        "CnResidentId15Recognizer",
        "CN_RESIDENT_ID_15",
        (("fifteen digits", ALONE.format(r"[1-8][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}"), 0.1),),
        _CONTEXT,
        lambda value: None if is_valid_15(value) else False,
    ),
)
__all__ = ["FACES", "FORMS", "birth_date", "compact", "is_valid", "lengthened", "match", "validate"]
