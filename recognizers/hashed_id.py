"""Hashed, tokenised and random identifiers: UUID, MD5, SHA-1, SHA-2, and the identifiers of WeChat accounts.

A hash of a telephone number is still personal information: whoever has the number can make the hash again.

* RFC 9562 (UUID), RFC 1321, FIPS 180-4

>>> validate("d41d8cd98f00b204e9800998ecf8427e")
'd41d8cd98f00b204e9800998ecf8427e'
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, LETTERS, NUMERIC_MARK, OTHER, UPPER, Block, Bools, Bytes
from .cells_face import Face, Match, flags, from_cells, from_tokens
from .errors import InvalidFormat
from .presidio_form import ALONE, Form, passes

LENGTHS = (32, 40, 56, 64, 96, 128)
_OPEN_ID = np.zeros(256, bool)
_OPEN_ID[list(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_")] = True
_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


def compact(value: str) -> str:
    """Trim, and lower the case."""
    return unicodedata.normalize("NFKC", value).strip().strip("{}").lower()


def validate(value: str) -> str:
    """Return the hash or UUID in lower case, or raise a `ValidationError`."""
    value = compact(value)
    is_hash = len(value) in LENGTHS and re.fullmatch(r"(?=.*[a-f])(?=.*[0-9])[0-9a-f]+", value)
    if not is_hash and not re.fullmatch(_UUID, value):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the value."""
    return passes(validate, value)


def validate_open_id(value: str) -> str:
    """Return a WeChat OpenID or UnionID as it is, or raise a `ValidationError`.

    >>> validate_open_id("oLVPpjqs9BhvzwPj5A-vTYAX3GLc")
    'oLVPpjqs9BhvzwPj5A-vTYAX3GLc'
    """
    value = unicodedata.normalize("NFKC", value).strip()
    if not re.fullmatch(r"o(?=[0-9a-z_-]*[A-Z])(?=[0-9A-Z_-]*[a-z])[0-9A-Za-z_-]{27,28}", value):
        raise InvalidFormat
    return value


def is_valid_open_id(value: str) -> bool:
    """Say whether `validate_open_id` would accept the value."""
    return passes(validate_open_id, value)


def match(cells: Block) -> Match | None:
    """Find hashes (hexadecimal text of a digest's length) in a block of cells."""
    found = []
    for length in LENGTHS:
        if length in cells.token_lengths or length > 126:
            tokens = cells.tokens(length)
            shape = _all_hex(tokens.at)
            found.append((tokens, shape, shape))
    return from_tokens(cells, found)


def _all_hex(rows: Bytes) -> Bools:
    found = np.ones(rows.shape[1], bool)
    digits, letters = np.zeros(rows.shape[1], bool), np.zeros(rows.shape[1], bool)
    for row in rows:
        found &= is_hex(row)
        digits |= row < 58
        letters |= row > 64
    return found & digits & letters


def match_uuid(cells: Block) -> Match | None:
    """Find UUIDs in a block of cells."""
    if cells.uniform != 36:
        tokens = cells.grouped((8, 4, 4, 4, 12), b"-")
        fits = np.ones(len(tokens), bool)
        for row in tokens.at:
            fits &= is_hex(row)
        return from_tokens(cells, [(tokens, fits, fits)])
    rows = cells.transposed
    fits = np.ones(len(cells), bool)
    for place in _HYPHENS:
        fits &= rows[place] == 45
    if not fits.any():
        return None
    for place, row in enumerate(rows):
        if place not in _HYPHENS:
            fits &= is_hex(row)
    return from_cells(cells, np.flatnonzero(fits))


_HYPHENS = (8, 13, 18, 23)


def is_hex(row: Bytes) -> Bools:
    """Say which bytes are hexadecimal digits."""
    found: Bools = ((row - np.uint8(48)) < 10) | (((row | np.uint8(32)) - np.uint8(97)) < 6)
    return found


_BESIDE = list(b"+/=")  # beside a stretch of base64 text, which is no account


