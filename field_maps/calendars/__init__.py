"""Working days of mainland China, year by year, from the official notices: make-up days included, never a guess.

>>> import datetime as dt
>>> add_working_days(dt.date(2026, 9, 30), 5)          # a week of holidays, then a Saturday that is worked
datetime.date(2026, 10, 13)
>>> add_working_days(dt.date(2027, 3, 1), 5)
Traceback (most recent call last):
    ...
exportgate.field_maps.calendars.NotYetPublished: the official calendar of working days for 2027 is not yet published
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .. import parts, yaml_files
from ..nodes import Node

HOME = Path(__file__).parent
FIRST_WEEKEND_DAY = 5
ONE_DAY = dt.timedelta(days=1)


class NotYetPublished(LookupError):  # noqa: N818 - it states a fact about the world, not a fault
    """The official calendar of a year is not known to this release; nothing is computed from a guess."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the official calendar of working days for {year} is not yet published")
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """One year's holidays and the weekend days that are worked."""

    year: int
    holidays: frozenset[dt.date]
    make_up_days: frozenset[dt.date]
    href: str

    def is_working(self, day: dt.date) -> bool:
        """Say whether `day` is worked."""
        if day in self.make_up_days:
            return True
        return day.weekday() < FIRST_WEEKEND_DAY and day not in self.holidays


def years() -> tuple[int, ...]:
    """Return the years whose official calendar is known."""
    return tuple(sorted(int(path.stem) for path in HOME.glob("[0-9]*.yaml")))


@lru_cache(maxsize=16)
def of_year(year: int) -> Calendar:
    """Return the calendar of `year`; NotYetPublished when there is none."""
    path = HOME / f"{year}.yaml"
    if not path.is_file():
        raise NotYetPublished(year)
    return read(path)


def read(path: Path) -> Calendar:
    """Return the calendar in `path`; FieldMapError names what is wrong with it."""
    document = yaml_files.read(path)
    document.keys(required=("year", "source", "last_checked", "holidays", "make_up_days"))
    year = document.at("year").whole()
    source = document.at("source").keys(required=("title", "href", "published"))
    parts.text(source.at("title"))
    source.at("published").date()
    document.at("last_checked").date()
    holidays = frozenset(day for node in document.at("holidays").items() for day in _span(node, year))
    worked = frozenset(_within(node, year) for node in document.at("make_up_days").items())
    weekdays = sorted(day for day in worked if day.weekday() < FIRST_WEEKEND_DAY)
    if weekdays:
        document.at("make_up_days").fail(f"not a weekend day: {weekdays[0]}")
    return Calendar(year, holidays, worked, source.at("href").text())


def _span(node: Node, year: int) -> list[dt.date]:
    node.keys(required=("name", "from", "to"))
    first, last = _within(node.at("from"), year), _within(node.at("to"), year)
    if last < first:
        node.at("to").fail("the holiday ends before it begins")
    return [first + i * ONE_DAY for i in range((last - first).days + 1)]


def _within(node: Node, year: int) -> dt.date:
    day = node.date()
    if day.year != year:
        node.fail(f"{day} is not in {year}")
    return day


def is_working(day: dt.date) -> bool:
    """Say whether `day` is worked in mainland China; NotYetPublished when its year's calendar is not known."""
    return of_year(day.year).is_working(day)


def add_working_days(start: dt.date, days: int) -> dt.date:
    """Return the `days`-th working day after `start` (before it when negative); the first day is not counted.

    NotYetPublished when a day on the way lies in a year without an official calendar.
    """
    step = ONE_DAY if days > 0 else -ONE_DAY
    day, left = start, abs(days)
    while left:
        day += step
        left -= is_working(day)
    return day


def add_years(start: dt.date, years_: int) -> dt.date:
    """Return the same day `years_` later; the last of February where there is no such day.

    >>> add_years(dt.date(2028, 2, 29), 3)
    datetime.date(2031, 2, 28)
    """
    if start.year + years_ > dt.MAXYEAR:
        return dt.date.max
    try:
        return start.replace(year=start.year + years_)
    except ValueError:
        return start.replace(year=start.year + years_, day=28)
