"""Exclusions and orders through the gate: what may be claimed, what it takes out, what stops everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-23", "--format", "json", "--quiet")
CLAIM = {"basis": "5(1)(i)", "where": "points >= 25", "evidence": {"contract": "terms 4.2", "necessity": "delivery"}}


def test_an_exclusion_takes_rows_out_and_is_shown(run_cli: Run, office: Any) -> None:
    office.members("m", 0, 100)
    manifest = office.manifest("a", exclusions=[CLAIM])
    code, out, err = run_cli("check", "m.parquet", "-m", manifest, *DAY)
    assert code == 0, err
    found = json.loads(out)
    assert found["counts"]["this_export"]["any"] == 25
    assert found["excluded"] == [{"basis": "5(1)(i)", "persons": 75, "rows": 75}]


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({**CLAIM, "basis": "5(1)(iv)"}, "is no exclusion"),
        ({**CLAIM, "basis": "3"}, "asserts a dataset without personal information"),
        ({**CLAIM, "basis": "6", "evidence": {"number": "F-2"}}, "not confirmed against the original list"),
        ({**CLAIM, "basis": "4"}, "needs evidence of origin"),
        ({**CLAIM, "where": "points > 1; drop table x"}, "unexpected ';'"),
        ({**CLAIM, "where": "pionts > 1"}, "did you mean points?"),
    ],
)
def test_what_may_not_be_claimed_is_bad_usage(run_cli: Run, office: Any, claim: dict[str, Any], said: str) -> None:
    office.members("m", 0, 10)
    code, _, err = run_cli("check", "m.parquet", "-m", office.manifest("a", exclusions=[claim]), *DAY)
    assert code == 2
    assert said in err


def test_an_order_stops_the_gate_until_it_is_lifted(run_cli: Run, office: Any) -> None:
    office.members("m", 0, 10)
    check = ("check", "m.parquet", "-m", office.manifest("a"), *DAY)
    assert run_cli(*check)[0] == 0
    assert run_cli("incident", "add", "--what", "order 9 of the agency", "--suspend")[0] == 0
    code, out, _ = run_cli(*check)
    assert code == 1
    assert "suspended" in [entry["issue"] for entry in json.loads(out)["consistency"]]
    assert run_cli("incident", "add", "--what", "order 9 was lifted", "--lift")[0] == 0
    assert run_cli(*check)[0] == 0


def _over_the_line(run_cli: Run, office: Any) -> None:
    """A year in which one person is enough: the handler operates critical infrastructure, and ten members have left."""
    office.configure(handler={"ftz_area": "xiamen", "exports_from_ftz": True, "ciio": True})
    office.members("spring", 0, 10)
    held = office.manifest("spring", approvals=[{"path": "security-assessment", "number": "A-1"}])
    code, out, err = run_cli("check", "spring.parquet", "-m", held, "--reserve", *DAY)
    assert code == 0, err
    assert run_cli("commit", json.loads(out)["reservation"], "--on", "2026-11-23")[0] == 0


CATALOGUE = pa.table({"sku": ["A-1", "A-2", "A-3"], "colour": ["red", "blue", "red"], "list_price": [12.5, 8.0, 9.9]})


def test_an_export_without_persons_is_not_held_to_the_year(run_cli: Run, office: Any) -> None:
    _over_the_line(run_cli, office)
    office.table("catalogue", CATALOGUE)
    code, out, err = run_cli("check", "catalogue.parquet", "-m", office.manifest("shop"), "--reserve", *DAY)
    assert code == 0, err
    found = json.loads(out)
    assert (found["verdict"]["tier"], found["verdict"]["paths"]) == (0, [])
    assert [reason["article"] for reason in found["verdict"]["reasons"]] == ["CBDF Art. 3"]
    assert found["counts"]["year_to_date"]["any"] == 10
    assert any("the year stands at tier 1" in warning for warning in found["verdict"]["warnings"])
    code, _, err = run_cli("commit", found["reservation"], "--on", "2026-11-23")
    assert code == 0, err


def test_persons_who_were_counted_before_are_held_to_the_year(run_cli: Run, office: Any) -> None:
    _over_the_line(run_cli, office)
    code, out, _ = run_cli("check", "spring.parquet", "-m", office.manifest("again"), *DAY)
    assert code == 1
    assert json.loads(out)["counts"]["new_persons"]["any"] == 0


@pytest.mark.parametrize(("where", "expected"), [("points >= 0", 0), ("points >= 1", 1)])
def test_an_export_all_of_which_is_exempt_is_not_held_to_the_year(
    run_cli: Run, office: Any, where: str, expected: int
) -> None:
    _over_the_line(run_cli, office)
    manifest = office.manifest("orders", exclusions=[{**CLAIM, "where": where}])
    code, out, _ = run_cli("check", "spring.parquet", "-m", manifest, *DAY)
    assert code == expected
    cited = [reason["article"] for reason in json.loads(out)["verdict"]["reasons"]]
    assert ("CBDF Art. 5(1)(i)" in cited) == (expected == 0)


def test_placeholders_in_every_cell_are_no_data_without_persons(run_cli: Run, office: Any) -> None:
    _over_the_line(run_cli, office)
    office.table("masked", pa.table({"mobile": ["13800000000"] * 5, "points": [1, 2, 3, 4, 5]}))
    assert run_cli("check", "masked.parquet", "-m", office.manifest("masked"), *DAY)[0] != 0


def test_what_is_declared_anonymised_may_be_more_persons_than_leave(run_cli: Run, office: Any) -> None:
    office.table("groups", CATALOGUE)
    item = {"item": "pharma.group-health", "quantity": 100_000, "unit": "persons"}
    export = {"sector": "pharma", "scenario": "clinical-trials"}
    manifest = office.manifest("groups", export=export, declare={"anonymised": True, "important_data": [item]})
    code, out, err = run_cli("check", "groups.parquet", "-m", manifest, *DAY)
    assert (code, err) == (1, "")
    assert json.loads(out)["verdict"]["path"] == "security-assessment"


def test_what_is_declared_anonymised_and_holds_persons_is_said_to_count(run_cli: Run, office: Any) -> None:
    office.members("m", 0, 10)
    code, out, _ = run_cli("check", "m.parquet", "-m", office.manifest("m", declare={"anonymised": True}), *DAY)
    assert code == 0
    assert any("declare.anonymised" in warning for warning in json.loads(out)["warnings"])
