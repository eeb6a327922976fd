"""Personal names, told from the form of a cell: Chinese, of minorities written in Chinese, and in Latin letters.

Two to four Chinese characters that begin with a surname have the shape of a name; when every other character is one
that given names are made of, the cell is taken as a name (words that merely begin with a surname's character mostly
fail that). A name with a middle dot (买买提·艾力) and two or three capitalised Latin words are names of other forms.

The lists are `data/person_names.yaml`. A shape is never proof: a column is judged by its share, its header and company.

>>> is_valid("欧阳娜娜"), is_valid("高血压"), is_valid("Zhang Wei")
(True, False, True)
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

import numpy as np

from .cells_block import DIGIT, HIGH, LETTERS, LOWER, LOWER_HEX, OTHER, Block, Bools, Index
from .cells_face import Face, Match, flags, from_cells
from .cells_sorted import once
from .data_files import read_yaml
from .errors import InvalidComponent, InvalidFormat
from .presidio_form import Form, passes

_DOT = "·•・‧"
_LATIN = re.compile(r"[A-Z][A-Za-z'’-]*(?: (?:[A-Z]\.?|[A-Z][A-Za-z'’-]*)){1,3}")


@cache
def lists() -> dict[str, Any]:
    """Return the surnames, given-name characters and words that look like names and are none."""
    raw = read_yaml("person_names.yaml")
    return {
        "surnames": frozenset(raw["surnames"]),
        "compound": frozenset(raw["compound"]),
        "given": frozenset(raw["given"]),
        "words": frozenset(raw["not_surname_words"]),
        "latin": frozenset(raw["pinyin_surnames"].split()) | frozenset(raw["english_given"].split()),
    }


def compact(value: str) -> str:
    """Trim, and drop spaces between Chinese characters."""
    value = unicodedata.normalize("NFKC", value).strip()
    return re.sub(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])", "", value)


def validate(value: str) -> str:
    """Return the name, or raise a `ValidationError` when it does not have the form of one."""
    value = compact(value)
    known = lists()
    if re.fullmatch(r"[㐀-鿿]{2,4}", value):
        size = 2 if value[:2] in known["compound"] and len(value) > 2 else 1
        if value in known["words"] or (size == 1 and value[0] not in known["surnames"]) or len(value) - size > 2:
            raise InvalidComponent("The text does not begin with a surname.")
        if not known["given"].issuperset(value[size:]):
            raise InvalidComponent("The text holds a character that names are not made of.")
        return value
    if re.fullmatch(rf"[㐀-鿿]{{2,8}}(?:[{_DOT}][㐀-鿿]{{1,8}}){{1,4}}", value):
        return value
    if _LATIN.fullmatch(value) and not known["latin"].isdisjoint(value.lower().split()):
        return value
    raise InvalidFormat


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the name."""
    return passes(validate, value)


_PREFIX = 0xFFFF


@cache
def tables() -> tuple[Bools, Bools, Index, Index, Bools, Bools]:
    """Return surnames, characters of given names, compound surnames, words that are no names; first looks at both."""
    known = lists()
    surname, given = np.zeros(1 << 16, bool), np.zeros(1 << 16, bool)
    surname[[ord(c) for c in known["surnames"]]] = True
    given[[ord(c) for c in known["given"]]] = True
    compound = np.array(sorted((ord(c[0]) << 16) | ord(c[1]) for c in known["compound"]), np.int64)
    words = np.sort(Block.of_values([word.encode() for word in sorted(known["words"])]).hashes.view(np.int64))
    compound_first, prefixes = np.zeros(1 << 16, bool), np.zeros(1 << 16, bool)
    compound_first[compound >> 16] = True
    prefixes[words & _PREFIX] = True
    return surname, given, compound, words, compound_first, prefixes


def match(cells: Block) -> Match | None:
    """Find cells that have the shape of a Chinese name, and those that are taken as one."""
    lengths = cells.lengths
    short = np.flatnonzero(((lengths == 6) | (lengths == 9) | (lengths == 12)) & (cells.mask == HIGH))
    shape, valid = flags(cells), flags(cells)
    if len(short):
        good, sure = _chinese(cells, short)
        shape[short[good]] = True
        valid[short[sure]] = True
    dotted = _dotted(cells)
    shape[dotted] = valid[dotted] = True
    return Match(shape, valid, flags(cells), flags(cells)) if shape.any() else None


def _chinese(cells: Block, short: Index) -> tuple[Bools, Bools]:
    surname, given, compound, words, compound_first, prefixes = tables()
    start, size = cells.starts[short], cells.lengths[short] // 3
    first, second = cells.points(start), cells.points(start + 3)
    double = np.zeros(len(short), bool)
    maybe = np.flatnonzero(compound_first[first] & (size > 2))
    double[maybe] = np.isin((first[maybe] << 16) | second[maybe], compound)
    good = (surname[first] & (size < 4)) | double
    sure = good & (given[second] | double)
    for place in (2, 3):
        longer = np.flatnonzero(sure & (size > place))
        if len(longer):
            sure[longer] = given[cells.points(start[longer] + 3 * place)]
    hashes = cells.hashes[short].view(np.int64)
    word = np.flatnonzero(good & prefixes[(hashes & _PREFIX)])
    word = word[np.isin(hashes[word], words)]
    good[word] = sure[word] = False
    return good, sure


