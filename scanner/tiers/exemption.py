"""An export that counts nobody: all it holds goes out under bases of the national rule that take it out of the count.

Such an export needs no route for persons, whatever the year stands at, and moves nothing. Important data, genetic
information and the stricter regimes are judged as ever. Persons who were counted before and leave again are not this
case: what leaves then is personal information.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..counting_exclusions import provisions
from .answers import Outcome
from .case import Case
from .findings import Ladder, Reason
from .important import Judged, State


def applies(case: Case, judged: tuple[Judged, ...]) -> bool:
    """Say whether nothing of this export counts; bases that do not reach important data fall where it is met."""
    if not case.facts.exempt_under:
        return False
    reached = any(one.state is State.MET for one in judged)
    return not (reached and any(basis.get("void_with_important_data") for _, basis in _bases(case)))


def bare(case: Case) -> Case:
    """Return the case of the export without its persons."""
    return replace(case, facts=case.facts.without_persons)


def exempted(case: Case, ladder: Ladder, judged_bare: Outcome, year: Outcome) -> Outcome:
    """Return the outcome of the export, judged without its persons, beside where the year itself stands."""
    free = ladder.of_tier[0]
    reached = any(one.state is State.MET for one in judged_bare.judged)
    found = [
        Reason(rule_of(name), str(basis["article"]), free)
        for name, basis in _bases(case)
        if not (reached and basis.get("asserts"))  # what holds important data is not free of it
    ]
    kept = [reason for reason in judged_bare.reasons if not reason.counter]
    reasons = (*found, *kept)
    return replace(judged_bare, reasons=reasons, headroom=year.headroom, exempt=True, year_tier=year.base_tier)


def named(case: Case) -> str:
    """Name the bases and their articles."""
    return "; ".join(f"{basis['name']['en']} ({basis['article']})" for _, basis in _bases(case))


def rule_of(basis: str) -> str:
    """Return the rule id of a basis."""
    return f"{provisions()['edition']}/exclusions/{basis}"


def _bases(case: Case) -> Iterable[tuple[str, Mapping[str, Any]]]:
    known = provisions()["bases"]
    return ((name, known[name]) for name in case.facts.exempt_under)
