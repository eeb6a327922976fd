"""Mobile telephone number of the mainland (手机号).

Eleven digits that begin with 13 to 19; ``+86`` or ``0086`` may stand before, spaces or hyphens between 3, 4 and 4. The
ranges in use come from the numbering plan; a number outside them has the shape but is not valid.

* Telecommunications network numbering plan (电信网编号计划), Ministry of Industry and Information Technology

>>> validate("+86 138-0013-8001")
'13800138001'
>>> is_valid("12345678901")
False
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, NUMERIC_MARK, Block, Bools, Index, Tokens
from .cells_face import Face, Match, from_tokens
from .check_digits import all_digits
from .errors import InvalidComponent, InvalidFormat, InvalidLength
from .presidio_form import Form, passes

# The three digits that open the ranges in use, with those of virtual operators, data cards and satellite service.
_RANGES = ((130, 139), (144, 153), (155, 159), (162, 162), (165, 167), (170, 178), (180, 193), (195, 199))
PREFIXES = frozenset(prefix for first, last in _RANGES for prefix in range(first, last + 1))
IN_USE = np.zeros(1000, bool)
IN_USE[sorted(PREFIXES)] = True
_GROUPS = ((3, 4, 4), (3, 8), (7, 4), (4, 4, 3))


def compact(value: str) -> str:
    """Strip separators, and the country code or trunk zero before a mobile number."""
    digits = re.sub(r"^tel:|[\s\-.·()\[\]]", "", unicodedata.normalize("NFKC", value))
    return re.sub(r"^(?:\+?(?:00)?86:?0?|0)(?=1[0-9]{10}$)", "", digits)


def validate(value: str) -> str:
    """Return the eleven digits, or raise a `ValidationError`."""
    value = compact(value)
    if not re.fullmatch(r"[0-9]+", value):
        raise InvalidFormat
    if len(value) != 11:
        raise InvalidLength
    if int(value[:3]) not in PREFIXES:
        raise InvalidComponent("The number does not begin with a mobile range in use.")
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the number."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find mobile numbers in a block of cells."""
    if not (cells.has_long_number or _may_be_pointed(cells)):
        return None
    return from_tokens(cells, [_judged(cells, tokens) for tokens in _candidates(cells) if len(tokens)])


def _may_be_pointed(cells: Block) -> bool:
    """Say whether some cell holds a mark that may stand between the groups of a number."""
    return bool(cells.union & NUMERIC_MARK or (cells.has_high and (cells.data[cells.marks] == 0xC2).any()))


def _candidates(cells: Block) -> list[Tokens]:
    found = [cells.tokens(11)]
    for length, code in ((13, b"86"), (15, b"0086"), (12, b"0")):
        if length in cells.token_lengths:
            found.append(_without(cells.tokens(length), code))
    if not cells.tokens_are_cells:
        found += [cells.grouped(lengths) for lengths in _GROUPS]
        found += [_pointed(cells, mark) for mark in (b".", "·".encode())]
    return found


def _pointed(cells: Block, mark: bytes) -> Tokens:
    """Return three, four and four digits with points between them, and none beside."""
    runs, size, data = cells.runs, cells.run_lengths, cells.data
    first = np.flatnonzero((size[:-2] == 3) & (size[1:-1] == 4) & (size[2:] == 4))
    for step in (0, 1):
        end, start = runs.end[first + step], runs.start[first + step + 1]
        first = first[(start - end == len(mark)) & (data[start - 1] == mark[-1]) & (data[end] == mark[0])]
    start, end = runs.start[first], runs.end[first + 2]
    cell = cells.cells_at(start)
    good = (cells.cells_at(end - 1) == cell) & ~((data[start - 1] == mark[-1]) & (start > cells.starts[cell]))
    behind = (data[end] == mark[0]) & (end + len(mark) < cells.ends[cell]) & cells.alnum[end + len(mark)]
    first, start, end, cell = (part[good & ~behind] for part in (first, start, end, cell))
    parts = [cells.columns(runs.start[first + step], length) for step, length in enumerate((3, 4, 4))]
    whole = (start == cells.starts[cell]) & (end == cells.ends[cell])
    return Tokens(np.concatenate(parts), cell, whole, start)


def _without(tokens: Tokens, code: bytes) -> Tokens:
    """Take the country code off the tokens that begin with it, and drop the others."""
    keep = np.ones(len(tokens), bool)
    for row, byte in zip(tokens.at, code, strict=False):
        keep &= row == byte
    return Tokens(tokens.at[len(code) :, keep], tokens.cell[keep], tokens.whole[keep], tokens.start[keep])


