"""Delimited text is parsed in small blocks and given in large batches: nothing of that shows in the rows."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportgate.scanner.errors import SourceError
from exportgate.scanner.sources import open_source
from exportgate.scanner.sources.dataset import gathered


@pytest.mark.parametrize("at", [0, 30_000, 59_999])
def test_one_row_larger_than_a_block_is_read_among_small_ones(at: int, tmp_path: Path) -> None:
    cells = [f"{number:08d}" for number in range(60_000)]
    cells[at] = "照" * 700_000  # two megabytes in one cell, as a picture in base64 would be
    lines = [f'{cell},"a\nb"\n' + "\n" * (number % 997 == 0) for number, cell in enumerate(cells)]
    (tmp_path / "x.csv").write_text("cell,note\n" + "".join(lines), encoding="utf-8")
    found = pa.Table.from_batches(open_source(str(tmp_path / "x.csv")).batches())
    assert found.column("cell").to_pylist() == cells
    assert set(found.column("note").to_pylist()) == {"a\nb"}


def test_a_ragged_row_behind_a_large_one_is_named(tmp_path: Path) -> None:
    rows = ["1,2"] * 100_000
    rows[50_000] = "x" * (2 << 20) + ",2"
    rows[90_000] = "1,2,3"
    (tmp_path / "x.csv").write_text("a,b\n" + "\n".join(rows), encoding="utf-8")
    with pytest.raises(SourceError, match=r"row 90002 has 3 cells where the header has 2"):
        list(open_source(str(tmp_path / "x.csv")).batches())


@pytest.mark.parametrize(("encoding", "note"), [("utf-8", ()), ("gb18030", ("x.csv: read as GBK/GB18030",))])
def test_an_encoding_that_shows_late_is_found_wherever_characters_are_cut(
    encoding: str, note: tuple[str, ...], tmp_path: Path
) -> None:
    for shift in range(4):
        text = "name\n" + "x" * shift + ("a" * 99 + "\n") * 21_000 + "福建厦门\n" * 300_000
        (tmp_path / "x.csv").write_bytes(text.encode(encoding))
        dataset = open_source(str(tmp_path / "x.csv"))
        assert dataset.notes == note
    assert pa.Table.from_batches(dataset.batches()).column(0).to_pylist().count("福建厦门") == 300_000


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(1, 25), st.sampled_from([1, 200, 1 << 20]))
def test_batches_are_gathered_in_order_and_none_is_too_long(sizes: list[int], rows: int, most_bytes: int) -> None:
    numbers = iter(range(1_000))
    batches = [pa.record_batch({"n": pa.array([next(numbers) for _ in range(size)], pa.int64())}) for size in sizes]
    found = list(gathered(batches, rows, most_bytes))
    assert [n for batch in found for n in batch.column(0).to_pylist()] == list(range(sum(sizes)))
    assert all(0 < batch.num_rows <= rows for batch in found)
    if most_bytes == 1 << 20:
        assert all(batch.num_rows == rows for batch in found[:-1])
