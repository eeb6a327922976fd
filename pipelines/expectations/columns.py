"""Expectations about columns: decided, declared, and within what was filed."""

from __future__ import annotations

from typing import ClassVar

from .base import ExportExpectation, Findings, Outcome


class ExpectTableColumnsToBeDecided(ExportExpectation):
    """Expect the detector to have made up its mind about every column.

    *What it says.* No column is undecided. *Why.* A column nobody understands may hold anything.
    *Fails* with the number of undecided columns; as a warning where none of their readings changes the answer.
    """

    sentence: ClassVar[str] = "Every column is decided"

    def conclude(self, findings: Findings) -> Outcome:
        """Count the undecided columns."""
        return _none_of("columns.undecided", findings, "decided")


class ExpectTablePersonalInformationToBeDeclared(ExportExpectation):
    """Expect no personal information that the manifest denies.

    *What it says.* No column that a person called harmless, without a reason, holds values that validate as an
    identifier. *Why.* A declaration against the evidence is how data leave unseen.
    """

    sentence: ClassVar[str] = "No personal information is undeclared"

    def conclude(self, findings: Findings) -> Outcome:
        """Count the columns declared harmless against their own values."""
        return _none_of("columns.contradicted", findings, "undeclared")


class ExpectTableColumnsToBeWithinFiling(ExportExpectation):
    """Expect the export to agree with what was filed and approved.

    *What it says.* Nothing lies outside the rows, columns, recipient, cap and validity of an approval relied upon.
    *Why.* Consistency of the export and the filing is what the authority checks.
    """

    sentence: ClassVar[str] = "The export stays within what was filed"

    def conclude(self, findings: Findings) -> Outcome:
        """Count the blocking findings of the consistency check, per issue."""
        blocking = findings.measure("consistency.blocking")
        lines = tuple(
            {"issue": name.partition(".")[2], "findings": count}
            for name, count in sorted(findings.measures.items())
            if name.startswith("consistency.") and name != "consistency.blocking" and count
        )
        return Outcome(blocking == 0, blocking, lines, findings.citations.get("filing", ""))


def _none_of(measure: str, findings: Findings, aspect: str) -> Outcome:
    count = findings.measure(measure)
    return Outcome(count == 0, count, (), findings.citations.get(aspect, ""))
