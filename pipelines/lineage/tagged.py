"""The columns of scanned datasets with what is to be said of them, whatever the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...scanner.booked_facts import column_name
from ...scanner.errors import UsageError


@dataclass(frozen=True)
class Place:
    """Where the catalogue keeps the datasets. `name` is the dataset's own there; `at` the moment that is written."""

    at: datetime
    platform: str = "file"
    namespace: str = "file"
    name: str = ""
    environment: str = "PROD"

    def of(self, dataset: Tagged) -> str:
        """Return the name of a dataset in the catalogue."""
        return self.name or dataset.source


@dataclass(frozen=True)
class TaggedColumn:
    """One column: what it holds, its class, the field of the list that covers it."""

    name: str
    type: str
    kind: str
    pi: str
    field: str
    undecided: bool
    by_person: bool
    confidence: float


@dataclass(frozen=True)
class Tagged:
    """A scanned dataset; `check` is the check it was part of, if any."""

    source: str
    columns: tuple[TaggedColumn, ...]
    list_id: str
    verified: str
    check: Mapping[str, Any] | None = None


def tagged(documents: Iterable[Mapping[str, Any]]) -> Iterator[Tagged]:
    """Yield the datasets of scans and checks. UsageError for any other document."""
    for document in documents:
        schema = document.get("schema")
        if schema == "exportgate.scan/1":
            yield _dataset(document, None)
        elif schema == "exportgate.check/1":
            for scan in document["scans"]:
                yield _dataset(scan, document)
        else:
            hint = "exportgate scan SOURCE --format json, or check"
            raise UsageError(f"neither a scan nor a check: {schema or 'no schema'}", where="lineage", hint=hint)


def one_place(datasets: Iterable[Tagged], place: Place) -> list[Tagged]:
    """Return the datasets; UsageError when one name is given for several."""
    found = list(datasets)
    if place.name and len(found) > 1:
        raise UsageError(f"one name for {len(found)} datasets", where="--name")
    return found


def _dataset(scan: Mapping[str, Any], check: Mapping[str, Any] | None) -> Tagged:
    known = scan["list"]
    columns = tuple(_column(at, column) for at, column in enumerate(scan["columns"], start=1))
    return Tagged(
        str(scan["source"]), columns, str(known["id"]), f"{known['fields_verified']}/{known['fields']}", check
    )


def _column(at: int, column: Mapping[str, Any]) -> TaggedColumn:
    fields = column.get("fields") or ()
    return TaggedColumn(
        name=column_name(at, str(column["name"])),
        type=str(column.get("type", "")),
        kind=str(column["kind"]),
        pi=str(column["pi"]),
        field=str(fields[0]["id"]) if fields else "",
        undecided=bool(column.get("undecided")),
        by_person=column.get("decided_by") == "human",
        confidence=float(column.get("confidence", 0)),
    )
