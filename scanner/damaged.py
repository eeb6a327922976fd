"""Identifiers that lost their last digits before they came here: a resident number that a spreadsheet kept as a number.

A workbook and a binary fraction keep fifteen digits or so. What is left identifies nobody, and no count is right with
it: that is told, never passed over. Fractions are counted cell by cell; text is looked at in the values that scanning
keeps as examples, so that nothing is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..recognizers.kinds import KINDS
from .profiling import Profile
from .results import ColumnVerdict

_WITH_EXPONENT = re.compile(r"[1-9](?:\.[0-9]+)?[eE]\+(?:1[4-9]|2[0-9])")
"""A number of fifteen to thirty digits as spreadsheets write it: 3.50203E+17."""


def warnings(profile: Profile, columns: Sequence[ColumnVerdict]) -> Iterator[str]:
    """Yield a sentence for each column with numbers that lost digits.

    >>> bool(_WITH_EXPONENT.fullmatch("3.50203199003070E+17")), bool(_WITH_EXPONENT.fullmatch("350203199003070018"))
    (True, False)
    """
    for name in (column.name for column in columns if column.kind in KINDS and _identifies(column)):
        lost, sample = int(profile[name].details.get("damaged_identifier", 0)), profile[name].sample
        written = sum(_WITH_EXPONENT.fullmatch(value.strip()) is not None for value in sample)
        if lost or written:
            seen = f"cells: {lost:,}" if lost else f"{written:,} of {len(sample):,} values looked at"
            yield (
                f"{name}: long numbers have lost their last digits and identify nobody ({seen}); "
                "keep the column as text where it comes from, and export it again"
            )


def _identifies(column: ColumnVerdict) -> bool:
    return KINDS[column.kind].identity != "none"
