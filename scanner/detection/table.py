"""What detection is given: a table's name and comment, and for each column its names, types and value evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...recognizers.column_names_traditional import simplified

if TYPE_CHECKING:
    from ...recognizers.cells import ColumnEvidence

_NUMERIC = re.compile(r"(int|num|decimal|double|float|real|bit|bool|serial|money|long|short)", re.IGNORECASE)

_TABLE = re.compile("^(?:t|tb|tbl|sys|his|biz|dim|fact)_")
_KEY = re.compile(r"objectid|foreignkey|uuid|uniqueidentifier|^ref\b|(?<![a-z])char\((?:32|36)\)", re.IGNORECASE)


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

    def simplified(self) -> TableInput:
        """Return the table with what is said of it in simplified characters, as the lexicon is written in."""
        said = "".join([self.name, self.comment, *(one.name + one.comment for one in self.columns)])
        if said == simplified(said):
            return self
        columns = (replace(one, name=simplified(one.name), comment=simplified(one.comment)) for one in self.columns)
        return TableInput(simplified(self.name), simplified(self.comment), tuple(columns))


def is_numeric(declared: str) -> bool:
    """Whether a declared type is a number."""
    return _NUMERIC.search(declared) is not None


def is_key(declared: str) -> bool:
    """Whether a declared type holds keys and no words: numbers, references, identifiers of a fixed length.

    >>> is_key("ObjectId"), is_key("char(32)"), is_key("varchar(32)")
    (True, True, False)
    """
    return is_numeric(declared) or _KEY.search(declared) is not None


def own_keys(name: str) -> frozenset[str]:
    """Return what the key of a table may be called, after its name in one or in many.

    >>> sorted(own_keys("t_drug_units"))
    ['drugunitid', 'drugunitsid']
    """
    called = _TABLE.sub("", name.lower()).replace("_", "")
    many = f"{called[:-3]}y" if called.endswith("ies") else called.removesuffix("s")
    return frozenset({f"{called}id", f"{many}id"})
