"""What is found in a block of cells: tokens, runs, days, verdicts; one entry or one flag for each."""

from __future__ import annotations

from dataclasses import dataclass

from .cells_classes import Bools, Bytes, Index


@dataclass(frozen=True, slots=True)
class Tokens:
    """The runs of ASCII letters and digits of one length.

    `at[i]` holds the i-th character of each token; `cell` the cell it stands in; `whole` whether it fills the cell.
    """

    at: Bytes
    cell: Index
    whole: Bools
    start: Index

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True, slots=True)
class Runs:
    """Where runs begin and end in `Block.data`."""

    start: Index
    end: Index


@dataclass(frozen=True, slots=True)
class Judged:
    """As `cells_face.Match`, but for the cells that must still be looked at."""

    shape: Bools
    valid: Bools
    inside: Bools | None
    inside_valid: Bools | None
    unsure: Index


@dataclass(frozen=True, slots=True)
class Days:
    """Cells that are days or moments, their years, whether they are days alone, and cells still to be looked at."""

    cell: Index
    year: Index
    alone: Bools
    unsure: Index


@dataclass(frozen=True, slots=True)
class Moments:
    """Of a block of moments: how many are of each year, and which are days that somebody living may be born on."""

    birth: Bools
    years: dict[int, int]
