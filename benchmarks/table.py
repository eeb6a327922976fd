"""Generate the benchmark's table: 20 columns as an export would hold them, any number of rows, seeded.

Columns are made from numpy arrays of digits and from word lists, never row by row, so ten million rows take a minute.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

GROUP = 131_072
SURNAMES, GIVEN = list("王李张刘陈杨黄赵吴周徐孙马朱胡林何郭高罗"), list("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚")
CITIES = ["福州市", "厦门市", "泉州市", "漳州市", "莆田市", "三明市", "南平市", "龙岩市", "宁德市", "平潭县"]
STREETS = ["湖滨南路", "五四路", "东街口", "中山路", "嘉禾路", "仙岳路", "学府路", "工业路"]
DIAGNOSES = [
    "2型糖尿病",
    "高血压3级",
    "冠状动脉粥样硬化性心脏病",
    "慢性胃炎",
    "肺炎",
    "脑梗死",
    "支气管哮喘",
    "急性阑尾炎",
]
ICD = ["E11.900", "I10.x00x002", "I25.103", "K29.500", "J18.900", "I63.900", "J45.900", "K35.800"]
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])


def digits(rng: np.random.Generator, rows: int, width: int, low: int = 0) -> Any:
    """Return a matrix of ASCII digits."""
    return rng.integers(48 + low, 58, (rows, width), dtype=np.uint8)


def text(matrix: Any) -> pa.Array:
    """Return the rows of a byte matrix as strings."""
    rows, width = matrix.shape
    offsets = np.arange(0, (rows + 1) * width, width, dtype=np.int32)
    data = pa.py_buffer(np.ascontiguousarray(matrix))
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), data)


def number_text(values: Any, width: int) -> Any:
    """Return numbers as a matrix of that many digits."""
    return (values[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10 + 48).astype(np.uint8)


def trait(persons: Any, salt: int, size: int) -> Any:
    """Return a number below `size` for each person, the same whenever the person comes again."""
    mixed = (persons.astype(np.uint64) + np.uint64(salt * 0x9E3779B97F4A7C15 % 2**64)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(29))) % np.uint64(size)).astype(np.int64)


def residents(persons: Any) -> pa.Array:
    """Return resident numbers with right check characters."""
    matrix = np.empty((len(persons), 18), np.uint8)
    places = np.array([350203, 350102, 350502, 110105, 440305])
    matrix[:, :6] = number_text(places[trait(persons, 1, 5)], 6)
    matrix[:, 6:10] = number_text(1940 + trait(persons, 2, 72), 4)
    matrix[:, 10:12] = number_text(1 + trait(persons, 3, 12), 2)
    matrix[:, 12:14] = number_text(1 + trait(persons, 4, 28), 2)
    matrix[:, 14:17] = number_text(trait(persons, 5, 1000), 3)
    matrix[:, 17] = np.frombuffer(b"10X98765432", np.uint8)[((matrix[:, :17] - 48) @ WEIGHTS) % 11]
    return text(matrix)


def cards(persons: Any) -> pa.Array:
    """Return nineteen-digit card numbers with right check digits."""
    matrix = number_text(trait(persons, 6, 10**18), 19)
    matrix[:, :6] = np.frombuffer(b"622202", np.uint8)
    values = matrix[:, :18].astype(np.int64) - 48
    doubled = values.copy()
    doubled[:, 17::-2] = values[:, 17::-2] * 2 // 10 + values[:, 17::-2] * 2 % 10
    matrix[:, 18] = (10 - doubled.sum(axis=1) % 10) % 10 + 48
    return text(matrix)


def pick(rng: np.random.Generator, words: list[str], rows: int) -> pa.Array:
    """Return words chosen at random."""
    return pa.array(words).take(pa.array(rng.integers(0, len(words), rows)))


def emails(persons: Any) -> pa.Array:
    """Return addresses at a handful of providers."""
    hosts = pa.array(["qq.com", "163.com", "mail.cn", "sina.com"]).take(pa.array(trait(persons, 8, 4)))
    return join("u", pa.array(trait(persons, 9, 10**9)).cast(pa.string()), "@", hosts)


def join(*parts: Any) -> pa.Array:
    """Return the parts of each row, joined."""
    return pc.binary_join_element_wise(*parts, "")


def group(rng: np.random.Generator, rows: int, first: int, people: int) -> pa.RecordBatch:
    """Return one row group; its persons are drawn from `people`, so that the same person comes again."""
    persons = rng.integers(0, people, rows)
    mobile = text(number_text(13_000_000_000 + trait(persons, 7, 6_999_999_999), 11))
    hexes = np.frombuffer(b"0123456789abcdef", np.uint8)[rng.integers(0, 16, (rows, 36))]
    uuid = hexes.copy()
    uuid[:, [8, 13, 18, 23]] = 45
    vins = np.frombuffer(b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ", np.uint8)[rng.integers(0, 33, (rows, 17))]
    vins[:, 13:] = digits(rng, rows, 4)
    house = text(digits(rng, rows, 3, 1))
    note = join("患者于门诊就诊，主诉头晕伴乏力三天，诊断", pick(rng, DIAGNOSES, rows), "，建议复查。回访电话")
    shown = pa.array(rng.random(rows) < 0.01)
    columns: dict[str, Any] = {
        "order_id": pa.array(np.arange(first, first + rows) + 10_000_000_000),
        "member_no": join("M", text(digits(rng, rows, 8))),
        "name": join(pick(rng, SURNAMES, rows), pick(rng, GIVEN, rows), pick(rng, [*GIVEN, ""], rows)),
        "id_card": pc.if_else(pa.array(rng.random(rows) < 0.7), residents(persons), None),
        "mobile": pc.if_else(pa.array(rng.random(rows) < 0.9), mobile, None),
        "email": pc.if_else(pa.array(rng.random(rows) < 0.5), emails(persons), None),
        "bank_card": pc.if_else(pa.array(rng.random(rows) < 0.3), cards(persons), None),
        "passport": join("E", text(digits(rng, rows, 8))),
        "vin": text(vins),
        "plate": join("闽", pick(rng, list("ABCD"), rows), text(digits(rng, rows, 5))),
        "address": join(
            "福建省",
            pick(rng, CITIES, rows),
            pick(rng, STREETS, rows),
            house,
            "号",
            text(digits(rng, rows, 2, 1)),
            "栋",
        ),
        "city": pick(rng, CITIES, rows),
        "status": pick(rng, ["已支付", "待发货", "已完成", "已取消"], rows),
        "icd": pick(rng, ICD, rows),
        "diagnosis": pick(rng, DIAGNOSES, rows),
        "note": pc.if_else(shown, join(note, mobile, "。"), join(note, "留空。")),
        "device_uuid": text(uuid),
        "amount": pa.array(np.round(rng.random(rows) * 1000, 2)),
        "birth_date": pa.array(rng.integers(-10_000, 14_000, rows).astype(np.int32)).cast(pa.date32()),
        "updated_at": pa.array(rng.integers(1_600_000_000, 1_760_000_000, rows) * 1_000_000).cast(pa.timestamp("us")),
    }
    return pa.RecordBatch.from_pydict(columns)


def write(path: Path, rows: int, seed: int = 20261123) -> Path:
    """Write the table as Parquet, unless it is there already."""
    if path.exists():
        return path
    rng = np.random.default_rng(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    sink: Any = None
    for first in range(0, rows, GROUP):
        batch = group(rng, min(GROUP, rows - first), first, max(1, rows * 2 // 5))
        sink = sink or pq.ParquetWriter(path, batch.schema)
        sink.write_batch(batch)
    sink.close()
    return path
