"""E-mail address.

A local part of letters, digits and ``. _ % + - '``, an ``@`` and a domain of at least two labels, the last of letters.
Chinese characters may touch on both sides and do not belong to it.

* RFC 5321, section 4.1.2 (the form in daily use; quoted local parts are not taken)

>>> validate("Zhang.San@Example.com")
'zhang.san@example.com'
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np

from .cells_block import LETTERS, OTHER, Block, Bools, Index
from .cells_face import Face, Match, flags
from .cells_sorted import once
from .errors import InvalidFormat, InvalidLength
from .presidio_form import Form, passes

_LOCAL = r"[0-9A-Za-z_](?:[0-9A-Za-z_.%+'-]*[0-9A-Za-z_+-])?"
_DOMAIN = r"(?:[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?\.)+[A-Za-z]{2,}"
_ADDRESS = re.compile(_LOCAL + "@" + _DOMAIN)
_LATIN = "0-9A-Za-z\\u00c0-\\u024f"
_OTHER = "\\u00c0-\\u024f\\u0370-\\u04ff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7a3"
# RFC 6530 and 5890: other letters in either part, one script in each label; or a domain in its ASCII form. Digits after
# Chinese letters begin an address of their own: 邮箱903013545@qq.com
_INTERNATIONAL = (
    rf"(?:[{_LATIN}_](?:[{_LATIN}_.%+'-]*[{_LATIN}_+-])?|[{_OTHER}](?:[{_OTHER}0-9_.-]*[{_OTHER}])?)@(?:(?:[{_LATIN}](?:[{_LATIN}-]*[{_LATIN}])?"
    rf"|[{_OTHER}](?:[{_OTHER}0-9-]*[{_OTHER}0-9])?)\.)+(?:xn--[0-9A-Za-z-]*[0-9A-Za-z]|[A-Za-z]{{2,}}|[{_OTHER}]{{2,}})"
)
_MEMBERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.%+-'@"
_MEMBER = bytes(int(byte in _MEMBERS) for byte in range(256))
_LETTER = np.zeros(256, bool)
_LETTER[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] = True
_NOT_FIRST = np.zeros(256, bool)
_NOT_FIRST[list(b".%+-'")] = True
LONGEST = 254


@cache
def _any_address() -> re.Pattern[str]:
    """Return the pattern of addresses in any letters; made late, because few scans meet one."""
    return re.compile(_INTERNATIONAL)


def compact(value: str) -> str:
    """Trim, and lower the case."""
    return unicodedata.normalize("NFKC", value).strip().strip("<>").lower()


def validate(value: str) -> str:
    """Return the address in lower case, or raise a `ValidationError`."""
    value = compact(value)
    if len(value) > LONGEST:
        raise InvalidLength
    if not (_ADDRESS.fullmatch(value) or _any_address().fullmatch(value)):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the address."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find e-mail addresses in a block of cells."""
    data = cells.data
    at = np.flatnonzero(data == 64)
    if not len(at):
        return None
    cell, start, end = _surroundings(cells, at)
    for _ in range(2):
        start = start + (np.take(_NOT_FIRST, data[start], mode="clip") & (start < at))
    end = end - (data[end - 1] == 39)
    end = end - (data[end - 1] == 46) - (data[end - 1] == 45)
    good = (at > start) & cells.alnum[at + 1] & (data[at - 1] != 46) & (data[at - 1] != 64)
    good &= _letters_end(cells, at, end)
    other = _international(cells, cell[~good])
    at, start, end, cell = at[good], start[good], end[good], cell[good]
    if not len(at) and not other.any():
        return None
    whole = (start == cells.starts[cell]) & (end == cells.ends[cell])
    shape, inside = flags(cells, cell[whole]), flags(cells, cell[~whole])
    if cells.has_high:
        other |= _international(cells, cell[~whole])
    shape |= other
    return Match(shape, shape, inside & ~other, inside & ~other)


def _international(cells: Block, chosen: Index) -> Bools:
    """Which cells are, as a whole, an address in other letters or under a domain written ``xn--``."""
    near = chosen[(chosen >= 0) & (cells.lengths[chosen] <= LONGEST)]
    texts = ((cell, cells.value(cell).decode("utf-8", "replace")) for cell in once(near).tolist())
    return flags(cells, np.array([cell for cell, text in texts if _any_address().fullmatch(text)], np.int64))


def _surroundings(cells: Block, at: Index) -> tuple[Index, Index, Index]:
    """Return the cell of each ``@``, and where the characters that may stand in an address begin and end around it."""
    member = np.frombuffer(cells.data.tobytes().translate(_MEMBER), np.bool_)
    alone = len(at) == len(cells) and bool(member[cells.starts[0] : cells.ends[-1]].all())
    if alone and bool(((at >= cells.starts) & (at < cells.ends)).all()):
        return np.arange(len(cells)), cells.starts, cells.ends
    runs = cells.runs_of(member)
    run = np.searchsorted(runs.start, at, side="right") - 1
    return cells.cells_at(at), runs.start[run], runs.end[run]


def _letters_end(cells: Block, at: Index, end: Index) -> Bools:
    """Say which stretches end in a point and at least two letters, all behind the ``@``."""
    data = cells.data
    point = np.zeros(len(at), np.int64)
    last = cells.columns(end - 8, 8)
    letter, dot = ((last | np.uint8(32)) - np.uint8(97)) < 26, last == 46
    run = letter[7] & letter[6]
    for column in range(5, -1, -1):
        here = np.flatnonzero(run & dot[column])
        point[here] = end[here] - 8 + column
        run &= letter[column]
    open_ones = np.flatnonzero(run)  # a last label of more than seven letters
    for size in range(1, 64):
        place = end[open_ones] - size
        letter = np.take(_LETTER, data[place], mode="clip")
        dot = data[place] == 46
        point[open_ones[dot]] = place[dot]
        open_ones = open_ones[letter & (place > at[open_ones])]
        if not len(open_ones):
            break
    good: Bools = (point > at + 1) & (point < end - 2) & (data[point - 1] != 46) & (data[point - 1] != 45)
    return good


FACES = (Face("EMAIL_ADDRESS", match, needs=(LETTERS, OTHER), shortest_cell=6, early=True, settles=True),)
FORMS = (
    Form(
        "EmailAddressRecognizer",
        "EMAIL_ADDRESS",
        (
            ("address", r"(?<![0-9A-Za-z_])" + _LOCAL + "@" + _DOMAIN + r"(?![0-9A-Za-z])", 0.9),
            ("international", rf"(?<![^\s,;:<(]){_INTERNATIONAL}(?![^\s,;>)])", 0.9),
        ),
        ("邮箱", "邮件", "郵箱", "信箱", "email", "e-mail", "mail"),
        is_valid,
    ),
)
