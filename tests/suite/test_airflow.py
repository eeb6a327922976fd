"""The page's DAG under a real Airflow: stopped above the line, booked once below it, also on a retry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import exports
import pytest
from doc_examples import example
from orchestrators import installed

installed("airflow.sdk", "airflow")

RUN = """
import json, runpy
run = runpy.run_path("dags/export_members.py")["dag"].test()
states = {ti.task_id: str(ti.state) for ti in run.get_task_instances()}
print("STATES " + json.dumps({"run": str(run.state), **states}))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An Airflow home with a migrated database."""
    folder = tmp_path_factory.mktemp("airflow")
    environment = {
        **os.environ,
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    }
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], env=environment, check=True, capture_output=True)
    return environment


@pytest.fixture
def project(tmp_path: Path) -> Path:
    exports.write(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "dags").mkdir()
    dag = example("airflow.md").replace("members.yaml", "trial.yaml")
    (tmp_path / "dags" / "export_members.py").write_text(dag, encoding="utf-8")
    return tmp_path


def dag_test(project: Path, home: dict[str, str]) -> tuple[dict[str, str], str]:
    environment = {**home, "AIRFLOW__CORE__DAGS_FOLDER": str(project / "dags")}
    command = [sys.executable, "-c", RUN]
    ran = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    told = ran.stdout + ran.stderr
    lines = [line for line in ran.stdout.splitlines() if line.startswith("STATES ")]
    assert lines, told[-4000:]
    return json.loads(lines[0].removeprefix("STATES ")), told


def ledger(project: Path) -> dict:
    from exportgate.pipelines import api

    book = api.open_ledger(config=project / "exportgate.yaml")
    return book.status(api.today().year, api.today(), now=api.now())


def test_above_the_line_nothing_is_shipped(project: Path, home: dict[str, str]) -> None:
    frame = exports.subjects(exports.LINE)
    frame.to_parquet(project / "out" / "members.parquet")
    states, told = dag_test(project, home)
    assert states["extract"] == "success"
    assert states["gate"] == "failed"
    assert states["ship"] == states["book"] == "upstream_failed"
    assert "must not go" in told
    assert not any(cell in told for cell in frame["id_no"].head(100))
    assert ledger(project)["counters"] == []


def test_below_the_line_it_is_booked_once_also_when_run_again(project: Path, home: dict[str, str]) -> None:
    exports.subjects(50).to_parquet(project / "out" / "members.parquet")
    for _ in range(2):
        states, told = dag_test(project, home)
        assert set(states.values()) == {"success"}, told[-3000:]
        found = ledger(project)
        assert [counter["any"] for counter in found["counters"]] == [50]
        assert found["reservations"] == []
