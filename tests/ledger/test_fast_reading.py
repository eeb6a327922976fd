"""Reading identifiers and items block by block says the same as the plain rule, cell for cell."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportgate.scanner import counting_distinct, identity_values
from exportgate.scanner.identity import STRENGTH
from exportgate.scanner.identity_hash import Hasher, hash_column
from exportgate.scanner.identity_reading import NO_DAY, birth_days, days_of, has_item, identify

KEY = bytes(range(32))
KINDS = sorted(kind for kind, strength in STRENGTH.items() if strength != "composite")
RIGHT = [
    "11010519491231002X", "11010519491231002x", "110105491231002", "13912345678", "li.wei@mail.cn", "Li@Mail.CN",
    "6222021234567890123", "E12345679", "H12345678", "H1234567801", "LSVAA4182E2184847", "闽D12345", "京AD12345",
    "aa:bb:cc:11:22:33", "123e4567-e89b-12d3-a456-426614174000", "M0000001", "d41d8cd98f00b204e9800998ecf8427e",
]  # fmt: skip
NOBODY = [
    "", "-", "N/A", "n／a", "none", "UNDEFINED", "undefined", "not available", "Not Available", "无", "暂无", "未填写",
    "0" * 7, "00", "1" * 3, "1" * 8, "x" * 7, "X" * 9, "１" * 8, "13800000000", "13800138000", "12345678901",
    "123456789012345678", "110101190001010011", "1234567890123", "4111111111111111", "E12345678", "A00000000",
    "test@a.cn", "tests@a.cn", "na@b.cn", "123456@qq.com", "a@example.com", "x@test.cn", "a@localhost", "a@none",
    "0" * 17, "020000000000", "9774D56D682E549C", "0" * 32, "00000000-0000-0000-0000-000000000000", "0000-00-00",
    "138****1234", "a**b@c.cn", "M**1", "[]", "null", "①②③", "ｘｘｘ", "①", "é", "x\u0301", "\u0301x", "ﬁ", "№1",
]  # fmt: skip
AROUND = [
    "",
    " ",
    "\t",
    "\u3000",
    "\u200b",
    "\ufeff",
    "\xa0",
    "\u00ad",
    "\u2028",
    "\x1c",
    "\x85",
    "-",
    "·",
    "+86",
    "\0",
]
CELLS = [a + cell + b for cell, a, b in itertools.product([*RIGHT, *NOBODY], AROUND, AROUND)]


def plainly(kind: str, column: Any) -> list[bytes | None]:
    texts = identity_values.normalise(kind, column)
    hashes = iter(hash_column(texts.drop_null(), KEY))
    return [next(hashes).tobytes() if there else None for there in texts.is_valid().to_pylist()]


def quickly(kind: str, column: Any) -> list[bytes | None]:
    found = identify(kind, column, Hasher(KEY))
    hashes = iter(found.keys)
    return [next(hashes).tobytes() if there else None for there in found.valid.tolist()]


def says(column: Any) -> list[bool]:
    texts = identity_values.plain(identity_values.as_text(column))
    return list(pc.invert(pc.fill_null(identity_values.is_placeholder(texts), True)).to_pylist())


@pytest.mark.parametrize("kind", KINDS)
def test_identifiers_are_the_same_whichever_way_they_are_read(kind: str) -> None:
    column = pa.array([*CELLS, None, *RIGHT, None, None])
    assert quickly(kind, column) == plainly(kind, column)


@pytest.mark.parametrize("kind", KINDS)
def test_clean_columns_of_one_length_too(kind: str) -> None:
    for cell in [*RIGHT, *NOBODY]:
        column = pa.array([cell] * 3 + [None])
        assert quickly(kind, column) == plainly(kind, column), cell


def test_items_are_the_same_whichever_way_they_are_read() -> None:
    column = pa.array([None, *CELLS, None])
    assert has_item(column).tolist() == says(column)
    for cell in CELLS:
        assert has_item(pa.array([cell, cell])).tolist() == says(pa.array([cell, cell])), repr(cell)


MARKS = st.sampled_from(
    [*"0019xXnN/aA-_*@. \t", "无", "未", "１", "ｘ", "\u200b", "\u3000", "é", "\u0301", "𝟏", "①", "\0"]
)
WRITTEN = st.lists(st.none() | st.text(MARKS, max_size=12) | st.text(max_size=20) | st.sampled_from(CELLS), max_size=40)


@settings(deadline=None, max_examples=60)
@given(WRITTEN, st.sampled_from(KINDS), st.integers(0, 5))
def test_any_text_is_read_the_same_whichever_way(cells: list[str | None], kind: str, start: int) -> None:
    column = pa.array(cells, pa.string()).slice(min(start, len(cells)))
    assert quickly(kind, column) == plainly(kind, column)
    assert has_item(column).tolist() == says(column)


LAYOUTS = {
    "large": lambda array: array.cast(pa.large_string()),
    "view": lambda array: array.cast(pa.string_view()),
    "dictionary": lambda array: array.dictionary_encode(),
    "chunked": lambda array: pa.chunked_array([array.slice(0, 7), array.slice(7)]),
    "sliced": lambda array: pa.concat_arrays([pa.array(["13900001111", None]), array]).slice(2),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_text_is_read_the_same(layout: str) -> None:
    column = pa.array([*RIGHT, None, *NOBODY])
    other = LAYOUTS[layout](column)
    assert quickly("phone", other) == plainly("phone", column)
    assert has_item(other).tolist() == says(column)


def test_a_null_that_hides_bytes_holds_nothing() -> None:
    hidden = pa.StringArray.from_buffers(
        2,
        pa.py_buffer(np.array([0, 11, 22], np.int32)),
        pa.py_buffer(b"1391234567813912345679"),
        pa.py_buffer(b"\1"),
        1,
    )
    assert quickly("phone", hidden)[1] is None
    assert has_item(hidden).tolist() == [True, False]


def test_broken_utf8_is_something_and_stops_nobody() -> None:
    raw = [b"\xff\xfe", b"13912345678", b"\xe6\x97", b"n/a\xff"]
    broken = pa.array(raw, pa.binary())
    column = pa.StringArray.from_buffers(4, *broken.buffers()[1:])
    assert has_item(column).tolist() == [True] * 4
    assert [one is not None for one in quickly("phone", column)] == [True] * 4


@pytest.mark.parametrize("numbers", [[13912345678, None], [13912345678.0, float("nan")]])
def test_numbers_are_identifiers_too(numbers: list[Any]) -> None:
    column = pa.array(numbers)
    assert (
        quickly("phone", column) == plainly("phone", column) == [plainly("phone", pa.array(["13912345678"]))[0], None]
    )
    assert has_item(column).tolist() == [True, False]


DATES = [
    "2013-01-02",
    "2013-02-29",
    "1899-01-01",
    "2100-01-01",
    "2013/1/2",
    "20130102",
    "2013-13-01",
    " 2013-01-02",
    "x",
]


def test_birth_dates_are_the_same_whichever_way_they_are_read() -> None:
    column = pa.array([*DATES, None, "2013-01-0a", "２013-01-02", "2012-02-29"])
    assert birth_days(column).tolist() == days_of(identity_values.birth_days(column)).tolist()
    assert birth_days(pa.array(["2012-02-29"])).tolist() == [15399]


def test_births_inside_resident_numbers() -> None:
    column = pa.array(["11010520120229001X", "110105491231002", None, "110105201302290010", "无"])
    found = identify("cn_resident_id", column, Hasher(KEY))
    assert found.births is not None
    assert found.births.tolist() == [15399, -7306, NO_DAY, NO_DAY, NO_DAY]


def test_distinct_rows_come_in_key_order_however_many_bits_their_keys_need() -> None:
    rng = np.random.default_rng(4)
    for _ in range(60):
        count, sizes = int(rng.integers(0, 50)), [int(size) for size in rng.choice([3, 2**20, 2**30], 4)]
        codes = [rng.integers(-1, 3, count).astype(np.int32) for _ in sizes]
        masks, bases = rng.choice(np.array([0, 1, 2**61], np.uint64), count), rng.integers(0, 3, count).astype(np.uint8)
        rows = list(zip(*codes, masks.tolist(), bases.tolist(), strict=True))
        chosen = counting_distinct._first_of_each(codes, sizes, masks, bases)
        assert [rows[index] for index in chosen] == sorted(set(rows))
