"""The weights of evidence (`recognizers/data/weights.yaml`)."""

from __future__ import annotations

from functools import cache
from typing import Any

from ...recognizers.data_files import read_yaml


@cache
def weights() -> dict[str, Any]:
    """Return the weights."""
    return read_yaml("weights.yaml")


def cap_of(entity: str, weak: bool) -> float:
    """How far an entity's shape alone can speak."""
    caps: dict[str, float] = weights()["caps"]
    return caps.get(entity, caps["weak"] if weak else caps["other"])
