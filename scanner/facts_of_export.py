"""From a projection and a manifest to the facts that the tier rules judge (``exportgate.facts/1``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .ledger import Counts, Projection
from .manifest import Approval, Manifest

FILING_KEYS = ("opinion", "opinion_date", "status", "material_change")


@dataclass(frozen=True)
class Circumstances:
    """What is known beside the export: the edition, the handler, the persons it holds, the choices of reading."""

    list: str
    handler: Mapping[str, Any]
    holdings: Mapping[str, int] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)


def build(
    manifest: Manifest,
    projection: Projection,
    approvals: Sequence[Approval],
    around: Circumstances,
    as_of: date,
    *,
    catch_all: Counts,
    exempt_under: Sequence[str],
    important_data: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the facts document of an export on the day `as_of`."""
    export, declare = manifest.export, manifest.declare
    filing, other = _split(approvals)
    facts: dict[str, Any] = {
        "schema": "exportgate.facts/1",
        "list": around.list,
        "as_of": as_of.isoformat(),
        "handler": {key: value for key, value in around.handler.items() if value is not None},
        "sector": export.sector,
        "rows": [{"row": row, "counts": _figures(counts)} for (_, row), counts in projection.rows.items()],
        "catch_all_counts": _figures(catch_all),
        "handler_counts": _handler_figures(projection.handler),
        "exempt_under": list(exempt_under),
        "important_data": list(important_data),
        "core_data": declare.core_data,
        "state_secret": declare.state_secret,
        "export_controlled": declare.export_controlled,
        "technology_export": declare.technology_export,
        "approvals": other,
    }
    if around.holdings:
        facts["holdings"] = dict(around.holdings)
    if declare.genetic.present or declare.genetic.discharged:
        facts["genetic"] = declare.genetic.model_dump(mode="json", exclude_none=True)
    for key in ("scope_exclusion", "other_list", "treaty"):
        if getattr(declare, key) is not None:
            facts[key] = getattr(declare, key)
    if filing is not None:
        facts["filing"] = filing
    return facts


def _split(approvals: Sequence[Approval]) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Return the filing of the list (the approval that carries an opinion) and the other routes held."""
    filing, other = None, []
    for approval in approvals:
        data = approval.model_dump(mode="json", exclude_none=True)
        if "opinion" in data and filing is None:
            filing = {key: data[key] for key in FILING_KEYS if key in data}
        other.append({key: data[key] for key in data if key not in {"columns", "recipient", "max_persons"}})
    return filing, other


def _figures(counts: Counts) -> dict[str, int]:
    return {"non_sensitive": counts.non_sensitive, "sensitive": counts.sensitive, "any": counts.any}


def _handler_figures(counts: Counts) -> dict[str, int]:
    figure = counts.sensitive_with_accounts_or_diagnosis
    return {**_figures(counts), "sensitive_with_accounts_or_diagnosis": figure}
