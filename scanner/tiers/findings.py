"""What a rule found: a threshold compared with a count, or a rule that fired without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...field_maps.model import Edition, Line


@dataclass(frozen=True)
class Test:
    """One line of one counter held against the persons observed."""

    line: Line
    observed: int
    threshold: int
    row: str = ""

    __test__ = False

    @property
    def fired(self) -> bool:
        """Whether the line is reached (以上 includes the number itself)."""
        return self.observed >= self.threshold

    @property
    def left(self) -> int:
        """Further persons at which the line is reached."""
        return self.threshold - self.observed

    @property
    def share(self) -> float:
        """The share of the line that is used up."""
        return self.observed / self.threshold


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is, with the article that says so."""

    rule: str
    article: str
    effect: str
    counter: str | None = None
    observed: int | None = None
    comparison: str | None = None
    threshold: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the reason as the verdict's document shows it."""
        return {
            "rule": self.rule,
            "article": self.article,
            "counter": self.counter,
            "observed": self.observed,
            "comparison": self.comparison,
            "threshold": self.threshold,
            "effect": self.effect,
        }


@dataclass(frozen=True)
class Ladder:
    """The routes of the law, strictest first, and the tiers that stand for them."""

    paths: tuple[str, ...]
    of_tier: dict[int, str]

    @classmethod
    def of(cls, national: Edition) -> Ladder:
        """Read the ladder from the national rule."""
        tiers = {path.tier: path.id for path in national.paths if path.tier is not None}
        return cls(tuple(path.id for path in national.paths), tiers)

    def rank(self, path: str) -> int:
        """Return how strict a route is; the mildest is 0."""
        return len(self.paths) - 1 - self.paths.index(path)

    def tier_rank(self, tier: int) -> int:
        """Return how strict a tier is."""
        return self.rank(self.of_tier[tier])

    def strictest(self, tiers: list[int]) -> int:
        """Return the strictest of `tiers`; the exempt tier when there is none."""
        return max(tiers, key=self.tier_rank, default=0)

    def ordered(self, paths: list[str]) -> tuple[str, ...]:
        """Return distinct routes, strictest first."""
        return tuple(sorted(set(paths), key=self.paths.index))


def line_reasons(tests: list[Test], ladder: Ladder, *, free: str) -> list[Reason]:
    """Return, for each counter of each row, the band it is in and the next line it has not reached.

    `free` is what lying below the first line means: off a list, or exempt.
    """
    reasons = []
    for group in _groups(tests):
        band = max((test for test in group if test.fired), key=_strictness(ladder), default=None)
        above = [t for t in group if not t.fired and (band is None or _stricter(t, band, ladder))]
        nearest = min(above, key=lambda test: test.threshold, default=None)
        if band:
            reasons.append(_reason(band, ladder.of_tier[band.line.tier]))
        if nearest:
            reasons.append(_reason(nearest, f"below-{ladder.of_tier[nearest.line.tier]}" if band else free))
    return sorted(reasons, key=_order(ladder))


def _groups(tests: list[Test]) -> list[list[Test]]:
    groups: dict[tuple[str, str], list[Test]] = {}
    for test in tests:
        groups.setdefault((test.row, test.line.counter), []).append(test)
    return list(groups.values())


def _strictness(ladder: Ladder) -> Any:
    return lambda test: (ladder.tier_rank(test.line.tier), test.threshold)


def _stricter(test: Test, band: Test, ladder: Ladder) -> bool:
    return ladder.tier_rank(test.line.tier) > ladder.tier_rank(band.line.tier)


def _reason(test: Test, effect: str) -> Reason:
    return Reason(
        rule=test.line.rule,
        article=test.line.article,
        effect=effect,
        counter=test.line.counter,
        observed=test.observed,
        comparison=">=" if test.fired else "<",
        threshold=test.threshold,
    )


def _order(ladder: Ladder) -> Any:
    """What fired comes first, strictest first; then what did not, nearest first."""

    def key(reason: Reason) -> tuple[int, float]:
        if reason.comparison == ">=":
            return (0, -ladder.rank(reason.effect))
        observed, threshold = reason.observed or 0, reason.threshold or 1
        return (1, threshold - observed - observed / threshold)

    return key
