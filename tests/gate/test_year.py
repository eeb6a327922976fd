"""Two exports of one year: the persons they share count once, and the line is the line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-23", "--format", "json", "--quiet")


def check(run: Run, *args: object) -> tuple[int, dict[str, Any]]:
    code, out, err = run("check", *args, *DAY)
    assert out, err
    return code, json.loads(out)


@pytest.mark.slow
@pytest.mark.parametrize(("second", "tier", "code"), [(300_000, 2, 1), (299_999, 0, 0)])
def test_the_500_000th_member_reaches_tier_2(run_cli: Run, office: Any, second: int, tier: int, code: int) -> None:
    office.members("october", 0, 300_000)
    office.members("november", 200_000, second)
    first = office.manifest("october-export")
    then = office.manifest("november-export")

    ended, found = check(run_cli, "october.parquet", "-m", first, "--reserve")
    assert (ended, found["counts"]["new_persons"]["any"]) == (0, 300_000)
    assert run_cli("commit", found["reservation"], "--on", "2026-11-23")[0] == 0

    ended, found = check(run_cli, "november.parquet", "-m", then)
    assert found["counts"]["new_persons"]["any"] == second - 100_000
    assert found["counts"]["year_to_date"]["any"] == 200_000 + second
    assert (found["verdict"]["tier"], ended) == (tier, code)

    ended, found = check(run_cli, "october.parquet", "-m", first)
    assert (ended, found["counts"]["new_persons"]["any"]) == (0, 0)


def test_running_an_export_again_adds_nobody_and_books_once(run_cli: Run, office: Any) -> None:
    office.members("members", 0, 50)
    manifest = office.manifest("m-1")
    _, first = check(run_cli, "members.parquet", "-m", manifest, "--reserve")
    assert run_cli("commit", first["reservation"], "--on", "2026-11-23")[0] == 0
    _, again = check(run_cli, "members.parquet", "-m", manifest, "--reserve")
    assert again["counts"]["new_persons"]["any"] == 0
    assert again["reservation"] == first["reservation"]
    status = json.loads(run_cli("ledger", "status", "--format", "json", "--as-of", "2026-11-23")[1])
    assert [counter["any"] for counter in status["counters"]] == [50]


def test_check_books_nothing(run_cli: Run, office: Any) -> None:
    office.members("members", 0, 20)
    for _ in range(2):
        _, found = check(run_cli, "members.parquet", "-m", office.manifest("m-1"))
        assert found["counts"]["new_persons"]["any"] == 20
        assert found["reservation"] is None


def test_released_headroom_is_free_again(run_cli: Run, office: Any) -> None:
    office.members("members", 0, 20)
    _, found = check(run_cli, "members.parquet", "-m", office.manifest("m-1"), "--reserve")
    assert run_cli("release", found["reservation"], "--why", "cancelled")[0] == 0
    _, found = check(run_cli, "members.parquet", "-m", office.manifest("m-2"))
    assert found["counts"]["new_persons"]["any"] == 20
