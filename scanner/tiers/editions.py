"""The editions one verdict is made with: the zone's list, perhaps another zone's, and the national rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...field_maps.model import Edition, Exclusion, Item, Reading, Rule, Sector


@dataclass(frozen=True)
class Editions:
    """`list` is the zone's own; `other` is referred to for a sector it covers; `national` stands beside both."""

    list: Edition
    other: Edition | None
    national: Edition

    def of(self, sector_id: str) -> Edition:
        """Return the edition that speaks for a sector: the other zone's when it was named and covers it."""
        other = self.other
        if other and sector_id in other.sector_ids and other.sector(sector_id).covered:
            return other
        return self.list

    def sector(self, sector_id: str) -> Sector:
        """Return the sector as the edition that speaks for it has it."""
        return self.of(sector_id).sector(sector_id)

    @property
    def all(self) -> tuple[Edition, ...]:
        """Every edition, the zone's own first."""
        return tuple(edition for edition in (self.list, self.other, self.national) if edition)

    @property
    def items(self) -> dict[str, Item]:
        """Every important-data item by id."""
        return {name: item for edition in reversed(self.all) for name, item in edition.items.items()}

    @property
    def readings(self) -> dict[str, Reading]:
        """Every open reading by id."""
        return {reading.id: reading for edition in reversed(self.all) for reading in edition.readings}

    def exclusions(self) -> Iterator[tuple[Sector, Exclusion]]:
        """Yield every scope exclusion with its sector."""
        for edition in self.all:
            for sector in edition.sectors:
                for exclusion in sector.exclusions:
                    yield sector, exclusion

    def rule(self, rule_id: str) -> Rule:
        """Return a general rule, the zone's own wording first."""
        return next(edition.rules[rule_id] for edition in self.all if rule_id in edition.rules)

    def discharges(self, sector: Sector) -> tuple[str, ...]:
        """Return the duties that can have been discharged for a sector's third bucket, or for the national one."""
        bucket = sector.third_bucket or self.national.third_bucket
        return bucket.discharges if bucket else ()
