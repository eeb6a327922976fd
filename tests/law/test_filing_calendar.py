"""Dates of a filing: working days with make-up days, three years, and honest silence where no calendar is published."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from click.testing import CliRunner

from exportgate import field_maps
from exportgate.field_maps import calendars
from exportgate.pipelines.cli import cli
from exportgate.scanner import filing_calendar
from exportgate.scanner.errors import UsageError

LIST = field_maps.load("fujian-2025")
DAY = dt.date


def calendar(*options: str) -> dict[str, Any]:
    command = ["filing", "calendar", "--as-of", "2026-11-23", "--format", "json", *options]
    result = CliRunner().invoke(cli, command, catch_exceptions=False)
    return {(entry["event"], entry["note"]["en"]): entry for entry in json.loads(result.stdout)["dates"]}


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (DAY(2026, 2, 13), 1, DAY(2026, 2, 14)),  # a Saturday that is worked before the Spring Festival
        (DAY(2026, 2, 14), 1, DAY(2026, 2, 24)),
        (DAY(2026, 9, 30), 5, DAY(2026, 10, 13)),
        (DAY(2026, 11, 20), 5, DAY(2026, 11, 27)),
        (DAY(2025, 9, 26), 1, DAY(2025, 9, 28)),  # a Sunday that is worked
        (DAY(2025, 12, 31), 1, DAY(2026, 1, 4)),
        (DAY(2026, 10, 13), -5, DAY(2026, 9, 30)),
    ],
)
def test_working_days(start: DAY, days: int, end: DAY) -> None:
    assert calendars.add_working_days(start, days) == end


def test_the_years_of_the_official_notices() -> None:
    assert calendars.years() == (2025, 2026)
    worked = [
        sum(calendars.is_working(DAY(year, 1, 1) + dt.timedelta(days=n)) for n in range(365)) for year in (2025, 2026)
    ]
    assert worked == [248, 248]


def test_a_year_without_a_calendar_is_not_guessed() -> None:
    with pytest.raises(calendars.NotYetPublished, match="2027 is not yet published"):
        calendars.add_working_days(DAY(2026, 12, 30), 5)
    dates = calendar("--opinion", "2026-03-02")
    renewal = dates["renewal", "last day to apply, the careful reading"]
    assert (renewal["date"], renewal["status"]) == (None, "not yet published")


def test_clocks_count_make_up_days() -> None:
    dates = calendar("--applied", "2026-09-28", "--filed", "2026-09-30")
    assert (dates["application-review", ""]["date"], dates["application-review", ""]["article"]) == (
        "2026-10-10",
        "Art. 12",
    )
    assert dates["opinion", ""]["date"] == "2026-10-13"


def test_both_dates_of_the_list() -> None:
    dates = calendar()
    issued, published = "by the date of issue", "by the date of publication"
    assert [dates["in-force", note]["date"] for note in (issued, published)] == ["2025-12-18", "2025-12-25"]
    assert [dates["trial-end", note]["date"] for note in (issued, published)] == ["2027-12-18", "2027-12-25"]


def test_an_opinion_holds_three_years() -> None:
    dates = calendar("--opinion", "2026-03-02")
    assert (dates["validity", ""]["date"], dates["validity", ""]["article"]) == ("2029-03-02", "Art. 13")


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"opinion": DAY(2027, 1, 1)}, "does not exist on 2026-11-23"),
        ({"applied": DAY(2025, 12, 1)}, "before the list was issued"),
        ({"applied": DAY(2026, 5, 1), "filed": DAY(2026, 4, 1)}, "follow each other"),
    ],
)
def test_impossible_days_are_refused(days: dict[str, DAY], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        filing_calendar.dates(LIST, as_of=DAY(2026, 11, 23), **days)
