"""Comments for files that cannot carry their own: a sidecar next to the file.

``members.csv.schema.yaml`` (or ``members.schema.yaml``, or ``.json`` for ``.yaml``; for a folder, ``_schema.yaml``
inside it or ``<folder>.schema.yaml`` beside it)::

    table: crm_member                       # the table's name in its own system
    comment: 会员表                          # what the table is
    columns:
      id_no: 身份证号                        # a comment, or both of:
      mobile: {comment: 手机号, type: varchar(11)}

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

SUFFIXES = (".schema.yaml", ".schema.yml", ".schema.json")


def is_sidecar(path: Path) -> bool:
    """Whether a file only describes another one."""
    return path.name.endswith(SUFFIXES)


def described(schema: pa.Schema, path: Path) -> pa.Schema:
    """Return the schema with the sidecar's comments, or unchanged when there is no sidecar."""
    found = next((candidate for candidate in _candidates(path) if candidate.is_file()), None)
    return schema if found is None else _apply(schema, _load(found), found.name)


def _candidates(path: Path) -> Iterator[Path]:
    stem = path.name
    while stem:
        for suffix in SUFFIXES:
            yield path.with_name(stem + suffix)
        shorter = stem.rpartition(".")[0]
        stem = shorter if path.is_file() else ""
    if path.is_dir():
        yield from (path / f"_{suffix.removeprefix('.')}" for suffix in SUFFIXES)


def _load(path: Path) -> dict[str, Any]:
    import yaml

    try:
        text = path.read_text("utf-8")
        loaded = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError):
        raise UsageError("cannot be read as a sidecar", where=path.name, hint="it is YAML or JSON in UTF-8") from None
    if not isinstance(loaded, dict):
        raise UsageError("must be a mapping", where=path.name)
    return loaded


def _apply(schema: pa.Schema, document: dict[str, Any], where: str) -> pa.Schema:
    for key in document:
        if key not in ("table", "comment", "columns"):
            raise UsageError(f"unknown key: {key}", where=where, hint="keys are table, comment and columns")
    columns = document.get("columns") or {}
    for name in columns:
        if str(name) not in schema.names:
            raise UsageError(
                f"no such column: {name}", where=f"{where}: columns", hint=nearest(str(name), schema.names)
            )
    fields = [_field(item, columns.get(item.name), where) for item in schema]
    given = {key: str(document[key]) for key in ("table", "comment") if document.get(key)}
    return pa.schema(
        fields, {**(schema.metadata or {}), **{key.encode(): text.encode() for key, text in given.items()}}
    )


def _field(item: pa.Field, said: object, where: str) -> pa.Field:
    if said is None:
        return item
    given = said if isinstance(said, dict) else {"comment": said}
    for key in given:
        if key not in ("comment", "type"):
            raise UsageError(
                f"unknown key: {key}", where=f"{where}: columns.{item.name}", hint="keys are comment, type"
            )
    known = {b"comment": given.get("comment"), b"declared_type": given.get("type")}
    return item.with_metadata(
        {**(item.metadata or {}), **{key: str(text).encode() for key, text in known.items() if text}}
    )
