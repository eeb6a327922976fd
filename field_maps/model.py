"""What an edition of a negative list is made of: frozen, dated, cited; no rule of the law lives in code.

::

    Edition ── sectors ── scenarios ──▶ rows ── lines (counter, tier, value by date, article)
       │          └────── items (important data and their conditions), exclusions, third bucket
       ├── general rules, strict regimes, readings (open questions), duties, filing, approvals, categories
       └── fields (one row per sector, scenario and field)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from .errors import FieldMapError
from .model_general import (
    Agency,
    ApprovalKind,
    Article,
    Category,
    Duty,
    Filing,
    Heading,
    Paper,
    Part,
    Reading,
    Regime,
    Route,
    Rule,
    SubCategory,
)
from .model_sector import (
    Condition,
    Dated,
    Exclusion,
    Item,
    Line,
    Note,
    Reference,
    Row,
    Scenario,
    Sector,
    Source,
    Text,
    ThirdBucket,
)

__all__ = [
    "Agency",
    "ApprovalKind",
    "Article",
    "Category",
    "Condition",
    "Dated",
    "Duty",
    "Edition",
    "Exclusion",
    "Field",
    "Filing",
    "Heading",
    "Item",
    "Line",
    "Note",
    "Paper",
    "Part",
    "Reading",
    "Reference",
    "Regime",
    "Route",
    "Row",
    "Rule",
    "Scenario",
    "Sector",
    "Source",
    "SubCategory",
    "Text",
    "ThirdBucket",
]


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
    definition_zh: str = ""


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

    @cached_property
    def version(self) -> str:
        """A short digest of everything the edition says: another threshold, date or field is another version."""
        said = repr((replace(self, folder=Path(), files=()), self.fields))
        return hashlib.blake2s(said.encode(), digest_size=8).hexdigest()

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
        return article.replace(", ", " ").replace("; ", "；").replace("》 ", "》")

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
