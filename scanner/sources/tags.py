"""Tags that a source already carries: of a column (Arrow metadata, sidecar), of a table, of an object in a store.

A tag is a word (``pii``) or a key with a value (``classification=confidential``), several separated by semicolons. What
tags say is read as words of a comment are; whether somebody tagged a thing as personal is told by `call_personal`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import pyarrow as pa

from ...field_maps.yaml_files import shipped

BETWEEN = "; "
_WORD = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")


def written(tags: object) -> str:
    """Return tags as one text: of a mapping, a list, or a text that may be JSON.

    >>> written({"classification": "confidential", "pii": True})
    'classification=confidential; pii=true'
    >>> written('["pii", "email"]'), written("pii, email"), written(None)
    ('pii; email', 'pii; email', '')
    """
    if isinstance(tags, str):
        try:
            read = json.loads(tags)
        except ValueError:
            read = re.split(r"[;,，；\n]", tags)
        tags = read if isinstance(read, list | dict) else [tags]
    if isinstance(tags, Mapping):
        tags = [f"{key}={_plain(value)}" if _plain(value) else str(key) for key, value in tags.items()]
    elif not isinstance(tags, Iterable):
        return "" if tags is None else _plain(tags)
    return BETWEEN.join(part for tag in tags if (part := _plain(tag)))


def column_tags(item: pa.Field) -> str:
    """Return the tags of a column: field metadata ``tags``.

    >>> column_tags(pa.field("id_no", pa.string(), metadata={"tags": "pii, id"}))
    'pii; id'
    """
    return written((item.metadata or {}).get(b"tags", b"").decode("utf-8", "replace"))


def table_tags(schema: pa.Schema) -> str:
    """Return the tags of a whole table: schema metadata ``tags``."""
    return written((schema.metadata or {}).get(b"tags", b"").decode("utf-8", "replace"))


def tagged(schema: pa.Schema, tags: object) -> pa.Schema:
    """Return the schema with further tags of the whole table."""
    text = BETWEEN.join(part for part in (table_tags(schema), written(tags)) if part)
    return schema.with_metadata({**(schema.metadata or {}), b"tags": text.encode()}) if text else schema


def call_personal(tags: str) -> str:
    """Return the first tag that calls a thing personal, or nothing. The words are data: ``tags.yaml``.

    >>> call_personal("owner=crm; contains-pii=yes")
    'contains-pii=yes'
    >>> call_personal("pii=none; non-personal; classification=public")
    ''
    """
    words, denials = _vocabulary()
    for tag in tags.split(BETWEEN):
        said = _WORD.findall(tag.lower())
        text = f" {' '.join(said)} "
        if any(f" {word} " in text for word in words) and not denials & set(said):
            return tag
    return ""


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[tuple[str, ...], frozenset[str]]:
    document = shipped(__package__, "tags.yaml")
    return tuple(document["personal"]), frozenset(document["denials"])


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value or "").strip()
