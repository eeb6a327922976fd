"""Addresses of machines on a network: IP version 4 and 6, and the hardware address (MAC, of 48 or 64 bits).

* RFC 791, RFC 4291, IEEE 802 (EUI-48, EUI-64)

>>> validate("192.168.001.10")
'192.168.1.10'
>>> validate_mac("00-1B-44-11-3A-B7")
'00:1b:44:11:3a:b7'
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata

import numpy as np

from .cells_block import NUMERIC_MARK, Block, Bools, Index
from .cells_face import Face, Match, flags, join
from .errors import InvalidFormat
from .presidio_form import Form, passes

_MAC = re.compile(
    r"[0-9a-f]{2}([: -])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?:\1[0-9a-f]{2}\1[0-9a-f]{2})?"
    r"|[0-9a-f]{4}([.-])[0-9a-f]{4}(?:\2[0-9a-f]{4}){1,2}|[0-9a-f]{12}(?:[0-9a-f]{4})?"
)
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})"
_FOUR = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_PART = "[0-9A-Fa-f]{1,4}"
# In full, shortened by ::, with version 4 at the end (RFC 4291, 2.2), with the name of an interface (RFC 4007)
_SIX = re.compile(
    r"(?<![0-9A-Za-z.])(?<!::)(?:(?<![0-9A-Fa-f]:)|(?<=[Vv]6:))"
    rf"(?:(?:(?:{_PART}:){{1,5}}|:):(?:{_PART}:){{0,4}}{_FOUR}|(?:{_PART}:){{6}}{_FOUR}|(?:{_PART}:){{7}}{_PART}"
    rf"|(?:{_PART}:){{1,7}}:(?:{_PART}(?::{_PART}){{0,5}})?|::{_PART}(?::{_PART}){{0,6}})"
    r"(?:%[0-9A-Za-z]{1,16})?(?![0-9A-Za-z:]|\.[0-9])"
)
_EIGHT_PAIRS = re.compile(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){7}")  # a hardware address, though it could be one of IP
_HEX = np.zeros(256, bool)
_HEX[list(b"0123456789abcdefABCDEF")] = True


def compact(value: str) -> str:
    """Trim, and lower the case."""
    return unicodedata.normalize("NFKC", value).strip().lower()


def validate(value: str) -> str:
    """Return the IP address in its usual form, or raise a `ValidationError`."""
    value = compact(value)
    if "." in value and ":" not in value:
        value = ".".join(part.lstrip("0") or "0" for part in value.split("."))
    try:
        return str(ipaddress.ip_address(value))
    except ValueError as error:
        raise InvalidFormat from error


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the address."""
    return passes(validate, value)


def validate_mac(value: str) -> str:
    """Return the hardware address in lower case with colons, or raise a `ValidationError`."""
    value = compact(value)
    if not _MAC.fullmatch(value):
        raise InvalidFormat
    digits = re.sub(r"[:. -]", "", value)
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def is_valid_mac(value: str) -> bool:
    """Say whether `validate_mac` would accept the hardware address."""
    return passes(validate_mac, value)


def match(cells: Block) -> Match | None:
    """Find IP addresses in a block of cells."""
    return join(cells, (_version_4(cells), _version_6(cells)))


