"""Bank card number (银行卡号), as bank cards of the mainland and of the international schemes carry it.

Fourteen to nineteen digits: an issuer identification number and a Luhn check digit. UnionPay cards begin with 62; older
debit cards of mainland banks carry numbers of their own that begin with 103, 4, 5, 60, 68, 69, 84, 87, 88 or 9.

* ISO/IEC 7812-1 (issuer identification, Luhn)

>>> validate("6222 0212 3456 7890 127")
Traceback (most recent call last):
    ...
exportgate.recognizers.errors.InvalidChecksum: The check digit does not agree with the rest of the value.
>>> validate("4111-1111-1111-1111")
'4111111111111111'
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np

from .cells_block import DIGIT, Block, Bools, Bytes, Tokens
from .cells_face import Face, Match, from_tokens
from .check_digits import all_digits, luhn, luhn_rows
from .errors import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength
from .presidio_form import Form, passes

# First four digits that an issuer uses, and the lengths of its numbers.
UNIONPAY = range(6200, 6300)
_SCHEMES: tuple[tuple[range, tuple[int, ...]], ...] = (
    (UNIONPAY, (16, 17, 18, 19)),
    (range(8100, 8172), (16, 17, 18, 19)),
    (range(4000, 5000), (16, 19)),
    (range(4055, 4056), (17,)),
    (range(4385, 4386), (18,)),
    (range(5100, 5600), (16,)),
    (range(2221, 2721), (16,)),
    (range(3400, 3500), (15,)),
    (range(3700, 3800), (15,)),
    (range(3528, 3590), (16, 19)),
    (range(3000, 3060), (14, 16)),
    (range(3600, 3700), (14,)),
    (range(3800, 4000), (14, 16)),
    (range(6000, 6200), (16, 17, 18, 19)),
    (range(6300, 6400), (16, 18, 19)),
    (range(6400, 6600), (16, 17, 18, 19)),
    (range(5018, 5021), (16, 18, 19)),
    (range(5038, 5039), (16, 18, 19)),
    (range(5060, 5062), (16, 18, 19)),
    (range(5081, 5090), (16,)),
    (range(5049, 5050), (16,)),
    (range(5666, 5667), (18,)),
    (range(5893, 5894), (16, 18, 19)),
    (range(5899, 5900), (19,)),
    (range(6759, 6764), (16, 18, 19)),
    (range(2200, 2205), (16, 17, 18, 19)),
    (range(9792, 9793), (16,)),
    (range(6839, 6840), (18,)),
    (range(6858, 6859), (19,)),
    (range(6880, 6890), (16, 18, 19)),
    (range(6900, 6910), (15, 16, 18, 19)),
    (range(6943, 6944), (18,)),
    (range(1030, 1040), (19,)),
    (range(8430, 8440), (16,)),
    (range(8700, 8706), (16,)),
    (range(8880, 8890), (16,)),
    (range(9000, 9100), (16, 19)),
    (range(9098, 9099), (18,)),
    (range(9111, 9112), (19,)),
    (range(9200, 9201), (16,)),
    (range(9210, 9211), (19,)),
    (range(9400, 9401), (16, 17, 18, 19)),
    (range(9401, 9600), (16, 19)),
    (range(9666, 9667), (18,)),
    (range(9682, 9683), (16,)),
    (range(9688, 9689), (16,)),
    (range(9800, 10000), (16, 19)),
    (range(9900, 9901), (18,)),
)
LENGTHS = (14, 15, 16, 17, 18, 19)
ISSUED = np.zeros((20, 10_000), bool)
for _range, _lengths in _SCHEMES:
    for _length in _lengths:
        ISSUED[_length, _range.start : _range.stop] = True
_GROUPS = ((4, 4, 4, 4, 3), (4, 4, 4, 4, 2), (4, 4, 4, 4), (4, 6, 5), (6, 13), (4, 4, 4, 7))


def compact(value: str) -> str:
    """Strip separators."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", value))


def validate(value: str) -> str:
    """Return the digits, or raise a `ValidationError`."""
    value = compact(value)
    if not re.fullmatch(r"[0-9]+", value):
        raise InvalidFormat
    if len(value) not in LENGTHS:
        raise InvalidLength
    if not ISSUED[len(value), int(value[:4])]:
        raise InvalidComponent("No issuer uses the first digits of the number at this length.")
    if not luhn(value):
        raise InvalidChecksum
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the number."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find bank card numbers in a block of cells."""
    found = [_judged(cells.tokens(length)) for length in LENGTHS if length in cells.token_lengths]
    if not cells.tokens_are_cells:
        grouped = [_judged(cells.grouped(lengths)) for lengths in _GROUPS]
        found += [(tokens, valid | (shape & tokens.whole), valid) for tokens, shape, valid in grouped]
    return from_tokens(cells, found)


def _judged(tokens: Tokens) -> tuple[Tokens, Bools, Bools]:
    at = tokens.at
    shape = (at[0] != 48) & all_digits(at)
    valid = np.zeros(len(tokens), bool)
    some = np.flatnonzero(shape)
    if len(some):
        body = at if len(some) == len(tokens) else at[:, some]
        shape[some] = ISSUED[len(at), _issuer(body)]
        valid[some] = shape[some] & luhn_rows(body)
    return tokens, shape, valid


def _issuer(rows: Bytes) -> Any:
    total = np.zeros(rows.shape[1], np.int16)
    for row in rows[:4]:
        total = total * np.int16(10) + (row - np.uint8(48))
    return total


FACES = (Face("BANK_CARD", match, needs=(DIGIT,), long_number=True, shortest_cell=14),)
FORMS = (
    Form(
        "BankCardRecognizer",
        "BANK_CARD",
        (
            ("UnionPay", r"(?<![0-9A-Za-z])62[0-9]{2}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9A-Za-z])", 0.4),
            (
                "in groups",
                r"(?<![0-9A-Za-z])[2-9][0-9]{3}[ -](?:[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}(?:[ -][0-9]{2,3})?"
                r"|[0-9]{4}[ -][0-9]{4}[ -][0-9]{7}|[0-9]{6}[ -][0-9]{5})(?![0-9A-Za-z])",
                0.3,
            ),
            ("issuer apart", r"(?<![0-9A-Za-z])[2-9][0-9]{5}[ -][0-9]{13}(?![0-9A-Za-z])", 0.3),
            ("any issuer", r"(?<![0-9A-Za-z])(?:[2-689][0-9]{13,18}|103[0-9]{16})(?![0-9A-Za-z])", 0.2),
        ),
        (
            "银行卡",
            "卡号",
            "銀行",
            "卡號",
            "帳號",
            "账号",
            "账户",
            "开户",
            "card",
            "bank",
            "pan",
            "yhk",
            "储蓄卡",
            "信用卡",
        ),
        is_valid,
        wrong=0.05,
    ),
)
