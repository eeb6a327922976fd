"""Folders, nesting, names and comments: what a dataset looks like whatever it came from."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from exportgate.pipelines import api
from exportgate.scanner.errors import SourceError, UsageError
from exportgate.scanner.sources import Dataset, column_comment, declared_type, open_source, table_comment


def _rows(dataset: Dataset) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for batch in dataset.batches() for row in batch.to_pylist()]


def test_a_folder_is_one_dataset_with_its_partitions(tmp_path: Path) -> None:
    for day, phone in (("2026-01-01", "1"), ("2026-01-02", "2")):
        folder = tmp_path / "members" / f"dt={day}"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"phone": [phone]}), folder / "part-0.snappy.parquet")
    (tmp_path / "members" / "_SUCCESS").touch()
    (tmp_path / "members" / ".part-0.crc").write_bytes(b"x")
    dataset = open_source(tmp_path / "members")
    assert dataset.name == "members"
    assert dataset.schema.names == ["phone", "dt"]
    assert _rows(dataset) == [("1", "2026-01-01"), ("2", "2026-01-02")]
    assert [batch.schema.names for batch in dataset.batches(["dt"])] == [["dt"]] * 2
    assert _rows(open_source(str(tmp_path / "members" / "dt=*" / "*.parquet"))) == _rows(dataset)


def test_files_of_one_folder_may_differ_and_the_difference_is_noted(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": [1], "phone": ["a"]}), tmp_path / "1.parquet")
    pq.write_table(pa.table({"id": ["x1"], "mail": ["b"]}), tmp_path / "2.parquet")
    (tmp_path / "3.csv").write_text("id\n007\n")
    (tmp_path / "4.csv").touch()
    dataset = open_source(tmp_path)
    assert dataset.schema.names == ["id", "phone", "mail"]
    assert _rows(dataset) == [("1", "a", None), ("x1", None, "b"), ("007", None, None)]
    assert "only some of the files have: phone, mail" in " ".join(dataset.notes)
    assert "4.csv: is empty (0 bytes)" in " ".join(dataset.notes)
    assert [batch.num_rows for batch in dataset.batches(["mail"])] == [1, 1, 1]


def test_a_link_to_another_folder_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.csv").write_text("a\n1\n")
    (tmp_path / "a" / "b").symlink_to(tmp_path)
    with pytest.raises(SourceError, match="holds a link to another folder: b"):
        open_source(tmp_path / "a")


def test_nothing_escapes_by_being_nested() -> None:
    place = pa.struct([("name", pa.string()), ("at", pa.struct([("city", pa.string())]))])
    card = pa.struct([("no", pa.int64()), ("kind", pa.string())])
    table = pa.table({
        "who": pa.array([{"name": "王芳", "at": {"city": "厦门"}}, None], place),
        "phones": pa.array([["139", None, "138"], None], pa.list_(pa.string())),
        "cards": pa.array([[{"no": 62, "kind": "debit"}], []], pa.list_(card)),
        "more": pa.array([[("k", "v"), ("l", "w")], []], pa.map_(pa.string(), pa.string())),
        "deep": pa.array([[[1, 2], [3]], None], pa.list_(pa.list_(pa.int8()))),
        "face": pa.array([[0.5, 1.0], [1.0, 2.0]], pa.list_(pa.float32(), 2)),
        "city": pa.array(["x", "y"]).dictionary_encode(),
        "raw": pa.array([b"abc", b"\xff\xfe"]),
        "runs": pa.RunEndEncodedArray.from_arrays([2], ["z"]),
    })  # fmt: skip
    assert _named(open_source(table))[0] == {
        "who.name": "王芳", "who.at.city": "厦门", "phones": "139; ; 138", "cards.no": "62", "cards.kind": "debit",
        "more.key": "k; l", "more.value": "v; w", "deep": "1; 2; 3", "face": "0.5; 1", "city": "x",
        "raw": b"abc", "runs": "z",
    }  # fmt: skip
    assert _named(open_source(table.slice(1)))[0]["who.name"] is None
    assert _named(open_source(table.slice(1)))[0]["phones"] is None


def _named(dataset: Dataset) -> list[dict[str, object]]:
    return [row for batch in dataset.batches() for row in batch.to_pylist()]


def test_nested_json_lines_keep_a_key_of_the_last_line(tmp_path: Path) -> None:
    lines = [{"id": 1}] * 50_000 + [{"id": "A7", "member": {"phone": "139", "tags": ["a", "b"]}, "when": "2026-01-01"}]
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    rows = _named(open_source(tmp_path / "t.jsonl"))
    assert len(rows) == 50_001
    assert rows[0] == {"id": "1", "member.phone": None, "member.tags": None, "when": None}
    assert rows[-1] == {"id": "A7", "member.phone": "139", "member.tags": "a; b", "when": "2026-01-01"}


@pytest.mark.parametrize(("header", "names"), [
    ("phone,phone,,name", ["phone", "phone#2", "column_3", "name"]),
    ("﻿ phone ,a,b,c", ["phone", "a", "b", "c"]),
    ("13900000001,a,b,c", ["column_1", "column_2", "column_3", "column_4"]),
    ("x@example.com,a,b,c", ["column_1", "column_2", "column_3", "column_4"]),
    ("2024,2025,2026,total", ["2024", "2025", "2026", "total"]),
])  # fmt: skip
def test_csv_names_are_unique_and_never_a_persons_value(header: str, names: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"{header}\n1,2,3,4\n", "utf-8")
    dataset = open_source(tmp_path / "t.csv")
    assert dataset.schema.names == names
    headless = names[0] == "column_1"
    assert len(_rows(dataset)) == (2 if headless else 1)
    assert ("first row holds data" in " ".join(dataset.notes)) == headless
    assert ("occur twice" in " ".join(dataset.notes)) == ("phone#2" in names)


def test_two_columns_of_one_name_are_both_read(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"]), pa.array(["3"])], names=["phone", "phone", "x"])
    pq.write_table(table, tmp_path / "t.parquet")
    for source in (table, tmp_path / "t.parquet"):
        assert _named(open_source(source)) == [{"phone": "1", "phone#2": "2", "x": "3"}]
        assert [batch["phone#2"].to_pylist() for batch in open_source(source).batches(["phone#2"])] == [["2"]]


def test_a_data_frames_index_is_data_and_mixed_columns_are_text() -> None:
    frame = pd.DataFrame({"phone": ["139", "138"], "x": [1, "two"], "when": pd.to_datetime(["2026-01-01", None])})
    dataset = open_source(frame.set_index("phone"))
    assert [row[:2] for row in _rows(dataset)] == [("139", "1"), ("138", "two")]
    assert dataset.schema.names == ["phone", "x", "when"]


def test_sheets_of_a_workbook_are_all_read(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Members"
    book.active.append(["phone", "born", "n"])
    book.active.append([13900000001, None, "=1+1"])
    hidden = book.create_sheet("Staff")
    hidden.sheet_state = "hidden"
    hidden.append(["name"])
    hidden.append(["王芳"])
    book.create_sheet("Empty")
    book.save(tmp_path / "t.xlsx")
    dataset = open_source(tmp_path / "t.xlsx")
    assert _named(dataset) == [
        {"Members.phone": "13900000001", "Members.born": None, "Members.n": "=1+1", "Staff.name": None},
        {"Members.phone": None, "Members.born": None, "Members.n": None, "Staff.name": "王芳"},
    ]
    assert dataset.notes == ("t.xlsx: 2 sheets are read: Members, Staff",)


def test_row_groups_are_read_side_by_side(tmp_path: Path) -> None:
    table = pa.table({"id": np.arange(10_000), "sex": np.where(np.arange(10_000) % 2, "男", "女")})
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=1000)
    parts = open_source(tmp_path / "t.parquet").parts()
    assert [part.rows for part in parts] == [1000] * 10
    with ThreadPoolExecutor(4) as pool:
        sums = list(pool.map(lambda part: sum(sum(batch["id"].to_pylist()) for batch in part.batches(["id"])), parts))
    assert sum(sums) == sum(range(10_000))
    encoded = next(parts[0].batches(["sex"], dictionaries=True))
    assert pa.types.is_dictionary(encoded["sex"].type)
    assert next(parts[0].batches(["sex"])).schema.field("sex").type == pa.string()


@pytest.mark.parametrize("statistics", [True, False])
def test_columns_of_few_values_come_as_the_file_stores_them(tmp_path: Path, statistics: bool) -> None:
    """However long their values are; and only those: other columns would cost more so than written out."""
    rows = 20_000
    number = np.arange(rows)
    columns = {
        "id": [f"{10**10 + one}" for one in range(rows)],
        "rare": [f"{10**17 + one}" if one % 20 == 0 else None for one in range(rows)],
        "remark": [f"患者于门诊就诊，主诉头晕伴乏力三天，第{one}种，建议复查。" for one in number % 300],
        "name": [f"王{chr(0x4E00 + one)}" for one in number % 500],
    }
    pq.write_table(pa.table(columns), tmp_path / "t.parquet", write_statistics=statistics)
    batch = next(open_source(tmp_path / "t.parquet").batches(dictionaries=True))
    few = [name for name in columns if pa.types.is_dictionary(batch.schema.field(name).type)]
    assert few == ["remark", "name"] if statistics else "id" not in few


def test_comments_come_from_arrow_spark_and_the_sidecar(tmp_path: Path) -> None:
    spark = {
        "type": "struct",
        "fields": [{"name": "c", "type": "string", "nullable": True, "metadata": {"comment": "三"}}],
    }
    schema = pa.schema(
        [
            pa.field("a", pa.string(), metadata={"comment": "一", "declared_type": "varchar(2)"}),
            pa.field("b", pa.string(), metadata={"description": "二"}),
            pa.field("c", pa.string()),
        ],
        metadata={"comment": "表", "org.apache.spark.sql.parquet.row.metadata": json.dumps(spark)},
    )
    pq.write_table(pa.table({"a": ["1"], "b": ["2"], "c": ["3"]}, schema=schema), tmp_path / "t.parquet")
    found = open_source(tmp_path / "t.parquet").schema
    assert [column_comment(item) for item in found] == ["一", "二", "三"]
    assert (declared_type(found.field("a")), table_comment(found)) == ("varchar(2)", "表")
    (tmp_path / "t.parquet.schema.yaml").write_text(
        "comment: 会员表\ncolumns:\n  a: 甲\n  c: {comment: 丙, type: text}\n", "utf-8"
    )
    found = open_source(tmp_path / "t.parquet").schema
    assert [column_comment(item) for item in found] == ["甲", "二", "丙"]
    assert (declared_type(found.field("c")), table_comment(found)) == ("text", "会员表")


@pytest.mark.parametrize(("tags", "pi", "undecided"), [
    ("[pii]", "none", True),
    ("{contains_pii: true}", "none", True),
    ("个人信息", "none", True),
    ("[non-pii]", "none", False),
    ("{pii: none}", "none", False),
    ("[finance, tier1]", "none", False),
    ("[email]", "personal", False),
])  # fmt: skip
def test_a_tag_is_evidence_and_one_that_says_personal_is_never_overruled_silently(
    tags: str, pi: str, undecided: bool, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text("w7\n3.5\n4.5\n")
    (tmp_path / "t.schema.yaml").write_text(f"columns:\n  w7: {{tags: {tags}}}\n", "utf-8")
    scan = api.scan(tmp_path / "t.csv")
    found = scan.columns[0]
    assert (found.pi, found.undecided) == (pi, undecided)
    assert ("tagged as personal" in found.evidence.explanation) == undecided


@pytest.mark.parametrize(("sidecar", "sentence"), [
    ("columns: {phon: x}", "t.schema.yaml: columns: no such column: phon\nHint: did you mean phone?"),
    ("colums: {}", "t.schema.yaml: unknown key: colums"),
    ("columns: {phone: {note: x}}", "t.schema.yaml: columns.phone: unknown key: note"),
    ("[1", "t.schema.yaml: cannot be read as a sidecar"),
])  # fmt: skip
def test_a_sidecar_that_says_nothing_is_an_error(sidecar: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("phone\n1\n")
    (tmp_path / "t.schema.yaml").write_text(sidecar)
    with pytest.raises(UsageError) as caught:
        open_source(tmp_path / "t.csv")
    assert str(caught.value).startswith(sentence)
