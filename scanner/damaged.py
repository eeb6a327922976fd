"""Identifiers that lost their last digits before they came here: a resident number that a spreadsheet kept as a number.

A workbook and a binary fraction keep fifteen digits or so. What is left identifies nobody, and no count is right with
it: that is told, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from ..recognizers.kinds import KINDS
from .profiling import Profile
from .results import ColumnVerdict

if TYPE_CHECKING:
    from .sources import Dataset

LOOKED_AT = 1000
"""Rows in which numbers written with an exponent are looked for."""
_WITH_EXPONENT = re.compile(r"[1-9](?:\.[0-9]+)?[eE]\+(?:1[4-9]|2[0-9])")
"""A number of fifteen to thirty digits as spreadsheets write it: 3.50203E+17."""


def warnings(dataset: Dataset, profile: Profile, columns: Sequence[ColumnVerdict]) -> Iterator[str]:
    """Yield a sentence for each column with numbers that lost digits.

    >>> bool(_WITH_EXPONENT.fullmatch("3.50203199003070E+17")), bool(_WITH_EXPONENT.fullmatch("350203199003070018"))
    (True, False)
    """
    identify = [column.name for column in columns if column.kind in KINDS and _identifies(column)]
    texts = [name for name in identify if pa.types.is_string(dataset.schema.field(name).type)]
    first = next(iter(dataset.batches(texts, LOOKED_AT)), None) if texts else None
    for name in (column.name for column in columns):
        lost = int(profile[name].details.get("damaged_identifier", 0)) if name in identify else 0
        if first is not None and name in texts:
            cells = first.column(name).to_pylist()[:LOOKED_AT]
            lost += sum(cell is not None and _WITH_EXPONENT.fullmatch(cell.strip()) is not None for cell in cells)
        if lost:
            yield (
                f"{name}: long numbers have lost their last digits and identify nobody (cells: {lost:,}); "
                "keep the column as text where it comes from, and export it again"
            )


def _identifies(column: ColumnVerdict) -> bool:
    return KINDS[column.kind].identity != "none"
