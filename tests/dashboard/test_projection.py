"""The projection against the stated simulator: does the 90 % interval hold what came later, and is it worth having?"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated_years import SimulatedYear, simulate

from exportgate.pipelines.projection import FEWEST, Outlook, Step, project

YEARS = range(200)
OTHER_YEARS = range(5000, 5200)


@lru_cache(maxsize=1)
def projected() -> list[tuple[SimulatedYear, Outlook]]:
    years = [simulate(seed) for seed in YEARS]
    return [(year, outlook) for year in years if (outlook := project(year.known, year.as_of)).enough]


def straight(year: SimulatedYear) -> float:
    """The naive projection: today's persons, prolonged at the same pace."""
    days = (year.as_of - date(year.as_of.year, 1, 1)).days + 1
    return sum(step.new for step in year.known) * 365 / days


def test_the_interval_holds_the_later_truth_in_85_to_95_of_100_years() -> None:
    found = [outlook.low <= year.truth <= outlook.high for year, outlook in projected()]
    assert len(found) > 190
    assert 0.85 <= np.mean(found) <= 0.95


def test_the_interval_is_narrower_than_a_straight_line_that_holds_as_often() -> None:
    """The straight line gets the narrowest band that holds 90 % of 200 other years of the same simulator."""
    errors = [year.truth / straight(year) for year in map(simulate, OTHER_YEARS) if year.known]
    low, high = np.quantile(errors, [0.05, 0.95])
    naive = [straight(year) * (high - low) for year, _ in projected()]
    ours = [outlook.high - outlook.low for _, outlook in projected()]
    assert np.sum(ours) < 0.6 * np.sum(naive)
    assert np.median(np.array(ours) / np.array(naive)) < 0.6


def test_the_day_of_crossing_lies_in_its_interval() -> None:
    inside = total = 0
    for year, outlook in projected():
        line = (outlook.persons + year.truth) // 2
        if line <= outlook.persons:
            continue
        asked = project(year.known, year.as_of, line=line)
        steps = np.cumsum([step.new for step in year.steps])
        day = year.steps[int(np.argmax(steps >= line))].day
        total += 1
        inside += bool(asked.earliest and asked.earliest <= day <= (asked.latest or date.max))
    assert 0.82 <= inside / total <= 0.97


@pytest.mark.parametrize(("bookings", "enough"), [(0, False), (FEWEST - 1, False), (FEWEST, True)])
def test_few_bookings_are_not_enough_data(bookings: int, enough: bool) -> None:
    steps = [Step(date(2026, 1, 10) + timedelta(days=20 * at), 100, 100) for at in range(bookings)]
    outlook = project(steps, date(2026, 6, 1), line=10_000)
    assert outlook.enough is enough
    assert outlook.to_dict()["enough_data"] is enough
    assert outlook.persons == 100 * bookings


def test_a_steady_business_crosses_when_arithmetic_says_so() -> None:
    steps = [Step(date(2026, 1, 7) + timedelta(days=7 * at), 1000, 1000) for at in range(20)]
    outlook = project(steps, date(2026, 5, 25), line=25_000)
    assert outlook.crossing is not None
    assert abs((outlook.crossing - date(2026, 6, 24)).days) <= 7
    assert outlook.chance == 1.0


def test_the_same_customers_again_never_cross() -> None:
    steps = [Step(date(2026, 1, 7) + timedelta(days=7 * at), 1000, 1000 if at == 0 else 1) for at in range(20)]
    outlook = project(steps, date(2026, 5, 25), line=50_000)
    assert (outlook.crossing, outlook.chance) == (None, 0.0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 10**6), st.integers(0, 10**6)), max_size=40))
def test_any_bookings_give_an_ordered_answer(rows: list[tuple[int, int, int]]) -> None:
    steps = [Step(date(2026, 1, 1) + timedelta(days=day), size, min(size, new)) for day, size, new in rows]
    outlook = project(steps, date(2026, 8, 1), line=10**7)
    assert outlook.persons <= outlook.low <= outlook.likely <= outlook.high
    assert outlook == project(steps, date(2026, 8, 1), line=10**7)


def test_bookings_after_the_day_of_the_question_are_unknown() -> None:
    steps = [Step(date(2026, 1, 10) + timedelta(days=10 * at), 100, 100) for at in range(20)]
    assert project(steps, date(2026, 3, 1)) == project(steps[:6], date(2026, 3, 1))