def _dotted(cells: Block) -> Index:
    data = cells.data
    dot: Index = cells.marks
    if not len(dot):
        return dot
    first, second = data[dot], data[dot + 1]
    dot = dot[((first == 0xC2) & (second == 0xB7)) | ((first == 0xE2) & (second == 0x80))]
    if not len(dot):
        return dot
    cell = once(cells.cells_at(dot))
    cell = cell[(cells.lengths[cell] <= 60) & (cells.mask[cell] == HIGH)]
    names = (re.compile(rf"[㐀-鿿]{{2,8}}(?:[{_DOT}][㐀-鿿]{{1,8}}){{1,4}}"),)
    kept = [c for c in cell.tolist() if names[0].fullmatch(cells.value(c).decode("utf-8", "replace"))]
    return np.array(kept, np.int64)


def match_latin(cells: Block) -> Match | None:
    """Find cells of two to four capitalised words, and those with a known surname or given name among them."""
    able = ((cells.mask & (HIGH | DIGIT)) == 0) & ((cells.mask & OTHER) > 0) & ((cells.mask & LETTERS) > 0)
    able &= (cells.lengths >= 4) & (cells.lengths <= 40)
    cell = np.flatnonzero(able)
    if not len(cell):
        return None
    first = cells.data[cells.starts[cell]]
    cell = cell[(first - np.uint8(65)) < 26]
    shape, valid = [], []
    known = lists()["latin"]
    for one in cell.tolist():
        text = cells.value(one).decode("ascii", "replace")
        if _LATIN.fullmatch(text):
            shape.append(one)
            if not known.isdisjoint(text.lower().split()):
                valid.append(one)
    return from_cells(cells, np.array(shape, np.int64), np.array(valid, np.int64))


FACES = (
    Face("CN_PERSON_NAME", match, needs=(HIGH,), shortest_cell=6, early=True, settles=True),
    Face("PERSON_NAME_LATIN", match_latin, needs=(OTHER, LOWER | LOWER_HEX), shortest_cell=4),
)


def _prose() -> tuple[tuple[str, str, float], ...]:
    """Names in prose: behind a role, before a title, at the head of a clause. A name ends where something is done."""
    known, words = lists(), read_yaml("person_names.yaml")
    surname = rf"(?:{'|'.join(sorted(known['compound']))}|[{''.join(sorted(known['surnames']))}])"
    given = f"[{''.join(sorted(known['given']))}]"
    roles, titles, acts = ("|".join(words[part]) for part in ("roles", "titles", "acts"))
    ends = rf"(?={titles}|{acts}|[^㐀-鿿]|$)"
    name = rf"(?:{surname}{given}{{1,2}}?{ends}|{surname}{given}{{1,2}}(?!·))"
    return (
        ("behind a role", rf"(?<=(?:{roles})[：: ]?){name}", 0.45),
        ("before a title", rf"{surname}{given}{{1,2}}?(?={titles})", 0.5),
        ("at the head of a clause", rf"(?<![㐀-鿿]){surname}{given}{{1,2}}?(?={acts})", 0.45),
        ("with dots", _with_dots(words["transcribed"], words["never_first"]), 0.5),
    )


def _with_dots(transcribed: str, never_first: str) -> str:
    """A name around dots: the characters that such names are written with, or all that stands between two marks."""
    before = "".join(sorted(set(transcribed) - set(never_first)))
    first = rf"(?<![{before}])(?:理查|大卫|(?![{never_first}])[{transcribed}])"
    part = rf"[{_DOT}][{transcribed}]{{1,8}}"
    known = rf"[㐀-鿿]{{0,6}}[{transcribed}]{{2}}[{_DOT}][{transcribed}]"
    alone = rf"(?<![㐀-鿿{_DOT}])(?!{known})[㐀-鿿]{{2,8}}(?:[{_DOT}][㐀-鿿]{{1,8}}){{1,4}}(?![㐀-鿿{_DOT}])"
    return rf"{alone}|{first}[{transcribed}]{{1,7}}(?:{part}){{1,4}}"


FORMS = (
    Form(
        "CnPersonNameRecognizer",
        "CN_PERSON_NAME",
        (
            ("after a title", r"(?<=(?:患者|姓名|先生|女士|医师|医生|护士)[：: ])[㐀-鿿]{2,4}(?![㐀-鿿])", 0.5),
            *_prose(),
        ),
        ("姓名", "患者", "联系人", "name"),
        lambda value: None if is_valid(value) else False,
    ),
)
