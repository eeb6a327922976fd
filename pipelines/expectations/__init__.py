"""The gate in anyone's Great Expectations 1.x project: importing this package registers everything.

::

    import exportgate.pipelines.expectations as gate

    suite.add_expectation(gate.ExpectDistinctPersonsYearToDateToBeBelowTier(manifest="members.yaml"))
    suite.add_expectation(gate.ExpectTableScanToBeComplete(manifest="members.yaml"))

The expectations run the gate on the batch, once per batch and manifest; nothing is booked by validating. A result
holds counts and citations, never a cell. `BlockExportAction` stops whoever runs the checkpoint,
`BookExportAction` books the export when it passed.
"""

from __future__ import annotations

from ..validation_engine import great_expectations

great_expectations()  # first, and guarded: what it imports may want to end the process

from .actions import BlockExportAction, BookExportAction, ExportBlockedError
from .base import COULD_NOT_EVALUATE, FAILED, PASSED, ExportExpectation, Findings
from .columns import (
    ExpectTableColumnsToBeDecided,
    ExpectTableColumnsToBeWithinFiling,
    ExpectTablePersonalInformationToBeDeclared,
)
from .metric import ExportFindings
from .persons import ExpectDistinctPersonsYearToDateToBeBelowTier
from .routes import ExpectTableImportantDataToBeCleared, ExpectTableReadingsToAgree
from .scan import ExpectTableScanToBeComplete

__all__ = [
    "COULD_NOT_EVALUATE",
    "FAILED",
    "PASSED",
    "BlockExportAction",
    "BookExportAction",
    "ExpectDistinctPersonsYearToDateToBeBelowTier",
    "ExpectTableColumnsToBeDecided",
    "ExpectTableColumnsToBeWithinFiling",
    "ExpectTableImportantDataToBeCleared",
    "ExpectTablePersonalInformationToBeDeclared",
    "ExpectTableReadingsToAgree",
    "ExpectTableScanToBeComplete",
    "ExportBlockedError",
    "ExportExpectation",
    "ExportFindings",
    "Findings",
]
