"""Geometry of the pictures: step lines over a year, bullets against thresholds, small trends. No colours, no texts.

Everything is placed here and drawn by the templates as SVG, so that style sheets decide how it looks in light, dark and
print.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from ..report.scale import Scale

Point = tuple[date, int]


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and what stands there."""

    at: float
    value: int


@dataclass(frozen=True)
class Level:
    """A threshold in the chart."""

    at: float
    tier: int
    persons: int


@dataclass(frozen=True)
class Bar:
    """An export below the line: its persons, and where it stands."""

    x: float
    y: float
    height: float
    booking: str
    void: bool


@dataclass(frozen=True)
class Fan:
    """The rest of the year: three ends, drawn from today's point."""

    x: float
    y: float
    end: float
    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Frame:
    """A chart's size: `width` × `height`, the picture between `left` and `right`, bars below `floor`."""

    width: int
    height: int
    left: int
    right: int
    top: int = 14
    bars: int = 64
    gap: int = 34

    @property
    def floor(self) -> float:
        """Where zero persons stand."""
        return self.height - self.bars - self.gap - 6

    @property
    def base(self) -> float:
        """Where the bars stand."""
        return self.height - 6


FAR = 6
"""A line beyond so many times what the year may come to is named beside the chart."""
WIDE = Frame(1000, 430, 64, 14)
NARROW = Frame(356, 380, 46, 8, bars=52, gap=32)


@dataclass(frozen=True)
class StepChart:
    """A cumulative counter over the year, everything placed."""

    frame: Frame
    line: str
    band: str
    months: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Level, ...]
    beyond: tuple[Level, ...]
    bars: tuple[Bar, ...]
    most: int
    today: float | None
    fan: Fan | None
    end: float = 0.0
    stops: tuple[tuple[float, float, date, int], ...] = field(default=())

    @property
    def most_shown(self) -> int:
        """The largest export's persons in two figures, as an axis says them."""
        size: int = 10 ** max(0, len(str(self.most)) - 2)
        return round(self.most / size) * size


@dataclass(frozen=True)
class Story:
    """What a step chart tells: the counter's two bounds over the year, exports, lines, and what may come."""

    year: int
    upper: Sequence[Point]
    lower: Sequence[Point]
    exports: Sequence[tuple[date, int, str, bool]]
    lines: Sequence[tuple[int, int]]
    until: date
    ahead: tuple[int, int, int] | None = None


def step_chart(story: Story, frame: Frame) -> StepChart:
    """Place a counter's year in a frame.

    The lines that were passed and the next one are drawn; what lies far above would press the year flat and is named
    beside the chart.
    """
    highest = max([value for _, value in story.upper] + [story.ahead[2] if story.ahead else 0, 1])
    passed = [line for line in story.lines if line[1] <= highest]
    ahead = [line for line in story.lines if highest < line[1] <= FAR * highest]
    shown = [*passed, *ahead[:1]]
    ticks = round_ticks(int(max([highest, *(line[1] for line in shown)]) * 1.04), 4 if frame is NARROW else 5)
    place = _Places(frame, story.year, ticks[-1])
    stops = [(place.x(day), place.y(value), day, value) for day, value in story.upper]
    most = max([abs(new) for _, new, _, void in story.exports if not void], default=0)
    now = story.upper[-1][1] if story.upper else 0
    fan = None
    if story.ahead:
        ends = [place.y(value) for value in story.ahead]
        fan = Fan(place.x(story.until), place.y(now), place.x(date(story.year, 12, 31)), *ends)
    whole = story.until < date(story.year, 12, 31)
    return StepChart(
        frame,
        _steps(story.upper, place, story.until),
        _band(story.lower, story.upper, place, story.until),
        tuple(Tick(place.x(date(story.year, month, 1)), month) for month in range(1, 13)),
        tuple(Tick(place.y(value), value) for value in ticks),
        tuple(Level(place.y(persons), tier, persons) for tier, persons in shown),
        tuple(Level(0, tier, persons) for tier, persons in story.lines if (tier, persons) not in shown),
        tuple(place.bar(day, new, most, name, void) for day, new, name, void in story.exports),
        most,
        place.x(story.until) if whole else None,
        fan,
        place.y(now),
        tuple(stops),
    )


