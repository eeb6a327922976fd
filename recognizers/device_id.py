"""Numbers of telephones, SIM cards and modems: IMEI, IMSI, ICCID.

* IMEI: fifteen digits, Luhn (3GPP TS 23.003, annex B). * IMSI: fifteen digits that begin with 460 (mainland
  China), 454 (Hong Kong), 455 (Macao) or 466 (Taiwan).
* ICCID: nineteen or twenty digits that begin with 89, Luhn over all but a padding digit (ITU-T E.118); those of the
  mainland begin with 8986 and need no check where they are written with twenty; operators there write a range of
  numbers, a province or a maker beyond nine as a hexadecimal digit.
* IMEISV: sixteen digits, the last two a software version, no check (3GPP TS 23.003, 6.2.2).

>>> validate("490154203237518")
'490154203237518'
>>> is_valid("490154203237519")
False
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, Block, Bools, Bytes, Tokens
from .cells_face import Face, Match, from_tokens
from .check_digits import all_digits, luhn, luhn_rows
from .errors import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength
from .presidio_form import ALONE, Form, passes

_IMSI = r"(?:460[0-2]|45[45][0-9]|466[0-9])[0-9]{11}"
# The first two digits of a type allocation code: the body that allocated it.
_BODIES = (1, 33, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99)
_OPENING = "|".join(f"{body:02}" for body in _BODIES)
_GROUPS = ((2, 6, 6, 1), (6, 2, 6, 1), (8, 6, 1))
_HOME = r"8986[0-9][0-9A-F]{2}[0-9]{5}[0-9A-F][0-9]{6}[0-9F]?"  # ICCIDs of the mainland
_LETTERED = (5, 6, 12)  # places of an ICCID where a mainland operator may write a letter
_CARD_GROUPS = ((4, 4, 4, 4, 4), (4, 4, 4, 4, 3), (5, 5, 5, 5))
_ALLOCATED = np.zeros(100, bool)
_ALLOCATED[list(_BODIES)] = True


def compact(value: str) -> str:
    """Strip separators."""
    return re.sub(r"[\s\-/]", "", unicodedata.normalize("NFKC", value))


def validate(value: str) -> str:
    """Return the fifteen digits of an IMEI, or raise a `ValidationError`."""
    value = compact(value)
    if not re.fullmatch(r"[0-9]+", value):
        raise InvalidFormat
    if len(value) != 15:
        raise InvalidLength
    if not luhn(value):
        raise InvalidChecksum
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the IMEI."""
    return passes(validate, value)


def validate_imeisv(value: str) -> str:
    """Return the sixteen digits of an IMEI with software version, or raise a `ValidationError`.

    >>> validate_imeisv("35686800-004141-20")
    '3568680000414120'
    """
    value = compact(value)
    if not re.fullmatch(r"[0-9]{16}", value):
        raise InvalidFormat
    if int(value[:2]) not in _BODIES:
        raise InvalidComponent("No body allocates the first digits of the number.")
    return value


def validate_imsi(value: str) -> str:
    """Return the fifteen digits of an IMSI of Greater China, or raise a `ValidationError`.

    >>> validate_imsi("460-00-1234567890")
    '460001234567890'
    """
    value = compact(value)
    if not re.fullmatch(_IMSI, value):
        raise InvalidFormat
    return value


def validate_iccid(value: str) -> str:
    """Return an ICCID in upper case, or raise a `ValidationError`.

    Twenty digits of a mainland card carry a padding or an operator's own last digit, and a letter has no Luhn value:
    these are judged by their form.

    >>> validate_iccid("8986 0012 3456 7890 123")
    Traceback (most recent call last):
        ...
    exportgate.recognizers.errors.InvalidChecksum: The check digit does not agree with the rest of the value.
    """
    value = compact(value).upper()
    if re.fullmatch(r"89(?!86)[0-9]{17}[0-9F]?", value):
        if not luhn(value.rstrip("F")):
            raise InvalidChecksum
        return value
    if not re.fullmatch(_HOME, value):
        raise InvalidFormat
    if len(value) == 19 and value.isdigit() and not luhn(value):
        raise InvalidChecksum
    return value


def is_valid_imeisv(value: str) -> bool:
    """Say whether `validate_imeisv` would accept the number."""
    return passes(validate_imeisv, value)


def is_valid_imsi(value: str) -> bool:
    """Say whether `validate_imsi` would accept the number."""
    return passes(validate_imsi, value)


def is_valid_iccid(value: str) -> bool:
    """Say whether `validate_iccid` would accept the number."""
    return passes(validate_iccid, value)


def match(cells: Block) -> Match | None:
    """Find IMEIs in a block of cells."""
    found = [_judged(cells.tokens(15))]
    if not cells.tokens_are_cells:
        grouped = [_judged(cells.grouped(lengths)) for lengths in _GROUPS]
        found += [(tokens, valid | (shape & tokens.whole), valid) for tokens, shape, valid in grouped]
    return from_tokens(cells, found)


