"""What an edition of a negative list is made of: frozen, dated, cited; no rule of the law lives in code.

::

    Edition ── sectors ── scenarios ──▶ rows ── lines (counter, tier, value by date, article)
       │          └────── items (important data and their conditions), exclusions, third bucket
       ├── general rules, strict regimes, readings (open questions), duties, filing, approvals, categories
       └── fields (one row per sector, scenario and field)
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from .errors import FieldMapError

Lang = Literal["en", "zh"]


@dataclass(frozen=True)
class Text:
    """A name or sentence in English and Chinese."""

    en: str
    zh: str

    def in_(self, lang: str) -> str:
        """Return the wording in `lang` (``en`` or ``zh``)."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Reference:
    """A text of the law or a source about it."""

    id: str
    title: Text
    href: str
    published: dt.date


@dataclass(frozen=True)
class Dated:
    """A number of the law by the first day it holds; the last one holds until a later one.

    >>> Dated(((dt.date(2024, 1, 1), 5), (dt.date(2026, 1, 1), None))).on(dt.date(2025, 6, 1))
    5
    """

    values: tuple[tuple[dt.date, int | None], ...]

    def on(self, day: dt.date) -> int | None:
        """Return the number that holds on `day`; None before the first and after an end."""
        held = [value for since, value in self.values if since <= day]
        return held[-1] if held else None


@dataclass(frozen=True)
class Source:
    """Where a rule comes from: the reference's id, how far it is known, and when someone last looked."""

    reference: str
    provenance: str
    last_checked: dt.date


@dataclass(frozen=True)
class Line:
    """A threshold: from this many persons in `counter` on, `tier` is reached."""

    rule: str
    counter: str
    tier: int
    at: Dated
    article: str
    unit: str
    below: str = ""


@dataclass(frozen=True)
class Row:
    """A threshold row; `falls` names the counters it does not test, whose persons fall to the catch-all."""

    id: str
    rule: str
    name: Text
    unit: str
    lines: tuple[Line, ...]
    falls: tuple[str, ...]
    source: Source
    note: Text | None = None

    @property
    def counters(self) -> tuple[str, ...]:
        """The counters the row tests."""
        return tuple(dict.fromkeys(line.counter for line in self.lines))


@dataclass(frozen=True)
class Scenario:
    """A business scenario of a sector and the threshold row its persons count under."""

    id: str
    name: Text
    row: str
    provenance: str


@dataclass(frozen=True)
class Condition:
    """When an item is met: `minimum` of `unit` or one of `instead`, and all of `needs` (flags of the declaration)."""

    minimum: Dated | None = None
    unit: str = ""
    needs: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """A kind of important data. `held` items speak of what a handler holds, read on `counter`, not of one export."""

    id: str
    rule: str
    name: Text
    condition: Condition
    article: str
    source: Source
    sector: str = ""
    counter: str = ""
    only_ciio: bool = False
    implies: str = ""
    warning: Text | None = None

    @property
    def held(self) -> bool:
        """Whether the condition is read on the persons a handler holds."""
        return bool(self.counter)


@dataclass(frozen=True)
class Exclusion:
    """Something the sector's part of the list says it does not cover."""

    id: str
    rule: str
    name: Text
    article: str


@dataclass(frozen=True)
class ThirdBucket:
    """Data that goes another lawful way, whatever its volume, until a duty of `discharges` has been discharged."""

    rule: str
    name: Text
    article: str
    path: str
    discharges: tuple[str, ...]
    excluded_kinds: Text
    review_above: Dated
    review_note: Text


@dataclass(frozen=True)
class Note:
    """A sector note: what a word of the list means, or what it leaves out."""

    id: str
    text: Text
    article: str


