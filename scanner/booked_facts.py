"""What the ledger keeps of an export besides its persons: what left, whereto and why, so that a year can be compared
with its filing. Names of columns, never a cell; a name that looks like a value itself is kept as its position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..field_maps import Edition
from .manifest import Manifest
from .results import ColumnVerdict

VALUE_LIKE = re.compile(r"[0-9]{5,}|@")
"""A header that is really the first row of data: an e-mail address, a long number."""


def facts_of(manifest: Manifest, row: str, columns: Iterable[ColumnVerdict], edition: Edition) -> dict[str, Any]:
    """Return the evidence of a booking: exclusions, the export as its manifest describes it, its columns."""
    export = manifest.export
    return {
        "rules": {"edition": edition.id, "version": edition.version},
        # never the predicate: it may name a person's value
        "exclusions": [{"basis": each.basis, "evidence": each.evidence} for each in manifest.exclusions],
        "export": {
            "sector": export.sector,
            "scenario": export.scenario,
            "rows": list(dict.fromkeys([row, *(role.row for role in manifest.roles)])),
            "purpose": export.purpose,
            "approvals": [approval.model_dump(mode="json", exclude_none=True) for approval in manifest.approvals],
        },
        "columns": [_column(at, column) for at, column in enumerate(columns, start=1)],
    }


def column_name(at: int, name: str) -> str:
    """Return a column's name as it may be kept.

    >>> column_name(1, "id_no"), column_name(2, "13912345678")
    ('id_no', 'column 2')
    """
    return f"column {at}" if VALUE_LIKE.search(name) else name


def _column(at: int, column: ColumnVerdict) -> dict[str, Any]:
    return {
        "name": column_name(at, column.name),
        "kind": column.kind,
        "pi": column.pi,
        "field": column.field_id,
        "undecided": column.undecided,
    }