def _judged(tokens: Tokens) -> tuple[Tokens, Bools, Bools]:
    shape = all_digits(tokens.at)
    some = np.flatnonzero(shape)
    at = tokens.at[:, some]
    shape[some] = _ALLOCATED[(at[0] - np.uint8(48)) * np.uint8(10) + (at[1] - np.uint8(48))]
    valid = np.zeros(len(tokens), bool)
    valid[some] = shape[some] & luhn_rows(at)
    return tokens, shape, valid


def match_imeisv(cells: Block) -> Match | None:
    """Find IMEIs with a software version in a block of cells; nothing checks them, so a header must speak too."""
    tokens = cells.tokens(16)
    shape = all_digits(tokens.at)
    some = np.flatnonzero(shape)
    at = tokens.at[:, some]
    shape[some] = _ALLOCATED[(at[0] - np.uint8(48)) * np.uint8(10) + (at[1] - np.uint8(48))]
    return from_tokens(cells, [(tokens, shape & tokens.whole, shape & tokens.whole)])


def match_imsi(cells: Block) -> Match | None:
    """Find IMSIs of networks of the mainland, Hong Kong, Macao and Taiwan in a block of cells."""
    tokens = cells.tokens(15)
    at = tokens.at
    mainland = (at[1] == 54) & (at[2] == 48) & (at[3] <= 50)
    others = ((at[1] == 53) & ((at[2] == 52) | (at[2] == 53))) | ((at[1] == 54) & (at[2] == 54))
    shape = (at[0] == 52) & (mainland | others) & all_digits(at[3:])
    return from_tokens(cells, [(tokens, shape, shape)])


def match_iccid(cells: Block) -> Match | None:
    """Find ICCIDs of SIM cards in a block of cells."""
    found = [_card(cells.tokens(length)) for length in (19, 20)]
    if not cells.tokens_are_cells:
        grouped = [_card(cells.grouped(lengths)) for lengths in _CARD_GROUPS]
        found += [(tokens, valid | (shape & tokens.whole), valid) for tokens, shape, valid in grouped]
    return from_tokens(cells, found)


def _card(tokens: Tokens) -> tuple[Tokens, Bools, Bools]:
    at = tokens.at
    length, body = len(at), all_digits(at[4:19])
    opens = (at[0] == 56) & (at[1] == 57)
    home = opens & (at[2] == 56) & (at[3] == 54)
    tail = np.ones(len(tokens), bool) if length == 19 else ((at[19] - np.uint8(48)) < 10) | ((at[19] | 32) == 102)
    shape = home & tail & (body | _lettered(at))
    valid = shape & (~body | luhn_rows(at[:19])) if length == 19 else shape
    abroad = opens & ~home & body
    padded = abroad & (length == 20) & ((at[-1] | 32) == 102)
    plain = abroad & all_digits(at)
    right = (plain & luhn_rows(at)) | (padded & luhn_rows(at[:19]))
    return tokens, shape | plain | padded, valid | right


def _lettered(at: Bytes) -> Bools:
    """Say which cards of the mainland hold letters where their operators may write one, and digits elsewhere."""
    found = np.ones(at.shape[1], bool)
    for place in range(4, 19):
        digit = (at[place] - np.uint8(48)) < 10
        found &= digit | (((at[place] | 32) - np.uint8(97)) < 6) if place in _LETTERED else digit
    return found


FACES = (
    Face("IMEI", match, tokens=frozenset({6, 15}), needs=(DIGIT,), long_number=True),
    Face("IMEISV", match_imeisv, tokens=frozenset({16}), needs=(DIGIT,), long_number=True),
    Face("IMSI", match_imsi, tokens=frozenset({15}), needs=(DIGIT,), long_number=True),
    Face("ICCID", match_iccid, tokens=frozenset({4, 5, 19, 20}), needs=(DIGIT,), long_number=True),
)
FORMS = (
    Form(
        "ImeiRecognizer",
        "IMEI",
        (
            ("fifteen digits", ALONE.format(rf"(?:{_OPENING})[0-9]{{13}}"), 0.1),
            (
                "in groups",
                ALONE.format(
                    rf"(?={_OPENING})(?:[0-9]{{2}}[ -][0-9]{{6}}[ -][0-9]{{6}}|[0-9]{{6}}[ -][0-9]{{2}}[ -][0-9]{{6}}"
                    r"|[0-9]{8}[ -][0-9]{6})[ -][0-9]"
                ),
                0.1,
            ),
        ),
        ("imei", "串号", "设备", "device"),
        is_valid,
        wrong=0.02,
    ),
    Form(
        "ImsiRecognizer",
        "IMSI",
        (("fifteen digits", ALONE.format(_IMSI), 0.2),),
        ("imsi", "sim", "用户识别"),
    ),
    Form(
        "IccidRecognizer",
        "ICCID",
        (
            ("nineteen or twenty digits", ALONE.format(_HOME), 0.6),
            (
                "in groups",
                ALONE.format(r"89[0-9]{2}(?:(?:[ -][0-9A-F]{4}){3}[ -][0-9A-F]{3,4}|[0-9](?:[ -][0-9A-F]{5}){3})"),
                0.4,
            ),
            ("of another country", ALONE.format(r"89(?!86)[0-9]{17}[0-9Ff]?"), 0.2),
        ),
        ("iccid", "sim", "卡号"),
        is_valid_iccid,
        wrong=0.1,
    ),
)
