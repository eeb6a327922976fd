"""The difference between the original and the working edition: rows, totals and thresholds, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...field_maps import Edition, Field
from ...scanner.errors import UsageError
from .matching import Matches, Place, match
from .original import Original, OriginalRow, plain
from .places import scenarios_of
from .volumes import Volumes, volumes

_IMPORTANT = re.compile("重要数据|important data", re.IGNORECASE)
"""Volumes of important data are conditions of an item, not thresholds of persons."""
RECOGNISED = 0.5
"""Least share of rows under a sector and scenario we know; below it the file is another list, or none."""


@dataclass(frozen=True)
class ThresholdChange:
    """A number of persons that differs: of which row, counter and tier, and where the original says so."""

    sector: str
    row: str
    counter: str
    tier: int
    working: int
    original: int
    place: str


@dataclass(frozen=True)
class Difference:
    """Everything in which the original differs from the working edition, and what it confirms."""

    original: Original
    matches: Matches
    places: tuple[Place | None, ...]
    totals: dict[str, tuple[int, int]]
    renamed: tuple[dict[str, str], ...]
    moved: tuple[dict[str, str], ...]
    added: tuple[dict[str, str], ...]
    missing: tuple[dict[str, str], ...]
    ambiguous: tuple[dict[str, Any], ...]
    thresholds: tuple[ThresholdChange, ...]
    unchanged: int = 0
    decided: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as ``exportgate.list-import/1``."""
        return {
            "schema": "exportgate.list-import/1",
            "file": self.original.path.name,
            "totals": {name: {"working": ours, "original": theirs} for name, (ours, theirs) in self.totals.items()},
            "unchanged": self.unchanged,
            "renamed": list(self.renamed),
            "moved": list(self.moved),
            "added": list(self.added),
            "missing": list(self.missing),
            "ambiguous": list(self.ambiguous),
            "thresholds": [vars(change) for change in self.thresholds],
        }


def compare(original: Original, edition: Edition, decided: dict[str, str] | None = None) -> Difference:
    """Return how `original` differs from `edition`; `decided` holds a person's answers, field id (or ``new``) by place.

    UsageError when the rows stand under none of the edition's sectors and scenarios: then it is not this list.
    """
    rows = original.rows
    known = scenarios_of(rows, edition)
    places = tuple(known.get((row.sector, row.scenario)) for row in rows)
    if sum(place is not None for place in places) < RECOGNISED * len(rows):
        what = (
            f"of {len(rows)} rows, {sum(place is not None for place in places)} stand under a scenario of {edition.id}"
        )
        raise UsageError(f"not this list: {what}", where=str(original.path))
    matches = match(rows, places, edition.fields, decided)
    return _difference(original, edition, matches, places, decided or {})


def _difference(
    original: Original, edition: Edition, matches: Matches, places: tuple[Place | None, ...], decided: dict[str, str]
) -> Difference:
    rows = original.rows
    spoken = matches.taken() | {each.id for candidates in matches.ambiguous.values() for each in candidates}
    new = [at for at in range(len(rows)) if at not in matches.pairs and at not in matches.ambiguous]
    moved = [_moved(rows[at], ours, place) for at, ours, place in _pairs(matches, places) if _is_moved(ours, place)]
    renamed = [_renamed(rows[at], ours) for at, ours, _ in _pairs(matches, places) if not _same_name(rows[at], ours)]
    return Difference(
        original=original,
        matches=matches,
        places=places,
        totals=_totals(rows, edition),
        renamed=tuple(renamed),
        moved=tuple(moved),
        added=tuple({"place": rows[at].place, "scenario": rows[at].scenario, "name": rows[at].field} for at in new),
        missing=tuple({"id": ours.id, "name": ours.name_zh} for ours in edition.fields if ours.id not in spoken),
        ambiguous=tuple(
            {"place": rows[at].place, "name": rows[at].field, "candidates": [each.id for each in candidates]}
            for at, candidates in matches.ambiguous.items()
        ),
        thresholds=_thresholds(rows, places, edition),
        unchanged=sum(
            _same_name(rows[at], ours) and not _is_moved(ours, place) for at, ours, place in _pairs(matches, places)
        ),
        decided=decided,
    )


def _pairs(matches: Matches, places: Sequence[Place | None]) -> list[tuple[int, Field, Place | None]]:
    return [(at, ours, places[at]) for at, (ours, _) in sorted(matches.pairs.items())]


def _same_name(row: OriginalRow, ours: Field) -> bool:
    return plain(row.field) in (plain(ours.name_zh), plain(ours.name_en))


def _is_moved(ours: Field, place: Place | None) -> bool:
    return place is not None and place != (ours.sector, ours.scenario)


def _renamed(row: OriginalRow, ours: Field) -> dict[str, str]:
    return {"id": ours.id, "working": ours.name_zh, "original": row.field, "place": row.place}


def _moved(row: OriginalRow, ours: Field, place: Place | None) -> dict[str, str]:
    return {"id": ours.id, "name": row.field, "to": ".".join(place or ()), "place": row.place}


def _totals(rows: Sequence[OriginalRow], edition: Edition) -> dict[str, tuple[int, int]]:
    sectors = {plain(row.sector) for row in rows if row.sector}
    scenarios = {(plain(row.sector), plain(row.scenario)) for row in rows}
    ours = {(each.sector, each.scenario) for each in edition.fields}
    return {
        "sectors": (len({sector for sector, _ in ours}), len(sectors)),
        "scenarios": (len(ours), len(scenarios)),
        "fields": (len(edition.fields), len(rows)),
    }


def _thresholds(
    rows: Sequence[OriginalRow], places: Sequence[Place | None], edition: Edition
) -> tuple[ThresholdChange, ...]:
    changes: dict[tuple[str, str, str, int], ThresholdChange] = {}
    for row, place in zip(rows, places, strict=True):
        if place is None or _IMPORTANT.search(f"{row.category} {row.threshold}"):
            continue
        threshold_row = edition.row_for(*place)
        said = _said(row)
        for line in threshold_row.lines:
            theirs = said.get((line.counter, line.tier))
            ours = line.at.values[-1][1]
            if theirs is None or ours is None or theirs == ours:
                continue
            key = (place[0], threshold_row.id, line.counter, line.tier)
            changes.setdefault(key, ThresholdChange(*key, ours, theirs, row.place))
    return tuple(changes.values())


def _said(row: OriginalRow) -> Volumes:
    said = volumes(row.threshold)
    for tier, text in ((2, row.tier_2), (1, row.tier_1)):
        for (counter, reached), number in volumes(text, tier).items():
            said.setdefault((counter, reached), number)
    return said
