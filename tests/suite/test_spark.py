"""The expectations on a Spark frame: the same count as everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import exports
import great_expectations as gx
import pytest
from orchestrators import installed

import exportgate.pipelines.expectations as gate

installed("pyspark", "spark")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        started = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
        yield started
        started.stop()


@pytest.mark.slow
@pytest.mark.parametrize(("persons", "passes"), [(exports.LINE - 1, True), (exports.LINE, False)])
def test_a_spark_frame_counts_the_same(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, persons: int, passes: bool
) -> None:
    monkeypatch.chdir(exports.write(tmp_path))
    exports.subjects(persons).to_parquet(tmp_path / "trial.parquet")
    asset = gx.get_context(mode="ephemeral").data_sources.add_spark("s").add_dataframe_asset("a")
    definition = asset.add_batch_definition_whole_dataframe("b")
    batch = definition.get_batch({"dataframe": session.read.parquet(str(tmp_path / "trial.parquet"))})
    about = {"manifest": "trial.yaml", "as_of": exports.AS_OF}
    expectations = [
        gate.ExpectDistinctPersonsYearToDateToBeBelowTier(**about),
        gate.ExpectTableScanToBeComplete(**about),
    ]
    tier, scan = batch.validate(gx.ExpectationSuite("s", expectations=expectations)).results
    assert (tier.success, tier.result["observed_value"]) == (passes, persons)
    assert (scan.success, scan.result["observed_value"]) == (True, persons)
