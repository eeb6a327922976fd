"""OpenMetadata requests in the order in which they are sent: two classifications, their tags, one patch per table.

A patch tests the column's name before it adds a tag at its place, so a table whose columns stand in another order is
refused instead of tagged wrongly; tags that people gave stay. Labels are ``Automated`` and ``Suggested`` (a person
confirms them), ``Manual`` and ``Confirmed`` where a person decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from .tagged import Place, Tagged, TaggedColumn, one_place, tagged

CLASS, KIND = "ExportgateClass", "ExportgateKind"
TOLD = "Found by exportgate in the values, names and comments of columns."


def openmetadata(documents: Iterable[Mapping[str, Any]], place: Place) -> list[dict[str, Any]]:
    """Return the requests: method, path below the server's address, body."""
    datasets = one_place(tagged(documents), place)
    tags = dict.fromkeys(tag for dataset in datasets for column in dataset.columns for tag in _tags(column))
    groups = dict.fromkeys(group for group, _ in tags)
    return [
        *(_put("/api/v1/classifications", {"name": group, "description": TOLD}) for group in groups),
        *(_put("/api/v1/tags", {"classification": group, "name": name, "description": TOLD}) for group, name in tags),
        *(_patch(dataset, place) for dataset in datasets if any(map(_tags, dataset.columns))),
    ]


def _tags(column: TaggedColumn) -> list[tuple[str, str]]:
    found = [(CLASS, column.pi), (KIND, column.kind)] if column.pi != "none" else []
    return [*found, (CLASS, "undecided")] if column.undecided else found


def _put(path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"method": "PUT", "path": path, "contentType": "application/json", "body": dict(body)}


def _patch(dataset: Tagged, place: Place) -> dict[str, Any]:
    operations: list[dict[str, Any]] = []
    for at, column in enumerate(dataset.columns):
        if tags := _tags(column):
            operations.append({"op": "test", "path": f"/columns/{at}/name", "value": column.name})
            operations += [
                {"op": "add", "path": f"/columns/{at}/tags/-", "value": _label(column, *tag)} for tag in tags
            ]
    path = f"/api/v1/tables/name/{quote(place.of(dataset), safe='')}"
    return {"method": "PATCH", "path": path, "contentType": "application/json-patch+json", "body": operations}


def _label(column: TaggedColumn, group: str, name: str) -> dict[str, Any]:
    by = ("Manual", "Confirmed") if column.by_person else ("Automated", "Suggested")
    return {"tagFQN": f"{group}.{name}", "source": "Classification", "labelType": by[0], "state": by[1]}