def _version_4(cells: Block) -> Match | None:
    runs = cells.digit_runs
    size = runs.end - runs.start
    if len(size) < 4 or not (cells.data == 46).any():
        return None
    dot = np.zeros(len(size) + 1, bool)
    dot[1:-1] = (runs.start[1:] - runs.end[:-1] == 1) & (cells.data[runs.end[:-1]] == 46)
    joined = np.flatnonzero(dot[1:-1])
    dot[1:-1][joined] = cells.cells_at(runs.start[joined]) == cells.cells_at(runs.start[joined + 1])
    first = np.flatnonzero(dot[1:-3] & dot[2:-2] & dot[3:-1] & ~dot[:-4] & ~dot[4:])
    fits = np.ones(len(first), bool)
    for step in range(4):
        fits &= _is_octet(cells, runs.start[first + step], size[first + step])
    first = first[fits]
    start, end = runs.start[first], runs.end[first + 3]
    cell = cells.cells_at(start)
    named = ((cells.data[start - 1] | 32) == 112) & (start > cells.starts[cell])  # "IP10.0.0.1"
    free = cells.is_free(start, end, cell) | named
    start, end, cell = start[free], end[free], cell[free]
    if not len(cell):
        return None
    same = cells.cells_at(end - 1) == cell
    whole = (start == cells.starts[cell]) & (end == cells.ends[cell]) & same
    shape, inside = flags(cells, cell[whole]), flags(cells, cell[same & ~whole])
    return Match(shape, shape, inside, inside)


def _is_octet(cells: Block, start: Index, size: Index) -> Bools:
    rows = cells.columns(start, 3)
    value = np.zeros(len(start), np.int16)
    fits = size <= 3
    for place, row in enumerate(rows):
        inside = place < size
        digit = row - np.uint8(48)
        fits &= (digit < 10) | ~inside
        value = np.where(inside, value * 10 + digit, value)
    return fits & (value <= 255)


def _version_6(cells: Block) -> Match | None:
    colons = np.flatnonzero(cells.data == 58)
    if len(colons) < 2:
        return None
    count = np.bincount(cells.cells_at(colons), minlength=len(cells))
    likely = np.flatnonzero(count >= 2)
    likely = likely[(count[likely] >= 7) | _has_double_colon(cells, likely)]
    whole: list[int] = []
    inside: list[int] = []
    for cell in likely.tolist():
        text = cells.value(cell).decode("utf-8", "replace")
        if len(text) <= 64 and _is_sure(text):
            whole.append(cell)
        elif any(_is_sure(found[0]) for found in _SIX.finditer(text)):
            inside.append(cell)
    if not whole and not inside:
        return None
    shape, part = flags(cells, np.array(whole, np.int64)), flags(cells, np.array(inside, np.int64))
    return Match(shape, shape, part, part)


def _is_sure(value: str) -> bool:
    return not _EIGHT_PAIRS.fullmatch(value.strip()) and is_valid(value)


def _has_double_colon(cells: Block, chosen: Index) -> Bools:
    pair = np.flatnonzero((cells.data[:-1] == 58) & (cells.data[1:] == 58))
    return flags(cells, cells.cells_at(pair))[chosen]


def match_mac(cells: Block) -> Match | None:
    """Find hardware addresses in a block of cells."""
    found = (*(_pairs(cells, count) for count in _PAIRS), *(_fours(cells, count) for count in _FOURS))
    return join(cells, found)


_PAIRS, _FOURS = (6, 8), (3, 4)  # groups of an address of 48 and of 64 bits


def _fours(cells: Block, count: int) -> Match | None:
    """Find groups of four hexadecimal digits with points between them, as switches print them."""
    size = 5 * count - 1
    point = np.flatnonzero(cells.data == 46)
    first = point[: 2 - count][point[count - 2 :] - point[: 2 - count] == size - 9] - 4
    first = first[first >= 0]
    rows = cells.columns(first, size)
    fits = np.ones(len(first), bool)
    letters = np.zeros(len(first), bool)
    for place, row in enumerate(rows):
        fits &= (row == 46) if place % 5 == 4 else _HEX[row]
        letters |= row > 57
    first = first[fits & letters]  # digits alone may be an amount or a version
    cell = cells.cells_at(first)
    end = first + size
    inside = (first >= cells.starts[cell]) & (end <= cells.ends[cell]) & cells.is_free(first, end, cell)
    inside &= ~((cells.data[first - 1] == 46) & (first > cells.starts[cell]))
    inside &= ~((cells.data[end] == 46) & (end + 1 < cells.ends[cell]) & cells.alnum[end + 1])
    cell = cell[inside]
    whole = cells.lengths[cell] == size
    return Match(*[flags(cells, cell[whole])] * 2, *[flags(cells, cell[~whole])] * 2) if len(cell) else None


