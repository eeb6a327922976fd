"""One situation under one set of answers to the open readings: the thing every rule is applied to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ... import field_maps
from ...field_maps.calendars import add_years
from ...field_maps.model import Edition, Reading, Sector
from ...field_maps.nodes import nearest
from ..errors import UsageError
from .editions import Editions
from .facts import Counts, Facts


@dataclass(frozen=True)
class Case:
    """Facts, the editions that speak, the answer chosen for each reading, and the uncertain items taken as met."""

    facts: Facts
    editions: Editions
    answers: Mapping[str, str]
    assumed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, facts: Facts, readings: Mapping[str, str]) -> Case:
        """Return the case of `facts` under the chosen `readings`; UsageError for an unknown reading or answer."""
        other = field_maps.load(facts.other_list) if facts.other_list else None
        editions = Editions(field_maps.load(facts.list), other, field_maps.national_rule())
        return cls(facts, editions, _answers(editions.readings, readings))

    def flipped(self, reading: Reading) -> Case:
        """Return the same case under the reading's other answer."""
        return replace(self, answers={**self.answers, reading.id: self.other_answer(reading)})

    def assuming(self, *met: int) -> Case:
        """Return the same case with uncertain important-data items taken as met."""
        return replace(self, assumed=self.assumed | set(met))

    def other_answer(self, reading: Reading) -> str:
        """Return the answer that was not chosen."""
        return reading.other if self.answers[reading.id] == reading.default else reading.default

    def acts(self, mechanism: str, *, row: str = "", scenario: str = "", counter: str = "") -> bool:
        """Say whether a reading of this mechanism takes effect here."""
        return any(
            self.answers[reading.id] == reading.acts_when and self._applies(reading, row, scenario, counter)
            for reading in self.editions.readings.values()
            if reading.mechanism == mechanism
        )

    def reading(self, mechanism: str) -> Reading | None:
        """Return the reading of this mechanism, if any edition has one."""
        return next((r for r in self.editions.readings.values() if r.mechanism == mechanism), None)

    def _applies(self, reading: Reading, row: str, scenario: str, counter: str) -> bool:
        return (
            reading.sector in {"", self.facts.sector}
            and reading.row in {"", row}
            and (not reading.scenarios or scenario in reading.scenarios)
            and reading.counter in {"", counter}
        )

    @cached_property
    def edition(self) -> Edition:
        """The edition that speaks for the sector."""
        return self.editions.of(self.facts.sector)

    @cached_property
    def sector(self) -> Sector:
        """The sector, as that edition has it."""
        return self.edition.sector(self.facts.sector)

    @property
    def ciio(self) -> bool:
        """Whether the handler operates critical information infrastructure; silence means no."""
        return bool(self.facts.handler.ciio)

    @property
    def in_zone(self) -> bool:
        """Whether the handler is registered in the zone and exports from it; silence on the second means yes."""
        handler = self.facts.handler
        return handler.ftz_area is not None and handler.exports_from_ftz is not False

    @property
    def in_force(self) -> bool:
        """Whether the lists that are relied on were in force on the day."""
        return self.facts.as_of >= max(
            self._start(edition)
            for edition in {self.editions.list.id: self.editions.list, self.edition.id: self.edition}.values()
        )

    def _start(self, edition: Edition) -> dt.date:
        return edition.issued if self.acts("start-date") else edition.published

    @property
    def trial_end(self) -> dt.date | None:
        """The first day after the list's trial period, if it has one."""
        years = self.edition.trial_years
        return add_years(self._start(self.edition), years) if years else None

    @property
    def after_trial(self) -> bool:
        """Whether the trial period has ended."""
        return self.trial_end is not None and self.facts.as_of >= self.trial_end

    @property
    def zone_rules(self) -> bool:
        """Whether the zone's measures hold for this handler on this day, whatever the sector."""
        return self.in_zone and self.in_force and not (self.after_trial and self.acts("after-trial"))

    @property
    def listed(self) -> bool:
        """Whether the list reaches this export's sector and scope."""
        return self.zone_rules and self.sector.covered and not self.facts.scope_exclusion

    def observed(self, counts: Counts, counter: str) -> int:
        """Return a counter, with persons who have sensitive items read as the reading says."""
        return counts.of(counter, sensitive_leave=self.acts("sensitive-leave"))

    def held(self, counter: str) -> int:
        """Return the persons the handler holds: what it says, and at least those it has exported."""
        exported = self.observed(self.facts.national_counts, counter)
        holdings = self.facts.holdings
        said = holdings.get(counter, 0)
        leaves = counter == "non_sensitive" and self.acts("sensitive-leave")
        if leaves and {"any", "sensitive"} <= holdings.keys():
            said = max(holdings["any"] - holdings["sensitive"], 0)
        return max(said, exported)


def _answers(known: Mapping[str, Reading], chosen: Mapping[str, str]) -> dict[str, str]:
    for name, answer in chosen.items():
        if name not in known:
            raise UsageError(f"unknown reading: {name}", where="readings", hint=nearest(name, list(known)))
        if answer not in known[name].answers:
            hint = f"one of: {', '.join(known[name].answers)}"
            raise UsageError(f"unknown answer: {answer}", where=f"readings.{name}", hint=hint)
    return {name: chosen.get(name, reading.default) for name, reading in known.items()}
