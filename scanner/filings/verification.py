"""Hold what left against what was filed: the consistency spot-check, before the authority makes it.

Every export is compared with the filed export of its scenario that fits it best. What is the same in many exports is
one inconsistency with many pieces of evidence. What cannot be compared is said, never passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from ...field_maps import FieldMapError, national_rule
from ...field_maps.calendars import add_years
from ...field_maps.model import Edition, Heading, Text
from ...field_maps.yaml_files import shipped
from ..errors import ExitCode, UsageError
from ..ledger.model import in_china
from . import comparing, volumes
from .actual import Left, Order, Volume
from .comparing import Finding
from .document import FiledExport, Filing

BLOCK, REVIEW, NOTE = "block", "review", "note"
LEVELS = (BLOCK, REVIEW, NOTE)


@cache
def issues() -> dict[str, dict[str, Any]]:
    """Return everything that can be found, as data."""
    found: dict[str, dict[str, Any]] = shipped(__package__, "issues.yaml")
    return found


@dataclass(frozen=True)
class Inconsistency:
    """One difference between filing and exports. `material` is None where a person must judge."""

    issue: str
    heading: Heading
    level: str
    material: bool | None
    message: Text
    filed: Any
    actual: Any
    subject: str
    ground: Text | None = None
    ground_article: str = ""
    evidence: tuple[dict[str, str], ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether nothing more may leave as it does."""
        return self.level == BLOCK

    def to_dict(self) -> dict[str, Any]:
        """Return the entry of ``exportgate.filing-verify/1``."""
        ground = {"en": self.ground.en, "zh": self.ground.zh, "article": self.ground_article} if self.ground else None
        return {
            "heading": self.heading.id,
            "issue": self.issue,
            "level": self.level,
            "blocks": self.blocks,
            "material": self.material,
            "ground": ground,
            "article": self.heading.article,
            "subject": self.subject,
            "message": {"en": self.message.en, "zh": self.message.zh},
            "filed": self.filed,
            "actual": self.actual,
            "exports": len(self.evidence),
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True)
class Verification:
    """The result: faithful only when nothing blocks and nothing waits for a person."""

    list: str
    numbers: tuple[str, ...]
    start: date
    end: date
    headings: tuple[Heading, ...]
    exports: int
    inconsistencies: tuple[Inconsistency, ...]
    rule: Text
    article: str
    chain: dict[str, Any] = field(default_factory=dict)

    @property
    def faithful(self) -> bool:
        """Whether the exports are what was filed."""
        return not any(found.level in (BLOCK, REVIEW) for found in self.inconsistencies)

    @property
    def blocking(self) -> int:
        """How many inconsistencies block."""
        return sum(found.blocks for found in self.inconsistencies)

    @property
    def exit_code(self) -> ExitCode:
        """0 faithful, 1 something blocks, 4 a person must look."""
        if self.blocking:
            return ExitCode.MUST_NOT_GO
        return ExitCode.MAY_GO if self.faithful else ExitCode.REVIEW

    def to_dict(self) -> dict[str, Any]:
        """Return ``exportgate.filing-verify/1``."""
        return {
            "schema": "exportgate.filing-verify/1",
            "list": self.list,
            "filings": list(self.numbers),
            "period": {"from": self.start.isoformat(), "to": self.end.isoformat()},
            "exports": self.exports,
            "faithful": self.faithful,
            "blocking": self.blocking,
            "rule": {"en": self.rule.en, "zh": self.rule.zh, "article": self.article},
            "headings": [self._heading(heading) for heading in self.headings],
            "inconsistencies": [found.to_dict() for found in self.inconsistencies],
            "chain": dict(self.chain),
        }

    def _heading(self, heading: Heading) -> dict[str, Any]:
        here = [found.level for found in self.inconsistencies if found.heading.id == heading.id]
        worst = next((level for level in LEVELS if level in here), "")
        outcome = {BLOCK: "inconsistent", REVIEW: "review"}.get(worst, "consistent")
        name = {"en": heading.text.en, "zh": heading.text.zh}
        return {"id": heading.id, "name": name, "article": heading.article, "outcome": outcome, "found": len(here)}


