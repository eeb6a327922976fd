"""The mapping keeps what it promises over all scenarios, whatever dress the names wear."""

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from exportgate import field_maps
from exportgate.field_maps.model import Edition

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "mapping.py"


def load_benchmark() -> Any:
    """The benchmark is not part of the package: it is loaded from the checkout."""
    spec = importlib.util.spec_from_file_location("mapping_benchmark", BENCHMARK)
    assert spec
    assert spec.loader
    sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[spec.name])
    return sys.modules[spec.name]


mapping = load_benchmark()


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def test_the_columns_cover_every_scenario_and_a_third_is_off_the_list(edition: Edition) -> None:
    tables = mapping.tables()
    columns = [column for table in tables for column in table.columns]
    known = {field.id for field in edition.fields}
    assert {(t.sector, t.scenario) for t in tables if t.scenario} == {(f.sector, f.scenario) for f in edition.fields}
    assert len(columns) >= 600
    assert sum(column.labels == {mapping.NOTHING} for column in columns) >= len(columns) / 3
    assert {label for column in columns for label in column.labels} - known == {mapping.NOTHING}


@pytest.mark.parametrize("given", ["scenario", "sector", "nothing"])
def test_what_is_promised(given: str, edition: Edition) -> None:
    found = mapping.mapped(given, edition)
    assert found.top1 >= 0.95
    assert found.top3 >= 0.98
    assert found.unmapped_precision >= 0.97
    assert found.unmapped_recall >= 0.75


def test_another_dress_changes_little(edition: Edition) -> None:
    chance = random.Random(26)
    assert mapping.mapped("scenario", edition, lambda table: mapping.restyled(table, chance)).top1 >= 0.95
