"""The pack: every entity it knows, the kind each means, and the module that recognises it.

`data/entities.yaml` is the list. A module that is named there declares `FACES` (the vectorised face) and may declare
Presidio recognizers.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from .cells_face import Face
from .data_files import read_yaml


class Entity(NamedTuple):
    """One entity. `kind` is a word of the contract's vocabulary; `chance` the share of random cells of the right shape
    that pass the check; `shape` the share of other columns' cells that have the shape; `weak` entities mean something
    only beside a header or a comment."""

    name: str
    kind: str
    module: str
    check: str
    chance: float
    shape: float
    weak: bool


@cache
def entities() -> dict[str, Entity]:
    """Return every entity of the pack by name."""
    return {
        name: Entity(
            name,
            row["kind"],
            row["module"],
            row.get("check", ""),
            row.get("chance", 1.0),
            row.get("shape", 1.0),
            row.get("weak", False),
        )
        for name, row in read_yaml("entities.yaml").items()
    }


@cache
def modules() -> tuple[Any, ...]:
    """Return the modules of the pack, in the order of the list."""
    names = dict.fromkeys(entity.module for entity in entities().values())
    return tuple(import_module(f".{name}", __package__) for name in names)


@cache
def faces() -> tuple[Face, ...]:
    """Return the vectorised faces of the pack, those that settle cells first."""
    every = [face for module in modules() for face in getattr(module, "FACES", ())]
    return tuple(sorted(every, key=lambda face: not face.early))
