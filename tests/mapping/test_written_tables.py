"""The tables that the mapping learns from say what they mean: known rows, one line a column, no name twice."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from exportgate import field_maps

FILES = sorted((Path(__file__).parents[2] / "benchmarks" / "mapping_written").glob("*.yaml"))


def test_every_sector_is_taught() -> None:
    said = Counter(each["sector"] for path in FILES for each in yaml.safe_load(path.read_text(encoding="utf-8")))
    assert set(said) == {"-", *(field.sector for field in field_maps.load("fujian-2025").fields)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_written_tables_name_rows_of_the_list(path: Path) -> None:
    edition = field_maps.load("fujian-2025")
    known = {field.id for field in edition.fields}
    places = {(field.sector, field.scenario) for field in edition.fields}
    for each in yaml.safe_load(path.read_text(encoding="utf-8")):
        lines = [line.split("|") for line in each["columns"]]
        assert {len(line) for line in lines} == {3}, each["table"]
        assert max(Counter(name for name, *_ in lines).values()) == 1, each["table"]
        labels = {f"{each['sector']}.{label}" for *_, said in lines for label in said.split(",") if label != "-"}
        assert labels <= known, each["table"]
        assert each["scenario"] == "-" or (each["sector"], each["scenario"]) in places, each["table"]