def verify(
    filings: Sequence[Filing],
    left: Sequence[Left],
    counted: Sequence[Volume],
    orders: Sequence[Order],
    edition: Edition,
    start: date,
    end: date,
) -> Verification:
    """Compare the exports of a period with the filings that are to cover them.

    UsageError for a filing that names a sector, scenario or row that the edition does not have, or for an edition
    without headings to compare under.
    """
    rules = edition.filing
    if rules is None or not rules.headings:
        raise UsageError(f"{edition.id} names nothing to compare between exports and filings", where="headings")
    _require_known(filings, edition)
    settled = [each for each in left if each.settled]
    found = [*comparing.unsettled(each for each in left if not each.settled)]
    for each in settled:
        found += _of_one(each, filings, edition, orders)
    found += volumes.findings(filings, settled, counted, edition, rules.growth_percent)
    found += comparing.never_exported(filings, settled, edition)
    if not left:
        found.append(Finding("nothing-to-compare"))
    consistency = rules.rule("consistency")
    return Verification(
        list=edition.id,
        numbers=tuple(filing.number for filing in filings if filing.number),
        start=start,
        end=end,
        headings=rules.headings,
        exports=len(settled),
        inconsistencies=tuple(_judged(found, edition)),
        rule=consistency.text,
        article=consistency.article,
    )


def _of_one(one: Left, filings: Sequence[Filing], edition: Edition, orders: Sequence[Order]) -> list[Finding]:
    """Compare one export with the filed export that fits it best, and with the filing that one stands in."""
    tried = [
        (filing, [*comparing.export(one, filed, edition), *_of_filing(one, filing, filed, edition, orders)])
        for filing in filings
        for filed in filing.exports
        if comparing.same_scenario(one, filed, edition)
    ]
    if tried:
        return min((found for _, found in tried), key=_weight)
    return [
        comparing.no_scenario(one),
        *min((_of_filing(one, filing, None, edition, orders) for filing in filings), key=_weight),
    ]


def listed(edition: Edition) -> frozenset[str]:
    """Return the kinds of approval that are a filing with the list: the edition's, or the national rule's."""
    kinds = edition.approvals or national_rule().approvals
    return frozenset(kind.id for kind in kinds if kind.makes_usable)


def _weight(found: Iterable[Finding]) -> tuple[int, ...]:
    levels = [issues()[each.issue]["level"] for each in found]
    return tuple(levels.count(level) for level in LEVELS)


def _of_filing(
    one: Left, filing: Filing, filed: FiledExport | None, edition: Edition, orders: Sequence[Order]
) -> list[Finding]:
    rules = edition.filing
    assert rules is not None
    expires = filing.valid_until
    if expires is None and filing.opinion_date:
        # an opinion no longer holds on the day on which its years are over
        expires = add_years(filing.opinion_date, rules.validity_years) - timedelta(days=1)
    return [
        *comparing.documents(one, filing, filed, listed(edition)),
        *comparing.period(one, filing, expires),
        *comparing.suspended(one, orders, in_china),
    ]


def _require_known(filings: Sequence[Filing], edition: Edition) -> None:
    for filing in filings:
        if filing.list and filing.list != edition.id:
            hint = "configure the list under which it was filed"
            raise UsageError(
                f"the filing is under {filing.list}, the exports under {edition.id}", where="filing: list", hint=hint
            )
        for at, export in enumerate(filing.exports):
            try:
                edition.sector(export.sector)
                edition.row_for(export.sector, export.scenario)
                for row in export.rows or ():
                    edition.row_for(export.sector, row)
            except FieldMapError as error:
                raise UsageError(error.what, where=f"filing: exports[{at}]", hint=error.hint) from None


def _judged(found: Iterable[Finding], edition: Edition) -> list[Inconsistency]:
    """Put equal findings together, in the order of the headings, the gravest first."""
    assert edition.filing is not None
    headings = {heading.id: heading for heading in edition.filing.headings}
    together: dict[tuple[Any, ...], list[Finding]] = {}
    for each in found:
        together.setdefault(each.key, []).append(each)
    judged = [_one(findings, headings, edition) for findings in together.values()]
    order = list(headings)
    return sorted(
        judged, key=lambda one: (LEVELS.index(one.level), order.index(one.heading.id), one.issue, one.subject)
    )


def _one(findings: list[Finding], headings: dict[str, Heading], edition: Edition) -> Inconsistency:
    first = findings[0]
    issue = issues()[first.issue]
    heading = headings[issue["heading"]]
    assert edition.filing is not None
    ground = edition.filing.ground(heading.ground) if heading.ground and issue["material"] is not False else None
    facts = {"subject": first.subject, "filed": first.filed, "actual": first.actual, **first.facts}
    return Inconsistency(
        issue=first.issue,
        heading=heading,
        level=issue["level"],
        material=issue["material"],
        message=Text(_said(issue["en"], facts), _said(issue["zh"], facts)),
        filed=first.filed,
        actual=first.actual,
        subject=first.subject,
        ground=ground.text if ground else None,
        ground_article=ground.article if ground else "",
        evidence=tuple(each.left.evidence() for each in findings if each.left),
    )


def _said(text: str, facts: dict[str, Any]) -> str:
    return text.format(**{name: _shown(value) for name, value in facts.items()})


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
