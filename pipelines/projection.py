"""Where a counter will stand at the end of the year, and when it reaches a line: a simple model, said in full.

The counter starts anew on 1 January, so the question always ends on 31 December. The model, from the year's own
bookings and nothing else:

1. The days between bookings are drawn from a gamma distribution with the mean and spread of this year's.
2. The next export is of the size of one of this year's, drawn again.
3. Of the persons in an export, the share that is new falls in a straight line with the persons already counted (the
   customers of a business are finite). The line is fitted to this year's bookings; it never rises.

A thousand years are continued this way. Each of them first draws weights for the bookings (the Bayesian bootstrap), so
that few bookings give a wide answer. Reported: the middle, and the 5 % and 95 % points (a 90 % interval). With fewer
than `FEWEST` days with bookings, the answer is "not enough data". The drawing starts from a fixed seed: the same
ledger always gives the same answer.

It knows no season, no campaign and no plan. What the interval is worth is measured in ``tests/dashboard``: on 200 years
of a stated simulator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .bookings import Booking, Slot

FEWEST = 6
"""Days with bookings below which nothing is projected."""
PATHS = 1000
SEED = 20260101
LOW, HIGH = 0.05, 0.95
DOUBT = 0.65
"""How evenly the weights of the bookings are drawn. 1 is the plain bootstrap, which is too sure of few bookings."""
MODEL = "gamma gaps, resampled sizes, share of new persons falling in a line"


@dataclass(frozen=True)
class Step:
    """A day's exports under one counter: how many persons were in them, and how many of those were new."""

    day: date
    persons: int
    new: int


