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
from typing import Any

import numpy as np

from .cells_block import HIGH, Block, Bools, Bytes, Index
from .cells_face import Face, Match
from .cells_text import LONG
from .data_files import read_yaml
from .errors import InvalidFormat
from .presidio_form import Form, passes

_AREAS, _STREET, _DOOR = 1 | 2 | 4, 8, 16
_LEVELS = np.array([bin(levels & 15).count("1") for levels in range(32)], np.uint8)


@cache
def _lists() -> dict[str, Any]:
    return read_yaml("places.yaml")


@cache
def marks() -> tuple[Bytes, bytes, bytes]:
    """Return the level of each character, and two tables of the second and third bytes that one with a level has.

    The characters are dealt into eight groups, one bit each: where the bits of two neighbouring bytes have none in
    common, no such character stands.
    """
    exact = np.zeros(1 << 16, np.uint8)
    for bit, part in enumerate(("cities", "districts", "towns", "streets", "doors")):
        for character in _lists()[f"{part}_end_in"]:
            exact[ord(character)] = 1 << bit
    second, third = bytearray(256), bytearray(256)
    for place, point in enumerate(np.flatnonzero(exact).tolist()):
        _, two, three = chr(point).encode()
        second[two] |= 1 << place % 8
        third[three] |= 1 << place % 8
    return exact, bytes(second), bytes(third)


def compact(value: str) -> str:
    """Drop spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", value))


def validate(value: str) -> str:
    """Return the address without spaces, or raise a `ValidationError` when it does not have the form of one."""
    value = compact(value)
    found = match(Block.of_values([value.encode("utf-8", "replace")]))
    if found is None or not (found.valid[0]):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the address."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find cells that are addresses, or that hold one in longer text."""
    levels = _levels(cells)
    if levels is None:
        return None
    area, street, door = (levels & _AREAS) > 0, (levels & _STREET) > 0, (levels & _DOOR) > 0
    several = _LEVELS[levels] >= 2
    valid = door & area & several
    shape = valid | (area & (street | door) & (cells.lengths >= 20) & (cells.lengths <= LONG))
    if not shape.any():
        return None
    short = (cells.lengths <= 180) & ~_is_sentence(cells)
    return Match(shape & short, valid & short, valid & ~short, valid & ~short)


_STOPS = ((0xEF, 0xBC, (0x8C, 0x9B, 0x81, 0x9F)), (0xE3, 0x80, (0x82,)))  # ， ； ！ ？ and 。


def _is_sentence(cells: Block) -> Bools:
    """Which cells hold a mark that ends a clause: an address inside prose, not an address."""
    data = cells.data
    found = np.zeros(len(cells), bool)
    for first, second, third in _STOPS:
        place = cells.marks[data[cells.marks] == first]
        place = place[data[place + 1] == second]
        place = place[np.isin(data[place + 2], third)]
        if len(place):
            found[cells.cells_at(place)] = True
    return found


def _levels(cells: Block) -> Bytes | None:
    """Return, for each cell, the levels of an address of which it holds a mark; a door counts only behind a number."""
    data, (exact, second, third) = cells.data, marks()
    two, three = (np.frombuffer(cells.raw.translate(table), np.uint8) for table in (second, third))
    lead = np.flatnonzero((two[1:-1] & three[2:]) != 0)
    bits = exact[cells.points(lead)]
    some = np.flatnonzero(bits)
    lead, bits = lead[some], bits[some]
    if not len(lead):
        return None
    doors = np.flatnonzero(bits == _DOOR)
    bits[doors[~_after_number(cells, lead[doors])]] = 0
    marked = np.zeros(len(data), np.uint8)
    marked[lead] = bits
    marked[cells.ends - 1] = marked[cells.ends - 2] = 0  # half a character, and the next cell's bytes behind it
    return cells.any_of(marked)


def _after_number(cells: Block, place: Index) -> Bools:
    before = cells.data[place - 1]
    first = np.zeros(len(cells.data) + 1, bool)
    first[cells.starts] = True  # what stands before the first character of a cell is another cell's
    found = ((before - np.uint8(48)) < 10) | (((before | 32) - np.uint8(97)) < 6)
    rest = np.flatnonzero(~found)
    if cells.max_length > LONG:  # what shows no trace in long text must not count there either
        long = cells.lengths[cells.cells_at(place)] > LONG
        found &= ~long | ((before - np.uint8(48)) < 10)
        rest = rest[~long[rest]]
    rest = rest[~(first[place[rest] - 1] | first[place[rest] - 2])]
    found[rest] = CHINESE_NUMBER[cells.points(place[rest] - 3)]
    return found & ~first[place]


CHINESE_NUMBER = np.zeros(1 << 16, bool)
CHINESE_NUMBER[[ord(character) for character in "一二三四五六七八九十百零〇甲乙丙丁东西南北"]] = True


FACES = (Face("CN_ADDRESS", match, needs=(HIGH,), shortest_cell=20, early=True, settles=True),)
# No word of a sentence stands in an address: what lies between a place and a door is names.
_NAMES = "(?![的了是我她您你们們给給把被说說请請让讓])"
_DOORS = "号|號|栋|棟|幢|室|单元|單元|弄|楼|樓"
_REST = (
    rf"(?:{_NAMES}[㐀-鿿0-9A-Za-z-]){{1,40}}?[0-9一二三四五六七八九十]{{1,5}}(?:{_DOORS})"
    rf"(?:[之0-9A-Za-z-]{{0,6}}(?:{_DOORS}|层|層|座)?){{0,4}}"
    rf"(?:(?:{_NAMES}[㐀-鿿]){{2,12}}[0-9A-Za-z-]{{1,6}}(?:{_DOORS}|层|層|座)){{0,2}}"  # a building, and a door in it
)
_KNOWN = "|".join([*_lists()["provinces"], *_lists()["cities"]])
FORMS = (
    Form(
        "CnAddressRecognizer",
        "CN_ADDRESS",
        (
            ("known place and number", rf"(?:{_KNOWN})(?:省|市|自治区|特别行政区|区|區|县|縣)?{_REST}", 0.7),
            (
                "area, street and number",
                rf"(?:(?<![㐀-鿿0-9A-Za-z])|(?<=[址于在住至往到是的把从]))(?:(?![址住于在至往到是的把从])[㐀-鿿]){{2,6}}(?:省|市|区|區|县|縣|州|旗){_REST}",
                0.6,
            ),
        ),
        ("地址", "住址", "户籍", "住所", "收货", "收貨", "address"),
    ),
)
