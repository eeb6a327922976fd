"""The tables that detection and mapping learn from say what they mean: known rows and kinds, one line a column."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from exportgate import field_maps
from exportgate.benchmarks.written import CLASSES, FILES, Label, label_of
from exportgate.recognizers.kinds import KINDS


def tables_of(path: Path) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tables


def test_every_sector_is_taught() -> None:
    said = Counter(each["sector"] for path in FILES for each in tables_of(path))
    assert set(said) == {"-", *(field.sector for field in field_maps.load("fujian-2025").fields)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_written_tables_name_rows_of_the_list(path: Path) -> None:
    edition = field_maps.load("fujian-2025")
    known = {field.id for field in edition.fields}
    places = {(field.sector, field.scenario) for field in edition.fields}
    for each in tables_of(path):
        lines = [line.split("|") for line in each["columns"]]
        assert {len(line) for line in lines} == {5}, each["table"]
        assert max(Counter(name for name, *_ in lines).values()) == 1, each["table"]
        labels = {f"{each['sector']}.{label}" for *_, said, _ in lines for label in said.split(",") if label != "-"}
        assert labels <= known, each["table"]
        assert each["scenario"] == "-" or (each["sector"], each["scenario"]) in places, each["table"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_written_tables_name_kinds_of_personal_information(path: Path) -> None:
    for each in tables_of(path):
        for said in (line.split("|")[-1] for line in each["columns"]):
            code, _, kinds = said.partition(" ")
            assert code in CLASSES, (each["table"], said)
            assert kinds or code.startswith("n"), (each["table"], said)
            assert not kinds or code != "n", (each["table"], said)
            assert set(filter(None, kinds.split(","))) <= KINDS.keys() - {"none"}, (each["table"], said)


@pytest.mark.parametrize(
    ("said", "pi", "classes", "kinds"),
    [
        ("n", "none", {"none"}, ()),
        ("n? member_id", "none", {"none", "personal"}, ("member_id",)),
        ("ps medical_record_no,subject_id", "personal", {"personal", "sensitive"}, ("medical_record_no", "subject_id")),
        ("s diagnosis", "sensitive", {"sensitive"}, ("diagnosis",)),
    ],
)
def test_label_of_reads_what_a_line_says(said: str, pi: str, classes: set[str], kinds: tuple[str, ...]) -> None:
    assert label_of(said) == Label(pi, frozenset(classes), kinds)
