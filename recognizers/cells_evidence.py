"""What was seen in one column: counts of all its cells, and never one of its values in anything that prints.

`ColumnEvidence` is what the column's verdict is made from. Two parts of one column (row groups, files) are read apart
and merged; the order makes no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .cells_distinct import Distinct

SAMPLE = 200
LENGTHS = 32
LONG_CELL, LONG_WIDE_CELL = 48, 24  # bytes; longer cells (wide: outside ASCII) are counted under the length 49


@dataclass(frozen=True)
class Hit:
    """How often an entity was seen, in cells.

    `matched` cells are of its shape as a whole, `valid` of these also pass its check (equal to `matched` for an entity
    without one). `embedded` cells are longer text with at least one inside, `embedded_valid` of these pass.
    """

    matched: int = 0
    valid: int = 0
    embedded: int = 0
    embedded_valid: int = 0

    def __add__(self, other: Hit) -> Hit:
        return Hit(
            self.matched + other.matched,
            self.valid + other.valid,
            self.embedded + other.embedded,
            self.embedded_valid + other.embedded_valid,
        )

    def __bool__(self) -> bool:
        return bool(self.matched or self.embedded)


@dataclass(frozen=True)
class Numbers:
    """The numbers among the cells: how many, least, greatest, mean; `fractional` of them are not whole.

    `decimals` counts those with at least four digits after the point (written text and binary fractions alike).
    """

    count: int
    min: float
    max: float
    total: float
    fractional: int = 0
    decimals: int = 0

    @property
    def mean(self) -> float:
        """The mean of the numbers."""
        return self.total / self.count

    @property
    def is_integer(self) -> bool:
        """Whether every number is whole."""
        return not self.fractional

    def __add__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.count + other.count,
            min(self.min, other.min),
            max(self.max, other.max),
            self.total + other.total,
            self.fractional + other.fractional,
            self.decimals + other.decimals,
        )


def add_numbers(one: Numbers | None, other: Numbers | None) -> Numbers | None:
    """Join two sets of numbers, either of which may be missing."""
    if one is None or other is None:
        return one or other
    return one + other


@dataclass(frozen=True)
class ColumnEvidence:
    """Everything the engine knows about one column. `sample` and `sketch` stay in memory and out of every repr.

    `lengths` and `avg_length` are in characters (cells of more than 48 bytes,
    24 when not ASCII, are all counted under the length 49). `classes` counts the cells by what they are written with,
    `years` the calendar years of cells that are dates. `details` holds further counts, such as ``damaged_identifier``
    (long identifiers that a binary fraction can no longer hold exactly) and ``terms_checked``: medical terms are looked
    for in every cell of a column in which they are absent or rare, and no longer once 20,000 cells show them to be
    common; their hits are out of that number.
    """

    rows: int = 0
    nulls: int = 0
    placeholders: int = 0
    distinct: int = 0
    distinct_estimated: bool = False
    type: str = "null"
    lengths: Mapping[int, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    numbers: Numbers | None = None
    years: Mapping[int, int] = field(default_factory=dict)
    hits: Mapping[str, Hit] = field(default_factory=dict)
    details: Mapping[str, int] = field(default_factory=dict)
    sample: tuple[str, ...] = field(default=(), repr=False)
    avg_length: float = 0.0
    sketch: Distinct = field(default_factory=Distinct, repr=False, compare=False)

    @property
    def checked(self) -> int:
        """Cells that say something: neither null nor a placeholder."""
        return self.rows - self.nulls - self.placeholders

    def hit(self, entity: str) -> Hit:
        """Return what was seen of an entity, nothing if nothing."""
        return self.hits.get(entity, Hit())


def merge(one: ColumnEvidence, other: ColumnEvidence) -> ColumnEvidence:
    """Join the evidence of two parts of one column."""
    sketch = one.sketch.merged(other.sketch)
    written, written_other = one.rows - one.nulls, other.rows - other.nulls
    characters = one.avg_length * written + other.avg_length * written_other
    return ColumnEvidence(
        rows=one.rows + other.rows,
        nulls=one.nulls + other.nulls,
        placeholders=one.placeholders + other.placeholders,
        distinct=sketch.count,
        distinct_estimated=sketch.estimated,
        type=one.type if one.type != "null" else other.type,
        lengths=_top(Counter(one.lengths) + Counter(other.lengths)),
        classes=dict(Counter(one.classes) + Counter(other.classes)),
        numbers=add_numbers(one.numbers, other.numbers),
        years=dict(sorted((Counter(one.years) + Counter(other.years)).items())),
        hits={name: one.hit(name) + other.hit(name) for name in sorted({*one.hits, *other.hits})},
        details=dict(Counter(one.details) + Counter(other.details)),
        sample=sketch.sample,
        avg_length=characters / max(1, written + written_other),
        sketch=sketch,
    )


def _top(lengths: Counter[int]) -> dict[int, int]:
    return dict(sorted(lengths.items(), key=lambda item: (-item[1], item[0]))[:LENGTHS])
