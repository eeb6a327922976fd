"""The page's Dagster project under a real Dagster: what is downstream of the gate runs only when the export may go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import exports
import pytest
from doc_examples import example
from orchestrators import installed

dg = installed("dagster", "dagster")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "1")
    exports.write(tmp_path)
    (tmp_path / "out").mkdir()
    return tmp_path


def materialize() -> Any:
    found: dict[str, Any] = {"__name__": "page"}
    exec(compile(example("dagster.md").replace("members.yaml", "trial.yaml"), "dagster.md", "exec"), found)
    return dg.materialize(
        [found["outbound"], found["gate"], found["shipped"]],
        resources={"exportgate": found["ExportGateResource"]()},
        instance=dg.DagsterInstance.ephemeral(),
        raise_on_error=False,
    )


def ledger() -> dict[str, Any]:
    from exportgate.pipelines import api

    return api.open_ledger().status(api.today().year, api.today(), now=api.now())


def test_above_the_line_the_downstream_asset_does_not_run(project: Path) -> None:
    frame = exports.subjects(exports.LINE)
    frame.to_parquet("out/members.parquet")
    result = materialize()
    (evaluation,) = result.get_asset_check_evaluations()
    assert (result.success, evaluation.passed) == (False, False)
    assert result.asset_materializations_for_node("shipped") == []
    told = str(evaluation)
    assert "must not go" in evaluation.description
    assert not any(cell in told for cell in frame["id_no"].head(100))
    assert ledger()["counters"] == []


def test_below_the_line_it_is_shipped_and_booked_once(project: Path) -> None:
    exports.subjects(50).to_parquet("out/members.parquet")
    for _ in range(2):
        result = materialize()
        assert result.success
        assert len(result.asset_materializations_for_node("shipped")) == 1
        assert [counter["any"] for counter in ledger()["counters"]] == [50]