def _judged(cells: Block, tokens: Tokens) -> tuple[Tokens, Bools, Bools]:
    at = tokens.at
    shape = (at[0] == 49) & ((at[1] - np.uint8(51)) < 7) & all_digits(at[2:])
    valid = np.zeros(len(tokens), bool)
    some = np.flatnonzero(shape)
    if len(some):
        prefix = np.int16(100) + (at[1, some] - np.uint8(48)) * np.int16(10) + (at[2, some] - np.uint8(48))
        valid[some] = IN_USE[prefix]
        if not tokens.whole.all():
            tokens = Tokens(at, tokens.cell, tokens.whole | _prefixed(cells, tokens, some), tokens.start)
    return tokens, shape, valid


_AHEAD = 12  # bytes: a country code in wide brackets
_CODE = np.zeros(256, bool)
_CODE[list("+086-() []:·（）＋".encode())] = True


def _prefixed(cells: Block, tokens: Tokens, some: Index) -> Bools:
    """Say which tokens fill their cell but for a country code written before them."""
    found = np.zeros(len(tokens), bool)
    cell = tokens.cell[some]
    ahead = tokens.start[some] - cells.starts[cell]
    size = cells.ends[cell] - tokens.start[some]
    near = np.flatnonzero((ahead > 0) & (ahead <= _AHEAD) & (size >= 11) & (size <= 15))
    if len(near):
        rows = cells.columns(cells.starts[cell[near]], _AHEAD)
        fits = np.ones(len(near), bool)
        for place, row in enumerate(rows):
            fits &= _CODE[row] | (place >= ahead[near])
        last = cells.data[cells.ends[cell[near]] - 1]
        digits = cells.digit_count[cell[near]]
        outside = digits - 11
        fits &= ((last - np.uint8(48)) < 10) & (outside >= 0) & (outside <= 4)
        found[some[near[fits]]] = True
    return found


_THINGS = (b"1064", b"1440")
_THING = re.compile(r"(?:1064|1440)[0-9]{9}")


def is_valid_thing(value: str) -> bool:
    """Say whether the text is a number of the internet of things: thirteen digits that begin with 1064 or 1440.

    >>> is_valid_thing("1064812345678"), is_valid_thing("1440012345678"), is_valid_thing("1740012345678")
    (True, True, False)
    """
    return _THING.fullmatch(compact(value)) is not None


def match_things(cells: Block) -> Match | None:
    """Find numbers of the internet of things (cards in cars and meters) in a block of cells."""
    tokens = cells.tokens(13)
    if not len(tokens):
        return None
    digits = all_digits(tokens.at)
    opens = [np.logical_and.reduce([tokens.at[i] == byte for i, byte in enumerate(code)]) for code in _THINGS]
    found = digits & np.logical_or.reduce(opens)
    return from_tokens(cells, [(tokens, found, found)])


# The country code and the trunk zero, as they are written before a number.
_BEFORE = r"(?:\(\+?86\) ?|\[\+?86\] ?|\+ ?(?:00)?86[ ·:-]?(?:\(0\) ?)?|86[ -]?|0086[ -]?|0)?"
FACES = (
    Face("CN_IOT_NUMBER", match_things, tokens=frozenset({13}), needs=(DIGIT,)),
    Face("CN_MOBILE", match, needs=(DIGIT,), shortest_cell=11, early=True, settles=True),
)
FORMS = (
    Form(
        "CnIotNumberRecognizer",
        "CN_IOT_NUMBER",
        (("thirteen digits", r"(?<![0-9A-Za-z])(?:1064|1440)[0-9]{9}(?![0-9A-Za-z])", 0.4),),
        ("物联网", "SIM", "卡号", "终端", "iot", "msisdn"),
        is_valid_thing,
    ),
    Form(
        "CnMobileRecognizer",
        "CN_MOBILE",
        (
            ("eleven digits", rf"(?<![0-9A-Za-z]){_BEFORE}1[3-9][0-9](?:[ -]?[0-9]{{4}}){{2}}(?![0-9A-Za-z])", 0.6),
            (
                "with points",
                rf"(?<![0-9A-Za-z.·]){_BEFORE}1[3-9][0-9]([.·])[0-9]{{4}}\1[0-9]{{4}}(?![0-9A-Za-z]|[.·][0-9A-Za-z])",
                0.5,
            ),
            (
                "groups of four",
                rf"(?<![0-9A-Za-z]){_BEFORE}1[3-9][0-9]{{2}}[ -][0-9]{{4}}[ -][0-9]{{3}}(?![0-9A-Za-z])",
                0.5,
            ),
        ),
        ("手机", "电话", "联系", "手機", "電話", "聯絡", "mobile", "phone", "tel", "cell", "sjh", "短信", "微信同号"),
        is_valid,
        wrong=0.1,
    ),
)