@dataclass(frozen=True)
class Sector:
    """One sector (or, nationally, all of them) with everything the list says about it."""

    id: str
    rule: str
    name: Text
    covers: Text
    article: str
    scenarios: tuple[Scenario, ...]
    rows: tuple[Row, ...]
    items: tuple[Item, ...]
    exclusions: tuple[Exclusion, ...]
    notes: tuple[Note, ...]
    catch_all: str = ""
    export_control_item: str = ""
    third_bucket: ThirdBucket | None = None
    covered: bool = True

    def row(self, row_id: str) -> Row:
        """Return the threshold row called `row_id`; KeyError when there is none."""
        return next(row for row in self.rows if row.id == row_id) if row_id in self.row_ids else _missing(row_id)

    @property
    def row_ids(self) -> tuple[str, ...]:
        """The ids of the threshold rows."""
        return tuple(row.id for row in self.rows)

    @property
    def scenario_ids(self) -> tuple[str, ...]:
        """The ids of the scenarios."""
        return tuple(scenario.id for scenario in self.scenarios)


def _missing(name: str) -> Row:
    raise KeyError(name)


@dataclass(frozen=True)
class Reading:
    """A question the law leaves open. `acts_when` is the answer under which `mechanism` changes the evaluation."""

    id: str
    mechanism: str
    question: Text
    default: str
    other: str
    acts_when: str
    article: str
    sector: str = ""
    row: str = ""
    scenarios: tuple[str, ...] = ()
    counter: str = ""

    @property
    def answers(self) -> tuple[str, str]:
        """The default answer and the other one."""
        return (self.default, self.other)


@dataclass(frozen=True)
class Regime:
    """A stricter regime that takes data out of the list when a fact of `flags` is declared.

    Data of `shared_flags` stays on the list as well where the sector's own part names it.
    """

    id: str
    rule: str
    flags: tuple[str, ...]
    name: Text
    article: str
    path: str
    shared_flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duty:
    """What a handler still owes, exempt or not."""

    id: str
    text: Text
    article: str


@dataclass(frozen=True)
class ApprovalKind:
    """A kind of approval: the paths it satisfies, and for whom it does not count."""

    id: str
    name: Text
    satisfies: tuple[str, ...]
    article: str
    makes_usable: bool = False
    doubted_in_wide_band: bool = False


@dataclass(frozen=True)
class Route:
    """A route data may have to take; the order of an edition's paths is their strictness, strictest first."""

    id: str
    name: Text
    tier: int | None = None


@dataclass(frozen=True)
class Rule:
    """A rule without a threshold of its own."""

    id: str
    rule: str
    text: Text
    article: str


@dataclass(frozen=True)
class Filing:
    """The filing: how long an opinion holds, the clocks, and what counts as a material change."""

    validity_years: int
    application_days: int
    opinion_days: int
    renewal_days: int
    renewal_prompt_days: int
    growth_percent: int
    unusable: Rule
    rules: tuple[Rule, ...]
    grounds: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """Return the filing rule called `rule_id`."""
        return next(rule for rule in self.rules if rule.id == rule_id)


@dataclass(frozen=True)
class SubCategory:
    """One of Part B's sub-categories; `hints` are words of column names that suggest it."""

    id: str
    number: int
    name: Text
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Category:
    """One of Part B's categories with its sub-categories and what it typically holds."""

    id: str
    name: Text
    examples: Text
    sub_categories: tuple[SubCategory, ...]


@dataclass(frozen=True)
class Article:
    """An article of the measures, in our words; `bears` says what of it the software carries out."""

    number: str
    title: Text
    text: Text
    bears: Text | None


@dataclass(frozen=True)
class Field:
    """One row of the catalogue: a field of a scenario. `status` is ``draft`` until confirmed against the original.

    `item` names the important-data item the field belongs to, if any.
    """

    id: str
    sector: str
    scenario: str
    row: str
    name_zh: str
    name_en: str
    definition: str
    kinds: tuple[str, ...]
    aliases: tuple[str, ...]
    category: str
    sensitivity: str
    provenance: str
    source: str
    status: str
    item: str = ""


