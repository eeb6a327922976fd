"""What real columns look like: a share of the cells with spaces, full-width digits, old forms, typing errors and gaps.

Spaces, full-width characters and 15-digit IDs still mean the same person; a wrong check digit, a placeholder and a null
do not.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from .numbers import Index, drawn

FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
PLACEHOLDERS = ("N/A", "无", "-", "13800000000", "NULL")


def soil(cells: pa.Array, index: Index, salt: int, share: float) -> pa.Array:
    """Return the cells with a share of them made dirty, each in a way drawn for its row."""
    if not share:
        return cells
    way = drawn(index, 500 + salt, int(len(_WAYS) / share))
    changed = cells.to_pylist() if (way < len(_WAYS)).any() else []
    if not changed:
        return cells
    for row in (way < len(_WAYS)).nonzero()[0]:
        changed[row] = _WAYS[way[row]](changed[row])
    return pa.array(changed, cells.type)


def thin(cells: pa.Array, index: Index, salt: int, share: float) -> pa.Array:
    """Return the cells with a share of them null."""
    empty = drawn(index, 700 + salt, 1_000_000) < share * 1_000_000
    return pc.if_else(pa.array(empty), pa.scalar(None, cells.type), cells)


def _old_form(cell: str) -> str:
    """A resident ID as it was written before 1999: no century, no check character."""
    return cell[:6] + cell[8:17] if len(cell) == 18 and cell[6:8] == "19" else cell


def _mistyped(cell: str) -> str:
    return cell[:-1] + str((ord(cell[-1]) + 1) % 10)


_WAYS: tuple[Callable[[str], str | None], ...] = (
    lambda cell: f" {cell} ",
    lambda cell: cell.translate(FULL_WIDTH),
    _old_form,
    _mistyped,
    lambda cell: PLACEHOLDERS[len(cell) % len(PLACEHOLDERS)],
    lambda cell: None,
)
