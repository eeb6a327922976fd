"""The expectations in a project of somebody else's: the same counts on every kind of asset, and no silent pass."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import exports
import great_expectations as gx
import pandas as pd
import pytest
import sqlalchemy as sa

import exportgate.pipelines.expectations as gate
from exportgate.pipelines import api


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return exports.write(tmp_path)


def about(**more: Any) -> dict[str, Any]:
    return {"manifest": "trial.yaml", "as_of": exports.AS_OF, **more}


def both(**more: Any) -> list[Any]:
    return [
        gate.ExpectDistinctPersonsYearToDateToBeBelowTier(**about(**more)),
        gate.ExpectTableScanToBeComplete(**about(**more)),
    ]


def pandas_asset(context: Any, frame: pd.DataFrame, folder: Path) -> Any:
    asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    return asset.add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame})


def parquet_asset(context: Any, frame: pd.DataFrame, folder: Path) -> Any:
    frame.to_parquet(folder / "trial.parquet")
    source = context.data_sources.add_pandas_filesystem("f", base_directory=folder)
    return source.add_parquet_asset("a").add_batch_definition_path("b", path="trial.parquet").get_batch()


def csv_asset(context: Any, frame: pd.DataFrame, folder: Path) -> Any:
    frame.to_csv(folder / "trial.csv", index=False)
    source = context.data_sources.add_pandas_filesystem("f", base_directory=folder)
    as_text = dict.fromkeys(frame.columns, "string")
    return source.add_csv_asset("a", dtype=as_text).add_batch_definition_path("b", path="trial.csv").get_batch()


def sqlite_asset(context: Any, frame: pd.DataFrame, folder: Path) -> Any:
    url = f"sqlite:///{folder / 'trial.db'}"
    frame.to_sql("trial", sa.create_engine(url), index=False)
    source = context.data_sources.add_sqlite("s", connection_string=url)
    return source.add_table_asset("a", table_name="trial").add_batch_definition_whole_table("b").get_batch()


ASSETS = [pandas_asset, parquet_asset, csv_asset, sqlite_asset]


def validate(batch: Any, expectations: list[Any]) -> Any:
    return batch.validate(gx.ExpectationSuite("s", expectations=expectations))


@pytest.mark.parametrize("asset", ASSETS)
@pytest.mark.parametrize(("persons", "passes"), [(exports.LINE - 1, True), (exports.LINE, False)])
def test_the_same_count_on_every_asset(project: Path, asset: Any, persons: int, passes: bool) -> None:
    batch = asset(gx.get_context(mode="ephemeral"), exports.subjects(persons), project)
    tier, scan = validate(batch, both()).results
    assert (tier.success, tier.result["observed_value"]) == (passes, persons)
    assert (scan.success, scan.result["observed_value"]) == (True, persons)
    assert "Part C" in tier.result["details"]["citation"]


def test_postgresql_counts_the_same(project: Path, postgres_url: str) -> None:
    frame = exports.subjects(exports.LINE)
    frame.to_sql("trial", sa.create_engine(postgres_url), index=False, if_exists="replace")
    source = gx.get_context(mode="ephemeral").data_sources.add_postgres("s", connection_string=postgres_url)
    table = source.add_table_asset("t", table_name="trial").add_batch_definition_whole_table("b").get_batch()
    query = source.add_query_asset("q", query="select * from trial").add_batch_definition_whole_table("b").get_batch()
    for batch in (table, query):
        tier = validate(batch, both()).results[0]
        assert (tier.success, tier.result["observed_value"]) == (False, exports.LINE)


@pytest.mark.parametrize(
    ("frame", "more", "why"),
    [
        (exports.subjects(3).iloc[:0], {}, "empty"),
        (exports.subjects(3).drop(columns="id_no"), {}, "no such column: id_no"),
        (exports.subjects(3), {"manifest": "none.yaml"}, "none.yaml"),
        (exports.subjects(3), {"config": "none.yaml"}, "none.yaml"),
    ],
)
def test_what_cannot_be_evaluated_fails(project: Path, frame: pd.DataFrame, more: dict[str, str], why: str) -> None:
    batch = pandas_asset(gx.get_context(mode="ephemeral"), frame, project)
    scan = validate(batch, both(**more)).results[1]
    assert (scan.success, scan.result["details"]["outcome"]) == (False, gate.COULD_NOT_EVALUATE)
    assert why in scan.result["details"]["why"]


def test_validating_books_nothing_and_the_gate_runs_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    check = api.check
    monkeypatch.setattr(api, "check", lambda *given, **more: ran.append(1) or check(*given, **more))
    batch = pandas_asset(gx.get_context(mode="ephemeral"), exports.subjects(10), project)
    validate(batch, both())
    assert ran == [1]
    assert api.open_ledger().history() == ()


def test_no_cell_is_in_any_result(project: Path) -> None:
    frame = exports.subjects(exports.LINE)
    frame.loc[0, "arm"] = "CANARY-7731"
    every = [kind(**about()) for kind in gate.ExportExpectation.__subclasses__()]
    assert len(every) == 7
    batch = pandas_asset(gx.get_context(mode="ephemeral"), frame, project)
    text = json.dumps(validate(batch, every).to_json_dict())
    assert "CANARY-7731" not in text
    assert not any(cell in text for cell in frame["id_no"].head(50))


def checkpoint(batch_definition: Any, context: Any, *actions: Any) -> Any:
    suite = context.suites.add(gx.ExpectationSuite("s", expectations=both()))
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name="v", data=batch_definition, suite=suite)
    )
    return context.checkpoints.add(gx.Checkpoint(name="c", validation_definitions=[definition], actions=list(actions)))


@pytest.mark.parametrize("commit", [False, True])
def test_a_checkpoint_blocks_above_and_books_below(project: Path, commit: bool) -> None:
    context = gx.get_context(mode="ephemeral")
    definition = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
    book = gate.BookExportAction(name="book", commit=commit, **about())
    run = checkpoint(definition, context, gate.BlockExportAction(name="block"), book).run
    with pytest.raises(gate.ExportBlockedError, match=r"below_tier failed at 5000 \[Part C"):
        run(batch_parameters={"dataframe": exports.subjects(exports.LINE)})
    assert api.open_ledger().history() == ()
    for _ in range(2):
        assert run(batch_parameters={"dataframe": exports.subjects(100)}).success
    status = api.open_ledger().status(2026, date.fromisoformat(exports.AS_OF), now=api.now())
    assert [counter["any"] for counter in status["counters"]] == [100 if commit else 0]
    assert [held["new_persons"]["any"] for held in status["reservations"]] == ([] if commit else [100])


def test_a_checkpoint_that_never_asked_the_gate_is_blocked(project: Path) -> None:
    context = gx.get_context(mode="ephemeral")
    definition = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
    suite = context.suites.add(
        gx.ExpectationSuite("s", expectations=[gx.expectations.ExpectColumnToExist(column="id_no")])
    )
    validation = context.validation_definitions.add(gx.ValidationDefinition(name="v", data=definition, suite=suite))
    actions = [gate.BlockExportAction(name="block")]
    run = context.checkpoints.add(gx.Checkpoint(name="c", validation_definitions=[validation], actions=actions)).run
    with pytest.raises(gate.ExportBlockedError, match="no expectation of the gate was evaluated"):
        run(batch_parameters={"dataframe": exports.subjects(3)})
