"""Text that the kernel cuts into columns is what Arrow's parser makes of it, or Arrow is asked, and nobody notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exportgate.recognizers import cells_compiled
from exportgate.scanner.errors import SourceError
from exportgate.scanner.sources import delimited_rows, open_source
from exportgate.scanner.sources.delimited_rows import Form, OddTextError, whole_rows

CELLS = [
    "",
    '""',
    "a",
    "患者",
    "x" * 31,
    "y" * 33,
    "诊断" * 40,
    '"a,b"',
    '"a""b"',
    '""""',
    '"\n"',
    '"\r\n\r"',
    '"照""""片"',
    "\x00",
    " ",
]
ODD = ['"', ",", "\n", "\r", "\r\n", 'a"b', '"a"b', '"a" ', "'", "\n\n", "\r\n\r\n"]
TEXTS = st.tuples(
    st.integers(1, 4),
    st.lists(st.sampled_from(CELLS), max_size=60),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(ODD)), max_size=2),
)


@contextmanager
def _machine(wide: bool, read_bytes: int) -> Iterator[None]:
    """Cut text in pieces of a size, as a machine does that has wide registers or has none."""
    kernel = cells_compiled.loaded()
    if kernel is None or (wide and not kernel.wide):
        pytest.skip("not on this machine")
    before = kernel.wide, delimited_rows.READ_BYTES
    kernel.wide, delimited_rows.READ_BYTES = wide, read_bytes
    try:
        yield
    finally:
        kernel.wide, delimited_rows.READ_BYTES = before


def _text(columns: int, cells: list[str], line_end: str, ended: bool, odd: list[tuple[int, str]]) -> str:
    """Return rows of cells under a header, with odd parts set in."""
    rows = [cells[at : at + columns] for at in range(0, len(cells) - len(cells) % columns, columns)]
    text = line_end.join([",".join(f"c{n}" for n in range(columns)), *map(",".join, rows)]) + line_end * ended
    for at, part in odd:
        text = text[:at] + part + text[at:]
    return text


def _read(path: Path, by_kernel: bool, rows: int = 65_536) -> Any:
    """Return the schema and all rows, or the sentence that refuses the file."""
    cells_compiled.use(by_kernel)
    try:
        dataset = open_source(str(path))
        table = pa.Table.from_batches(dataset.batches(batch_rows=rows), dataset.schema)
        table.validate(full=True)
        return table.schema, table.to_pylist()
    except SourceError as error:
        return str(error)
    finally:
        cells_compiled.use(True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("delimited") / "t.csv"


@pytest.mark.parametrize("wide", [True, False])
@given(TEXTS, st.sampled_from([16, 64, 100, 1 << 19]), st.sampled_from([1, 7, 65_536]))
@example((2, ['"1"', "2", '"3"', ""], "\n", False, []), 64, 7)
@example((1, ["a", "", '""', "b"], "\n", True, [(0, "\n")]), 64, 7)
@example((2, ["a", "b"] * 20, "\r\n", True, [(60, "\r\n\r\n")]), 16, 3)
@example((2, ["a", "b"], "\n", True, [(0, "\ufeff")]), 16, 3)
@example((4, ["", "", "", '""'], "\r\n", False, [(0, "\r\n"), (0, "\r\n")]), 16, 1)
def test_any_text_is_read_as_arrow_reads_it(wide: bool, place: Path, text: Any, read_bytes: int, rows: int) -> None:
    """Cells, nulls, line ends, names and the sentences about what is wrong, however the bytes are cut."""
    place.write_text(_text(*text), encoding="utf-8", newline="")
    with _machine(wide, read_bytes):
        assert _read(place, True, rows) == _read(place, False)


@given(TEXTS, st.sampled_from([16, 1 << 19]))
def test_what_programs_write_is_not_left_to_arrow(text: Any, read_bytes: int) -> None:
    """Or every file would be read twice."""
    columns, cells, line_end, _, _ = text
    schema = pa.schema([(f"c{n}", pa.string()) for n in range(columns)])
    raw = _text(columns, cells, line_end, True, []).encode()
    with _machine(False, read_bytes):
        batches = whole_rows(pa.BufferReader(raw), Form(columns, ","), range(columns), schema, 7, 1 << 20)
        blank = cells.count("") if columns == 1 else 0
        assert sum(batch.num_rows for batch in batches) == len(cells) // columns - blank


def test_some_columns_in_any_order_are_cut_in_batches_of_bounded_size() -> None:
    """Text that is longer than there was room for at first, and a batch that holds no more bytes than it may."""
    raw = b"".join(b'%d,"%s",%d\n' % (n, b"x" * (n % 300), n) for n in range(20_000))
    schema = pa.schema([("note", pa.string()), ("id", pa.string())])
    with _machine(False, 1 << 16):
        batches = list(whole_rows(pa.BufferReader(raw), Form(3, ",", False), (1, 0), schema, 9_000, 1 << 20))
    found = pa.Table.from_batches(batches)
    assert found["note"].to_pylist() == ["x" * (n % 300) for n in range(20_000)]
    assert found["id"].to_pylist() == [str(n) for n in range(20_000)]
    assert max(batch.nbytes for batch in batches) < 2 << 20


@pytest.mark.parametrize("raw", [b'"a\n', b"a,b\n1\n", b'"a" \n', b'a"b\n', b"a\rb\n", b"\na\n"])
def test_odd_text_is_told_at_once(raw: bytes) -> None:
    """An open quotation mark, a ragged row, marks inside a cell, old line ends, an empty line above the names."""
    with _machine(False, 64), pytest.raises(OddTextError):
        list(whole_rows(pa.BufferReader(raw), Form(1, ","), [0], pa.schema([("a", pa.string())]), 9, 1 << 20))
