"""Computed checks for the tests of the suite: counts, columns and reasons of our own making, no law in them."""

from __future__ import annotations

from typing import Any

PERSONAL = {"kind": "cn_resident_id", "pi": "personal", "nulls": 0, "undecided": False, "decided_by": "values"}


def counts(non_sensitive: int, sensitive: int = 0) -> dict[str, int]:
    return {
        "non_sensitive": non_sensitive,
        "sensitive": sensitive,
        "any": max(non_sensitive, sensitive),
        "sensitive_with_accounts_or_diagnosis": 0,
    }


def reason(threshold: int, observed: int, *, route: str = "route-b", counter: str = "non_sensitive") -> dict[str, Any]:
    return {
        "rule": "some-list/some-sector/some-row",
        "article": "Part X, line 2",
        "counter": counter,
        "observed": observed,
        "comparison": ">=" if observed >= threshold else "<",
        "threshold": threshold,
        "effect": route,
    }


def a_check(persons: int = 10, threshold: int = 100, **changes: Any) -> dict[str, Any]:
    """A check in which `persons` of one row are held against one line."""
    reached = persons >= threshold
    verdict = {
        "allowed": not reached,
        "usable": True,
        "undecided": False,
        "paths": ["route-b"] if reached else [],
        "reasons": [reason(threshold, persons)],
        **changes.pop("verdict", {}),
    }
    column = {"name": "id_no", **PERSONAL, **changes.pop("column", {})}
    scan = {"source": "a", "rows": 10, "rows_scanned": 10, "exhaustive": True, "columns": [column]}
    return {
        "schema": "exportgate.check/1",
        "export": {"id": "e", "sector": "some-sector", "scenario": "some-row"},
        "scans": [{**scan, **changes.pop("scan", {})}],
        "counts": {"this_export": counts(10), "year_to_date": counts(persons), "rows": {"some-row": counts(persons)}},
        "excluded": [],
        "consistency": [],
        "verdict": verdict,
        **changes,
    }
