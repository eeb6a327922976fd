"""Expect distinct natural persons, from 1 January to date, to stay below every line whose route is not held."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import ExportExpectation, Findings, NotEvaluatedError, Outcome

BAR_CELLS = 10


class ExpectDistinctPersonsYearToDateToBeBelowTier(ExportExpectation):
    """Expect distinct natural persons, year to date, to stay below the tiers whose route is not held.

    *What it says.* Committed and reserved exports of the year, joined with this one, reach no line of the list (or,
    where the list is not usable, of the national rule) that requires a route the handler does not hold.
    *Why.* The edition's threshold rows; the citation of each line is in the result.
    *Fails* at the line itself: reaching it is enough. *Passes* one person below it, or when the route is held.

    `limits`: lines to hold against, each ``{scope, counter, threshold, route, held, citation}``; when absent, all
    lines of the edition.
    """

    limits: list[dict[str, Any]] | None = None

    success_keys: ClassVar[tuple[str, ...]] = (*ExportExpectation.success_keys, "limits")
    sentence: ClassVar[str] = "Distinct persons, from 1 January to date, stay below every tier whose route is not held"

    def conclude(self, findings: Findings) -> Outcome:
        """Hold each counter against its line, by the counts alone."""
        findings.measure("persons.handler.any")
        limits = self.limits if self.limits is not None else findings.limits
        if not limits and (self.limits is not None or not findings.cited):
            raise NotEvaluatedError("no line to hold the counts against")
        lines = tuple(_line(limit, findings) for limit in limits)
        crossed = [line for line in lines if line["state"] == "reached"]
        nearest = max(crossed or lines, key=lambda line: line["persons"] / max(1, line["line"]), default=None)
        if nearest is None:
            return Outcome(True, findings.measure("persons.handler.any"))
        return Outcome(not crossed, nearest["persons"], lines, nearest["basis"])


def _line(limit: dict[str, Any], findings: Findings) -> dict[str, Any]:
    persons = findings.measure(f"persons.{limit['scope']}.{limit['counter']}")
    threshold = int(limit["threshold"])
    reached = persons >= threshold
    state = ("held" if limit.get("held") else "reached") if reached else "below"
    return {
        "counted_under": limit["scope"],
        "counter": limit["counter"],
        "persons": persons,
        "line": threshold,
        "used": _bar(persons, threshold),
        "state": state,
        "route": limit.get("route", ""),
        "basis": limit.get("citation", ""),
    }


def _bar(persons: int, threshold: int) -> str:
    """Return how much of the line is used, as a picture of text."""
    share = min(1.0, persons / threshold) if threshold else 1.0
    full = int(share * BAR_CELLS)
    return f"{'█' * full}{'░' * (BAR_CELLS - full)} {persons / threshold if threshold else 1:.0%}"
