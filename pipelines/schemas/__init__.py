"""The JSON Schemas of every document exportgate writes or reads, one file per kind."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def names() -> list[str]:
    """Return the kinds that have a schema, sorted."""
    files = resources.files(__name__).iterdir()
    return sorted(file.name.removesuffix(".json") for file in files if file.name.endswith(".json"))


def text(name: str) -> str:
    """Return the schema of a kind as it is shipped."""
    return (resources.files(__name__) / f"{name}.json").read_text(encoding="utf-8")


def load(name: str) -> dict[str, Any]:
    """Return the schema of a kind."""
    schema: dict[str, Any] = json.loads(text(name))
    return schema
