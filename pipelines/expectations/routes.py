"""Expectations about what the volume of persons does not decide: classes of data, and open readings of the law."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import ExportExpectation, Findings, Outcome


class ExpectTableImportantDataToBeCleared(ExportExpectation):
    """Expect no important, core, secret, export-controlled or genetic data without the route it needs.

    *What it says.* Every route that the rules require for the class of the data, whatever its volume, is held.
    *Why.* The rule that fired, cited in the result. *Fails* with the number of routes that are missing.

    `requirements`: each ``{rule, route, held, citation}``; what the rules found on the batch when absent.
    """

    requirements: list[dict[str, Any]] | None = None

    success_keys: ClassVar[tuple[str, ...]] = (*ExportExpectation.success_keys, "requirements")
    sentence: ClassVar[str] = "No important, core or genetic data leaves without the route it needs"

    def conclude(self, findings: Findings) -> Outcome:
        """Count the routes that are required and not held."""
        findings.measure("scan.rows")
        required = self.requirements if self.requirements is not None else findings.requirements
        missing = [line for line in required if not line["held"]]
        lines = tuple(
            {"rule": line["rule"], "route": line["route"], "held": line["held"], "basis": line.get("citation", "")}
            for line in required
        )
        citation = missing[0].get("citation", "") if missing else ""
        return Outcome(not missing, len(missing), lines, citation)


class ExpectTableReadingsToAgree(ExportExpectation):
    """Expect every admissible reading of what is undecided or suspected to lead to the same answer.

    *What it says.* Whichever way the open points are read, the tier and the answer are the same.
    *Why.* Where they are not, a person has to decide. *Fails* with the number of points that matter.
    """

    sentence: ClassVar[str] = "Every admissible reading leads to the same answer"

    def conclude(self, findings: Findings) -> Outcome:
        """Count the open points on which the answer turns."""
        count = findings.measure("readings.disagreeing")
        return Outcome(count == 0, count, (), findings.citations.get("readings", ""))
