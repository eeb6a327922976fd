"""Identifiers of which a part is masked (脱敏): 138****8000, 350203********0016, 张*, z***n@example.com.

What is left still belongs to a person, and masking a column does not lower a count: these cells are items like the
whole ones, but identify nobody. A telephone number has eleven places, a resident number eighteen (or fifteen) and
begins with a province, a bank card fourteen to nineteen; the mask stands for places of them. Errs towards accepting.

* JR/T 0171-2020, annex on masking; GB/T 37964-2019, annex A (masking), for the form

>>> validate("138 **** 8000"), validate("350203********0016"), validate("张**")
('138****8000', '350203********0016', '张**')
>>> kind_of("6222 **** **** 1234"), kind_of("z***n@example.com"), kind_of("闽D***45")
('MASKED_CARD', 'MASKED_EMAIL', 'MASKED_PLATE')
>>> is_valid("******"), is_valid("2**10"), is_valid("**bold**")
(False, False, False)
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial

import numpy as np

from .cells_block import HIGH, LOWER, OTHER, UPPER, Block, Index
from .cells_face import Face, Match, flags
from .cells_sorted import once
from .data_files import read_yaml
from .errors import InvalidFormat
from .licence_plate import PROVINCES
from .presidio_form import Form, passes
from .resident_id import is_province

_MASK = "*＊•●×#"
_M = f"[{_MASK}]"
_HAN = "[㐀-鿿]"
_NARROW = {ord(sign): "*" for sign in _MASK}
_MARKS = dict.fromkeys(map(ord, " ()+-"))
_NUMBER = rf"(?<![0-9A-Za-z{_MASK}]){{}}(?![0-9A-Za-z{_MASK}])"
_PHONE = (
    rf"(?:\(?\+?86\)?[ -]?)?(?:1[3-9][0-9]?[0-9]?[ -]?(?:{_M}[ -]?){{3,8}}[0-9]{{2,4}}|1[3-9][0-9][xX]{{4}}[0-9]{{4}})"
)
_RESIDENT = rf"[1-9][0-9]{{0,9}}(?:{_M}[ -]?){{4,16}}[0-9]{{0,4}}[0-9Xx]"
_CARD = rf"(?:[2-9][0-9]{{3}}[ -]?(?:[0-9]{{2}})?(?:{_M}[ -]?){{4,12}}[0-9]{{3,4}}|(?:{_M}[ -]?){{10,15}}[0-9]{{4}})"
_PLATE = rf"[{PROVINCES}][A-HJ-Z][ ·.-]?(?=[0-9A-Z]{{0,3}}{_M})[0-9A-Z{_MASK}]{{5,6}}"
_LOCAL = r"[0-9A-Za-z._%+-]{0,16}"
_EMAIL = rf"{_LOCAL}{_M}{{2,16}}{_LOCAL}@(?:[0-9A-Za-z](?:[0-9A-Za-z-]{{0,40}}[0-9A-Za-z])?\.){{1,4}}[A-Za-z]{{2,12}}"


@cache
def _name() -> str:
    raw = read_yaml("person_names.yaml")
    known = "|".join((*sorted(raw["compound"]), f"[{''.join(sorted(raw['surnames']))}]"))
    name = rf"(?:{known}){_M}{{1,3}}|(?:{known}){_M}{{1,2}}{_HAN}|{_M}{{1,2}}{_HAN}{{1,2}}"
    return rf"(?<!{_HAN}|{_M})(?:{name})(?!{_HAN}|{_M})"


@cache
def _patterns() -> dict[str, str]:
    return {
        "MASKED_RESIDENT_ID": _NUMBER.format(_RESIDENT),
        "MASKED_PHONE": _NUMBER.format(_PHONE).replace("(?<![0-9A-Za-z", "(?<![0-9A-Za-z+", 1),
        "MASKED_CARD": _NUMBER.format(_CARD),
        "MASKED_EMAIL": rf"(?<![0-9A-Za-z._%+{_MASK}-]){_EMAIL}(?![0-9A-Za-z])",
        "MASKED_PLATE": rf"{_PLATE}(?![0-9A-Za-z{_MASK}])",
        "MASKED_NAME": _name(),
    }


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    return {entity: re.compile(pattern) for entity, pattern in _patterns().items()}


def _fits(entity: str, value: str) -> bool:
    """Whether as many places are left and masked as the identifier has."""
    bare = value.translate(_MARKS)
    if entity == "MASKED_PHONE":
        return len(re.sub(r"^86(?=1[3-9].{9})", "", bare)) == 11
    if entity == "MASKED_RESIDENT_ID":
        return len(bare) in (15, 18) and (not bare[1].isdigit() or is_province(bare))
    if entity == "MASKED_CARD":
        return 14 <= len(bare) <= 19 and not _fits("MASKED_RESIDENT_ID", value)
    if entity == "MASKED_NAME":
        return len(value) >= 2
    return True


def compact(value: str) -> str:
    """Trim, write the mask with stars, and strip separators of numbers."""
    value = unicodedata.normalize("NFKC", value).strip().translate(_NARROW)
    return re.sub(r"(?<=[0-9*])[ -](?=[0-9*])", "", value)


def kind_of(value: str) -> str:
    """Return the entity of which a value is a masked one, or raise a `ValidationError`."""
    value = unicodedata.normalize("NFKC", value).strip()
    for entity, pattern in _compiled().items():
        if pattern.fullmatch(value) and _fits(entity, value):
            return entity
    raise InvalidFormat


def validate(value: str) -> str:
    """Return the compact masked identifier, or raise a `ValidationError`."""
    kind_of(value)
    return compact(value)


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the value."""
    return passes(validate, value)


