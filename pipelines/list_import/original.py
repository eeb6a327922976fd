"""The original as rows of the list: its columns found by their headings in any order, its gaps filled downwards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...field_maps.yaml_files import shipped
from ...scanner.errors import UsageError
from .grids import Grid, Line, read_grids

CARRIED = ("sector", "scenario", "category", "threshold", "tier_1", "tier_2")
"""Columns whose cells are merged in print: an empty one repeats the row above."""
LOOK_FOR_HEADINGS = 15
LONGEST_HEADING = 30


@dataclass(frozen=True)
class OriginalRow:
    """One row of the published list, in its own words, and the place it stands at."""

    place: str
    sector: str
    scenario: str
    field: str
    category: str = ""
    description: str = ""
    threshold: str = ""
    tier_1: str = ""
    tier_2: str = ""


@dataclass(frozen=True)
class Original:
    """The published list as read from a file."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[OriginalRow, ...]


def plain(text: str) -> str:
    """Return `text` without width, case, spaces and punctuation, for comparing names.

    >>> plain("临床试验（DCT） ")
    '临床试验dct'
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=1)
def _headings() -> dict[str, str]:
    return {plain(word) or word: role for role, words in shipped(__package__, "headers.yaml").items() for word in words}


def read_original(path: Path) -> Original:
    """Return the rows of the list in `path`; UsageError (exit 2) says why when the file is no such list."""
    rows: list[OriginalRow] = []
    columns: dict[str, int] = {}
    for grid in read_grids(path):
        found = _find_columns(grid)
        if found is None and not columns:
            continue
        if found is not None:
            columns = found[1]
        rows += _rows(grid[found[0] + 1 :] if found else grid, columns)
    if not columns:
        raise UsageError(
            "no table with a heading for scenario and one for field", where=str(path), hint="see docs/catalogue.md"
        )
    if not rows:
        raise UsageError("the table of fields is empty", where=str(path))
    return Original(path, tuple(columns), tuple(rows))


def _find_columns(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings and the column of each role; None when there is no such row."""
    for at, line in enumerate(grid[:LOOK_FOR_HEADINGS]):
        roles = _roles(line.cells)
        if {"scenario", "field"} <= roles.keys():
            return at, roles
    return None


def _roles(cells: Sequence[str]) -> dict[str, int]:
    best: dict[str, tuple[int, int]] = {}
    for at, cell in enumerate(cells):
        role, strength = _role(cell)
        if role and strength > best.get(role, (0, 0))[0]:
            best[role] = (strength, at)
    return {role: at for role, (_, at) in best.items()}


def _role(cell: str) -> tuple[str, int]:
    text = plain(cell)
    if not text or len(text) > LONGEST_HEADING:
        return "", 0
    matches = [(len(word) + 10 * (word == text), role) for word, role in _headings().items() if _says(word, text)]
    strength, role = max(matches, default=(0, ""))
    return role, strength


def _says(word: str, text: str) -> bool:
    return word == text or (len(word) > 2 and word in text) or (not word.isascii() and word in text)


def _rows(lines: Sequence[Line], columns: dict[str, int]) -> Iterator[OriginalRow]:
    above: dict[str, str] = {}
    for line in lines:
        if {"scenario", "field"} <= _roles(line.cells).keys():
            continue
        values = {role: line.cells[at] if at < len(line.cells) else "" for role, at in columns.items()}
        if "sector" not in columns:
            values["sector"] = line.under
        changed = bool(values["scenario"]) and values["scenario"] != above.get("scenario")
        for role in CARRIED:
            fresh = changed and role not in ("sector", "scenario")
            values[role] = values.get(role, "") or ("" if fresh else above.get(role, ""))
        above = values
        if values["field"] and values["scenario"]:
            values.pop("number", None)
            values.setdefault("description", "")
            yield OriginalRow(place=line.place, **{role: values[role] for role in _FIELDS})


_FIELDS = ("sector", "scenario", "field", "category", "description", "threshold", "tier_1", "tier_2")
