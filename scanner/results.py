"""What a scan says about a dataset: frozen, explained, and free of raw values.

Every shape here is CONTRACT §4; `to_dict` gives exactly the JSON that `exportgate scan --format json` prints.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from .showing import Shown

NAMED = "a name the row goes by"
"""The reason of a match whose column is called exactly as the row is."""


@dataclass(frozen=True)
class Alternative:
    """Another kind the column might be, with its confidence in [0, 1]."""

    kind: str
    confidence: float


@dataclass(frozen=True)
class FieldMatch:
    """A row of the list that covers the column; `score` in [0, 1], best first."""

    id: str
    sector: str
    scenario: str
    name_zh: str
    name_en: str
    score: float
    provenance: str
    row: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Evidence:
    """Why a column was judged as it was: cells checked, matched by shape, valid by checksum, and a sentence.

    `embedded` counts cells of longer text in which the kind was found inside. `name` is the part of the header,
    comment or table name that spoke. `details` holds further counts, never a value.
    """

    checked: int = 0
    matched: int = 0
    valid: int = 0
    embedded: int = 0
    name: str = ""
    explanation: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ColumnVerdict:
    """One column's verdict.

    `kind` is a word of CONTRACT §4's closed vocabulary, `entity` the finer Presidio entity, `pi` one of ``none``,
    ``personal``, ``sensitive``. `decided_by` is one of ``values``, ``name``, ``comment``, ``values+name``, ``type``,
    ``neighbours``, ``human``, ``none``. An `undecided` column still names its likeliest kind.
    """

    name: str
    type: str
    comment: str = ""
    nulls: int = 0
    distinct: int = 0
    distinct_estimated: bool = False
    kind: str = "none"
    entity: str = ""
    pi: str = "none"
    confidence: float = 0.0
    decided_by: str = "none"
    undecided: bool = False
    evidence: Evidence = field(default_factory=Evidence)
    alternatives: tuple[Alternative, ...] = ()
    fields: tuple[FieldMatch, ...] = ()
    masked_examples: tuple[str, ...] = ()

    @property
    def field_id(self) -> str | None:
        """The row of the list that covers the column best; None where none does."""
        return self.fields[0].id if self.fields else None

    @property
    def is_personal(self) -> bool:
        """Whether the column holds personal information, sensitive or not."""
        return self.pi != "none"


@dataclass(frozen=True)
class ListStatus:
    """Which edition spoke, and how much of it is confirmed against the Chinese original."""

    id: str
    fields: int
    fields_verified: int
    status: str


@dataclass(frozen=True)
class PersonEstimate:
    """Persons seen in one dataset alone, before the ledger: identity columns used, and both bounds."""

    identity: tuple[str, ...] = ()
    rows_with_identity: int = 0
    lower: int = 0
    upper: int = 0


@dataclass(frozen=True)
class Placement:
    """Where a table belongs: `sector` and `scenario` of the list, None where no scenario fits, and how probably.

    `given` is what a person said: ``nothing``, ``sector`` or ``scenario``. `together` is how many other tables of the
    same database or glob had a say in it.
    """

    sector: str | None
    scenario: str | None
    probability: float
    given: str
    together: int = 0


@dataclass(frozen=True)
class Scan(Shown):
    """The scan of one dataset: `source` as the user gave it, `name` the short name that columns are addressed by.

    `table` is the table's own name where the source states one; it stays inside.
    """

    source: str
    rows: int
    rows_scanned: int
    exhaustive: bool
    list: ListStatus
    columns: tuple[ColumnVerdict, ...]
    persons: PersonEstimate = field(default_factory=PersonEstimate)
    warnings: tuple[str, ...] = ()
    table_comment: str = ""
    name: str = ""
    table: str = ""
    belongs: Placement | None = None

    @property
    def personal(self) -> tuple[ColumnVerdict, ...]:
        """The columns that hold personal information."""
        return tuple(column for column in self.columns if column.is_personal)

    def column(self, name: str) -> ColumnVerdict:
        """Return the verdict of the column called `name`; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def to_dict(self) -> dict[str, Any]:
        """Return the ``exportgate.scan/1`` document."""
        document = {"schema": "exportgate.scan/1", **asdict(self)}
        del document["table"]
        persons = document["persons"]
        document["persons"] = {
            "identity": list(persons["identity"]),
            "rows_with_identity": persons["rows_with_identity"],
            "distinct": {"lower": persons["lower"], "upper": persons["upper"]},
        }
        return document