@dataclass(frozen=True)
class Outlook:
    """A counter's further year. Without `enough` data the figures are those of today and mean nothing more.

    `crossing` is the day in the middle of the continued years that reach the line, None when fewer than half do;
    `earliest` and `latest` are the interval's days (None: not this year). `chance` is the share that reaches it.
    """

    as_of: date
    until: date
    enough: bool
    bookings: int
    persons: int
    low: int = 0
    likely: int = 0
    high: int = 0
    line: int | None = None
    chance: float | None = None
    crossing: date | None = None
    earliest: date | None = None
    latest: date | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return what stands beside ``projected_crossing`` in a headroom."""
        if not self.enough:
            return {"enough_data": False, "bookings": self.bookings, "needed": FEWEST, "until": self.until.isoformat()}
        return {
            "enough_data": True,
            "model": MODEL,
            "bookings": self.bookings,
            "until": self.until.isoformat(),
            "year_end": {"low": self.low, "likely": self.likely, "high": self.high, "level": round(HIGH - LOW, 2)},
            "chance": self.chance,
            "crossing": _text(self.crossing),
            "earliest": _text(self.earliest),
            "latest": _text(self.latest),
        }


def project(steps: Iterable[Step], as_of: date, *, line: int | None = None, persons: int | None = None) -> Outlook:
    """Continue a counter from `as_of` to the end of its year; `line` is the number of persons asked about.

    `persons` is where the counter stands when the steps do not add up to it. Steps after `as_of` are not known yet and
    are left out.

    >>> project([Step(date(2026, 2, 1), 10, 10)], date(2026, 3, 1)).enough
    False
    """
    known = _by_day(step for step in steps if step.day <= as_of)
    here = sum(step.new for step in known) if persons is None else persons
    until = date(as_of.year, 12, 31)
    events = [step for step in known if step.new > 0]
    if len(events) < FEWEST or as_of >= until:
        return Outlook(as_of, until, False, len(events), here, here, here, here, line)
    return _outlook(_Year.of(events, as_of), here, until, line)


def steps_of(bookings: Iterable[Booking], slot: Slot, counter: str) -> list[Step]:
    """Return what each committed booking brought to a counter of a threshold row.

    An export that also holds persons of other rows is larger than the row's part of it; its share of new persons then
    means the row's share, which the model treats alike.
    """
    return [
        Step(booking.day, max(booking.persons[counter], booking.brought[slot][counter]), booking.brought[slot][counter])
        for booking in bookings
        if booking.state == "committed" and slot in booking.brought and booking.brought[slot][counter]
    ]


def _by_day(steps: Iterable[Step]) -> list[Step]:
    days: dict[date, Step] = {}
    for step in sorted(steps, key=lambda step: step.day):
        same = days.get(step.day)
        days[step.day] = Step(step.day, step.persons + same.persons, step.new + same.new) if same else step
    return list(days.values())


@dataclass(frozen=True)
class _Year:
    """The bookings as arrays: gaps in days, sizes, shares of new persons, persons counted before each."""

    as_of: date
    gaps: Any
    sizes: Any
    shares: Any
    before: Any
    waited: float

    @classmethod
    def of(cls, events: Sequence[Step], as_of: date) -> _Year:
        import numpy as np

        days = np.array([(step.day - date(as_of.year, 1, 1)).days for step in events], float)
        new = np.array([step.new for step in events], float)
        sizes = np.maximum(new, np.array([step.persons for step in events], float))
        before = np.concatenate([[0.0], np.cumsum(new)[:-1]])
        gaps = np.maximum(0.5, np.diff(days, prepend=-0.5))
        waited = max(0.0, (as_of - events[-1].day).days)
        return cls(as_of, gaps, sizes, new / sizes, before, waited)


def _outlook(year: _Year, here: int, until: date, line: int | None) -> Outlook:
    import numpy as np

    ends, days = _continue(year, here, (until - year.as_of).days, line)
    low, likely, high = (int(found) for found in np.quantile(ends, [LOW, 0.5, HIGH], method="nearest"))
    common = (year.as_of, until, True, len(year.sizes), here, low, likely, high, line)
    if line is None or here >= line:
        return Outlook(*common)
    reached = np.sort(days)
    places = (reached[int(share * (PATHS - 1))] for share in (LOW, 0.5, HIGH))
    earliest, middle, latest = (
        year.as_of + timedelta(days=int(np.ceil(place))) if np.isfinite(place) else None for place in places
    )
    return Outlook(*common, round(float(np.isfinite(days).mean()), 3), middle, earliest, latest)


def _continue(year: _Year, here: int, days: int, line: int | None) -> tuple[Any, Any]:
    """Return where each continued year ends, and the day (from now) on which it reaches the line, if it does."""
    import numpy as np

    draw = np.random.default_rng(SEED)
    weights = draw.dirichlet(np.full(len(year.sizes), DOUBT), PATHS)
    start, slope = _share_line(year, weights)
    ladder = (np.cumsum(weights, axis=1) + np.arange(PATHS)[:, None]).ravel()
    shape, means = _gap_shape(year.gaps), weights @ year.gaps
    count, now = np.full(PATHS, float(here)), np.zeros(PATHS)
    crossed = np.full(PATHS, np.inf)
    gaps = _first_gap(draw, shape, means / shape, year.waited)
    while True:
        now = now + gaps
        open_ = now <= days
        if not open_.any():
            return count, crossed
        picks = np.searchsorted(ladder, draw.random(PATHS) + np.arange(PATHS)) - np.arange(PATHS) * len(year.sizes)
        picks = picks.clip(0, len(year.sizes) - 1)
        share = np.clip(start + slope * count, 0, 1)
        count = count + np.where(open_, np.round(year.sizes[picks] * share), 0)
        if line is not None:
            crossed = np.where((count >= line) & np.isinf(crossed), now, crossed)
        gaps = draw.gamma(shape, means / shape)


def _share_line(year: _Year, weights: Any) -> tuple[Any, Any]:
    """Fit share of new persons = start + slope · persons counted, by weighted least squares; the slope never rises."""
    import numpy as np

    load = weights * year.sizes
    load = load / load.sum(axis=1, keepdims=True)
    mean_x, mean_y = load @ year.before, load @ year.shares
    spread = load @ year.before**2 - mean_x**2
    slope = (load @ (year.before * year.shares) - mean_x * mean_y) / np.maximum(spread, 1e-9)
    slope = np.minimum(slope, 0.0)
    return mean_y - slope * mean_x, slope


def _gap_shape(gaps: Any) -> float:
    """Return the gamma shape for the spread of the gaps: 1 is chance, large is a timetable."""
    variation = float(gaps.std(ddof=1) / gaps.mean())
    return 1 / min(1.5, max(0.15, variation)) ** 2


def _first_gap(draw: Any, shape: float, scale: Any, waited: float) -> Any:
    """Draw what remains of a gap that has already lasted `waited` days."""
    import numpy as np
    from scipy.special import gammaincc, gammainccinv

    left = gammaincc(shape, waited / scale)
    whole = gammainccinv(shape, np.maximum(draw.random(len(scale)) * left, 1e-12)) * scale
    return np.maximum(whole - waited, 0.01)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
