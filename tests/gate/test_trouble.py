"""What goes wrong is one clear sentence, the right exit code, and nothing booked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-23", "--quiet")


def booked(run: Run) -> int:
    code, out, _ = run("ledger", "history", "--format", "json")
    assert code == 0
    kinds = [json.loads(line)["kind"] for line in out.splitlines()]
    return sum(kind in {"reserved", "committed"} for kind in kinds)


def wrong_key(office: Any) -> None:
    (office.folder / "ledger.key").write_text("6b" * 32, encoding="ascii")


def truncated(office: Any) -> None:
    path: Path = office.folder / "members.parquet"
    path.write_bytes(path.read_bytes()[:-200])


def not_parquet(office: Any) -> None:
    (office.folder / "members.parquet").write_text("a,b\n1,2\n", encoding="utf-8")


def gone(office: Any) -> None:
    (office.folder / "members.parquet").unlink()


def misspelt(office: Any) -> None:
    office.manifest("m-1", exclusion=[])


def missing_column(office: Any) -> None:
    office.manifest("m-1", identity={"member_id": "membr_id"})


def unknown_identity(office: Any) -> None:
    office.manifest("m-1", identity={"membr_id": "member_id"})


def unknown_sector(office: Any) -> None:
    office.manifest("m-1", export={"sector": "retial"})


def unknown_scenario(office: Any) -> None:
    office.manifest("m-1", export={"scenario": "membrship"})


def bad_expression(office: Any) -> None:
    exclusions = [{"basis": "5(1)(i)", "where": "points >", "evidence": {"contract": "C-1"}}]
    office.manifest("m-1", exclusions=exclusions)


def injection(office: Any) -> None:
    exclusions = [{"basis": "5(1)(i)", "where": "points = 1; drop table x", "evidence": {"contract": "C-1"}}]
    office.manifest("m-1", exclusions=exclusions)


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (wrong_key, 3, "key"),
        (truncated, 3, "members"),
        (not_parquet, 3, "members"),
        (gone, 3, "members"),
        (misspelt, 2, "exclusions"),
        (missing_column, 2, "did you mean member_id?"),
        (unknown_identity, 2, "did you mean member_id?"),
        (unknown_sector, 2, "did you mean retail?"),
        (unknown_scenario, 2, "did you mean membership?"),
        (bad_expression, 2, "exclusions[0]"),
        (injection, 2, "exclusions[0]"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_one_sentence_and_nothing_booked(
    run_cli: Run, office: Any, fault: Callable[[Any], None], code: int, said: str
) -> None:
    office.members("members", 0, 50)
    office.manifest("m-1")
    good, out, err = run_cli("check", "members.parquet", "-m", "m-1.yaml", *DAY, "--reserve", "--format", "json")
    assert good == 0, err
    assert run_cli("commit", json.loads(out)["reservation"])[0] == 0
    before = booked(run_cli)
    office.members("members", 0, 60)
    fault(office)
    ended, out, err = run_cli("check", "members.parquet", "-m", "m-1.yaml", *DAY, "--reserve")
    assert (ended, out) == (code, "")
    assert said in err
    assert len(err.splitlines()) <= 2
    (office.folder / "ledger.key").write_text("5a" * 32, encoding="ascii")
    assert booked(run_cli) == before


def test_without_a_configuration_the_missing_key_is_bad_usage(
    run_cli: Callable[..., tuple[int, str, str]], office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.members("m", 0, 3)
    manifest = office.manifest("m")
    office.config.unlink()
    monkeypatch.delenv("EXPORTGATE_LEDGER_KEY", raising=False)
    code, _, err = run_cli("check", "m.parquet", "-m", manifest, "--quiet")
    assert code == 2
    assert "no exportgate.yaml here" in err
    assert "exportgate init" in err


def test_a_manifest_nested_without_end_is_bad_usage(run_cli: Callable[..., tuple[int, str, str]], office: Any) -> None:
    office.members("m", 0, 3)
    (office.folder / "deep.yaml").write_text("[" * 100_000, encoding="utf-8")
    code, _, err = run_cli("check", "m.parquet", "-m", "deep.yaml", "--quiet")
    assert (code, "nested too deeply" in err) == (2, True)


def test_guard_explains_itself(run_cli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run_cli("guard", "--help")
    assert code == 0
    assert "--on-failure" in out


def test_a_folder_that_cannot_be_made_is_a_sentence(run_cli: Run, office: Any) -> None:
    """As in a folder somebody may only read: a file stands where the folder should be."""
    (office.folder / "there").write_text("", encoding="utf-8")
    code, _, err = run_cli("demo", "there/demo")
    assert (code, "there/demo: Not a directory" in err) == (3, True), err


def test_a_result_that_cannot_be_written_leaves_nothing_behind(run_cli: Run, office: Any) -> None:
    (office.folder / "there").mkdir()
    code, _, err = run_cli("schema", "scan", "-o", "there")
    assert (code, "cannot be written" in err) == (2, True), err
    assert not [path for path in office.folder.iterdir() if path.name.endswith(".part")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("asked", (["schema", "scan"], ["list", "fields", "--format", "json"]))
def test_a_result_that_standard_output_does_not_take_is_none(asked: list[str]) -> None:
    code = f"from exportgate.pipelines.cli import main; main({asked!r})"
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (ended.returncode, "standard output: cannot be written" in ended.stderr) == (3, True), ended.stderr
    assert len(ended.stderr.splitlines()) == 1
