"""The gate as one step: reserve before, commit after, the same for every orchestrator."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import exports
import pytest
from doc_examples import example

from exportgate.pipelines import api, step


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    return exports.write(tmp_path)


def counted() -> list[int]:
    status = api.open_ledger().status(api.today().year, api.today(), now=api.now())
    return [counter["any"] for counter in status["counters"]]


def test_a_retry_finds_its_reservation_and_is_booked_once(project: Path) -> None:
    data = exports.subjects(40)
    first, second = (step.run(data, "trial.yaml") for _ in range(2))
    assert first["reservation"] == second["reservation"]
    for _ in range(2):
        step.commit(first["reservation"])
    assert counted() == [40]
    assert step.run(data, "trial.yaml")["persons"]["new_persons"] == 0


def test_what_may_not_go_is_raised_with_reason_and_nothing_reserved(project: Path) -> None:
    with pytest.raises(step.ExportStoppedError, match=r"must not go \(path .*5,000 persons year to date") as stopped:
        step.run(exports.subjects(exports.LINE), "trial.yaml")
    assert stopped.value.exit_code == 1
    assert stopped.value.summary["reservation"] is None
    found = step.run(exports.subjects(exports.LINE), "trial.yaml", stop=False)
    assert (found["outcome"], found["tier"]) == ("must-not-go", 2)
    assert counted() == []


def test_a_summary_is_small_json_without_a_cell(project: Path) -> None:
    data = exports.subjects(200)
    text = json.dumps(step.run(data, "trial.yaml", reserve=False))
    assert len(text) < 3000
    assert not any(cell in text for cell in data["id_no"])


def test_a_released_reservation_counts_nobody(project: Path) -> None:
    passed = step.run(exports.subjects(40), "trial.yaml")
    step.release(passed["reservation"], "the connection was refused before the first byte")
    assert counted() == [0] or counted() == []


@pytest.mark.parametrize("number", [0, 1])
def test_the_page_runs_as_it_stands(project: Path, number: int) -> None:
    exports.subjects(30).to_parquet("out/members.parquet")
    shipped: list[str] = []
    code = example("python.md", number).replace("members.yaml", "trial.yaml")
    exec(compile(code, "python.md", "exec"), {"ship": shipped.append})
    assert shipped == ["out/members.parquet"]
    assert counted() == [30]


@pytest.mark.parametrize(("module", "extra"), [("airflow_operator", "airflow"), ("dagster_check", "dagster")])
def test_a_missing_extra_is_one_sentence(module: str, extra: str) -> None:
    code = (
        f"import sys; sys.modules[{extra!r}] = None\n"
        f"try:\n    import exportgate.pipelines.{module}\n"
        "except ImportError as error:\n    print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == f"this part needs the extra: pip install 'exportgate[{extra}]'"


def test_the_great_expectations_page_runs_as_it_stands(project: Path) -> None:
    found: dict[str, Any] = {"frame": exports.subjects(exports.LINE)}
    exec(compile(example("great_expectations.md").replace("members.yaml", "trial.yaml"), "page", "exec"), found)
    assert not found["result"].success


def test_the_project_of_the_page_blocks_and_passes(project: Path) -> None:
    from exportgate.pipelines.cli import run

    code = example("great_expectations.md", 1).replace("members-2026-11", "trial-2026-11")
    for persons, passes in ((exports.LINE, False), (exports.LINE - 1, True)):
        exports.subjects(persons).to_parquet("out/members.parquet")
        assert run(["suite", "-m", "trial.yaml", "--source", "out/members.parquet"]) == 0
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert (ran.returncode == 0) is passes, ran.stderr[-2000:]
        assert passes or "below_tier failed at 5000" in ran.stderr
