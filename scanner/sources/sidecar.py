"""Comments and tags for files that cannot carry their own: a sidecar next to the file.

``members.csv.schema.yaml`` (or ``members.schema.yaml``, or ``.json`` for ``.yaml``; for a folder, ``_schema.yaml``
inside it or ``<folder>.schema.yaml`` beside it)::

    table: crm_member                       # the table's name in its own system
    comment: 会员表                          # what the table is
    columns:
      id_no: 身份证号                        # a comment, or both of:
      mobile: {comment: 手机号, type: varchar(11), tags: [pii]}
    tags: {classification: internal}        # of the table; a list, a mapping or a text

A key it does not know and a column the file does not have are errors: a comment that goes nowhere is a mistake.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..errors import UsageError
from .columns import nearest
from .tags import tagged, written

SUFFIXES = (".schema.yaml", ".schema.yml", ".schema.json")


def is_sidecar(name: str) -> bool:
    """Whether a file only describes another one."""
    return name.endswith(SUFFIXES)


def described(schema: pa.Schema, path: Path) -> pa.Schema:
    """Return the schema with the sidecar's comments, or unchanged when there is no sidecar."""
    found = sidecar_of(path)
    return schema if found is None else described_by(schema, found.read_bytes(), found.name)


def sidecar_of(path: Path) -> Path | None:
    """Return the sidecar that describes a file or folder, if there is one."""
    return next((candidate for candidate in _candidates(path) if candidate.is_file()), None)


def described_by(schema: pa.Schema, content: bytes, where: str) -> pa.Schema:
    """Return the schema with the comments of a sidecar of that content; `where` is the sidecar's name."""
    return _apply(schema, _load(content, where), where)


def names_beside(name: str, *, folder: bool = False) -> Iterator[str]:
    """Yield the names a sidecar of a file or folder may have beside it, the nearest first.

    >>> next(names_beside("members.csv"))
    'members.csv.schema.yaml'
    """
    stem = name
    while stem:
        yield from (stem + suffix for suffix in SUFFIXES)
        stem = "" if folder else stem.rpartition(".")[0]


NAMES_INSIDE = tuple(f"_{suffix.removeprefix('.')}" for suffix in SUFFIXES)
"""The names a sidecar of a folder may have inside it."""


def _candidates(path: Path) -> Iterator[Path]:
    yield from (path.with_name(name) for name in names_beside(path.name, folder=not path.is_file()))
    if path.is_dir():
        yield from (path / name for name in NAMES_INSIDE)


def _load(content: bytes, where: str) -> dict[str, Any]:
    import yaml

    try:
        text = content.decode("utf-8")
        loaded = json.loads(text) if where.endswith(".json") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError):
        raise UsageError("cannot be read as a sidecar", where=where, hint="it is YAML or JSON in UTF-8") from None
    if not isinstance(loaded, dict):
        raise UsageError("must be a mapping", where=where)
    return loaded


def _apply(schema: pa.Schema, document: dict[str, Any], where: str) -> pa.Schema:
    for key in document:
        if key not in ("table", "comment", "tags", "columns"):
            raise UsageError(f"unknown key: {key}", where=where, hint="keys are table, comment, tags and columns")
    columns = document.get("columns") or {}
    for name in columns:
        if str(name) not in schema.names:
            raise UsageError(
                f"no such column: {name}", where=f"{where}: columns", hint=nearest(str(name), schema.names)
            )
    fields = [_field(item, columns.get(item.name), where) for item in schema]
    given = {key: str(document[key]) for key in ("table", "comment") if document.get(key)}
    metadata = {**(schema.metadata or {}), **{key.encode(): text.encode() for key, text in given.items()}}
    return tagged(pa.schema(fields, metadata), document.get("tags"))


def _field(item: pa.Field, said: object, where: str) -> pa.Field:
    if said is None:
        return item
    given = said if isinstance(said, dict) else {"comment": said}
    for key in given:
        if key not in ("comment", "type", "tags"):
            raise UsageError(
                f"unknown key: {key}", where=f"{where}: columns.{item.name}", hint="keys are comment, type, tags"
            )
    known = {b"comment": given.get("comment"), b"declared_type": given.get("type"), b"tags": written(given.get("tags"))}
    return item.with_metadata(
        {**(item.metadata or {}), **{key: str(text).encode() for key, text in known.items() if text}}
    )
