"""Names of diagnoses, symptoms, drugs and examinations, Chinese and English, whole or inside longer text.

The lexicon is `data/medical_terms.txt`, made by `data/refresh_terms.py`. One automaton reads the bytes of all cells at
once. A short cell of which terms fill at least half is one; in other cells the term is embedded.

>>> compact("2型糖尿病（伴并发症）")
'2型糖尿病'
>>> is_valid("张三"), is_valid("急性阑尾炎")
(False, True)
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from .cells_block import LOWER, LOWER_HEX, Block, Bools, Index
from .cells_face import Match
from .errors import InvalidFormat
from .presidio_form import Form

ENTITIES = ("DIAGNOSIS_TERM", "SYMPTOM_TERM", "DRUG_TERM", "EXAMINATION_TERM")
_SHORT = 72  # bytes: beyond, a term is embedded


@cache
def lexicon() -> tuple[tuple[str, ...], Index]:
    """Return the terms, and for each the place of its entity in `ENTITIES`."""
    text = (Path(__file__).parent / "data" / "medical_terms.txt").read_text(encoding="utf-8")
    place = {entity: at for at, entity in enumerate(ENTITIES)}
    rows = [line.partition("\t") for line in text.splitlines()]
    known = [(term, place[entity]) for entity, between, term in rows if between]
    return tuple([term for term, _ in known]), np.array([at for _, at in known])


@cache
def _automaton() -> Any:
    import ahocorasick_rs

    terms, _ = lexicon()
    return ahocorasick_rs.BytesAhoCorasick(
        [term.encode() for term in terms], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


def compact(value: str) -> str:
    """Return the longest term in the text, or nothing."""
    found = terms_in(value)
    return max(found, key=len, default="")


def terms_in(value: str) -> list[str]:
    """Return the terms in the text, from left to right."""
    text = unicodedata.normalize("NFKC", value).lower().encode("utf-8", "replace")
    return [text[start:end].decode("utf-8", "replace") for _, start, end in _automaton().find_matches_as_indexes(text)]


def validate(value: str) -> str:
    """Return the longest term in the text, or raise a `ValidationError` when there is none."""
    if not (found := compact(value)):
        raise InvalidFormat
    return found


def is_valid(value: str) -> bool:
    """Say whether the text holds a term."""
    return bool(terms_in(value))


def may_match(cells: Block) -> bool:
    """Say whether the block holds text in which a term could stand."""
    return cells.max_length >= 4 and bool(cells.has_high or cells.union & (LOWER | LOWER_HEX))


def match(cells: Block) -> dict[str, Match]:
    """Find the terms of every entity in a block of cells."""
    found = _automaton().find_matches_as_indexes(_lower_case(cells))
    if not found:
        return {}
    which, start, end = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3).T
    cell = cells.cells_at(start)
    inside = _stands_alone(cells, start, end) & (end <= cells.ends[cell])
    which, start, end, cell = which[inside], start[inside], end[inside], cell[inside]
    covered = np.bincount(cell, weights=end - start, minlength=len(cells))
    fills = (2 * covered >= cells.lengths) & (cells.lengths <= _SHORT)
    entity = lexicon()[1][which]
    return {
        name: _match_of(cells, cell[entity == place], fills)
        for place, name in enumerate(ENTITIES)
        if (entity == place).any()
    }


def _lower_case(cells: Block) -> Any:
    capital = ((cells.data - np.uint8(65)) < 26).view(np.uint8) * np.uint8(32)
    return cells.data | capital


def _stands_alone(cells: Block, start: Index, end: Index) -> Bools:
    """Say which finds do not cut through a word of Latin letters."""
    data, letter = cells.data, cells.letter
    found: Bools = ~(letter[start] & letter[start - 1]) & ~(letter[end - 1] & letter[end])
    return found | (data[start] >= 128)


def _match_of(cells: Block, cell: Index, fills: Bools) -> Match:
    present = np.zeros(len(cells), bool)
    present[cell] = True
    return Match(present & fills, present & fills, present & ~fills, present & ~fills)


_CONTEXT = ("诊断", "病", "症状", "主诉", "用药", "药品", "检查", "diagnosis", "medication", "symptom")
FORMS = tuple(Form(f"{name.title().replace('_', '')}Recognizer", name, (), _CONTEXT) for name in ENTITIES)
