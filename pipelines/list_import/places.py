"""Which sector and scenario of the working edition a row of the original stands under."""

from __future__ import annotations

from collections.abc import Iterable

from ...field_maps import Edition
from .original import OriginalRow, plain

ALIKE = 62
_FILLER = ("行业", "场景", "业务", "数据", "scenario", "sector", "industry")


def scenarios_of(rows: Iterable[OriginalRow], edition: Edition) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (sector, scenario) ids for every pair of names in `rows` that is recognised.

    The nearest names are paired first, and no scenario twice: two scenarios of the original are never one of ours.
    """
    from rapidfuzz import fuzz

    pairs = list(dict.fromkeys((row.sector, row.scenario) for row in rows))
    known = [(sector, scenario) for sector, scenario in edition.scenarios]
    sectors = [(sector.name.zh, sector.name.en, sector.id) for sector in edition.sectors]
    named = {theirs: max(_alike(theirs, ours, fuzz) for each in sectors for ours in each) for theirs, _ in pairs}
    scored = []
    for pair in pairs:
        for sector, scenario in known:
            ours = (scenario.name.zh, scenario.name.en, scenario.id)
            alike = max(_alike(pair[1], name, fuzz) for name in ours)
            belongs = max(_alike(pair[0], name, fuzz) for name in (sector.name.zh, sector.name.en, sector.id))
            if alike >= ALIKE and (named[pair[0]] < ALIKE or belongs >= ALIKE):
                scored.append((alike + belongs / 10, pair, (sector.id, scenario.id)))
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for _, pair, ids in sorted(scored, key=lambda each: -each[0]):
        if pair not in found and ids not in found.values():
            found[pair] = ids
    return found


def _alike(theirs: str, ours: str, fuzz: object) -> float:
    a, b = _core(theirs), _core(ours)
    if not a or not b:
        return 0.0
    return 100.0 if a == b else float(max(fuzz.ratio(a, b), 0.9 * fuzz.partial_ratio(a, b)))  # type: ignore[attr-defined]


def _core(name: str) -> str:
    text = plain(name)
    for word in _FILLER:
        text = text.replace(word, "") or text
    return text
