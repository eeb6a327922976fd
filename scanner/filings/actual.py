"""What really left, as far as the ledger keeps it: one record per booking, never a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Left:
    """An export on record; `at` is the moment it was settled, or reserved.

    `settled` is false for one that may have left: reserved and held, or expired.
    """

    export: str
    booking: str
    day: date
    at: str
    sector: str
    scenario: str
    rows: tuple[str, ...]
    mode: str
    purpose: str
    recipient: str
    country: str
    columns: Sequence[Mapping[str, Any]]
    approvals: Sequence[Mapping[str, Any]]
    persons: Mapping[str, int]
    settled: bool = True

    def evidence(self) -> dict[str, str]:
        """Return how to find it in the ledger."""
        return {"export": self.export, "booking": self.booking, "day": self.day.isoformat()}


@dataclass(frozen=True)
class Volume:
    """The distinct persons of a threshold row in a calendar year, up to `until`; the gate's figures."""

    year: int
    until: date
    sector: str
    row: str
    persons: Mapping[str, int]


@dataclass(frozen=True)
class Order:
    """An authority's order that suspended exports, from when to when (None: still in force)."""

    order: str
    since: str
    until: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
