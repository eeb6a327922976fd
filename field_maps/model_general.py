"""What holds for a whole edition: readings, regimes, duties, approvals, routes, filing, categories, articles."""

from __future__ import annotations

from dataclasses import dataclass

from .model_sector import Text


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
class Heading:
    """One thing a spot-check compares between export and filing; `ground` names the material change, if any."""

    id: str
    text: Text
    article: str
    ground: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a paper; `ask` is what a person still has to write, `years` how far back it reaches."""

    id: str
    title: Text
    ask: Text
    years: int | None = None


@dataclass(frozen=True)
class Paper:
    """A paper of the filing with its parts in order."""

    id: str
    title: Text
    article: str
    parts: tuple[Part, ...]

    def part(self, part_id: str) -> Part:
        """Return the part called `part_id`."""
        return next(part for part in self.parts if part.id == part_id)


@dataclass(frozen=True)
class Agency:
    """Who answers and supervises in an area."""

    area: str
    name: Text
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
    headings: tuple[Heading, ...] = ()
    papers: tuple[Paper, ...] = ()
    agencies: tuple[Agency, ...] = ()

    def ground(self, ground_id: str) -> Rule | None:
        """Return the ground of a material change called `ground_id`; None when there is none."""
        return next((ground for ground in self.grounds if ground.id == ground_id), None)

    def has(self, rule_id: str) -> bool:
        """Tell whether the filing has a rule of that name."""
        return any(rule.id == rule_id for rule in self.rules)

    def agency(self, area: str) -> Agency | None:
        """Return the agency of an area; None where the edition names none."""
        return next((agency for agency in self.agencies if agency.area == area), None)

    def paper(self, paper_id: str) -> Paper | None:
        """Return the paper called `paper_id`; None where the edition has none."""
        return next((paper for paper in self.papers if paper.id == paper_id), None)

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
