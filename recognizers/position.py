"""Positions written as text: a pair of longitude and latitude, alone, in brackets, as WKT or GeoJSON, each behind its
name, or in degrees, minutes and seconds.

A single longitude or latitude is a number: columns of numbers are judged by their range and company.

* ISO 6709, OGC 06-103r4 (WKT), RFC 7946

>>> is_valid("118.08954,24.47951"), is_valid("POINT(118.08954 24.47951)"), is_valid("3.5,7")
(True, True, False)
>>> validate("北纬24°28′46.2″ 东经118°05′22.3″"), validate("lng:118.08954,lat:24.47951")
('24.47950,118.08953', '118.08954,24.47951')
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np

from .cells_block import DIGIT, HIGH, NUMERIC_MARK, Block, Index
from .cells_face import Face, Match, flags
from .cells_sorted import once
from .errors import InvalidComponent, InvalidFormat
from .presidio_form import Form, passes

_NUMBER = r"[+-]?[0-9]{1,3}\.[0-9]{3,}"
_PAIR = re.compile(rf"(?<![0-9.])({_NUMBER})\s*[,; ]\s*({_NUMBER})(?![0-9.])")
_NAME = r"(?:[东西]经|[南北]纬|[经纬]度|lat(?:itude)?|lng|lon(?:gitude)?)"
_NAMED = rf"{_NAME}[\":：=\s]{{0,4}}{_NUMBER}°?[\",，;&\s]{{1,5}}{_NAME}[\":：=\s]{{0,4}}{_NUMBER}(?![0-9.])"
_DEGREES = r"[0-9]{1,3}°\s?[0-9]{1,2}[′'’]\s?(?:[0-9]{1,2}(?:\.[0-9]{1,6})?(?:[″\"”]|[′'’]{2})?)?"
_SIDE = r"(?:[NSEW]|[东西]经|[南北]纬)"
_DMS = rf"{_SIDE}?\s?{_DEGREES}\s?[NSEW]?[,，;\s]{{0,3}}{_SIDE}?\s?{_DEGREES}(?:\s?[NSEW](?![A-Za-z]))?"
_LETTERED = (  # N39.916527°, E116.397128° and 39.916527°N 116.397128°E
    rf"(?<![A-Za-z0-9])[NSEW]\s?{_NUMBER}°?[,，;\s]{{1,3}}[NSEW]\s?{_NUMBER}°?(?![0-9.])"
    rf"|(?<![0-9.]){_NUMBER}°?\s?[NSEW][,，;\s]{{1,3}}{_NUMBER}°?\s?[NSEW](?![A-Za-z0-9])"
)
_FURTHER = rf"{_NAMED}|{_LETTERED}|(?<![0-9.]){_DMS}"
_WHOLE = re.compile(rf"[\[(]?\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*[\])]?|POINT ?\(.*\)", re.IGNORECASE)


@cache
def _written_out() -> re.Pattern[str]:
    """Return the pattern of positions that no pair of plain numbers is; made late, because few scans meet one."""
    return re.compile(_FURTHER, re.IGNORECASE)


def compact(value: str) -> str:
    """Trim."""
    return unicodedata.normalize("NFKC", value).strip()


def validate(value: str) -> str:
    """Return the pair as longitude and latitude, or raise a `ValidationError`."""
    value = compact(value)
    found = _PAIR.search(value)
    one, two = (float(found[1]), float(found[2])) if found else _further(value)
    if not (abs(one) <= 180 and abs(two) <= 180 and min(abs(one), abs(two)) <= 90):
        raise InvalidComponent
    return f"{one},{two}" if found or "°" not in value else f"{one:.5f},{two:.5f}"


def _further(value: str) -> tuple[float, float]:
    """Return the pair behind names, or in degrees, minutes and seconds."""
    found = _written_out().search(value)
    if not found:
        raise InvalidFormat
    numbers = [float(part) for part in re.findall(r"[+-]?[0-9]+(?:\.[0-9]+)?", found[0])]
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    if len(numbers) not in (4, 6):
        raise InvalidFormat
    half = len(numbers) // 2
    one, two = (
        sum(part / 60**place for place, part in enumerate(part_of)) for part_of in (numbers[:half], numbers[half:])
    )
    return one, two


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the pair."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find pairs of coordinates in a block of cells."""
    if not cells.union & (NUMERIC_MARK | HIGH):
        return None
    digit, data = cells.digit, cells.data
    point = np.flatnonzero(digit[:-4] & (data[1:-3] == 46) & digit[2:-2] & digit[3:-1] & digit[4:])
    likely = _twice(cells, point)
    if cells.union & HIGH:
        degree = np.flatnonzero((data[:-1] == 0xC2) & (data[1:] == 0xB0))
        likely = np.union1d(likely, _twice(cells, degree))
    shape: list[int] = []
    inside: list[int] = []
    for cell in likely.tolist():
        text = cells.value(cell).decode("utf-8", "replace")
        if is_valid(text):
            whole_cell = _WHOLE.fullmatch(text.strip()) or _written_out().fullmatch(text.strip().strip('{}" '))
            (shape if whole_cell else inside).append(cell)
    if not shape and not inside:
        return None
    whole, part = flags(cells, np.array(shape, np.int64)), flags(cells, np.array(inside, np.int64))
    return Match(whole, whole, part, part)


def _twice(cells: Block, places: Index) -> Index:
    """Return the cells in which at least two of the places stand."""
    owner = cells.cells_at(places)
    return once(owner[1:][owner[1:] == owner[:-1]]).astype(np.int64)


FACES = (Face("COORDINATE_PAIR", match, needs=(DIGIT,), shortest_cell=9),)
FORMS = (
    Form(
        "CoordinatePairRecognizer",
        "COORDINATE_PAIR",
        (
            ("behind names or in degrees", _FURTHER, 0.5),
            ("two decimal numbers", rf"(?<![0-9.]){_NUMBER}\s*[,; ]\s*{_NUMBER}(?![0-9.])", 0.5),
        ),
        ("经度", "纬度", "坐标", "位置", "经纬", "lat", "lng", "lon", "gps"),
        lambda value: None if is_valid(value) else False,
    ),
)
