"""Postal address in Chinese: a cell of text that names an area, a street and a door, in that order.

The marks that end the parts (省 市 区 县 … 路 街 村 … 号 栋 室 …) are data (`data/places.yaml`). A cell with an area
and a street or a door behind it has the shape; with a number before the door mark it is taken as an address. A city
alone is none.

>>> is_valid("福建省厦门市思明区湖滨南路100号5栋302室"), is_valid("厦门市"), is_valid("本市路况良好")
(True, False, False)
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from .cells_block import HIGH, Block, Bools, Index
from .cells_face import Face, Match
from .errors import InvalidFormat
from .presidio_form import Form, passes

_AREA, _STREET, _DOOR = 1, 2, 4


@cache
def _lists() -> dict[str, Any]:
    text = (Path(__file__).parent / "data" / "places.yaml").read_text(encoding="utf-8")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(text, loader))  # noqa: S506


@cache
def _marks() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    table = np.zeros(1 << 16, np.uint8)
    for part, bit in (("areas", _AREA), ("streets", _STREET), ("doors", _DOOR)):
        table[[ord(character) for character in _lists()[part]]] |= bit
    return table


def compact(value: str) -> str:
    """Drop spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", value))


def validate(value: str) -> str:
    """Return the address without spaces, or raise a `ValidationError` when it does not have the form of one."""
    value = compact(value)
    found = match(Block.of_values([value.encode()]))
    if found is None or not (found.valid[0]):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the address."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find cells that are addresses, or that hold one in longer text."""
    data = cells.data
    lead = np.flatnonzero((data >= 0xE4) & (data <= 0xE9))
    if not len(lead):
        return None
    bits = _marks()[cells.points(lead)]
    marked = np.flatnonzero(bits)
    if not len(marked):
        return None
    place, bits = lead[marked], bits[marked]
    cell = cells.cells_at(place)
    area = _first(cells, place, cell, (bits & _AREA) > 0)
    street = _first(cells, place, cell, ((bits & _STREET) > 0) & (place > area[cell] + 3))
    door = _first(cells, place, cell, ((bits & _DOOR) > 0) & _after_number(cells, place) & (place > area[cell] + 3))
    some, far = area < _NEVER, street < _NEVER
    numbered = door < _NEVER
    early = area - cells.starts <= 36
    shape = some & early & (far | numbered) & (cells.characters >= 8)
    valid = shape & numbered
    short = cells.characters <= 60
    return Match(shape & short, valid & short, valid & ~short, valid & ~short) if shape.any() else None


_NEVER = 1 << 60


def _first(cells: Block, place: Index, cell: Index, chosen: Bools) -> Index:
    """Return, for each cell, where the first chosen mark stands (beyond any cell when there is none)."""
    found = np.full(len(cells), _NEVER, np.int64)
    position, owner = place[chosen], cell[chosen]
    found[owner[::-1]] = position[::-1]
    return found


def _after_number(cells: Block, place: Index) -> Bools:
    before = cells.data[place - 1]
    number = cells.points(place - 3)
    return ((before - np.uint8(48)) < 10) | (((before | 32) - np.uint8(97)) < 6) | _CHINESE_NUMBER[number]


_CHINESE_NUMBER = np.zeros(1 << 16, bool)
_CHINESE_NUMBER[[ord(character) for character in "一二三四五六七八九十百零〇甲乙丙丁东西南北"]] = True


FACES = (Face("CN_ADDRESS", match, needs=(HIGH,), shortest_cell=20, early=True, settles=True),)
FORMS = (
    Form(
        "CnAddressRecognizer",
        "CN_ADDRESS",
        (
            (
                "area, street and number",
                r"[㐀-鿿]{2,8}(?:省|市|自治区|区|县|州|旗)[㐀-鿿0-9A-Za-z-]{1,40}?[0-9一二三四五六七八九十]{1,5}(?:号|栋|幢|室|单元|弄|楼)"
                r"(?:[0-9A-Za-z-]{0,6}(?:号|栋|幢|室|单元|楼|层|座)?){0,4}",
                0.6,
            ),
        ),
        ("地址", "住址", "户籍", "住所", "收货", "address"),
    ),
)
