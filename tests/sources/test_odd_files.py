"""Files as people make them: nothing of them is lost without a word, and no two persons become one. All made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import exportgate
from exportgate.scanner.errors import SourceError

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SOURCE = "made.csv"


def number(place: int, area: str = "350203") -> str:
    body = f"{area}19{50 + place % 49}{1 + place % 12:02}{1 + place % 27:02}{place % 1000:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


NUMBERS = [number(place) for place in range(60)]
OTHERS = [number(place, "310101") for place in range(60)]


def persons(scan: Any) -> tuple[int, int]:
    found = scan.to_dict()["persons"]["distinct"]
    return found["lower"], found["upper"]


@pytest.mark.parametrize("text", ["id_no,name", "id_no,name\n", '"id_no","na\nme"', "id_no,name\r"])
def test_a_header_alone_is_a_table_without_rows(tmp_path: Path, text: str) -> None:
    (tmp_path / SOURCE).write_bytes(text.encode())
    scan = exportgate.scan(tmp_path / SOURCE)
    assert (scan.rows, scan.columns[0].kind) == (0, "cn_resident_id")


def test_line_ends_of_the_old_macintosh(tmp_path: Path) -> None:
    (tmp_path / SOURCE).write_bytes("\r".join(["id_no", *NUMBERS, ""]).encode())
    assert persons(exportgate.scan(tmp_path / SOURCE)) == (60, 60)


@pytest.mark.parametrize(
    "cells",
    [
        [f"{float(n[:17] + '0'):.5E}" for n in NUMBERS],  # what a spreadsheet writes into a CSV file
        [float(n[:17] + "0") for n in NUMBERS],  # what a data frame makes of a column with a gap
        [n[:6] + "********" + "001X" for n in NUMBERS],
    ],
    ids=["scientific", "double", "masked"],
)
def test_numbers_that_lost_their_digits_are_items_and_nobodys_key(cells: list[Any]) -> None:
    """Sixty persons used to be the few numbers that the rounding left."""
    assert persons(exportgate.scan(pa.table({"id_no": cells}))) == (0, 60)


def test_whole_floating_numbers_are_keys_as_ever() -> None:
    assert persons(exportgate.scan(pa.table({"member_id": [float(n) for n in range(5000, 5060)]}))) == (60, 60)


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_title_above_the_header_hides_no_column(tmp_path: Path) -> None:
    """Only the columns under the title's one cell used to be read."""
    rows = [[n, "王伟", date(1990, 1, 1)] for n in NUMBERS]
    scan = exportgate.scan(workbook(tmp_path / "t.xlsx", ["会员信息表"], ["身份证号", "姓名", "出生日期"], *rows))
    assert [column.kind for column in scan.columns] == ["cn_resident_id", "person_name", "birth_date"]
    assert persons(scan) == (60, 60)
    assert any("title" in note for note in scan.warnings)


def test_cells_without_a_header_are_columns_too(tmp_path: Path) -> None:
    scan = exportgate.scan(workbook(tmp_path / "t.xlsx", ["sku"], *(["A", n] for n in NUMBERS)))
    assert [(column.name, column.kind) for column in scan.columns][1] == ("column_2", "cn_resident_id")


def test_cells_that_begin_far_below_the_header_are_an_error(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ["sku"], *(["A"] for _ in range(40)), ["A", NUMBERS[0]])
    with pytest.raises(SourceError, match="behind the last column") as error:
        exportgate.scan(path)
    assert NUMBERS[0] not in str(error.value)


def test_numbers_typed_into_a_workbook_are_nobodys_key(tmp_path: Path) -> None:
    rows = ([int(n[:17] + "0")] for n in NUMBERS)
    assert persons(exportgate.scan(workbook(tmp_path / "t.xlsx", ["身份证号"], *rows))) == (0, 60)


def test_an_empty_workbook_is_no_empty_table(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no cells"):
        exportgate.scan(workbook(tmp_path / "t.xlsx"))


def _answer(path: Path) -> Path:
    found = [{"id_no": n, "name": "王伟"} for n in NUMBERS]
    (path / "a.json").write_text(json.dumps({"code": 0, "data": found}), encoding="utf-8")
    return path / "a.json"


def _trips(path: Path) -> Path:
    guests = [[{"id_no": a}, {"id_no": b}] for a, b in zip(NUMBERS, OTHERS, strict=True)]
    pq.write_table(pa.table({"trip": list(range(60)), "passengers": guests}), path / "t.parquet")
    return path / "t.parquet"


def _listed(path: Path) -> Path:
    pairs = [list(pair) for pair in zip(NUMBERS, OTHERS, strict=True)]
    pq.write_table(pa.table({"who": pairs}), path / "l.parquet")
    return path / "l.parquet"


@pytest.mark.parametrize(("make", "count"), [(_answer, 60), (_trips, 120), (_listed, 120)])
def test_persons_in_a_list_are_counted_one_by_one(tmp_path: Path, make: Callable[[Path], Path], count: int) -> None:
    """A list used to be one text, and its persons one person."""
    scan = exportgate.scan(make(tmp_path))
    assert persons(scan) == (count, count)
    assert "cn_resident_id" in [column.kind for column in scan.columns]


def test_vectors_are_not_looked_at_number_by_number() -> None:
    vectors = pa.FixedSizeListArray.from_arrays(pa.array(range(1_500 * 768), pa.int32()), 768)
    found = exportgate.scan(pa.table({"embedding": vectors}))
    assert found.columns[0].evidence.checked == 1_500


def test_a_list_of_telephones_is_one_persons() -> None:
    phones = [[f"138{n:08}", f"139{n * 7:08}"] for n in range(1011, 99999, 1650)][:60]
    assert persons(exportgate.scan(pa.table({"mobile": phones}))) == (60, 60)


def test_persons_without_an_identifier_are_at_most_one_a_row() -> None:
    assert persons(exportgate.scan(pa.table({"姓名": ["王伟", "李娜", None] * 20}))) == (0, 40)


def test_a_second_document_in_the_row_is_a_second_person() -> None:
    spouses = [*OTHERS[:50], *NUMBERS[:5], *[None] * 5]  # five are in the table themselves, five have none
    scan = exportgate.scan(pa.table({"身份证号": NUMBERS, "配偶身份证号": spouses}))
    assert persons(scan) == (110, 110)


@pytest.mark.parametrize(
    ("name", "head", "said"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "an empty zip archive"),
        ("a.xpt", b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", "a SAS transport file"),
        ("a.avro", b"Obj\x01\x04", "Avro"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(tmp_path: Path, name: str, head: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(head + bytes(400))
    with pytest.raises(SourceError, match=f"is {said}, which is not read"):
        exportgate.scan(tmp_path / name)
