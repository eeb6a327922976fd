"""Machine-readable zone of a passport, card or visa of any country (机读码): lines of letters, digits and ``<``.

The second line of a passport (44 characters) carries number, nationality, birth, sex and expiry with a check digit
each and one over all; a card carries the same in three lines of 30 or two of 36. A visa's two lines of 44 or 36 have no
digit over all.

* ICAO Doc 9303, parts 3 (check digits, weights 7 3 1), 4 (TD3), 5 (TD1), 6 (TD2) and 7 (MRV-A, MRV-B)

>>> validate("L898902C36UTO7408122F1204159ZE184226B<<<<<10")
'L898902C36UTO7408122F1204159ZE184226B<<<<<10'
>>> is_valid("L898902C37UTO7408122F1204159ZE184226B<<<<<10")
False
>>> is_valid("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<< D231458907UTO7408122F1204159<<<<<<<6")
True
>>> is_valid("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<< L8988901C4XXX4009078F9612109<<<<<<<<")
True
>>> document_number("I<UTOD231458907<<<<<<<<<<<<<<< 7408122F1204159UTO<<<<<<<<<<<6 ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
'D23145890'
"""

from __future__ import annotations

import re
import unicodedata
from itertools import cycle
from typing import NamedTuple

import numpy as np

from .cells_block import DIGIT, Block
from .cells_face import Face, Match, flags
from .cells_sorted import once
from .errors import InvalidChecksum, InvalidFormat, InvalidLength
from .presidio_form import Form, passes

_DATED = r"[0-9]{6}[0-9][MFX<][0-9]{6}[0-9]"
_PASSPORT = r"[A-Z0-9<]{9}[0-9][A-Z<]{3}" + _DATED + r"[A-Z0-9<]{14}[0-9<][0-9]"
_CARD = (
    r"[IAC][A-Z0-9<][A-Z<]{3}[A-Z0-9<]{9}[0-9][A-Z0-9<]{15}\s?" + _DATED + r"[A-Z<]{3}[A-Z0-9<]{11}[0-9]\s?[A-Z<]{30}"
)
_SMALL = r"[IACP][A-Z0-9<][A-Z<]{3}[A-Z<]{31}\s?[A-Z0-9<]{9}[0-9][A-Z<]{3}" + _DATED + r"[A-Z0-9<]{7}[0-9]"
_SMALL_VISA = r"V[A-Z0-9<][A-Z<]{3}[A-Z<]{31}\s?[A-Z0-9<]{9}[0-9][A-Z<]{3}" + _DATED + r"[A-Z0-9<]{8}"
_VISA = r"V[A-Z0-9<][A-Z<]{3}[A-Z<]{39}\s?[A-Z0-9<]{9}[0-9][A-Z<]{3}" + _DATED + r"[A-Z0-9<]{16}"
_NAMES = r"(?:P[A-Z<][A-Z<]{3}[A-Z<]{39}\s?)?"
_SEARCH = {
    "PASSPORT_MRZ": re.compile(rf"(?<![0-9A-Za-z<]){_NAMES}{_PASSPORT}(?![0-9A-Za-z<])"),
    "IDENTITY_CARD_MRZ": re.compile(rf"(?<![0-9A-Za-z<])(?:{_CARD}|{_SMALL}|{_VISA}|{_SMALL_VISA})(?![0-9A-Za-z<])"),
}


class _Zone(NamedTuple):
    """Where a form carries a value and, behind it, its check digit; which parts join for the digit over all, if any."""

    form: str
    fields: tuple[tuple[int, int], ...]
    joined: tuple[tuple[int, int], ...] = ()
    over_all: int = 0


_ZONES = {
    (44, False): _Zone(_PASSPORT, ((0, 9), (13, 19), (21, 27), (28, 42)), ((0, 10), (13, 20), (21, 43)), 43),
    (72, False): _Zone(_SMALL, ((36, 45), (49, 55), (57, 63)), ((36, 46), (49, 56), (57, 71)), 71),
    (72, True): _Zone(_SMALL_VISA, ((36, 45), (49, 55), (57, 63))),
    (88, True): _Zone(_VISA, ((44, 53), (57, 63), (65, 71))),
    (90, False): _Zone(_CARD, ((5, 14), (30, 36), (38, 44)), ((5, 30), (30, 37), (38, 45), (48, 59)), 59),
}
"""The forms, by how long they are and whether they are a visa's."""


def compact(value: str) -> str:
    """Join the lines, and raise to upper case."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", value)).upper()


def validate(value: str) -> str:
    """Return the checked line of a passport or the lines of a card or visa, or raise a `ValidationError`."""
    value = compact(value)
    line = value[44:] if len(value) == 88 and value[0] == "P" else value
    if (zone := _zone_of(line)) is None:
        raise InvalidLength
    if not re.fullmatch(zone.form, line):
        raise InvalidFormat
    right = all(_agrees(line[first:last], line[last]) for first, last in zone.fields)
    over_all = "".join(line[first:last] for first, last in zone.joined)
    if not right or (zone.joined and not _agrees(over_all, line[zone.over_all])):
        raise InvalidChecksum
    return line


def _zone_of(line: str) -> _Zone | None:
    return _ZONES.get((len(line), len(line) > 44 and line[0] == "V"))


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the zone."""
    return passes(validate, value)


def document_number(value: str) -> str:
    """Return the number of the document, without its filling."""
    line = validate(value)
    zone = _zone_of(line)
    first, last = zone.fields[0] if zone else (0, 0)
    return line[first:last].rstrip("<")


def _agrees(field: str, check: str) -> bool:
    worth = (0 if sign == "<" else int(sign, 36) for sign in field)
    total = sum(value * weight for value, weight in zip(worth, cycle((7, 3, 1)), strict=False))
    return (0 if check == "<" else int(check)) == total % 10


def _searched(cells: Block, entity: str) -> Match | None:
    """Read one by one the cells that hold the filling ``<<``."""
    filled = np.flatnonzero((cells.data[:-1] == 60) & (cells.data[1:] == 60))
    shape, valid = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
    inside, inside_valid = flags(cells), flags(cells)
    for cell in once(cells.cells_at(filled)).tolist():
        text = cells.value(cell).decode("utf-8", "replace")
        for found in _SEARCH[entity].finditer(text):
            whole, right = found.span() == (0, len(text)), is_valid(found[0])
            (shape if whole else inside)[cell] = True
            if right:
                (valid if whole else inside_valid)[cell] = True
    return Match(shape, valid, inside, inside_valid) if shape.any() or inside.any() else None


def match(cells: Block) -> Match | None:
    """Find the checked lines of passports in a block of cells."""
    return _searched(cells, "PASSPORT_MRZ")


def match_card(cells: Block) -> Match | None:
    """Find the two or three lines of identity cards and visas in a block of cells."""
    return _searched(cells, "IDENTITY_CARD_MRZ")


FACES = (
    Face("PASSPORT_MRZ", match, needs=(DIGIT,), shortest_cell=44),
    Face("IDENTITY_CARD_MRZ", match_card, needs=(DIGIT,), shortest_cell=72),
)
FORMS = tuple(
    Form(
        f"{name}MrzRecognizer",
        entity,
        (("lines of the zone", f"(?-i:{_SEARCH[entity].pattern})", 0.5),),
        ("护照", "签证", "机读码", "passport", "visa", "mrz"),
        is_valid,
        wrong=0.3,
    )
    for name, entity in (("Passport", "PASSPORT_MRZ"), ("IdentityCard", "IDENTITY_CARD_MRZ"))
)