@dataclass(frozen=True)
class _Places:
    frame: Frame
    year: int
    top: int

    def x(self, day: date) -> float:
        frame, first = self.frame, date(self.year, 1, 1)
        days = (date(self.year, 12, 31) - first).days + 1
        share = min(1.0, max(0.0, ((day - first).days + 0.5) / days))
        return round(frame.left + share * (frame.width - frame.left - frame.right), 1)

    def y(self, persons: int) -> float:
        frame = self.frame
        return round(frame.floor - min(1.0, max(0.0, persons / self.top)) * (frame.floor - frame.top), 1)

    def bar(self, day: date, new: int, most: int, booking: str, void: bool) -> Bar:
        height = round(max(1.5, max(0, new) / most * self.frame.bars), 1) if most else 1.5
        height = min(height, self.frame.bars)
        return Bar(self.x(day), round(self.frame.base - height, 1), height, booking, void)


def _steps(points: Sequence[Point], place: _Places, until: date) -> str:
    path = f"M{place.frame.left} {place.frame.floor}"
    for day, value in points:
        path += f"H{place.x(day)}V{place.y(value)}"
    return path + f"H{place.x(until)}"


def _band(lower: Sequence[Point], upper: Sequence[Point], place: _Places, until: date) -> str:
    """Return the area between two step lines; nothing where they are the same."""
    if not upper or list(lower) == list(upper):
        return ""
    back = ""
    for (day, value), before in zip(reversed(lower), [*(value for _, value in reversed(lower[:-1])), 0], strict=True):
        back += f"V{place.y(value)}H{place.x(day)}V{place.y(before)}"
    return f"{_steps(upper, place, until)}{back}Z"


def round_ticks(highest: int, count: int) -> list[int]:
    """Return about `count` round numbers from 0 to at least `highest`.

    >>> round_ticks(2_000_000, 5), round_ticks(3, 5)
    ([0, 500000, 1000000, 1500000, 2000000], [0, 1, 2, 3])
    """
    rough, size = max(1.0, highest / max(1, count - 1)), 1
    while size * 10 <= rough:
        size *= 10
    step = next(size * part for part in (1, 2, 5, 10) if size * part >= rough or part == 10)
    return list(range(0, -(-max(1, highest) // step) * step + 1, step))


def cumulative(steps: Iterable[tuple[date, int]]) -> list[Point]:
    """Add steps up, one point for each day.

    >>> cumulative([(date(2026, 1, 2), 5), (date(2026, 1, 2), 1), (date(2026, 3, 1), -2)])
    [(datetime.date(2026, 1, 2), 6), (datetime.date(2026, 3, 1), 4)]
    """
    total, points = 0, dict[date, int]()
    for day, new in sorted(steps, key=lambda step: step[0]):
        total += new
        points[day] = total
    return list(points.items())


def trend(points: Sequence[Point], year: int, until: date, width: int = 112, height: int = 26) -> str:
    """Return the path of a small step line over the year."""
    highest = max([value for _, value in points] + [1])
    first = date(year, 1, 1)
    days = (date(year, 12, 31) - first).days

    def x(day: date) -> float:
        return round(1 + (width - 4) * max(0, (day - first).days) / days, 1)

    path = f"M1 {height - 2}"
    for day, value in points:
        path += f"H{x(day)}V{round(height - 2 - (height - 5) * max(0, value) / highest, 1)}"
    return path + f"H{x(until)}"


@dataclass(frozen=True)
class Stretch:
    """A part of a bullet's ground: from, width (percent), and the tier reached there."""

    start: float
    width: float
    tier: int


@dataclass(frozen=True)
class Bullet:
    """Persons against the lines of a counter: `at` is counted, up to `reserved` is waiting (percent of the width)."""

    at: float
    reserved: float
    ground: tuple[Stretch, ...]
    marks: tuple[tuple[float, int, int], ...]


def bullet(persons: int, reserved: int, lines: Sequence[tuple[int, int]]) -> Bullet:
    """Place a counter on the report's scale; `lines` are (tier, persons), rising."""
    scale = Scale(tuple(line for _, line in lines))
    ends = (0.0, *scale.ends, 100.0)
    tiers = (0, *(tier for tier, _ in lines))
    ground = tuple(Stretch(a, b - a, tier) for (a, b), tier in zip(pairwise(ends), tiers, strict=True))
    marks = tuple((end, tier, line) for end, (tier, line) in zip(scale.ends, lines, strict=True))
    at = scale.place(persons)
    return Bullet(at, max(at, scale.place(reserved)), ground, marks)
