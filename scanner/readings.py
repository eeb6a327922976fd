"""The admissible readings of a scan: what an undecided column might turn out to be.

An export can be decided in spite of an undecided column when the answer is the same whatever the column is. Counts only
grow with what a column is taken for, so the two ends speak for everything between: nothing personal, and the most
sensitive thing the evidence allows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..recognizers.kinds import KINDS
from .results import ColumnVerdict, Scan


@dataclass(frozen=True)
class Reading:
    """One way to read the scans of an export."""

    name: str
    scans: tuple[Scan, ...]


def undecided(scans: Sequence[Scan]) -> tuple[str, ...]:
    """Return the undecided columns, as ``source.column``."""
    return tuple(f"{scan.name}.{column.name}" for scan in scans for column in scan.columns if column.undecided)


def admissible(scans: Sequence[Scan], profile: str) -> tuple[Reading, ...]:
    """Return the two extreme readings of the scans; none when every column is decided."""
    if not undecided(scans):
        return ()
    return (
        Reading("no undecided column is personal", _read(scans, _as_none)),
        Reading("every undecided column is personal", _read(scans, lambda column: _as_most(column, profile))),
    )


def _read(scans: Sequence[Scan], how: Callable[[ColumnVerdict], ColumnVerdict]) -> tuple[Scan, ...]:
    return tuple(
        replace(scan, columns=tuple(how(column) if column.undecided else column for column in scan.columns))
        for scan in scans
    )


def _as_none(column: ColumnVerdict) -> ColumnVerdict:
    return replace(column, kind="none", pi="none")


def _as_most(column: ColumnVerdict, profile: str) -> ColumnVerdict:
    kinds = [column.kind, *(alternative.kind for alternative in column.alternatives)]
    ranked = sorted(kinds, key=lambda kind: ("none", "personal", "sensitive").index(KINDS[kind].pi(profile)))
    most = ranked[-1]
    if KINDS[most].pi(profile) == "none":
        return replace(column, pi="personal")
    return replace(column, kind=most, pi=KINDS[most].pi(profile))