@dataclass(frozen=True)
class Edition:
    """One edition of a list, or the national rule."""

    id: str
    kind: str
    title: Text
    region: Text
    issuers: tuple[Text, ...]
    issued: dt.date
    published: dt.date
    trial_years: int | None
    areas: tuple[str, ...]
    scale: dict[str, int]
    folder: Path
    references: dict[str, Reference]
    sectors: tuple[Sector, ...]
    rules: dict[str, Rule]
    regimes: tuple[Regime, ...]
    readings: tuple[Reading, ...]
    duties: tuple[Duty, ...]
    approvals: tuple[ApprovalKind, ...]
    paths: tuple[Route, ...]
    filing: Filing | None
    unified: tuple[Item, ...]
    categories: tuple[Category, ...]
    articles: tuple[Article, ...]
    disclaimer: Text
    ciio: Line | None = None
    important_data: Rule | None = None
    important_tier: int | None = None
    third_bucket: ThirdBucket | None = None
    files: tuple[str, ...] = field(default=(), compare=False)
    citation_words: dict[str, str] = field(default_factory=dict)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The catalogue's rows, read when first asked for; FieldMapError when a row is wrong."""
        from .field_rows import read_fields

        return read_fields(self)

    def status(self) -> tuple[int, int, str]:
        """Return how many fields there are, how many are confirmed against the original, and draft or official."""
        verified = sum(field_.status == "official" for field_ in self.fields)
        whole = verified == len(self.fields) == self.scale.get("fields", 0)
        return len(self.fields), verified, "official" if whole else "draft"

    def sector(self, sector_id: str) -> Sector:
        """Return the sector called `sector_id`; FieldMapError when the edition has none."""
        for sector in self.sectors:
            if sector.id == sector_id:
                return sector
        from .nodes import nearest

        raise FieldMapError(f"no such sector: {sector_id}", where=self.id, hint=nearest(sector_id, self.sector_ids))

    @property
    def sector_ids(self) -> tuple[str, ...]:
        """The ids of the sectors, uncovered ones included."""
        return tuple(sector.id for sector in self.sectors)

    @property
    def scenarios(self) -> tuple[tuple[Sector, Scenario], ...]:
        """Every scenario of every covered sector, in the list's order."""
        return tuple((sector, scenario) for sector in self.sectors if sector.covered for scenario in sector.scenarios)

    @property
    def rows(self) -> tuple[tuple[Sector, Row], ...]:
        """Every threshold row with its sector."""
        return tuple((sector, row) for sector in self.sectors for row in sector.rows)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every important-data item by id: the sectors' own, the unified rule's, and Part B's sub-categories."""
        own = {item.id: item for sector in self.sectors for item in sector.items}
        return own | {item.id: item for item in self.unified}

    def rows_of(self, sector_id: str) -> tuple[Row, ...]:
        """Return the threshold rows of a sector."""
        return self.sector(sector_id).rows

    def citation(self, article: str, lang: str) -> str:
        """Return how `article` is cited in `lang`; an edition that has no Chinese words for it is cited as it is."""
        if lang != "zh":
            return article
        for word in sorted(self.citation_words, key=len, reverse=True):
            article = article.replace(word, self.citation_words[word])
        article = re.sub(r"Arts?\. ?([0-9]+(?:–[0-9]+)?)((?:\([0-9ivx]+\))*)", r"第\1条\2", article)
        return article.replace(", ", " ").replace("; ", "；")

    def row_for(self, sector_id: str, scenario_or_row: str) -> Row:
        """Return the row a scenario counts under; a row's own id stands for itself. FieldMapError otherwise."""
        sector = self.sector(sector_id)
        for scenario in sector.scenarios:
            if scenario.id == scenario_or_row:
                return sector.row(scenario.row)
        if scenario_or_row in sector.row_ids:
            return sector.row(scenario_or_row)
        from .nodes import nearest

        known = dict.fromkeys((*sector.scenario_ids, *sector.row_ids))
        what = f"no such scenario or row in {sector_id}: {scenario_or_row}"
        raise FieldMapError(what, where=self.id, hint=nearest(scenario_or_row, list(known)))

    def exclusion(self, exclusion_id: str) -> tuple[Sector, Exclusion] | None:
        """Return the exclusion called `exclusion_id` and its sector."""
        found = ((s, e) for s in self.sectors for e in s.exclusions if e.id == exclusion_id)
        return next(found, None)
