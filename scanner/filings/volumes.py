"""Compare the distinct persons of a year with the number that was filed.

Persons are counted per threshold row, over all its exports and recipients; so is a filing's volume. Where only one of
several filed exports of a row states its own number, the ledger can bound it: at least the largest export, at most the
sum of them and the row itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...field_maps.model import Edition
from ..free_text import plain
from .actual import Left, Volume
from .comparing import Finding, rows_of, same_scenario
from .document import FiledExport, Filing


def findings(
    filings: Sequence[Filing], left: Sequence[Left], counted: Sequence[Volume], edition: Edition, growth: int
) -> Iterator[Finding]:
    """Yield where a year's persons are more than was filed; `growth` percent more is a material change."""
    stated = _of_rows(filings, edition)
    for volume in counted:
        slot = (volume.sector, volume.row)
        mine = [one for one in left if one.day.year == volume.year and one.sector == volume.sector]
        mine = [one for one in mine if volume.row in one.rows]
        if not mine or not any(volume.persons.values()):
            continue
        if slot in stated:
            yield from _against(
                stated[slot], volume.persons, f"{volume.sector}/{volume.row}", volume.year, growth, mine
            )
        yield from _of_exports(filings, mine, volume, edition, growth, whole=slot in stated)


def _of_rows(filings: Sequence[Filing], edition: Edition) -> dict[tuple[str, str], dict[str, int]]:
    """Return what was filed of a row as a whole: said so, or said of the only filed export that counts under it."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for filing in filings:
        for volume in filing.volumes:
            found[volume.sector, edition.row_for(volume.sector, volume.row).id] = volume.persons.figures
    exports = [(export, row) for filing in filings for export in filing.exports for row in rows_of(export, edition)]
    for export, row in exports:
        alone = sum(other == (export.sector, row) for other in ((each.sector, name) for each, name in exports)) == 1
        if alone and export.persons.figures and len(rows_of(export, edition)) == 1:
            found.setdefault((export.sector, row), export.persons.figures)
    return found


def _of_exports(
    filings: Sequence[Filing], mine: Sequence[Left], volume: Volume, edition: Edition, growth: int, *, whole: bool
) -> Iterator[Finding]:
    for filing in filings:
        for filed in filing.exports:
            own = [one for one in mine if same_scenario(one, filed, edition) and _same_recipient(one, filed)]
            if not own:
                continue
            name = f"{filed.sector}/{filed.scenario} → {filed.recipient.name or '?'}"
            least = max(one.persons.get("any", 0) for one in own)
            most = min(sum(one.persons.get("any", 0) for one in own), volume.persons.get("any", 0))
            if len(own) == len(mine):
                least = most = volume.persons.get("any", 0)
            facts = {"year": str(volume.year)}
            if filed.max_persons is not None and least > filed.max_persons:
                yield from _evidence(Finding("volume-above-cap", name, filed.max_persons, least, facts=facts), own)
            elif filed.max_persons is not None and most > filed.max_persons:
                yield from _evidence(
                    Finding("volume-unclear", name, filed.max_persons, f"{least:,}–{most:,}", facts=facts), own
                )
            told = filed.persons.any
            if whole or (filed.max_persons is not None and told is None):
                continue
            if told is None:
                yield from _evidence(Finding("volume-not-stated", name), own)
            elif least > told:
                yield from _against({"any": told}, {"any": least}, name, volume.year, growth, own)
            elif most > told:
                yield from _evidence(Finding("volume-unclear", name, told, f"{least:,}–{most:,}", facts=facts), own)


def _against(
    filed: Mapping[str, int], actual: Mapping[str, int], name: str, year: int, growth: int, mine: Sequence[Left]
) -> Iterator[Finding]:
    for counter, told in filed.items():
        now = actual.get(counter, 0)
        if now <= told:
            continue
        issue = "volume-grown" if now * 100 > told * (100 + growth) else "volume-above-filed"
        percent = f"{(now - told) / told:.1%}" if told else "∞"
        facts: dict[str, Any] = {"counter": counter, "year": str(year), "percent": percent}
        yield from _evidence(Finding(issue, name, told, now, facts=facts), mine)


def _evidence(finding: Finding, mine: Sequence[Left]) -> Iterator[Finding]:
    for one in mine:
        yield Finding(finding.issue, finding.subject, finding.filed, finding.actual, one, finding.facts)


def _same_recipient(one: Left, filed: FiledExport) -> bool:
    return not filed.recipient.name or plain(one.recipient) == plain(filed.recipient.name)
