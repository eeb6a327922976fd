"""Which routes are held: approvals that count today, and whether the list's leniency may be used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...field_maps.calendars import add_years
from ...field_maps.model import ApprovalKind
from .case import Case
from .facts import Approval, Filing

VALID = "valid"
OFF_LIST = "off-list"


@dataclass(frozen=True)
class Needs:
    """The route each row of the export needs; rows that need none are left out."""

    of_row: tuple[tuple[str, str], ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The distinct routes."""
        return tuple(dict.fromkeys(path for _, path in self.of_row))


def kinds(case: Case) -> dict[str, ApprovalKind]:
    """Return the kinds of approval there are."""
    return {kind.id: kind for kind in case.editions.national.approvals}


def holds(case: Case, path: str, row: str, *, without: str = "") -> bool:
    """Say whether some approval that counts today satisfies `path` for `row`; `without` leaves one kind aside."""
    known = kinds(case)
    return any(
        path in known[approval.path].satisfies and approval.path != without and _counts(case, approval, row)
        for approval in case.facts.approvals
    )


def _counts(case: Case, approval: Approval, row: str) -> bool:
    return why_not(case, approval) == "" and _covers(case, approval, row)


def _covers(case: Case, approval: Approval, row: str) -> bool:
    named = approval.rows is None or not case.sector.covered or row in approval.rows
    persons = sum(facts.counts.any for facts in case.facts.rows if facts.row == row)
    return named and (approval.max_persons is None or persons <= approval.max_persons)


def why_not(case: Case, approval: Approval) -> str:
    """Return why an approval does not count today; empty when it does."""
    day = case.facts.as_of
    if approval.status != VALID:
        return approval.status
    if approval.valid_from and day < approval.valid_from:
        return f"valid only from {approval.valid_from}"
    if approval.valid_until and day > approval.valid_until:
        return f"expired on {approval.valid_until}"
    if approval.material_change:
        return "materially changed"
    return ""


def usable(case: Case, row: str) -> bool:
    """Say whether an off-list opinion that counts today makes the list's leniency usable for `row`."""
    if case.facts.filing and filing_fault(case, case.facts.filing) == "":
        return True
    known = kinds(case)
    return any(
        known[approval.path].makes_usable
        and _counts(case, approval, row)
        and filing_fault(case, _as_filing(approval)) == ""
        for approval in case.facts.approvals
    )


def _as_filing(approval: Approval) -> Filing:
    return Filing(approval.opinion, approval.opinion_date, approval.status, approval.material_change)


def filing_fault(case: Case, filing: Filing) -> str:
    """Return what keeps a filing from making the list usable; empty when nothing does."""
    if (filing.status or VALID) != VALID:
        return filing.status
    if filing.opinion != OFF_LIST:
        return f"its opinion is {filing.opinion}" if filing.opinion else "it has no opinion"
    if filing.opinion_date is None:
        return "the date of its opinion is not on record"
    if case.facts.as_of >= (expiry(case, filing) or dt.date.max):
        return f"its opinion expired on {expiry(case, filing)}"
    return "a material change has not been filed" if filing.material_change else ""


def expiry(case: Case, filing: Filing) -> dt.date | None:
    """Return the first day on which an opinion no longer holds."""
    rules = case.editions.list.filing
    return add_years(filing.opinion_date, rules.validity_years) if rules and filing.opinion_date else None


def doubted(case: Case) -> str:
    """Return the kind of approval whose reach the law leaves open in a band wider than the national one."""
    return next((kind.id for kind in kinds(case).values() if kind.doubted_in_wide_band), "")
