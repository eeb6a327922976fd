"""The pictures of a period, placed for the template: persons over the year against the lines, new persons by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..messages import Texts
from ..report.scale import Scale

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 880.0, 210.0, 8.0, 26.0, 16.0
BARS_HEIGHT = 150.0
SHOWN_MONTHS = (1, 3, 5, 7, 9, 11)


@dataclass(frozen=True)
class Line:
    """A threshold: where it stands, its tier, what it says."""

    y: float
    tier: int
    label: str


@dataclass(frozen=True)
class Mark:
    """A month on the axis, or a figure at a place."""

    x: float
    label: str
    y: float = 0.0


@dataclass(frozen=True)
class Steps:
    """One counter of a row over the year: a path, the area below it, the lines, where the period lies."""

    row: str
    counter: str
    now: int
    new: int
    path: str
    area: str
    lines: tuple[Line, ...]
    months: tuple[Mark, ...]
    start: float
    end: float
    last: Mark
    spoken: str


@dataclass(frozen=True)
class Column:
    """A month's bar; one below the axis took persons back."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str
    exports: int
    less: bool


def steps_of(year: Mapping[str, Any], says: Texts, lang: str) -> list[Steps]:
    """Return a picture for each counter that a line stands on and anybody was counted under."""
    return [
        _steps(year, row, counter, says, lang)
        for row in year["rows"]
        for counter in dict.fromkeys(line["counter"] for line in row["lines"])
        if row["year_to_date"][counter]
    ]


def _steps(year: Mapping[str, Any], row: Mapping[str, Any], counter: str, says: Texts, lang: str) -> Steps:
    lines = sorted((line["persons"], line["tier"]) for line in row["lines"] if line["counter"] == counter)
    scale = Scale(tuple(persons for persons, _ in lines))
    points = [(_x(step["day"]), _y(scale, step[counter])) for step in row["steps"]]
    end = _x(year["to"])
    path = f"M {LEFT:.1f} {_y(scale, 0):.1f}" + "".join(f" H {x:.1f} V {y:.1f}" for x, y in points) + f" H {end:.1f}"
    now, new = row["year_to_date"][counter], row["new"][counter]
    name, word = row["name"][lang], says.word("counter", counter)
    return Steps(
        row=name,
        counter=word,
        now=now,
        new=new,
        path=path,
        area=f"{path} V {_y(scale, 0):.1f} H {LEFT:.1f} Z",
        lines=tuple(
            Line(_y(scale, persons), tier, f"{says('tier.' + str(tier))} {says.short(persons)}")
            for persons, tier in lines
        ),
        months=_months(year["year"], lang),
        start=_x(year["from"]),
        end=end,
        last=Mark(end, f"{now:,}", _y(scale, now)),
        spoken=f"{name}, {word}: {now:,} (+{new:,})",
    )


def _x(day: str) -> float:
    at = date.fromisoformat(day)
    return LEFT + (WIDTH - LEFT) * (at.timetuple().tm_yday - 1) / 365


def _y(scale: Scale, persons: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * scale.place(max(0, persons)) / 100


def _months(year: int, lang: str) -> tuple[Mark, ...]:
    names = [f"{month}月" if lang == "zh" else f"{date(year, month, 1):%b}" for month in range(1, 13)]
    return tuple(Mark(_x(f"{year}-{month:02d}-01"), names[month - 1]) for month in SHOWN_MONTHS)


def columns_of(months: Sequence[Mapping[str, Any]], lang: str) -> list[Column]:
    """Return a bar per month of the period."""
    if not months:
        return []
    most = max(1, *(abs(month["new_persons"]) for month in months))
    slot = WIDTH / len(months)
    width = min(64.0, slot * 0.6)
    floor = BARS_HEIGHT - BOTTOM
    found = []
    for at, month in enumerate(months):
        new, height = month["new_persons"], (floor - 22) * abs(month["new_persons"]) / most
        middle = slot * at + slot / 2
        first = date.fromisoformat(f"{month['month']}-01")
        label = f"{first.month}月" if lang == "zh" else f"{first:%b}"
        found.append(
            Column(
                middle - width / 2,
                floor - height,
                width,
                height,
                label,
                f"{new:+,}" if new else "",
                month["exports"],
                new < 0,
            )
        )
    return found
