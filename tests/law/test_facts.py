"""Facts that cannot be true, and words that are not known, are refused in one sentence with the nearest right name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from exportgate.pipelines import cli as command_line
from exportgate.scanner import tiers
from exportgate.scanner.errors import UsageError

COUNTS = {"non_sensitive": 10, "sensitive": 5, "any": 12}
FACTS: dict[str, Any] = {"as_of": "2026-11-23", "sector": "retail", "scenario": "membership", "counts": COUNTS}
OPINION = {"opinion": "off-list", "status": "valid"}
PHARMA = {"sector": "pharma", "scenario": "hcp"}

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("unknown_key", {"sektor": "retail"}, "sektor: unknown key"),
    ("nearest_key", {"handlr": {}}, "did you mean handler?"),
    ("unknown_sector", {"sector": "retial"}, "did you mean retail?"),
    ("unknown_scenario", {"scenario": "membrship"}, "did you mean membership?"),
    ("unknown_list", {"list": "fujian-2024"}, "did you mean fujian-2025?"),
    ("unknown_area", {"handler": {"ftz_area": "xiamem"}}, "did you mean xiamen?"),
    ("unknown_handler_key", {"handler": {"cio": True}}, "did you mean ciio?"),
    ("unknown_schema", {"schema": "exportgate.fact/1"}, "expected exportgate.facts/1"),
    ("missing_counts", {"counts": None}, "missing key: counts"),
    ("missing_scenario", {"scenario": None}, "missing key: scenario"),
    ("missing_union", {"counts": {"non_sensitive": 1, "sensitive": 1}}, "counts.any: missing key"),
    ("unknown_counter", {"counts": {**COUNTS, "sensitve": 3}}, "did you mean sensitive?"),
    ("negative", {"counts": {**COUNTS, "sensitive": -1}}, "cannot be negative"),
    ("fraction", {"counts": {**COUNTS, "sensitive": 1.5}}, "expected a whole number"),
    ("truth_as_number", {"counts": {**COUNTS, "sensitive": True}}, "expected a whole number"),
    ("text_as_number", {"counts": {**COUNTS, "sensitive": "5"}}, "expected a whole number"),
    ("union_too_small", {"counts": {**COUNTS, "any": 9}}, "the union cannot be 9"),
    ("union_too_large", {"counts": {**COUNTS, "any": 16}}, "the union cannot be 16"),
    ("accounts_above_sensitive", {"counts": {**COUNTS, "sensitive_with_accounts_or_diagnosis": 6}}, "more persons"),
    ("handler_below_export", {"handler_counts": {"non_sensitive": 9, "sensitive": 5, "any": 12}}, "fewer persons"),
    ("rows_beside_counts", {"rows": [{"row": "membership", "counts": COUNTS}]}, "stands beside rows"),
    ("no_rows", {"rows": [], "scenario": None, "counts": None}, "at least one row"),
    ("as_of_no_day", {"as_of": "2026-02-30"}, "not a calendar day"),
    ("as_of_with_time", {"as_of": "2026-11-23T10:00"}, "not a calendar day"),
    ("opinion_in_future", {"filing": {**OPINION, "opinion_date": "2026-11-24"}}, "does not exist on 2026-11-23"),
    ("opinion_before_list", {"filing": {**OPINION, "opinion_date": "2025-12-17"}}, "older than the list"),
    ("unknown_opinion", {"filing": {"opinion": "offlist"}}, "did you mean off-list?"),
    ("unknown_status", {"filing": {"status": "suspend"}}, "did you mean suspended?"),
    ("unknown_approval", {"approvals": [{"path": "standard-contracts"}]}, "did you mean standard-contract?"),
    ("approval_row", {"approvals": [{"path": "certification", "rows": ["member"]}]}, "did you mean membership?"),
    (
        "approval_key",
        {"approvals": [{"path": "certification", "valid_til": "2027-01-01"}]},
        "did you mean valid_until?",
    ),
    ("item_of_other_sector", {"important_data": [{"item": "iov.map-data"}]}, "item of another sector than retail"),
    ("unknown_item", {"important_data": [{"item": "unified.pi-10"}]}, "did you mean unified.pi-10m?"),
    ("unknown_basis", {**PHARMA, "important_data": [{"item": "pharma.group-health", "basis": "suspect"}]}, "suspected"),
    (
        "wrong_unit",
        {**PHARMA, "important_data": [{"item": "pharma.group-health", "quantity": 5, "unit": "vehicles"}]},
        "counted in persons, not in vehicles",
    ),
    (
        "more_persons_than_leave",
        {**PHARMA, "important_data": [{"item": "pharma.group-health", "quantity": 13, "unit": "persons"}]},
        "more persons than leave (12)",
    ),
    ("unknown_exclusion", {"scope_exclusion": "not-membreship"}, "did you mean not-membership?"),
    ("exclusion_of_other_sector", {"scope_exclusion": "autonomous-driving"}, "an exclusion of iov, not of retail"),
    ("unknown_discharge", {"genetic": {"present": True, "discharged": ["license"]}}, "did you mean licence?"),
    ("genes_of_nobody", {"genetic": {"present": False, "persons": 5}}, "not present"),
    ("unknown_other_list", {"other_list": "beijing-2024"}, "no such list: beijing-2024"),
    ("nation_as_other_list", {"other_list": "national"}, "no zone's list"),
    ("flag_as_text", {"core_data": "no"}, "expected true or false"),
    ("unknown_reading", {"readings": {"aircraft_flor": "row"}}, "did you mean aircraft_floor?"),
    ("unknown_answer", {"readings": {"aircraft_floor": "line"}}, "one of: catch-all, row"),
    ("too_large", {"counts": {"non_sensitive": 0, "sensitive": 10**400, "any": 10**400}}, "no count is as large"),
    (
        "approval_ends_before_it_begins",
        {"approvals": [{"path": "certification", "valid_from": "2027-01-01", "valid_until": "2026-01-01"}]},
        "before it begins",
    ),
    ("basis_that_is_none", {"exempt_under": ["5(1)(iv)"]}, "unknown basis"),
    ("holdings_key", {"holdings": {"persons": 5}}, "holdings.persons: unknown key"),
]


@pytest.mark.parametrize(("change", "message"), [pytest.param(c, m, id=name) for name, c, m in WRONG])
def test_what_cannot_be_true_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        tiers.evaluate({**FACTS, **change})
    assert message in str(refused.value)
    assert refused.value.exit_code == 2


def test_the_same_row_twice() -> None:
    rows = [{"row": "hcp", "counts": COUNTS}, {"row": "hcp-management", "counts": COUNTS}]
    with pytest.raises(UsageError, match="row named twice: hcp"):
        tiers.evaluate({"as_of": "2026-11-23", "sector": "pharma", "rows": rows})


def test_before_any_rule_nothing_is_concluded() -> None:
    with pytest.raises(UsageError, match="no rule of this release was in force on 2024-03-21"):
        tiers.evaluate({**FACTS, "as_of": "2024-03-21"})
    assert tiers.evaluate({**FACTS, "as_of": "2024-03-22"}).regime == "national"


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", "null", '{"sector": "retail", "sector": "iov"}'])
def test_a_document_that_is_no_facts_is_exit_2(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = CliRunner().invoke(command_line.cli, ["evaluate", "-"], input=text)
    assert isinstance(result.exception, UsageError)
    assert result.exception.exit_code == 2


def test_the_day_may_come_from_the_command_line() -> None:
    facts = {key: value for key, value in FACTS.items() if key != "as_of"}
    invoke = CliRunner().invoke
    early = invoke(command_line.cli, ["evaluate", "-", "--format", "json", "--as-of", "2025-12-01"], json.dumps(facts))
    assert json.loads(early.stdout)["regime"] == "national"


def test_a_missing_file_is_one_sentence() -> None:
    assert command_line.run(["evaluate", "no-such-facts.json"]) == 2


def test_readings_come_from_the_configuration(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = "handler: {ftz_area: xiamen}\nreadings: {aircraft_floor: row}\n"
    (tmp_path / "exportgate.yaml").write_text(config, encoding="utf-8")
    counts = {"non_sensitive": 0, "sensitive": 1, "any": 1}
    facts = {"as_of": "2026-11-23", "sector": "aircraft-maintenance", "scenario": "business-cooperation",
             "counts": counts, "handler": {"ftz_area": "xiamen", "ciio": False}}  # fmt: skip
    result = CliRunner().invoke(command_line.cli, ["evaluate", "-", "--format", "json"], json.dumps(facts))
    assert json.loads(result.stdout)["tier"] == 0
