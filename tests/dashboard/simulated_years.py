"""The stated simulator of a handler's year, by which the projection is measured.

A business has a pool of customers (20,000 to 2,000,000). It makes 12 to 120 exports in the year, either by chance
(exponential gaps) or on a timetable with some jitter, half of the years each. An export holds a log-normal number of
persons (its spread between 20 % and 100 %), drawn blindly from the pool: those already counted this year are not new.
Everything is fixed by a seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from exportgate.pipelines.projection import Step

YEAR = 2026


@dataclass(frozen=True)
class SimulatedYear:
    """All steps of a year, and the day from which its end is to be projected."""

    steps: list[Step]
    as_of: date

    @property
    def truth(self) -> int:
        return sum(step.new for step in self.steps)

    @property
    def known(self) -> list[Step]:
        return [step for step in self.steps if step.day <= self.as_of]


def simulate(seed: int) -> SimulatedYear:
    draw = np.random.default_rng([YEAR, seed])
    pool = int(np.exp(draw.uniform(np.log(20_000), np.log(2_000_000))))
    exports = draw.uniform(12, 120)
    spread = draw.uniform(0.2, 1.0)
    typical = pool * np.exp(draw.uniform(np.log(0.1), np.log(4.0))) / exports
    gap = 365 / exports
    timetable = draw.random() < 0.5
    day, seen, steps = 0.0, 0, []
    while True:
        day += max(0.2, draw.normal(gap, 0.2 * gap)) if timetable else draw.exponential(gap)
        if day >= 365:
            break
        size = max(1, min(pool, int(typical * np.exp(draw.normal(0, spread)))))
        new = int(draw.hypergeometric(pool - seen, seen, size)) if seen else size
        seen += new
        steps.append(Step(date(YEAR, 1, 1) + timedelta(days=int(day)), size, new))
    return SimulatedYear(steps, date(YEAR, 1, 1) + timedelta(days=int(draw.integers(120, 300))))
