"""Every format gives the same rows; what is damaged or mislabelled says so in one sentence that holds no cell."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.feather as pf
import pyarrow.parquet as pq
import pytest
from pyarrow import orc

from exportgate.pipelines import api
from exportgate.scanner.errors import SourceError, UsageError
from exportgate.scanner.sources import open_source
from exportgate.scanner.sources.reading import FREE_EXPANSION_BYTES

CANARY = "11010519491231002X"
ROWS = [("王芳", CANARY, "013900000001"), ("李\n雷", None, "139"), ('a,b;"q"', "000", None)]
TABLE = pa.table(
    {"name": [row[0] for row in ROWS], "身份证号": [row[1] for row in ROWS], "phone": [row[2] for row in ROWS]}
)


def _xlsx(table: pa.Table, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(table.column_names)
    for row in table.to_pylist():
        book.active.append(list(row.values()))
    book.save(path)


def _arrow_file(table: pa.Table, path: Path) -> None:
    with pa.ipc.new_file(path, table.schema) as sink:
        sink.write_table(table)


def _arrow_stream(table: pa.Table, path: Path) -> None:
    with pa.ipc.new_stream(path, table.schema) as sink:
        sink.write_table(table)


def _csv(table: pa.Table, **options: str) -> str:
    buffer = io.StringIO()
    table.to_pandas().to_csv(buffer, index=False, **options)
    return buffer.getvalue()


def _jsonl(table: pa.Table) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table.to_pylist())


WRITERS: dict[str, Callable[[pa.Table, Path], object]] = {
    "t.parquet": pq.write_table,
    "t.orc": orc.write_table,
    "t.arrow": _arrow_file,
    "t.arrows": _arrow_stream,
    "t.feather": lambda table, path: pf.write_feather(table, str(path)),
    "v1.feather": lambda table, path: pf.write_feather(table, str(path), version=1),
    "t.xlsx": _xlsx,
    "t.csv": lambda table, path: path.write_text(_csv(table), "utf-8"),
    "bom.csv": lambda table, path: path.write_text(_csv(table), "utf-8-sig"),
    "gbk.csv": lambda table, path: path.write_text(_csv(table), "gbk"),
    "utf16.csv": lambda table, path: path.write_text(_csv(table), "utf-16"),
    "utf16be.csv": lambda table, path: path.write_text(_csv(table), "utf-16-be"),
    "semicolon.csv": lambda table, path: path.write_text(_csv(table, sep=";"), "utf-8"),
    "t.tsv": lambda table, path: path.write_text(_csv(table, sep="\t"), "utf-8"),
    "t.csv.gz": lambda table, path: path.write_bytes(gzip.compress(_csv(table).encode())),
    "gbk.csv.gz": lambda table, path: path.write_bytes(gzip.compress(_csv(table).encode("gb18030"))),
    "t.csv.zst": lambda table, path: path.write_bytes(pa.compress(_csv(table).encode(), "zstd", asbytes=True)),
    "t.jsonl": lambda table, path: path.write_text(_jsonl(table), "utf-8"),
    "gbk.jsonl": lambda table, path: path.write_text(_jsonl(table), "gb18030"),
    "t.jsonl.gz": lambda table, path: path.write_bytes(gzip.compress(_jsonl(table).encode())),
    "array.json": lambda table, path: path.write_text(json.dumps(table.to_pylist()), "utf-8"),
    "noending": pq.write_table,
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_rows_twice(name: str, tmp_path: Path) -> None:
    WRITERS[name](TABLE, tmp_path / name)
    dataset = open_source(tmp_path / name)
    for _ in range(2):
        rows = [tuple(row.values()) for batch in dataset.batches() for row in batch.to_pylist()]
        assert rows == ROWS
    assert dataset.schema.names == TABLE.column_names
    assert dataset.rows in (None, 3)
    assert dataset.name == name.partition(".")[0]
    chosen = list(dataset.batches(["phone", "name"], batch_rows=2))
    assert [batch.schema.names for batch in chosen] == [["phone", "name"]] * len(chosen)
    assert max(batch.num_rows for batch in chosen) <= 2
    assert sum(batch.num_rows for batch in chosen) == 3


@pytest.mark.parametrize("make", [
    lambda: TABLE,
    lambda: TABLE.to_batches()[0],
    TABLE.to_reader,
    TABLE.to_pandas,
    lambda: pl.from_arrow(TABLE),
    lambda: pl.from_arrow(TABLE).lazy(),
])  # fmt: skip
def test_data_in_memory_is_read_twice(make: Callable[[], object]) -> None:
    dataset = open_source(make(), name="members")
    for _ in range(2):
        assert [tuple(row.values()) for batch in dataset.batches() for row in batch.to_pylist()] == ROWS
    assert (dataset.name, dataset.rows) == ("members", 3)


def test_a_long_one_shot_stream_is_spooled_and_read_by_two_at_once() -> None:
    batch = pa.record_batch({"n": np.arange(200_000), "text": pa.array(["x" * 60] * 200_000)})
    stream = pa.RecordBatchReader.from_batches(batch.schema, (batch for _ in range(8)))
    dataset = open_source(stream)
    one, two = dataset.batches(["n"]), dataset.batches(["text"])
    assert next(one).num_rows == next(two).num_rows
    assert sum(found.num_rows for found in one) + sum(found.num_rows for found in two) == 2 * (1_600_000 - 65_536)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_the_encoding_is_stated_when_it_is_not_plain_utf8(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(_csv(TABLE), encoding)
    notes = " ".join(open_source(tmp_path / "t.csv").notes)
    assert notes == {"utf-8": "", "gbk": "t.csv: read as GBK/GB18030", "utf-16": "t.csv: read as UTF-16"}[encoding]


def _cut(name: str, share: float = 0.6) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        big = pa.table({"id": pa.array([f"{n:018d}" for n in range(20_000)]), "canary": [CANARY] * 20_000})
        WRITERS[name](big, folder / name)
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[: int(len(whole) * share)])
        return folder / name

    return write


def _bytes(name: str, content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return write


def _parquet_named_csv(folder: Path) -> Path:
    pq.write_table(TABLE, folder / "t.csv")
    return folder / "t.csv"


FAULTS = {
    "missing": (lambda folder: folder / "gone.csv", "no such file or folder"),
    "zero bytes": (_bytes("t.csv", b""), "is empty (0 bytes)"),
    "truncated parquet": (_cut("t.parquet"), "is cut short"),
    "truncated arrow": (_cut("t.arrow"), "is cut short"),
    "truncated stream": (_cut("t.arrows"), "is cut short"),
    "truncated orc": (_cut("t.orc"), "damaged"),
    "truncated gzip": (_cut("t.csv.gz"), "is cut short or damaged"),
    "truncated zstd": (_cut("t.csv.zst"), "is cut short or damaged"),
    "truncated xlsx": (_cut("t.xlsx"), "damaged"),
    "truncated jsonl": (_cut("t.jsonl", 0.59999), "is not JSON"),
    "csv named parquet": (_bytes("t.parquet", b"a,b\n1,2\n"), "its first bytes are not Parquet's"),
    "parquet named csv": (_parquet_named_csv, "its content is Parquet"),
    "gz that is none": (_bytes("t.csv.gz", b"a,b\n1,2\n"), "is not compressed that way"),
    "pdf": (_bytes("t.csv", b"%PDF-1.7 ..."), "is PDF, which is not read"),
    "old excel": (_bytes("t.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600), "is old Excel (.xls)"),
    "ragged row": (_bytes("t.csv", f"a,b\n1,2\n{CANARY},x,y\n".encode()), "row 3 has 3 cells where the header has 2"),
    "open quote": (_bytes("t.csv", f'a,b\n1,2\n"{CANARY},x\n3,4\n'.encode()), "t.csv"),
    "mixed encodings": (_bytes("t.csv", b"a,b\n" + "王,1\n".encode() + "王芳芳,1\n".encode("gbk")), "neither UTF-8"),
    "binary": (_bytes("t.csv", bytes(range(256)) * 40), "it is not text"),
    "not json": (_bytes("t.jsonl", f'{{"a": 1}}\n{CANARY} nonsense\n'.encode()), "is not JSON"),
    "a list line": (_bytes("t.jsonl", b'{"a": 1}\n[1]\n'), "not an object"),
    "too many columns": (_bytes("t.csv", ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n"), "100000 columns"),
    "bomb": (_bytes("t.csv.gz", gzip.compress(gzip.compress(b"a\n" + b"0" * (64 << 20)))), "holds gzip inside gzip"),
    "empty folder": (lambda folder: folder, "holds no files"),
    "url": (lambda folder: "s3://bucket/key.csv?secret=1", "is not a path on this machine"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_read_says_so_without_a_cell(fault: str, tmp_path: Path) -> None:
    make, sentence = FAULTS[fault]
    with pytest.raises(SourceError) as caught:
        for _ in open_source(make(tmp_path)).batches():
            pass
    text = str(caught.value)
    assert sentence in text
    assert CANARY not in text
    assert "secret" not in text
    assert len(text) < 250
    assert caught.value.__cause__ is None


def test_a_zstd_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    content = b"a,b\n" + b"0,0\n" * ((FREE_EXPANSION_BYTES // 4) + (8 << 20))
    (tmp_path / "t.csv.zst").write_bytes(pa.compress(content, "zstd", asbytes=True))
    with pytest.raises(SourceError, match="refused as a bomb"):
        for _ in open_source(tmp_path / "t.csv.zst").batches():
            pass


def test_a_file_that_changes_between_two_readings_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a\n1\n")
    dataset = open_source(path)
    assert sum(batch.num_rows for batch in dataset.batches()) == 1
    path.write_text("a\n1\n2\n")
    with pytest.raises(SourceError, match="changed while it was being read"):
        list(dataset.batches())


def test_something_that_is_no_dataset_is_bad_usage() -> None:
    with pytest.raises(UsageError, match="cannot read a int as a dataset"):
        open_source(3)


def test_an_unknown_column_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such column: phon\nHint: did you mean phone?"):
        next(open_source(TABLE).batches(["phon"]))


def test_no_digit_is_lost_in_csv(tmp_path: Path) -> None:
    digits = ["007", "310101199001010012", "1e5", "1.50", "12345678901234567890123", "NULL", "nan", "true"]
    pv.write_csv(pa.table({"v": digits}), tmp_path / "t.csv")
    cells = [cell for batch in open_source(tmp_path / "t.csv").batches() for cell in batch["v"].to_pylist()]
    assert cells == digits


def test_an_empty_table_still_has_its_columns(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("phone,name\n")
    dataset = open_source(tmp_path / "t.csv")
    assert dataset.schema.names == ["phone", "name"]
    assert sum(batch.num_rows for batch in dataset.batches()) == 0
    assert open_source(pd.DataFrame({"phone": []})).schema.names == ["phone"]


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
def test_identifiers_that_lost_digits_are_told_of(tmp_path: Path, form: str) -> None:
    """A resident number kept as a number has fifteen digits left: it identifies nobody, and that is said."""
    path = tmp_path / f"members.{form}"
    numbers = [350203199003070000 + 1000 * place for place in range(5)]
    if form == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        for row in (["姓名", "身份证号"], *(["张三", number] for number in numbers)):
            book.active.append(row)
        book.save(path)
    elif form == "csv":
        path.write_text("姓名,身份证号\n" + "".join(f"张三,{number:.5E}\n" for number in numbers), "utf-8")
    else:
        pq.write_table(pa.table({"姓名": ["张三"] * 5, "身份证号": [*map(float, numbers)]}), path)
    warnings = api.scan(path).warnings
    assert [warning for warning in warnings if warning.startswith("身份证号: long numbers have lost")], warnings
