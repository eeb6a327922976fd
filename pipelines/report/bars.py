"""The bars of the report: one for each counter that has a threshold, everything already placed for the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .law import Law, TierLine
from .scale import Scale


@dataclass(frozen=True)
class Mark:
    """Something at a place of the bar, in percent."""

    at: float
    label: str
    tier: int = 0
    persons: int = 0


@dataclass(frozen=True)
class Zone:
    """A stretch of the bar: from, width (percent), and the tier reached there (0: none)."""

    start: float
    width: float
    tier: int


@dataclass(frozen=True)
class Bar:
    """One counter against its lines: `before` this export and `now`, with it."""

    row: str
    counter: str
    now: int
    before: int
    before_at: float
    now_at: float
    tier: int
    zones: tuple[Zone, ...]
    lines: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    headline: str
    outlook: str


def bars_of(document: Mapping[str, Any], law: Law) -> tuple[list[Bar], list[Bar]]:
    """Return the bars of the list's rows and those of the national rule."""
    counts, verdict = document["counts"], document["verdict"]
    sector, rows = document["export"].get("sector", ""), counts["rows"]
    reasons = verdict.get("reasons", ())
    # How much of a row is new is only known where the export touches one row.
    new = counts["new_persons"] if len(rows) == 1 else {}
    listed = [
        _bar(law.row_name(sector, row), counter, here, new, law.lines(sector, row, counter, reasons), law)
        for row, here in rows.items()
        for counter in law.counters(sector, row, reasons)
    ]
    handler = counts.get("handler", {})
    national = [
        _bar(law.texts("bars.national"), counter, handler, counts["new_persons"] if handler else {}, lines, law)
        for counter, lines in law.national_lines().items()
        if handler
    ]
    return [bar for bar in listed if bar.lines], national


def _bar(
    row: str, counter: str, here: Mapping[str, Any], new: Mapping[str, Any], lines: tuple[TierLine, ...], law: Law
) -> Bar:
    now = int(here.get(counter, 0))
    before = max(0, now - max(0, int(new.get(counter, 0))))
    scale = Scale(tuple(line.persons for line in lines))
    ends = (0.0, *scale.ends, 100.0)
    tiers = (0, *(line.tier for line in lines))
    reached = max((at for at, line in enumerate(lines, start=1) if now >= line.persons), default=0)
    return Bar(
        row,
        law.texts.word("counter", counter),
        now,
        before,
        scale.place(before),
        scale.place(now),
        tiers[reached],
        tuple(Zone(ends[at], ends[at + 1] - ends[at], tier) for at, tier in enumerate(tiers)),
        tuple(_line(line, end, law) for line, end in zip(lines, scale.ends, strict=True)),
        tuple(Mark(scale.place(tick), law.texts.short(tick)) for tick in scale.ticks()),
        _headline(now, lines, reached, law),
        _outlook(now, lines, reached, law),
    )


def _line(line: TierLine, end: float, law: Law) -> Mark:
    tier = law.texts("tier." + str(line.tier))
    return Mark(end, f"{tier} {law.texts.short(line.persons)}", line.tier, line.persons)


def _headline(now: int, lines: tuple[TierLine, ...], reached: int, law: Law) -> str:
    if reached >= len(lines):
        return ""
    line = lines[reached].persons
    return law.texts("bars.share", share=_percent(now / line), line=f"{line:,}")


def _outlook(now: int, lines: tuple[TierLine, ...], reached: int, law: Law) -> str:
    says = law.texts
    crossed = says("bars.reached", tier=says("tier." + str(lines[reached - 1].tier))) if reached else ""
    if reached >= len(lines):
        return crossed
    tier, left = says("tier." + str(lines[reached].tier)), lines[reached].persons - now
    ahead = says("bars.one", tier=tier) if left == 1 else says("bars.more", persons=f"{left:,}", tier=tier)
    return f"{crossed}{' · ' if crossed else ''}{ahead}"


def _percent(share: float) -> str:
    """Return a share so that 100 % is never shown for what is less.

    >>> [_percent(share) for share in (0.9998, 0.96, 0.004, 0.00001, 0)]
    ['99.98 %', '96 %', '0.4 %', '< 0.1 %', '0 %']
    """
    if 0 < share < 0.001:
        return "< 0.1 %"
    digits = 0 if share == 0 or 0.1 <= share < 0.99 else 2
    return (
        f"{share * 100:.{digits}f}".rstrip("0").rstrip(".").ljust(1, "0") + " %" if digits else f"{share * 100:.0f} %"
    )
