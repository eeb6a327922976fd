"""The synthetic data keeps its promises: valid numbers, one person per index, overlap as asked, files as described."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportgate.sample_data import numbers, words
from exportgate.sample_data.generate import generate, main
from exportgate.sample_data.samples import FOLDER, SAMPLES, Sample
from exportgate.sample_data.tables import STYLES, TABLES
from exportgate.scanner.sources import open_source

INDICES = st.lists(st.integers(0, 29_000_000), min_size=1, max_size=30, unique=True)


def _table(name: str, persons: range, **options: object) -> pa.Table:
    return pa.Table.from_batches(generate(name, persons, **options))  # type: ignore[arg-type]


def _texts(grid: numbers.Grid) -> list[str]:
    return [bytes(row).decode() for row in grid]


def _luhn(number: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


@given(INDICES, st.sampled_from([0.0, 0.5]))
def test_resident_ids_are_valid_and_say_what_the_other_columns_say(indices: list[int], minors: float) -> None:
    index = np.array(indices, np.uint64)
    found = _texts(numbers.resident_ids(index, minors))
    assert len(set(found)) == len(found)
    births = numbers.birth_days(index, minors).astype("datetime64[D]").astype(str)
    for number, birth, woman in zip(found, births, numbers.is_woman(index), strict=True):
        weighted = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
        assert number[17] == "10X98765432"[weighted % 11]
        assert number[6:14] == birth.replace("-", "")
        assert (int(number[16]) % 2 == 0) == woman
        assert number[:6] in dict(words.DISTRICTS)


@given(INDICES)
def test_other_numbers_are_valid_and_belong_to_one_person(indices: list[int]) -> None:
    index = np.array(indices, np.uint64)
    for column in (_texts(numbers.mobiles(index)), _texts(numbers.vins(index)), numbers.plates(index).to_pylist()):
        assert len(set(column)) == len(indices)
    assert all(_luhn(number) for grid in (numbers.cards(index), numbers.imeis(index)) for number in _texts(grid))
    assert {len(number) for number in _texts(numbers.vins(index))} == {17}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("style", STYLES)
def test_every_dataset_has_headers_in_every_style(name: str, style: str) -> None:
    table = _table(name, range(3), headers=style)
    assert len(set(table.column_names)) == len(TABLES[name].columns)
    assert table.num_rows == 3 * TABLES[name].rows_per_person


def test_overlap_is_what_is_asked_for() -> None:
    one, two = (
        set(_table("retail_members", range(*persons))["mobile"].to_pylist()) for persons in ((0, 300), (200, 500))
    )
    assert (len(one), len(two), len(one & two)) == (300, 300, 100)
    members = set(_table("retail_members", range(50))["mobile"].to_pylist())
    assert members == set(_table("telematics", range(50))["owner_mobile"].to_pylist())
    assert not members & set(_table("retail_members", range(50), seed=1)["mobile"].to_pylist())


def test_rows_may_exceed_persons_and_never_the_reverse() -> None:
    table = _table("trial_subjects", range(100), rows=1000)
    assert (table.num_rows, len(set(table["subject_id"].to_pylist()))) == (1000, 100)
    with pytest.raises(ValueError, match="99 rows cannot hold 100 persons"):
        _table("trial_subjects", range(100), rows=99)


def test_dirt_soils_the_share_asked_for() -> None:
    clean, dirty = (
        _table("retail_payment_cards", range(4000), dirt=dirt)["id_card_no"].to_pylist() for dirt in (0.0, 0.1)
    )
    changed = [(before, after) for before, after in zip(clean, dirty, strict=True) if before != after]
    assert 300 < len(changed) < 450
    assert {None, 15, 18, 20} <= {None if after is None else len(after) for _, after in changed}


def test_batches_do_not_change_what_a_person_is() -> None:
    assert (
        _table("retail_members", range(140_000)).slice(135_000, 5).to_pylist()
        == _table("retail_members", range(135_000, 135_005)).to_pylist()
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_committed_files_are_small_current_and_readable(sample: Sample, tmp_path: Path) -> None:
    committed = FOLDER / sample.file
    assert committed.stat().st_size <= 200_000
    old, new = (
        [batch.to_pylist() for batch in open_source(path).batches()] for path in (committed, sample.write(tmp_path))
    )
    assert old == new
    assert f"`{sample.file}`" in (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize("ending", ["parquet", "csv", "tsv", "jsonl"])
def test_the_command_writes_every_format(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"m.{ending}"
    assert main(["retail_members", str(path), "--persons", "10:30", "--headers", "zh"]) == 0
    dataset = open_source(path)
    assert dataset.schema.names[0] == "会员编号"
    assert sum(batch.num_rows for batch in dataset.batches()) == 20
