"""Exclusions and orders through the gate: what may be claimed, what it takes out, what stops everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

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
