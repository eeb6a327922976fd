"""A period of days: given by its ends, a half-year or a year.

>>> from datetime import date
>>> period(half="2026-H1", today=date(2026, 11, 23))
Period(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 6, 30))
>>> period(year=2026, today=date(2026, 11, 23)).end
datetime.date(2026, 11, 23)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..scanner.errors import UsageError


@dataclass(frozen=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def years(self) -> range:
        """The calendar years it touches: persons are counted in each of them anew."""
        return range(self.start.year, self.end.year + 1)

    def part(self, year: int) -> Period:
        """Return the days of the period that lie in a year."""
        return Period(max(self.start, date(year, 1, 1)), min(self.end, date(year, 12, 31)))


def period(
    *,
    start: date | None = None,
    end: date | None = None,
    half: str | None = None,
    year: int | None = None,
    today: date,
) -> Period:
    """Return the period asked for: this year so far when nothing is said; a period that is not over ends today.

    UsageError for two ways at once, a half-year that is none, or a period that has not begun.
    """
    if sum((start is not None or end is not None, half is not None, year is not None)) > 1:
        raise UsageError("say the period in one way: --from and --to, --half, or --year", where="period")
    first, last = start or date((end or today).year, 1, 1), end or today
    if half is not None:
        first, last = _half(half)
    elif year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
    if first > last:
        raise UsageError(f"the period ends ({last}) before it begins ({first})", where="--from, --to")
    if first > today:
        raise UsageError(f"the period has not begun: it starts on {first}", where="period")
    return Period(first, min(last, today))


def _half(text: str) -> tuple[date, date]:
    match = re.fullmatch(r"([0-9]{4})-?[Hh]([12])", text.strip())
    if not match:
        raise UsageError(f"{text!r} is no half-year", where="--half", hint="write it like 2026-H1")
    year, first = int(match[1]), match[2] == "1"
    return (date(year, 1, 1), date(year, 6, 30)) if first else (date(year, 7, 1), date(year, 12, 31))
