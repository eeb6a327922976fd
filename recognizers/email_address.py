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

import numpy as np

from .cells_block import LETTERS, OTHER, Block
from .cells_face import Face, Match, flags
from .errors import InvalidFormat, InvalidLength
from .presidio_form import Form, passes

_LOCAL = r"[0-9A-Za-z_](?:[0-9A-Za-z_.%+-]*[0-9A-Za-z_+-])?"
_DOMAIN = r"(?:[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?\.)+[A-Za-z]{2,}"
_ADDRESS = re.compile(_LOCAL + "@" + _DOMAIN)
_MEMBER = np.zeros(256, bool)
_MEMBER[list(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.%+-@")] = True
_LETTER = np.zeros(256, bool)
_LETTER[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] = True
LONGEST = 254


def compact(value: str) -> str:
    """Trim, and lower the case."""
    return unicodedata.normalize("NFKC", value).strip().strip("<>").lower()


def validate(value: str) -> str:
    """Return the address in lower case, or raise a `ValidationError`."""
    value = compact(value)
    if len(value) > LONGEST:
        raise InvalidLength
    if not _ADDRESS.fullmatch(value):
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
    runs = cells.runs_of(_MEMBER[data])
    run = np.searchsorted(runs.start, at, side="right") - 1
    start, end = runs.start[run], runs.end[run]
    end = end - (data[end - 1] == 46) - (data[end - 1] == 45)
    dots = np.flatnonzero(data == 46)
    if not len(dots):
        return None
    dot = dots[np.maximum(np.searchsorted(dots, end) - 1, 0)]
    good = (at > start) & (dot > at + 1) & (dot < end - 2) & _LETTER[data[dot + 1]] & _LETTER[data[end - 1]]
    good &= cells.alnum[at + 1] & (data[at - 1] != 46) & (data[dot - 1] != 46) & (data[at - 1] != 64)
    at, start, end = at[good], start[good], end[good]
    if not len(at):
        return None
    cell = cells.cells_at(at)
    whole = (start == cells.starts[cell]) & (end == cells.ends[cell])
    shape, inside = flags(cells, cell[whole]), flags(cells, cell[~whole])
    return Match(shape, shape, inside, inside)


FACES = (Face("EMAIL_ADDRESS", match, needs=(LETTERS, OTHER), shortest_cell=6, early=True, settles=True),)
FORMS = (
    Form(
        "EmailAddressRecognizer",
        "EMAIL_ADDRESS",
        (("address", r"(?<![0-9A-Za-z_.%+-])" + _LOCAL + "@" + _DOMAIN + r"(?![0-9A-Za-z])", 0.9),),
        ("邮箱", "邮件", "email", "e-mail", "mail"),
        is_valid,
    ),
)
