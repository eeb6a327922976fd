"""Positions written as text: a pair of longitude and latitude, alone, in brackets, as WKT or GeoJSON.

A single longitude or latitude is a number: columns of numbers are judged by their range and company.

* ISO 6709, OGC 06-103r4 (WKT), RFC 7946

>>> is_valid("118.08954,24.47951"), is_valid("POINT(118.08954 24.47951)"), is_valid("3.5,7")
(True, True, False)
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, NUMERIC_MARK, Block
from .cells_face import Face, Match, flags
from .errors import InvalidComponent, InvalidFormat
from .presidio_form import Form, passes

_NUMBER = r"[+-]?[0-9]{1,3}\.[0-9]{3,}"
_PAIR = re.compile(rf"(?<![0-9.])({_NUMBER})\s*[,; ]\s*({_NUMBER})(?![0-9.])")
_WHOLE = re.compile(rf"[\[(]?\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*[\])]?|POINT ?\(.*\)", re.IGNORECASE)


def compact(value: str) -> str:
    """Trim."""
    return unicodedata.normalize("NFKC", value).strip()


def validate(value: str) -> str:
    """Return the pair as longitude and latitude, or raise a `ValidationError`."""
    found = _PAIR.search(compact(value))
    if not found:
        raise InvalidFormat
    one, two = float(found[1]), float(found[2])
    if not (abs(one) <= 180 and abs(two) <= 180 and min(abs(one), abs(two)) <= 90):
        raise InvalidComponent
    return f"{one},{two}"


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the pair."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find pairs of coordinates in a block of cells."""
    digit, data = cells.digit, cells.data
    point = np.flatnonzero(digit[:-4] & (data[1:-3] == 46) & digit[2:-2] & digit[3:-1] & digit[4:])
    if len(point) < 2:
        return None
    owner = cells.cells_at(point)
    likely = np.unique(owner[1:][owner[1:] == owner[:-1]])
    shape: list[int] = []
    inside: list[int] = []
    for cell in likely.tolist():
        text = cells.value(cell)[:4096].decode("utf-8", "replace")
        if is_valid(text):
            (shape if _WHOLE.fullmatch(text.strip()) else inside).append(cell)
    if not shape and not inside:
        return None
    whole, part = flags(cells, np.array(shape, np.int64)), flags(cells, np.array(inside, np.int64))
    return Match(whole, whole, part, part)


FACES = (Face("COORDINATE_PAIR", match, needs=(DIGIT, NUMERIC_MARK), shortest_cell=9),)
FORMS = (
    Form(
        "CoordinatePairRecognizer",
        "COORDINATE_PAIR",
        (("two decimal numbers", rf"(?<![0-9.]){_NUMBER}\s*[,;]\s*{_NUMBER}(?![0-9.])", 0.5),),
        ("经度", "纬度", "坐标", "位置", "经纬", "lat", "lng", "lon", "gps"),
        lambda value: None if is_valid(value) else False,
    ),
)
