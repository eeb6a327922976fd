"""Validate a computed check in an ephemeral Great Expectations context, in memory only."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..validation_engine import great_expectations
from . import lines, measures

if TYPE_CHECKING:
    from ..expectations.base import ExportExpectation, Findings

SUITE = "exportgate"


def warm_up() -> threading.Thread:
    """Start importing Great Expectations beside other work; `validate` waits for it by itself."""
    thread = threading.Thread(target=great_expectations, name="exportgate-suite", daemon=True)
    thread.start()
    return thread


def findings(check: Mapping[str, Any]) -> Findings:
    """Return what the expectations need to know of an ``exportgate.check/1`` document."""
    from ..expectations.base import Findings

    measured = {**measures.of_check(check), "readings.disagreeing": lines.disagreeing(check)}
    reading = lines.Reading(check, measured)
    limits = lines.limits(reading)
    required = lines.requirements(reading, limits)
    return Findings(measured, limits, required, lines.citations(reading), cited=bool(reading.reasons))


def validate(check: Mapping[str, Any]) -> dict[str, Any]:
    """Assert a computed check: ``{success, results: [{expectation, success, severity, observed, citation, …}]}``.

    `success` is false when an expectation of severity `critical` did not pass. Results hold counts and citations.
    ``disagreement`` is one sentence where the rules of the verdict conclude otherwise, else empty; ``suite`` the name.
    """
    found = findings(check)
    ran = _run(found, expectations(found, bool(check.get("verdict", {}).get("undecided"))))
    results = [_result(result) for result in ran]
    failed = [line for line in results if not line["success"] and line["severity"] == "critical"]
    validated: dict[str, Any] = {"suite": SUITE, "success": not failed, "results": results}
    return {**validated, "disagreement": disagreement(check, validated)}


def disagreement(check: Mapping[str, Any], validated: Mapping[str, Any]) -> str:
    """Return one sentence where the suite and the rules conclude differently, else an empty one."""
    verdict = check.get("verdict", {})
    blocked = any(finding.get("blocks") for finding in check.get("consistency", ()))
    rules = bool(verdict.get("allowed")) and not verdict.get("undecided") and not blocked
    if rules == validated["success"]:
        return ""
    failed = [line for line in validated["results"] if not line["success"]]
    said = ("may go", "must not go") if rules else ("must not go", "may go")
    names = ", ".join(dict.fromkeys(line["expectation"] for line in failed))
    return f"the rules say the export {said[0]}, the suite says it {said[1]}" + (f" ({names})" if names else "")


def expectations(found: Findings, undecided: bool) -> list[ExportExpectation]:
    """Return the expectations of a computed check; undecided columns are critical where the answer turns on them."""
    from great_expectations.expectations.metadata_types import FailureSeverity

    from .. import expectations as gate

    severity = FailureSeverity.CRITICAL if undecided else FailureSeverity.WARNING
    persons: list[ExportExpectation] = [
        gate.ExpectDistinctPersonsYearToDateToBeBelowTier(limits=[limit], citation=limit["citation"])
        for limit in found.limits
    ]
    if not found.limits and not found.cited:
        persons = [gate.ExpectDistinctPersonsYearToDateToBeBelowTier(limits=[])]
    return [
        *persons,
        gate.ExpectTablePersonalInformationToBeDeclared(),
        gate.ExpectTableImportantDataToBeCleared(requirements=list(found.requirements)),
        gate.ExpectTableColumnsToBeWithinFiling(citation=found.citations.get("filing", "")),
        gate.ExpectTableColumnsToBeDecided(severity=severity),
        gate.ExpectTableReadingsToAgree(),
        gate.ExpectTableScanToBeComplete(minimum_rows=0),
    ]


def _run(found: Findings, wanted: list[ExportExpectation]) -> list[Any]:
    """Run expectations over the table of measures."""
    import pandas as pd

    gx = great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = silent()
    asset = context.data_sources.add_pandas(SUITE).add_dataframe_asset(SUITE)
    table = pd.DataFrame({"measure": list(found.measures), "value": list(found.measures.values())})
    batch = asset.add_batch_definition_whole_dataframe(SUITE).get_batch({"dataframe": table})
    suite = gx.ExpectationSuite(SUITE, expectations=wanted)
    return list(batch.validate(suite).results)


def _result(result: Any) -> dict[str, Any]:
    configuration, content = result.expectation_config, result.result or {}
    details = content.get("details") or {}
    line = {
        "expectation": configuration.type,
        "success": bool(result.success),
        "severity": str(getattr(configuration.severity, "value", configuration.severity)),
        "observed": content.get("observed_value"),
        "citation": details.get("citation") or configuration.kwargs.get("citation", ""),
        "outcome": details.get("outcome", "could-not-evaluate"),
    }
    if details.get("why"):
        line["why"] = details["why"]
    if details.get("lines"):
        line["lines"] = details["lines"]
    return line


def silent() -> Any:
    """Return the setting that keeps progress bars out of the terminal."""
    from great_expectations.data_context.types.base import ProgressBarsConfig

    return ProgressBarsConfig(globally=False)
