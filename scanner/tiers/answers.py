"""What one pass of the rules answers: the result of one body of rules, and the outcome of both together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...field_maps.model import Row
from .findings import Ladder, Reason, Test
from .important import Judged


@dataclass(frozen=True)
class Result:
    """What one body of rules says: its tier, the tests behind it, and the tier of each row."""

    tier: int
    tests: tuple[Test, ...]
    reasons: tuple[Reason, ...]
    of_row: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """The answer of one pass, with what warnings and review need to know."""

    regime: str
    tier: int | None
    path: str
    paths: tuple[str, ...]
    fallback: Result
    fallback_path: str
    usable: bool
    allowed: bool
    held: tuple[str, ...]
    reasons: tuple[Reason, ...]
    headroom: dict[str, Any] | None
    base_tier: int = 0
    judged: tuple[Judged, ...] = ()
    fell: tuple[Row, ...] = ()
    catch_all_consulted: bool = False
    national_decides: bool = False
    lenient: bool = False
    certification_only: bool = False
    row_only_tier: int = 0
    row_only_path: str = ""
    exempt: bool = False
    year_tier: int = 0

    @property
    def key(self) -> tuple[Any, ...]:
        """What must differ for two outcomes to differ."""
        return (self.tier, self.path, self.paths, self.allowed)


def headroom(ladder: Ladder, result: Result) -> dict[str, Any] | None:
    """Return the tightest counter: the fewest further persons at which a stricter tier is reached; None at the top."""
    current = ladder.tier_rank(result.tier)
    ahead = [test for test in result.tests if not test.fired and ladder.tier_rank(test.line.tier) > current]
    if not ahead:
        return None
    nearest = min(ahead, key=lambda test: (test.left, -ladder.tier_rank(test.line.tier), -test.share))
    return {
        "counter": nearest.line.counter,
        "next_tier": nearest.line.tier,
        "persons": nearest.left,
        "share_used": nearest.share,
        "projected_crossing": None,
    }
