"""Suspected important data: a column that leaves looks like an important-data item of the list and nobody declared it.

A suspicion never decides by itself. The verdict is evaluated with and without it, and only a person can dismiss it: by
declaring the item, or by a decision about the column that says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .manifest import Manifest
from .results import NAMED

if TYPE_CHECKING:
    from ..field_maps.model import Edition
    from .results import ColumnVerdict, FieldMatch

SURE_ENOUGH = 0.6
"""A match below this score is no ground to stop an export: a score is the probability that the row is right, and to ask
a person about something harmless costs less than to let important data go."""


NEARLY = 0.75
"""So much of the best row's score is enough for an item whose very name a column goes by: it is nearly as probable."""


@dataclass(frozen=True)
class Suspicion:
    """An important-data item and the columns that look like it."""

    item: str
    columns: tuple[str, ...]

    def sentence(self) -> str:
        """Say what is suspected and how a person can settle it."""
        columns = ", ".join(self.columns)
        return (
            f"{columns} may hold important data ({self.item}): declare it under declare.important_data, "
            "or decide the column under columns with a reason"
        )


def suspected(columns: Iterable[ColumnVerdict], manifest: Manifest, edition: Edition) -> tuple[Suspicion, ...]:
    """Return the undeclared items that columns of the export look like, in the order met."""
    items = {field.id: field.item for field in edition.fields if field.item}
    declared = {_item(entry) for entry in manifest.declare.important_data}
    found: dict[str, list[str]] = {}
    for column in columns:
        best = _likeliest(column, items)
        item = items.get(best.id, "") if best and _is_ground(column, items) else ""
        settled = column.name in manifest.columns and manifest.columns[column.name].why
        if best and item and best.sector == manifest.export.sector and item not in declared and not settled:
            found.setdefault(item, []).append(column.name)
    return tuple(Suspicion(item, tuple(names)) for item, names in found.items())


def _likeliest(column: ColumnVerdict, items: Mapping[str, str]) -> FieldMatch | None:
    """Return the best row, or an item whose name the column goes by and which is nearly as probable."""
    if not column.fields:
        return None
    best = column.fields[0]
    named = (one for one in column.fields if one.id in items and NAMED in one.reason)
    return next((one for one in named if one.score >= NEARLY * best.score), best)


def _is_ground(column: ColumnVerdict, items: Mapping[str, str]) -> bool:
    """Say whether what a column is like is a ground for suspicion: it goes by the name of an item, or is probably one.

    A *region* beside figures of illness goes by the name of another row, which is not important.
    """
    named = [match.id in items for match in column.fields if NAMED in match.reason]
    return named[0] if named else column.fields[0].score >= SURE_ENOUGH


def _item(entry: Mapping[str, object] | str) -> str:
    return entry if isinstance(entry, str) else str(entry.get("item", ""))
