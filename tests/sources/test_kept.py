"""What one reading keeps for the next is what another reading would give, and never more than it may take."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from exportgate.scanner import sources
from exportgate.scanner.sources.dataset import Dataset

ROWS = 5000
TABLE = pa.table(
    {
        "mobile": [f"139{n:08d}" for n in range(ROWS)],
        "city": ["厦门", "福州"] * (ROWS // 2),
        "born": pa.array([date(1980, 1, 1)] * ROWS),
        "amount": [n / 7 for n in range(ROWS)],
    }
)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    pq.write_table(TABLE, tmp_path / "t.parquet", row_group_size=ROWS // 2)
    return sources.open_source(tmp_path / "t.parquet")


@pytest.mark.parametrize("room", [1 << 20, 120_000])
def test_what_was_kept_is_what_is_read_again(dataset: Dataset, room: int) -> None:
    dataset.keep(room)
    assert dataset.kept(["mobile"]) is None
    assert sum(batch.num_rows for batch in dataset.batches(dictionaries=True)) == ROWS
    for columns in (["mobile"], ["born", "mobile"], ["city", "mobile", "born"]):
        found = dataset.kept(columns)
        assert found is not None
        told = pa.Table.from_batches([pa.record_batch([c.to_pylist() for c in b.columns], columns) for b in found])
        assert told.to_pylist() == TABLE.select(columns).to_pylist()


@pytest.mark.parametrize(("room", "columns"), [(120_000, ["mobile", "amount"]), (20_000, ["mobile"]), (1 << 20, [])])
def test_what_was_not_kept_is_not_there(dataset: Dataset, room: int, columns: list[str]) -> None:
    dataset.keep(room)
    list(dataset.batches(dictionaries=True))
    assert dataset.kept(columns) is None


def test_a_reading_that_broke_off_keeps_nothing(dataset: Dataset) -> None:
    dataset.keep(1 << 20)
    next(iter(dataset.batches(batch_rows=100, dictionaries=True)))
    assert dataset.kept(["mobile"]) is None
