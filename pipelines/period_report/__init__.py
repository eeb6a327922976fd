"""`exportgate report`: a period of exports as material for the area agency's half-year report.

The duty to report is the agency's; a handler supplies material. Everything here is read back from the ledger: nothing
is counted twice, no value of a person is in it.
"""

from __future__ import annotations

from .building import PeriodReport, build

__all__ = ["PeriodReport", "build"]
