"""The gate: sources and a manifest in, a verdict out. START READING HERE.

::

    sources ─► scan ─► decide ─► count ─► project ─► evaluate ─► suite ─► Check
               columns  people's  persons  the year   tiers       Great
               fields   word      of this  with this              Expectations
                                  export   export                 asserts it

The command line, the Python face, Great Expectations and the orchestrators are thin callers of `check`. Nothing here
reads a clock, the network or the environment: the day, the ledger and the suite are arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from . import judging, part_b_hints, readings, tiers
from .check import Check
from .errors import ComponentError
from .examination import Examination, Outcome, Rules
from .ledger import Book
from .manifest import Manifest
from .scanning import Progress, scan

if TYPE_CHECKING:
    from .sources import Dataset

Suite = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Asserts a computed check: takes ``exportgate.check/1``, returns ``{"success": …, "results": […]}``."""


def check(
    datasets: Sequence[Dataset],
    manifest: Manifest,
    rules: Rules,
    book: Book,
    as_of: date,
    *,
    crosswalk: Dataset | None = None,
    suite: Suite | None = None,
    progress: Progress | None = None,
) -> Check:
    """Return what the export would do to the year, and whether it may go. Books nothing.

    Raises UsageError for a manifest that does not fit the datasets, SourceError and LedgerError where one of them
    cannot be read, ComponentError where the result cannot be trusted.
    """
    examined = examine(datasets, manifest, rules, book, as_of, crosswalk=crosswalk, progress=progress)
    result = conclude(examined)
    return _asserted(result, suite) if suite else result


def examine(
    datasets: Sequence[Dataset],
    manifest: Manifest,
    rules: Rules,
    book: Book,
    as_of: date,
    *,
    crosswalk: Dataset | None = None,
    progress: Progress | None = None,
) -> Examination:
    """Scan the datasets of an export, and return them with everything they are judged by."""
    inputs = [*datasets, *([crosswalk] if crosswalk else [])]
    Examination(inputs, (), manifest, rules, book, as_of).require_known_words()
    judged = tuple(scan(dataset, rules.lens, progress=progress, persons=False) for dataset in datasets)
    return Examination(inputs, judged, manifest, rules, book, as_of)


def conclude(examination: Examination) -> Check:
    """Count and judge what has been scanned, under every admissible reading."""
    outcome = examination.outcome()
    verdict, warnings = _under_every_reading(examination, outcome)
    near = judging.nearly_used(verdict, examination.rules.warn_at)
    return Check(
        export=examination.manifest.export.model_dump(mode="json", exclude_none=True),
        as_of=examination.as_of,
        scans=outcome.scans,
        projection=outcome.projection,
        verdict=verdict,
        consistency=outcome.consistency,
        warnings=(*outcome.draft.warnings, *warnings, *_hints(outcome, examination.rules), *near),
        identity=outcome.identity,
        draft=outcome.draft,
        judge=examination.may_go,
        booking=examination.booking,
    )


def _hints(outcome: Outcome, rules: Rules) -> tuple[str, ...]:
    columns = [column for found in outcome.scans for column in found.columns]
    return tuple(hint.sentence() for hint in part_b_hints.hints(columns, rules.lens.edition))


def _under_every_reading(examination: Examination, outcome: Outcome) -> tuple[tiers.Verdict, tuple[str, ...]]:
    """Return the verdict, undecided where the tier or the permission turns on what only a person can settle."""
    open_columns = readings.undecided(outcome.scans)
    warnings = [suspicion.sentence() for suspicion in outcome.suspicions]
    if examination.manifest.declare.anonymised and outcome.projection.this_export.upper.any:
        warnings.append("declare.anonymised is true, and columns that leave hold personal information: they count")
    warnings += [f"{void.basis} takes nobody out of the count: {void.why} ({void.article})" for void in outcome.void]
    if not open_columns and not outcome.suspicions:
        return outcome.verdict, tuple(warnings)
    fears = (False, True) if outcome.suspicions else (False,)
    others = [
        examination.outcome(reading, feared=feared)
        for reading in examination.readings() or (None,)
        for feared in fears
        if reading or feared
    ]
    answers = {(other.verdict.tier, other.verdict.allowed) for other in (outcome, *others)}
    if open_columns:
        turns = "the answer turns on" if len(answers) > 1 else "the answer is the same whatever is in"
        warnings.append(f"{turns} undecided columns: {', '.join(open_columns)}")
    if len(answers) > 1 or any(other.verdict.undecided for other in others):
        may = any(other.verdict.allowed for other in (outcome, *others))
        return replace(outcome.verdict, undecided=True, may_go_if_read_so=may), tuple(warnings)
    return outcome.verdict, tuple(warnings)


def _asserted(check: Check, suite: Suite) -> Check:
    """Return the check with what Great Expectations says of it; a disagreement with the rules is an error."""
    asserted = suite(check.to_dict())
    if asserted.get("disagreement"):
        raise ComponentError(str(asserted["disagreement"]), hint="nothing was booked; please report this")
    expectations = {"success": asserted["success"], "results": asserted["results"]}
    return replace(check, expectations=expectations, suite=str(asserted.get("suite", "exportgate")))
