"""Exclusions, roles, filings, people's decisions and undecided columns, seen through `check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pyarrow as pa
import pytest

from exportgate.pipelines import schemas

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-23", "--format", "json", "--quiet")
FILED = {"path": "list-filing", "number": "F-1", "opinion": "off-list", "opinion_date": "2026-03-02"}


def check(run: Run, *args: object) -> tuple[int, dict[str, Any]]:
    code, out, err = run("check", *args, *DAY)
    assert out, err
    document = json.loads(out)
    jsonschema.validate(document, schemas.load("check"))
    assert document["exit_code"] == code
    return code, document


def test_only_rows_for_which_the_predicate_is_true_are_excluded(run_cli: Run, office: Any) -> None:
    channels = ["cross_border", "domestic", None, "cross_border"]
    phones = [f"1390000000{n}" for n in range(1, 5)]
    office.table("orders", pa.table({"mobile": phones, "channel": channels}))
    exclusions = [{"basis": "5(1)(i)", "where": "channel = 'cross_border'", "evidence": {"contract": "C-1"}}]
    _, found = check(run_cli, "orders.parquet", "-m", office.manifest("m", exclusions=exclusions))
    assert found["counts"]["this_export"]["any"] == 2
    assert found["excluded"] == [{"basis": "5(1)(i)", "persons": 2, "rows": 2}]


def test_important_data_voids_the_exclusion_of_the_whole_dataset(run_cli: Run, office: Any) -> None:
    office.table("calls", pa.table({"mobile": ["13900000001", "13900000002"], "channel": ["a", "a"]}))
    parts: dict[str, Any] = {
        "export": {"sector": "iov", "scenario": "sales-operation"},
        "exclusions": [{"basis": "5(1)(i)", "where": "channel = 'a'", "evidence": {"contract": "C-1"}}],
        "declare": {"important_data": [{"item": "iov.charging-network"}]},
    }
    code, found = check(run_cli, "calls.parquet", "-m", office.manifest("m", **parts))
    assert (code, found["verdict"]["tier"]) == (1, 1)
    assert found["counts"]["this_export"]["any"] == 2
    assert any("5(2)" in warning for warning in found["warnings"])


def test_investigators_in_a_trial_export_count_in_their_own_row(run_cli: Run, office: Any) -> None:
    table = {
        "subject_id": ["S-001", "S-002", None],
        "mobile": [None, None, "13900000009"],
        "role": ["subject", "subject", "investigator"],
        "diagnosis": ["高血压", "糖尿病", None],
    }
    office.table("trial", pa.table(table))
    parts: dict[str, Any] = {
        "export": {"sector": "pharma", "scenario": "clinical-trials"},
        "roles": [{"row": "hcp", "where": "role = 'investigator'"}],
        "approvals": [FILED],
    }
    _, found = check(run_cli, "trial.parquet", "-m", office.manifest("m", **parts))
    rows = {row: counts["any"] for row, counts in found["counts"]["rows"].items()}
    assert rows == {"trial-subjects": 2, "hcp": 1}


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        ({"recipient": "Another Ltd"}, "recipient-not-filed"),
        ({"columns": ["member_id", "points"]}, "column-not-filed"),
        ({"rows": ["other"]}, "row-not-filed"),
        ({"max_persons": 9}, "volume-over-filed"),
        ({"valid_until": "2026-11-22"}, "approval-expired"),
        ({"recipient": "HQ", "columns": ["member_id", "mobile", "points"], "max_persons": 10}, None),
    ],
)
def test_what_falls_outside_the_filing_blocks(
    run_cli: Run, office: Any, change: dict[str, Any], issue: str | None
) -> None:
    office.members("members", 0, 10)
    code, found = check(run_cli, "members.parquet", "-m", office.manifest("m", approvals=[{**FILED, **change}]))
    assert [entry["issue"] for entry in found["consistency"]] == ([issue] if issue else [])
    assert code == (1 if issue else 0)


@pytest.mark.parametrize(("why", "code"), [("", 1), ("call-centre numbers of the company itself", 0)])
def test_a_decision_against_valid_values_must_say_why(run_cli: Run, office: Any, why: str, code: int) -> None:
    office.members("members", 0, 30)
    columns = {"mobile": {"kind": "none", "by": "privacy-office", "on": "2026-11-01", "why": why}}
    ended, found = check(run_cli, "members.parquet", "-m", office.manifest("m", columns=columns))
    assert ended == code
    assert [entry["issue"] for entry in found["consistency"]] == ["decision-contradicts-values"]
    mobile = next(column for column in found["scans"][0]["columns"] if column["name"] == "mobile")
    assert (mobile["kind"], mobile["decided_by"]) == ("none", "human")


def test_one_sensitive_person_is_on_the_list_from_the_first(run_cli: Run, office: Any) -> None:
    office.table("visits", pa.table({"mobile": ["13900000001"], "diagnosis": ["2型糖尿病"]}))
    parts = {"export": {"sector": "retail", "scenario": "other"}}
    code, found = check(run_cli, "visits.parquet", "-m", office.manifest("m", **parts))
    assert (code, found["verdict"]["tier"]) == (1, 2)
    assert found["verdict"]["reasons"][0]["article"]


def test_a_sensitive_cell_makes_only_its_own_person_sensitive(run_cli: Run, office: Any) -> None:
    phones = [f"1390000000{n}" for n in range(1, 9)]
    office.table("members", pa.table({"mobile": phones, "diagnosis": ["糖尿病", "高血压", *[None] * 6]}))
    _, found = check(run_cli, "members.parquet", "-m", office.manifest("m"))
    counts = found["counts"]["this_export"]
    assert (counts["sensitive"], counts["non_sensitive"], counts["any"]) == (2, 8, 8)


def test_only_the_columns_that_leave_are_items(run_cli: Run, office: Any) -> None:
    office.table("members", pa.table({"mobile": ["13900000001"], "diagnosis": ["糖尿病"], "points": [3]}))
    parts = {"export": {"columns": ["mobile", "points"]}}
    _, found = check(run_cli, "members.parquet", "-m", office.manifest("m", **parts))
    assert found["counts"]["this_export"]["sensitive"] == 0


def test_a_dataset_without_people_goes_and_books_nobody(run_cli: Run, office: Any) -> None:
    office.table("stock", pa.table({"sku": ["A-1", "A-2"], "quantity": [1, 2]}))
    code, found = check(run_cli, "stock.parquet", "-m", office.manifest("m", export={"scenario": "other"}))
    assert (code, found["counts"]["this_export"]["any"]) == (0, 0)


def test_a_suspected_item_of_unknown_volume_is_never_a_pass(run_cli: Run, office: Any) -> None:
    """A table of cases by region may be group health data of 100,000 persons: nobody can tell from the table."""
    regions = [f"R{at}" for at in range(20)]
    counts = list(range(1000, 1020))
    office.table("cases", pa.table({"region": regions, "patient_count": counts, "incidence_rate": [0.1] * 20}))
    export = {"id": "c", "sector": "pharma", "scenario": "other"}
    code, found = check(run_cli, "cases.parquet", "-m", office.manifest("m", export=export))
    assert (code, found["verdict"]["undecided"]) == (4, True)
    assert any("pharma.group-health" in warning for warning in found["warnings"])
    decided = {"kind": "none", "by": "privacy-office", "on": "2026-11-01", "why": "published statistics"}
    columns = dict.fromkeys(("patient_count", "incidence_rate"), decided)
    code, found = check(run_cli, "cases.parquet", "-m", office.manifest("n", export=export, columns=columns))
    assert code == 0


def field_of(found: dict[str, Any], name: str) -> str | None:
    column = next(column for column in found["scans"][0]["columns"] if column["name"] == name)
    return column["fields"][0]["id"] if column["fields"] else None


@pytest.mark.parametrize(("kind", "field"), [("none", None), ("email", "retail.membership.email")])
def test_a_decision_also_settles_the_row_of_the_list(run_cli: Run, office: Any, kind: str, field: str | None) -> None:
    office.members("members", 0, 30)
    columns = {"mobile": {"kind": kind, "by": "privacy-office", "on": "2026-11-01", "why": "numbers of machines"}}
    for _ in range(2):
        _, found = check(run_cli, "members.parquet", "-m", office.manifest("m", columns=columns))
        assert field_of(found, "mobile") == field
        assert field_of(found, "points") == "retail.membership.points"


def test_a_machine_verdict_that_changes_between_deliveries_is_reported(run_cli: Run, office: Any) -> None:
    manifest = office.manifest("m")
    people = range(30)
    table = {"member_id": [f"M{n:09d}" for n in people], "reach": [f"13{n:09d}" for n in people]}
    office.table("members", pa.table(table))
    _, first = check(run_cli, "members.parquet", "-m", manifest, "--reserve")
    assert first["consistency"] == []
    office.table("members", pa.table({**table, "reach": [f"n{n}@example.com" for n in people]}))
    code, second = check(run_cli, "members.parquet", "-m", manifest)
    (entry,) = second["consistency"]
    assert (entry["issue"], entry["column"], entry["blocks"]) == ("verdict-changed", "reach", False)
    assert not entry["before"].startswith("email") and entry["now"].startswith("email")
    decided = {"reach": {"kind": "email", "by": "privacy-office", "on": "2026-11-01"}}
    _, third = check(run_cli, "members.parquet", "-m", office.manifest("m", columns=decided))
    assert third["consistency"] == []
    assert code == 0


def test_a_line_that_is_nearly_reached_is_told(run_cli: Run, office: Any) -> None:
    """`gate.warn_at` used to be read and never asked."""
    office.table("t", pa.table({"id_no": [f"35020319700101{n:04d}" for n in range(9000)], "faith": ["佛教"] * 9000}))
    manifest = office.manifest("a", export={"sector": "pharma", "scenario": "pharmacovigilance"})
    for share, told in ((0.8, True), (0.95, False)):
        office.configure(gate={"warn_at": share})
        out = run_cli("check", "t.parquet", "-m", manifest, "--as-of", "2026-11-23", "--quiet")[1]
        assert ("90 % of the line of 10,000 persons (any) is used: 1,000 more reach it" in out) is told, out
