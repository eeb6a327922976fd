"""DataHub metadata change proposals for its file source (``datahub ingest`` with ``source.type: file``).

Tags are added to columns by JSON patches of ``editableSchemaMetadata``: what people tagged themselves stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from .tagged import Place, Tagged, TaggedColumn, one_place, tagged

PREFIX = "exportgate"


def datahub(documents: Iterable[Mapping[str, Any]], place: Place) -> list[dict[str, Any]]:
    """Return the proposals: the tags first, then one patch per dataset."""
    datasets = one_place(tagged(documents), place)
    names = dict.fromkeys(tag for dataset in datasets for column in dataset.columns for tag in _tags(column))
    return [*map(_tag, names), *(_patch(dataset, place) for dataset in datasets if any(map(_tags, dataset.columns)))]


def _tags(column: TaggedColumn) -> list[str]:
    found = [f"{PREFIX}.pi.{column.pi}", f"{PREFIX}.kind.{column.kind}"] if column.pi != "none" else []
    return [*found, f"{PREFIX}.undecided"] if column.undecided else found


def _tag(name: str) -> dict[str, Any]:
    body = {"name": name, "description": "Found by exportgate in the values, names and comments of the column."}
    return _proposal("tag", f"urn:li:tag:{name}", "UPSERT", "tagProperties", body, "application/json")


def _patch(dataset: Tagged, place: Place) -> dict[str, Any]:
    operations = [
        {
            "op": "add",
            "path": f"/editableSchemaFieldInfo/{_pointer(column.name)}/globalTags/tags/urn:li:tag:{tag}",
            "value": {"tag": f"urn:li:tag:{tag}"},
        }
        for column in dataset.columns
        for tag in _tags(column)
    ]
    name = quote(place.of(dataset), safe="/:.-_ ")
    urn = f"urn:li:dataset:(urn:li:dataPlatform:{place.platform},{name},{place.environment})"
    return _proposal("dataset", urn, "PATCH", "editableSchemaMetadata", operations, "application/json-patch+json")


def _proposal(entity: str, urn: str, change: str, aspect: str, body: Any, content: str) -> dict[str, Any]:
    return {
        "entityType": entity,
        "entityUrn": urn,
        "changeType": change,
        "aspectName": aspect,
        "aspect": {"value": json.dumps(body, ensure_ascii=False), "contentType": content},
    }


def _pointer(name: str) -> str:
    """Return a name as a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
