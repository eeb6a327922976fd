"""What detection is given: a table's name and comment, and for each column its names, types and value evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...recognizers.cells import ColumnEvidence

_NUMERIC = re.compile(r"(int|num|decimal|double|float|real|bit|bool|serial|money|long|short)", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnInput:
    """One column before judgement. `type` is the Arrow type, `declared_type` the source's own (``varchar(64)``)."""

    name: str
    type: str = ""
    comment: str = ""
    declared_type: str = ""
    evidence: ColumnEvidence | None = None


@dataclass(frozen=True)
class TableInput:
    """One table before judgement."""

    name: str = ""
    comment: str = ""
    columns: tuple[ColumnInput, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(self.columns))


def is_numeric(declared: str) -> bool:
    """Whether a declared type is a number."""
    return _NUMERIC.search(declared) is not None
