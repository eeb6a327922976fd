"""`exportgate suite` writes a project that knows the gate when it is opened, and keeps what was there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import great_expectations as gx
import pytest

from exportgate.pipelines.cli import run

MANIFEST = "export: {id: members-2026-11, sector: some-sector, scenario: some-row}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.yaml").write_text(MANIFEST, encoding="utf-8")
    assert run(["suite", "-m", "m.yaml"]) == 0
    return tmp_path


def test_the_suite_names_the_manifest_and_nothing_of_the_law(project: Path) -> None:
    suite = json.loads((project / "gx/expectations/members-2026-11.json").read_text(encoding="utf-8"))
    assert len(suite["expectations"]) == 7
    assert {expectation["kwargs"]["manifest"] for expectation in suite["expectations"]} == {"m.yaml"}
    assert not any("limits" in expectation["kwargs"] for expectation in suite["expectations"])


def test_a_fresh_process_opens_the_project_without_importing_us_itself(project: Path) -> None:
    code = (
        "import great_expectations as gx\n"
        "context = gx.get_context(mode='file', project_root_dir='.')\n"
        "print([type(a).__name__ for a in context.checkpoints.get('members-2026-11').actions])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    assert "BlockExportAction" in ran.stdout


def test_writing_again_replaces_ours_and_keeps_the_rest(project: Path) -> None:
    context = gx.get_context(mode="file", project_root_dir=str(project))
    context.suites.add(gx.ExpectationSuite("theirs"))
    assert run(["suite", "-m", "m.yaml", "--book", "--ledger", "other.duckdb"]) == 0
    again = gx.get_context(mode="file", project_root_dir=str(project))
    assert {suite.name for suite in again.suites.all()} == {"theirs", "members-2026-11"}
    checkpoint = again.checkpoints.get("members-2026-11")
    assert [action.type for action in checkpoint.actions] == ["update_data_docs", "exportgate_block", "exportgate_book"]


def test_a_project_of_somebody_keeps_its_own_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.yaml").write_text(MANIFEST, encoding="utf-8")
    theirs = gx.get_context(mode="file", project_root_dir=str(tmp_path)).get_site_names()
    assert run(["suite", "-m", "m.yaml"]) == 0
    assert set(gx.get_context(mode="file", project_root_dir=str(tmp_path)).get_site_names()) == {*theirs, "exportgate"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["-m", "none.yaml"], "none.yaml"), (["-m", "m.yaml", "--source", "x.xlsx"], "only Parquet and CSV")],
)
def test_a_wrong_call_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.yaml").write_text(MANIFEST, encoding="utf-8")
    assert run(["suite", *arguments]) == 2
    assert told in capsys.readouterr().err