def _pairs(cells: Block, count: int) -> Match | None:
    """Find so many pairs of hexadecimal digits, one mark between them, and no further pair behind the same mark."""
    marks, size = count - 1, 3 * count - 1
    mark = np.flatnonzero((cells.data == 58) | (cells.data == 45))
    if len(mark) < marks:
        return None
    first = mark[: 1 - marks][(mark[marks - 1 :] - mark[: 1 - marks]) == 3 * (marks - 1)]
    rows = cells.columns(first - 2, size)
    fits = np.ones(len(first), bool)
    for place, row in enumerate(rows):
        fits &= (row == rows[2]) if place % 3 == 2 else _HEX[row]
    first = first[fits] - 2
    if not len(first):
        return None
    cell, end = cells.cells_at(first), first + size
    same = (first >= cells.starts[cell]) & (end <= cells.ends[cell])
    goes_on = _joined(cells, first - 1, first - 3, cell) | _joined(cells, end, end + 1, cell)
    goes_on |= (cells.data[end] == 58) & (cells.data[end + 1] == 58) & (end + 1 < cells.ends[cell])
    kept = same & ~goes_on
    whole = kept & (first == cells.starts[cell]) & (end == cells.ends[cell])
    inner = kept & ~whole & cells.is_free(first, end, cell)
    return Match(*[flags(cells, cell[whole])] * 2, *[flags(cells, cell[inner])] * 2)


def _joined(cells: Block, mark: Index, pair: Index, cell: Index) -> Bools:
    """Say where a mark goes on with the pairs: a hyphen in any case, a colon where a further pair stands behind it."""
    data, start, end = cells.data, cells.starts[cell], cells.ends[cell]
    here = (mark >= start) & (mark < end)
    fits = (pair >= start) & (pair + 2 <= end) & _HEX[data[pair]] & _HEX[data[pair + 1]]
    fits &= cells.is_free(pair, pair + 2, cell)
    return np.asarray(here & ((data[mark] == 45) | ((data[mark] == 58) & fits)), bool)


FACES = (
    Face("IP_ADDRESS", match, needs=(NUMERIC_MARK,), shortest_cell=3, settles=True),
    Face("MAC_ADDRESS", match_mac, needs=(NUMERIC_MARK,), shortest_cell=14, settles=True),
)
FORMS = (
    Form(
        "IpAddressRecognizer",
        "IP_ADDRESS",
        (
            ("version 4", rf"(?<![0-9A-OQ-Za-oq-z]|[0-9]\.){_FOUR}(?![0-9A-Za-z]|\.[0-9])", 0.6),
            ("version 6", _SIX.pattern, 0.6),
        ),
        ("ip", "地址", "登录", "login", "host"),
        lambda value: None if _is_sure(value) else False,
    ),
    Form(
        "MacAddressRecognizer",
        "MAC_ADDRESS",
        (
            (
                "six or eight pairs",
                r"(?<![0-9A-Za-z-])(?<!(?<![0-9A-Za-z])[0-9A-Fa-f]{2}:)[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}"
                r"(?:\1[0-9A-Fa-f]{2}\1[0-9A-Fa-f]{2})?(?![0-9A-Za-z-]|::|:[0-9A-Fa-f]{2}(?![0-9A-Za-z]))",
                0.7,
            ),
            (
                "three or four groups of four",
                r"(?<![0-9A-Za-z.])(?=[0-9.]*[A-Fa-f])[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2,3}(?![0-9A-Za-z]|\.[0-9A-Za-z])",
                0.5,
            ),
        ),
        ("mac", "物理地址", "设备", "device"),
    ),
)
