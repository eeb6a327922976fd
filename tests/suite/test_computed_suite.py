"""The suite asserts a computed check again: from counts and lines, not from the verdict's answer."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from suite_checks import a_check, counts

from exportgate.pipelines import suite

PERSONS = "expect_distinct_persons_year_to_date_to_be_below_tier"
SCAN = "expect_table_scan_to_be_complete"


def line(validated: dict, name: str) -> dict:
    return next(result for result in validated["results"] if result["expectation"] == name)


@pytest.mark.parametrize(("persons", "passes"), [(0, True), (99, True), (100, False), (101, False)])
def test_the_line_itself_is_reached(persons: int, passes: bool) -> None:
    check = a_check(persons)
    validated = suite.validate(check)
    found = line(validated, PERSONS)
    assert (validated["success"], found["success"], found["observed"]) == (passes, passes, persons)
    assert found["citation"] == "Part X, line 2"
    assert validated["disagreement"] == ""


def test_a_line_is_no_obstacle_when_its_route_is_held() -> None:
    check = a_check(5000, verdict={"allowed": True, "held": ["route-b"]})
    validated = suite.validate(check)
    assert validated["success"]
    assert line(validated, PERSONS)["lines"][0]["state"] == "held"


@pytest.mark.parametrize(
    ("name", "check"),
    [
        (
            "expect_table_columns_to_be_within_filing",
            a_check(consistency=[{"issue": "column-not-filed", "blocks": True}]),
        ),
        (
            "expect_table_personal_information_to_be_declared",
            a_check(consistency=[{"issue": "decision-contradicts-values", "blocks": True}]),
        ),
        ("expect_table_readings_to_agree", a_check(verdict={"undecided": True})),
        (SCAN, a_check(scan={"rows_scanned": 9})),
        (SCAN, a_check(scan={"exhaustive": False})),
        (
            "expect_table_important_data_to_be_cleared",
            a_check(
                verdict={
                    "allowed": False,
                    "paths": ["route-a"],
                    "reasons": [{"rule": "r", "article": "Part Y", "effect": "route-a"}],
                }
            ),
        ),
    ],
)
def test_each_expectation_stops_what_it_is_there_for(name: str, check: dict) -> None:
    validated = suite.validate(check)
    assert not validated["success"]
    failed = {result["expectation"] for result in validated["results"] if not result["success"]}
    assert name in failed


def test_an_undecided_column_is_a_warning_until_the_answer_turns_on_it() -> None:
    check = a_check(column={"undecided": True})
    validated = suite.validate(check)
    found = line(validated, "expect_table_columns_to_be_decided")
    assert (validated["success"], found["success"], found["severity"]) == (True, False, "warning")
    turned = suite.validate(a_check(column={"undecided": True}, verdict={"undecided": True}))
    assert not turned["success"]


def test_nobody_counted_in_personal_cells_is_never_a_pass() -> None:
    nobody = a_check(0)
    nobody["counts"]["this_export"] = counts(0)
    found = line(suite.validate(nobody), SCAN)
    assert (found["success"], found["outcome"]) == (False, "could-not-evaluate")


@pytest.mark.parametrize(
    "spared",
    [
        {"excluded": [{"basis": "x", "persons": 10, "rows": 10}]},
        {"column": {"nulls": 10}},
        {"column": {"pi": "none", "kind": "none"}},
        {"scan": {"rows": 0, "rows_scanned": 0}},
    ],
)
def test_nobody_is_the_right_count_where_nobody_was_to_be_counted(spared: dict) -> None:
    check = a_check(0, **spared)
    check["counts"]["this_export"] = counts(0)
    assert suite.validate(check)["success"]


@pytest.mark.parametrize(("persons", "allowed"), [(100, True), (99, False)])
def test_a_verdict_that_contradicts_its_counts_is_found(persons: int, allowed: bool) -> None:
    check = a_check(persons, verdict={"allowed": allowed})
    sentence = suite.validate(check)["disagreement"]
    assert sentence.startswith("the rules say the export ")


def test_a_row_without_counts_could_not_be_evaluated() -> None:
    check = a_check()
    del check["counts"]["rows"], check["counts"]["year_to_date"]
    found = line(suite.validate(check), PERSONS)
    assert (found["success"], found["outcome"]) == (False, "could-not-evaluate")


def test_results_hold_counts_and_citations_only() -> None:
    check = a_check(column={"masked_examples": ["…002X"], "name": "canary_110101199003077758"})
    text = json.dumps(suite.validate(check))
    assert "110101" not in text
    assert "002X" not in text


def test_the_command_line_does_not_pay_for_the_suite_until_it_is_used() -> None:
    code = "import sys, exportgate.pipelines.suite; sys.exit(bool({'great_expectations', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("wanted", [["other"], ["a.other"]])
def test_columns_that_do_not_leave_ask_for_nobody(wanted: list[str]) -> None:
    check = a_check(0, column={"undecided": True}, scan={"name": "a"})
    check["scans"][0]["columns"].append(
        {**check["scans"][0]["columns"][0], "name": "other", "pi": "none", "undecided": False}
    )
    check["counts"]["this_export"] = counts(0)
    check["export"]["columns"] = wanted
    validated = suite.validate(check)
    assert validated["success"]
    assert line(validated, "expect_table_columns_to_be_decided")["success"]