def match_open_id(cells: Block) -> Match | None:
    """Find WeChat OpenIDs and UnionIDs: 28 or 29 characters that begin with o, small and capital letters among them."""
    data = cells.data
    start = np.flatnonzero((data[1:] == 111) & ~_OPEN_ID[data[:-1]]) + 1
    edge = cells.starts[cells.filled]
    start = np.union1d(start, edge[data[edge] == 111])
    cell = cells.cells_at(start)
    kept = (cell >= 0) & (start + 28 <= cells.ends[cell])
    start, cell = start[kept], cell[kept]
    rows = cells.columns(start, 30)
    fits = _OPEN_ID[rows[:28]].all(axis=0)
    start, cell, rows = start[fits], cell[fits], rows[:, fits]
    longer = _OPEN_ID[rows[28]] & (start + 28 < cells.ends[cell])
    end = start + 28 + longer
    capital = ((rows[1:28] - np.uint8(65)) < 26).any(axis=0)
    lower = ((rows[1:28] - np.uint8(97)) < 26).any(axis=0)
    first, last = (
        np.where(start > cells.starts[cell], data[start - 1], 0),
        np.where(end < cells.ends[cell], data[end], 0),
    )
    fits = capital & lower & ~_OPEN_ID[last] & ~np.isin(first, _BESIDE[:2]) & ~np.isin(last, _BESIDE)
    start, end, cell = start[fits], end[fits], cell[fits]
    if not len(cell):
        return None
    whole = (start == cells.starts[cell]) & (end == cells.ends[cell])
    shape, inside = flags(cells, cell[whole]), flags(cells, cell[~whole])
    return Match(shape, shape, inside, inside)


def match_base64_image(cells: Block) -> Match | None:
    """Find cells that are a picture: a data URI, base64 text of a picture's first bytes, or those bytes themselves."""
    cell = np.flatnonzero(cells.lengths >= 24)
    cell = cell[np.take(_MAGIC, cells.data[cells.starts[cell]], mode="clip")]
    if not len(cell):
        return None
    rows = cells.columns(cells.starts[cell], 11)
    found = np.zeros(len(cell), bool)
    for magic in _PICTURES:
        fits = np.ones(len(cell), bool)
        for row, byte in zip(rows, magic, strict=False):
            fits &= row == byte
        found |= fits
    return from_cells(cells, cell[found]) if found.any() else None


_PICTURES = (
    b"data:image/",
    b"/9j/",
    b"iVBORw0KGgo",
    b"R0lGOD",
    b"UklGR",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n",
    b"GIF8",
    b"Qk0",
)
_MAGIC = np.zeros(256, bool)
_MAGIC[[magic[0] for magic in _PICTURES]] = True


def match_document(cells: Block) -> Match | None:
    """Find cells that are JSON or XML documents."""
    filled = len(cells.filled) == len(cells)
    first = cells.first_bytes if filled else cells.data[cells.starts]
    last = cells.from_last() if filled else cells.data[cells.ends - 1]
    braced = ((first == 123) & (last == 125)) | ((first == 91) & (last == 93)) | ((first == 60) & (last == 62))
    found = braced & (cells.lengths >= 2)
    return Match(found, found, flags(cells), flags(cells)) if found.any() else None


FACES = (
    Face("UUID", match_uuid, needs=(NUMERIC_MARK,), shortest_cell=36, early=True, settles=True),
    Face("HASHED_ID", match, needs=(DIGIT, LETTERS), shortest_cell=32, early=True, settles=True),
    Face("WECHAT_OPEN_ID", match_open_id, needs=(UPPER,), shortest_cell=28),
    Face("BASE64_IMAGE", match_base64_image, shortest_cell=24, long=True),
    Face("DOCUMENT_TEXT", match_document, needs=(OTHER,), shortest_cell=2, long=True),
)
FORMS = (
    Form(
        "HashedIdRecognizer",
        "HASHED_ID",
        (
            (
                "digest",
                ALONE.format(
                    r"(?=[0-9]*[A-Fa-f])(?:[0-9A-Fa-f]{128}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{56}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})"
                ),
                0.4,
            ),
        ),
        ("md5", "sha", "hash", "加密", "脱敏", "token", "openid"),
    ),
    Form(
        "WechatOpenIdRecognizer",
        "WECHAT_OPEN_ID",
        (
            (
                "28 characters",
                r"(?<![0-9A-Za-z_+/-])(?-i:o(?=[0-9a-z_-]*[A-Z])(?=[0-9A-Z_-]*[a-z])[0-9A-Za-z_-]{27,28})(?![0-9A-Za-z_+/=-])",
                0.5,
            ),
        ),
        ("openid", "unionid", "微信", "wechat"),
        is_valid_open_id,
    ),
    Form("UuidRecognizer", "UUID", (("five groups", ALONE.format(_UUID), 0.5),), ("uuid", "guid", "标识")),
)
