"""OpenLineage 2-0-2 events (https://openlineage.io/spec/2-0-2/OpenLineage.json), one per document.

A scan is a dataset event; a check is a completed run with its datasets as inputs. Columns carry the standard ``tags``
facet (2-0-3) and, for what has no standard place, the facet ``exportgate_columns``; a run carries
``exportgate_verdict``. Expectations are ``dataQualityAssertions``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from .tagged import Place, Tagged, one_place, tagged

PRODUCER = "urn:exportgate:lineage"
SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/"
FACETS = "https://openlineage.io/spec/facets/"


def openlineage(documents: Iterable[Mapping[str, Any]], place: Place) -> list[dict[str, Any]]:
    """Return the events."""
    events: dict[str, dict[str, Any]] = {}
    for dataset in one_place(tagged(documents), place):
        if dataset.check is None:
            event = _event(place, "DatasetEvent") | {"dataset": _dataset(dataset, place)}
            events[f"{len(events)} {dataset.source}"] = event
        else:
            run = _run_id(dataset.check)
            event = events.setdefault(run, _run(dataset.check, run, place))
            event["inputs"].append(_dataset(dataset, place) | _assertions(dataset.check))
    return list(events.values())


def _event(place: Place, kind: str) -> dict[str, Any]:
    at = place.at.isoformat(timespec="seconds")
    return {"eventTime": at, "producer": PRODUCER, "schemaURL": f"{SPEC}{kind}"}


def _run(check: Mapping[str, Any], run: str, place: Place) -> dict[str, Any]:
    verdict = check["verdict"]
    facet = {
        **_facet("urn:exportgate:schema:verdict:1"),
        "mayGo": check["may_go"],
        "exitCode": check["exit_code"],
        **{key: verdict[key] for key in ("regime", "tier", "path", "allowed", "undecided")},
    }
    job = {"namespace": place.namespace, "name": f"exportgate.check.{check['export']['id']}", "facets": {}}
    return {
        **_event(place, "RunEvent"),
        "eventType": "COMPLETE",
        "run": {"runId": run, "facets": {"exportgate_verdict": facet}},
        "job": job,
        "inputs": [],
        "outputs": [],
    }


def _run_id(check: Mapping[str, Any]) -> str:
    return str(uuid5(NAMESPACE_URL, json.dumps(check, sort_keys=True, ensure_ascii=False)))


def _dataset(dataset: Tagged, place: Place) -> dict[str, Any]:
    fields = [{"name": column.name, "type": column.type} for column in dataset.columns]
    tags = [
        {"key": key, "value": value, "source": "exportgate", "field": column.name}
        for column in dataset.columns
        for key, value in (("pi", column.pi), ("kind", column.kind), ("list_field", column.field))
        if value and value != "none"
    ]
    columns = {
        column.name: {
            "kind": column.kind,
            "pi": column.pi,
            "field": column.field or None,
            "undecided": column.undecided,
            "confidence": column.confidence,
        }
        for column in dataset.columns
    }
    facets = {
        "schema": {**_facet(f"{FACETS}1-1-1/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet"), "fields": fields},
        "tags": {**_facet(f"{FACETS}2-0-3/TagsDatasetFacet.json#/$defs/TagsDatasetFacet"), "tags": tags},
        "exportgate_columns": {
            **_facet("urn:exportgate:schema:columns:1"),
            "list": dataset.list_id,
            "fieldsVerified": dataset.verified,
            "columns": columns,
        },
    }
    return {"namespace": place.namespace, "name": place.of(dataset), "facets": facets}


def _assertions(check: Mapping[str, Any]) -> dict[str, Any]:
    results = [
        {
            "assertion": str(result.get("expectation") or result.get("type") or "expectation"),
            "success": bool(result["success"]),
        }
        for result in check["expectations"]["results"]
    ]
    if not results:
        return {}
    facet = _facet(f"{FACETS}1-0-1/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet")
    return {"inputFacets": {"dataQualityAssertions": {**facet, "assertions": results}}}


def _facet(schema: str) -> dict[str, Any]:
    return {"_producer": PRODUCER, "_schemaURL": schema}
