"""Expect the scan to have read everything, and to have found persons where there is personal information."""

from __future__ import annotations

from typing import ClassVar

from .base import ExportExpectation, Findings, NotEvaluatedError, Outcome


class ExpectTableScanToBeComplete(ExportExpectation):
    """Expect every row of every dataset to have been read.

    *What it says.* No row is unread, no dataset was sampled, there are at least `minimum_rows` rows, and where cells
    hold personal information somebody was counted. *Why.* What was not read was not counted.
    *Could not evaluate* (and fails): an empty batch, or personal information without a single person.
    """

    minimum_rows: int = 1

    success_keys: ClassVar[tuple[str, ...]] = (*ExportExpectation.success_keys, "minimum_rows")
    sentence: ClassVar[str] = "The scan read every row"

    def conclude(self, findings: Findings) -> Outcome:
        """Compare rows read with rows held, and guard against a count of zero."""
        rows = findings.measure("scan.rows")
        if rows < self.minimum_rows:
            raise NotEvaluatedError("the batch is empty")
        if _counted_nobody(findings):
            raise NotEvaluatedError("there are cells of personal information, and not one person was counted")
        unread = findings.measure("scan.rows_unread")
        partial = findings.measure("scan.partial")
        return Outcome(unread == 0 and partial == 0, rows - unread)


def _counted_nobody(findings: Findings) -> bool:
    """Whether filled cells of personal information led to nobody, counted or excluded."""
    filled = findings.measure("columns.personal_filled")
    return filled > 0 and findings.measure("persons.batch") + findings.measure("persons.excluded") == 0