# -- the vectorised face ---------------------------------------------------------------------------------------------


def _likely(cells: Block) -> Index:
    """The cells in which two masks stand side by side or one beside Chinese, or in which a number holds four x."""
    known = cells.candidates("MASKED")
    if known is not None:
        return known
    data = cells.data
    mask = (data == 42) | (data == 35)
    places = []
    if mask.any():
        star = np.flatnonzero(mask)
        inside = cells.cells_at(star)
        before, behind = cells.starts[inside] < star, star + 1 < cells.ends[inside]
        beside = (mask[star + 1] | (data[star + 1] >= 128)) & behind | (data[star - 1] >= 128) & before
        places.append(star[beside])
    if cells.has_high:
        lead = np.flatnonzero((data == 0xE2) | (data == 0xC3))
        two = data[lead].astype(np.int64) << 8 | data[lead + 1]
        dots = ((two == 0xE280) & (data[lead + 2] == 0xA2)) | ((two == 0xE297) & (data[lead + 2] == 0x8F))
        places.append(lead[dots | (two == 0xC397)])
    for length in {11, 13} & cells.token_lengths if cells.union & (LOWER | UPPER) else ():
        tokens = cells.tokens(length)
        crossed = ((tokens.at[length - 8 : length - 4] | 32) == 120).all(axis=0)
        places.append(tokens.start[crossed])
    cell = cells.cells_at(np.concatenate(places)) if any(map(len, places)) else np.zeros(0, np.int64)
    return once(cell[cell >= 0]).astype(np.int64)


def _read(text: str) -> tuple[str, set[str]]:
    """Return the entity that a text is as a whole, or those that stand in it."""
    for entity, pattern in _compiled().items():
        if pattern.fullmatch(text) and _fits(entity, text):
            return entity, set()
    inside = {
        entity
        for entity, pattern in _compiled().items()
        if any(_fits(entity, found[0]) for found in pattern.finditer(text))
    }
    return "", inside


def _all(cells: Block) -> dict[str, Match]:
    whole: dict[str, list[int]] = {}
    inside: dict[str, list[int]] = {}
    for cell in _likely(cells).tolist():
        one, several = _read(cells.value(cell).decode("utf-8", "replace"))
        if one:
            whole.setdefault(one, []).append(cell)
        for entity in several:
            inside.setdefault(entity, []).append(cell)
    found = {}
    for entity in {*whole, *inside}:
        here, there = (flags(cells, np.array(where.get(entity, ()), np.int64)) for where in (whole, inside))
        found[entity] = Match(here, here, there, there)
    return found


def match(entity: str, cells: Block) -> Match | None:
    """Answer for a block of cells: which are a masked identifier as a whole, which hold one."""
    if not cells.may_hold("MASKED"):
        return None
    known: dict[str, Match] | None = cells.notes.get("masked")
    if known is None:
        known = cells.notes["masked"] = _all(cells)
    return known.get(entity)


_ENTITIES = ("MASKED_RESIDENT_ID", "MASKED_PHONE", "MASKED_CARD", "MASKED_EMAIL", "MASKED_PLATE", "MASKED_NAME")
FACES = tuple(
    Face(entity, partial(match, entity), needs=(OTHER | HIGH | LOWER | UPPER,), shortest_cell=3) for entity in _ENTITIES
)


def _form(entity: str, scores: float) -> Form:
    name = "".join(part.capitalize() for part in entity.split("_"))
    return Form(
        f"{name}Recognizer",
        entity,
        (("masked", f"(?-i:{_patterns()[entity]})", scores),),
        ("脱敏", "掩码", "masked"),
        lambda value: None if _fits(entity, value) else False,
    )


FORMS = tuple(_form(entity, 0.4 if entity == "MASKED_NAME" else 0.6) for entity in _ENTITIES)
