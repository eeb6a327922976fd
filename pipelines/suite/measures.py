"""What a check counted, as a table of measures: the only data Great Expectations ever sees of an export.

A measure is a dotted name and a whole number. No cell of the dataset, masked or not, is among them.

========================================  =======================================================================
measure                                   counts
========================================  =======================================================================
``scan.sources``                          datasets of the export
``scan.rows``                             rows they hold
``scan.rows_unread``                      rows that were not read
``scan.partial``                          datasets whose scan was not exhaustive (a sample, a stop)
``columns.total``                         columns that leave
``columns.personal``                      columns that hold personal information, sensitive or not
``columns.personal_filled``               those of them with at least one cell that is not null
``columns.undecided``                     columns on which the detector could not make up its mind
``columns.contradicted``                  columns declared harmless, without a reason, although values validate
``persons.batch``                         distinct natural persons in this export
``persons.excluded``                      persons left out on a basis that takes them out of the count
``persons.SCOPE.COUNTER``                 distinct persons from 1 January to date, per threshold row or ``handler``
``consistency.blocking``                  findings of the comparison with manifest, approvals and filing that block
``consistency.ISSUE``                     the same, per issue
========================================  =======================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

COUNTERS = ("non_sensitive", "sensitive", "any", "sensitive_with_accounts_or_diagnosis")
ONLY_NON_SENSITIVE = "non_sensitive_only"
"""Persons who have non-sensitive items and no sensitive one."""
HANDLER = "handler"
"""Scope of the counts over everything the handler exports, whatever the row."""

CONTRADICTED = "decision-contradicts-values"
"""Issue of the consistency check: a person called a column harmless, without a reason, and its values validate."""

Measures = dict[str, int]


def of_check(check: Mapping[str, Any]) -> Measures:
    """Return the measures of an ``exportgate.check/1`` document.

    >>> of_check({"scans": [{"rows": 3, "rows_scanned": 3, "exhaustive": True, "columns": []}]})["scan.rows_unread"]
    0
    """
    measures = _of_scans(check.get("scans", ()), check.get("export", {}).get("columns"))
    measures.update(_of_persons(check.get("counts", {})))
    measures["persons.excluded"] = sum(int(line["persons"]) for line in check.get("excluded", ()))
    measures.update(_of_consistency(check.get("consistency", ())))
    return measures


def _of_scans(scans: Any, wanted: Any) -> Measures:
    leaving = [(scan, column) for scan in scans for column in scan["columns"] if _leaves(scan, column, wanted)]
    columns = [column for _, column in leaving]
    filled = [column for scan, column in leaving if column["nulls"] < scan["rows"]]
    return {
        "scan.sources": len(scans),
        "scan.rows": sum(scan["rows"] for scan in scans),
        "scan.rows_unread": sum(max(0, scan["rows"] - scan["rows_scanned"]) for scan in scans),
        "scan.partial": sum(not scan["exhaustive"] for scan in scans),
        "columns.total": len(columns),
        "columns.personal": sum(column["pi"] != "none" for column in columns),
        "columns.personal_filled": sum(column["pi"] != "none" for column in filled),
        "columns.undecided": sum(bool(column["undecided"]) for column in columns),
    }


def _leaves(scan: Mapping[str, Any], column: Mapping[str, Any], wanted: Any) -> bool:
    """Whether a column leaves: all do, unless the manifest names those that do."""
    name = column.get("name", "")
    return wanted is None or name in wanted or f"{scan.get('name', '')}.{name}" in wanted


def _of_persons(counts: Mapping[str, Any]) -> Measures:
    measures = {}
    if "this_export" in counts:
        measures["persons.batch"] = int(counts["this_export"]["any"])
    for scope, counted in _scopes(counts):
        measures.update({f"persons.{scope}.{name}": int(counted[name]) for name in COUNTERS if name in counted})
        measures[f"persons.{scope}.{ONLY_NON_SENSITIVE}"] = int(counted["any"]) - int(counted["sensitive"])
    return measures


def _scopes(counts: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from counts.get("rows", {}).items()
    whole = counts.get(HANDLER) or counts.get("year_to_date")
    if whole:
        yield HANDLER, whole


def _of_consistency(findings: Any) -> Measures:
    """Count blocking findings per issue; a contradicted declaration is a matter of its own."""
    by_issue = Counter(finding["issue"] for finding in findings if finding.get("blocks"))
    contradicted = by_issue.pop(CONTRADICTED, 0)
    issues = {f"consistency.{issue}": count for issue, count in by_issue.items()}
    return {"columns.contradicted": contradicted, "consistency.blocking": by_issue.total(), **issues}
