"""The law as a report needs it: names of rows, paths and rules, and the tier lines that stand on a row's counters.

Names and numbers come from the edition of the list alone; a document of an edition that is not installed is still
shown, with the lines that its own reasons cite.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..messages import Texts


@dataclass(frozen=True)
class TierLine:
    """From `persons` on, `tier` is reached."""

    tier: int
    persons: int


@dataclass(frozen=True)
class Law:
    """An edition seen on one day, in one language; `edition` and `national` are None where they are not installed."""

    texts: Texts
    day: date
    edition: Any = None
    national: Any = None

    @property
    def title(self) -> str:
        """The edition's title."""
        return self._said(self.edition.title) if self.edition else ""

    @property
    def disclaimer(self) -> str:
        """What the edition says about its own standing."""
        return self._said(self.edition.disclaimer) if self.edition else self.texts("unknown.legal")

    def row_name(self, sector: str, row: str) -> str:
        """Return the name of a threshold row."""
        found = self._row(self.edition, sector, row)
        return self._said(found.name) if found else row

    def scenario_name(self, sector: str, scenario: str) -> str:
        """Return the name of a scenario, or of the threshold row where a row is named instead."""
        known = (
            [item for group in self.edition.sectors if group.id == sector for item in group.scenarios]
            if self.edition
            else []
        )
        found = next((item for item in known if item.id == scenario), None)
        return self._said(found.name) if found else self.row_name(sector, scenario)

    def rule_name(self, rule: str) -> str:
        """Return what a rule is about: the name of the row it tests, or of the rule itself."""
        for edition in (self.edition, self.national):
            for item in _rules_of(edition) if edition else ():
                if item.rule == rule:
                    return self._said(getattr(item, "name", None) or item.text)
        from ...scanner import explain

        short = rule.partition("/")[2]
        named = self.texts.word("rules", short)
        return explain.rule_name(rule, self.texts.lang) if named == short else named

    def other_answer(self, entry: Mapping[str, Any]) -> str:
        """Return the answer to an open reading that was not chosen."""
        answers = next((item.answers for item in self._readings() if item.id == entry.get("reading")), ())
        return next((answer for answer in answers if answer != entry.get("chosen")), "…")

    def path_name(self, path: str) -> str:
        """Return the name of a route."""
        paths = self.edition.paths if self.edition else ()
        return next((self._said(item.name) for item in paths if item.id == path), self.texts.word("paths", path))

    def question(self, reading: str) -> str:
        """Return the question behind an open reading."""
        return next((self._said(item.question) for item in self._readings() if item.id == reading), reading)

    def duty(self, text: str) -> str:
        """Return a duty in the page's language; a duty is its id or its English text."""
        known = [item for edition in (self.edition, self.national) if edition for item in edition.duties]
        return next((self._said(item.text) for item in known if text in (item.id, item.text.en, item.text.zh)), text)

    def lines(self, sector: str, row: str, counter: str, reasons: Sequence[Mapping[str, Any]]) -> tuple[TierLine, ...]:
        """Return the rising tier lines on a counter of a row."""
        found = self._row(self.edition, sector, row)
        if found is None:
            return _cited(reasons, counter)
        return self._lines(found, counter)

    def national_lines(self) -> dict[str, tuple[TierLine, ...]]:
        """Return the tier lines of the national rule, by counter."""
        rows = [row for sector in self.national.sectors for row in sector.rows] if self.national else []
        return {counter: self._lines(row, counter) for row in rows for counter in row.counters}

    def counters(self, sector: str, row: str, reasons: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
        """Return the counters that a row tests."""
        found = self._row(self.edition, sector, row)
        return found.counters if found else tuple(dict.fromkeys(str(reason.get("counter")) for reason in reasons))

    def _lines(self, row: Any, counter: str) -> tuple[TierLine, ...]:
        lines = [(line.at.on(self.day), line.tier) for line in row.lines if line.counter == counter]
        return tuple(TierLine(tier, persons) for persons, tier in sorted(line for line in lines if line[0] is not None))

    def _readings(self) -> list[Any]:
        return [item for edition in (self.edition, self.national) if edition for item in edition.readings]

    def _row(self, edition: Any, sector: str, row: str) -> Any:
        rows = [item for group in edition.sectors if group.id == sector for item in group.rows] if edition else []
        return next((item for item in rows if item.id == row), None)

    def _said(self, text: Any) -> str:
        return str(text.in_(self.texts.lang))


def _rules_of(edition: Any) -> list[Any]:
    """Return everything in an edition that a reason may cite by its rule."""
    sectors = edition.sectors
    inside = [item for sector in sectors for group in (sector.rows, sector.items, sector.exclusions) for item in group]
    buckets = [sector.third_bucket for sector in sectors if sector.third_bucket]
    return [*inside, *buckets, *sectors, *edition.rules.values(), *edition.regimes, *edition.unified]


def law_of(list_id: str, day: date, texts: Texts) -> Law:
    """Return the law of a document's edition, as far as it is installed."""
    from ... import field_maps

    try:
        return Law(texts, day, field_maps.load(list_id), field_maps.national_rule())
    except field_maps.FieldMapError:
        return Law(texts, day)


def _cited(reasons: Sequence[Mapping[str, Any]], counter: str) -> tuple[TierLine, ...]:
    persons = sorted(
        {int(reason["threshold"]) for reason in reasons if reason.get("counter") == counter and reason.get("threshold")}
    )
    return tuple(TierLine(max(1, 2 - at), line) for at, line in enumerate(persons[:2]))
