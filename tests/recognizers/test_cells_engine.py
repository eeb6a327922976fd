"""The engine reads every cell of any Arrow array, and layout makes no difference."""

import random

import numpy as np
import pyarrow as pa
import pytest

from exportgate.recognizers import cells, cells_compiled
from exportgate.recognizers.cells import Hit
from exportgate.recognizers.cells_arrow import without_nulls
from exportgate.recognizers.resident_id import check_character


def resident(rng: random.Random) -> str:
    place, year = rng.choice((110101, 350203, 440305)), rng.randint(1940, 2015)
    body = f"{place}{year}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(0, 999):03d}"
    return body + check_character(body)


def column(size: int, seed: int = 1) -> list[str | None]:
    rng = random.Random(seed)
    made = (
        lambda: resident(rng),
        lambda: f"1{rng.choice((38, 59, 77))}{rng.randint(0, 99999999):08d}",
        lambda: f"患者{rng.randint(1, 99)}号，身份证{resident(rng)}，电话138{rng.randint(0, 99999999):08d}。",
        lambda: None,
        lambda: "",
        lambda: "无",
        lambda: "a\0b\0c",
        lambda: f"u{rng.randint(1, 10**6)}@example.com",
        lambda: "福建省厦门市思明区湖滨南路100号5栋302室",
    )
    return [rng.choice(made)() for _ in range(size)]


VALUES = column(3000)
ARRAY = pa.array(VALUES, pa.string())


def facts(evidence: cells.ColumnEvidence) -> tuple[object, ...]:
    return (
        evidence.rows,
        evidence.nulls,
        evidence.placeholders,
        evidence.distinct,
        evidence.lengths,
        evidence.classes,
        evidence.hits,
        evidence.sample,
        round(evidence.avg_length, 9),
    )


LAYOUTS = {
    "large_string": ARRAY.cast(pa.large_string()),
    "string_view": ARRAY.cast(pa.string_view()),
    "binary": ARRAY.cast(pa.binary()),
    "dictionary": ARRAY.dictionary_encode(),
    "small dictionary chunks": pa.chunked_array([ARRAY[:100].dictionary_encode(), ARRAY[100:].dictionary_encode()]),
    "chunks": pa.chunked_array([ARRAY[:1], ARRAY[1:1], ARRAY[1:1777], ARRAY[1777:]]),
    "small chunks of strings": pa.chunked_array([ARRAY[at : at + 37] for at in range(0, len(ARRAY), 37)]),
    "small chunks": pa.chunked_array([ARRAY[at : at + 37].cast(pa.binary()) for at in range(0, len(ARRAY), 37)]),
    "sliced": pa.concat_arrays([pa.array(["13800138001"] * 7), ARRAY, pa.array(["x"])])[7:-1],
    "run ends": pa.RunEndEncodedArray.from_arrays(pa.array(range(1, len(ARRAY) + 1), pa.int32()), ARRAY),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_makes_no_difference(layout: str) -> None:
    assert facts(cells.read(LAYOUTS[layout])) == facts(cells.read(ARRAY))


PAGES = ["张三", "13800138001", None, "备注：回访电话13800138000，其余留空，请于三日之内再次联系并记录在案。", ""]


@pytest.mark.parametrize("compiled", [True, False])
def test_cells_of_dictionaries_are_counted_however_these_come(compiled: bool) -> None:
    """One dictionary for several batches, its last one short; another with the same values; nulls on both sides."""
    rng = random.Random(7)
    first, second = pa.array(PAGES), pa.array([*PAGES[::-1], "李四"])
    batches = []
    for values, sizes in ((first, (900, 700, 3)), (second, (800, 2)), (first, (600,))):
        for size in sizes:
            at = [None if rng.random() < 0.2 else rng.randrange(len(values)) for _ in range(size)]
            batches.append(pa.DictionaryArray.from_arrays(pa.array(at, pa.int32()), values))
    cells_compiled.use(compiled)
    try:
        reader = cells.ColumnReader()
        for batch in batches:
            reader.update([batch])
        plain = cells.read(pa.concat_arrays([batch.dictionary_decode() for batch in batches]))
        assert facts(reader.finish()) == facts(plain)
    finally:
        cells_compiled.use(True)


@pytest.mark.parametrize("cut", [0, 1, 16, 1500, 3000])
def test_parts_merge_to_the_whole(cut: int) -> None:
    joined = cells.merge(cells.read(ARRAY[:cut]), cells.read(ARRAY[cut:]))
    assert facts(joined) == facts(cells.read(ARRAY))


def test_every_cell_is_judged_beyond_one_block() -> None:
    size = 70_000
    values = ["x" * (n % 40) for n in range(size)]
    values[size // 2] = "13800138001"
    values[-1] = "电话13800138002"
    assert cells.read(pa.array(values)).hit("CN_MOBILE") == Hit(1, 1, 1, 1)


def test_null_slots_may_hold_bytes() -> None:
    full = pa.array(["13800138001", "13800138002", "x"])
    masked = pa.Array.from_buffers(pa.string(), 3, [pa.py_buffer(bytes([0b101])), *full.buffers()[1:]])
    evidence = cells.read(masked)
    assert (evidence.nulls, evidence.hit("CN_MOBILE").matched, evidence.distinct) == (1, 1, 2)


def test_null_slots_may_hold_bytes_in_small_chunks() -> None:
    full = pa.array(["13800138001", "13800138002", "x", ""])
    masked = pa.Array.from_buffers(pa.string(), 4, [pa.py_buffer(bytes([0b1101])), *full.buffers()[1:]])
    silent = pa.nulls(5, pa.string())
    evidence = cells.read(pa.chunked_array([masked, silent, masked[1:3], full[:0], masked]))
    assert (evidence.rows, evidence.nulls, evidence.distinct) == (15, 8, 3)
    assert evidence.hit("CN_MOBILE").matched == 2
    assert evidence.lengths == {0: 2, 1: 3, 11: 2}


@pytest.mark.parametrize("offsets", [[0, 5, 3, 4], [0, 99, 2, 4], [0, -1, 2, 4]])
def test_offsets_beyond_the_data_are_refused(offsets: list[int]) -> None:
    """A damaged file may say so; reading what lies there would tell of other memory."""
    bounds, data = pa.py_buffer(np.array(offsets, np.int32)), pa.py_buffer(b"abcdefgh")
    array = pa.Array.from_buffers(pa.string(), 3, [None, bounds, data])
    with pytest.raises(ValueError, match="offsets"):
        cells.read(pa.chunked_array([array, array]))


def test_values_that_come_again_count_as_often_and_once() -> None:
    """A column of few values that learns further ones later, and holds some that it never learns."""
    early, later = ["福州市", "厦门市"] * 40_000, ["泉州市", "漳州市", "福州市"] * 30_000
    rare = [f"13800138{at:03d}" for at in range(0, 1000, 7)]
    values = [*early, *rare, *later, *rare]
    chunks = [pa.array(values[at : at + 2_500]) for at in range(0, len(values), 2_500)]
    for array in (pa.array(values), pa.chunked_array(chunks)):
        evidence = cells.read(array)
        assert evidence.distinct == 4 + len(rare)
        assert evidence.hit("CN_MOBILE").matched == 2 * len(rare)
        assert evidence.lengths == {3: len(early) + len(later), 11: 2 * len(rare)}


def test_long_texts_that_differ_in_one_byte_are_two() -> None:
    """Their hashes tell them apart: one taken for the other would hide what stands in it."""
    for length in (33, 65, 72, 110, 255, 256):
        told = ["x" * place + "y" + "x" * (length - place - 1) for place in range(length)]
        evidence = cells.read(pa.array([*told, *told, *told] * 50))
        assert (evidence.distinct, evidence.rows) == (length, 150 * length)
    hidden = "备注" * 20 + "，电话13800138001，" + "备注" * 10
    evidence = cells.read(
        pa.array(["备注" * 20 + "，电话0000000000一，" + "备注" * 10] * 5_000 + [hidden] + ["无"] * 5_000)
    )
    assert evidence.hit("CN_MOBILE").embedded == 1


def test_invalid_utf8_is_read_and_not_refused() -> None:
    raw = pa.array([b"\xff\xfe 13800138001", b"\xe4\xbd", b"\xef\xbc\x911380013800\xef\xbc\x91 \xff"], pa.binary())
    evidence = cells.read(raw)
    assert evidence.rows == 3
    assert evidence.hit("CN_MOBILE").embedded == 1


def test_one_megabyte_of_digits_takes_a_moment() -> None:
    evidence = cells.read(pa.array(["1" * 1_000_000, "a@" * 400_000, "13800138001"]))
    assert evidence.hit("CN_MOBILE") == Hit(1, 1)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array([13800138001, None, 7], pa.int64()), 1),
        (pa.array([13800138001.0, None, 7.5], pa.float64()), 1),
        (pa.array([13800138001, None, 7], pa.decimal128(20, 0)), 1),
        (pa.array([13800138001, None, 7], pa.decimal128(20, 2)), 1),
        (pa.array([13800138001, 7], pa.uint64()), 1),
    ],
)
def test_identifiers_in_columns_of_numbers(array: pa.Array, expected: int) -> None:
    assert cells.read(array).hit("CN_MOBILE").matched == expected


def test_long_identifiers_in_binary_fractions_are_reported_as_damaged() -> None:
    evidence = cells.read(pa.array([110105194912310021.0, 1.0, None]))
    assert evidence.details["damaged_identifier"] == 1


def test_resident_numbers_in_whole_numbers_keep_every_digit() -> None:
    rng = random.Random(5)
    numbers = [int(number) for number in (resident(rng) for _ in range(200)) if not number.endswith("X")]
    assert cells.read(pa.array(numbers)).hit("CN_RESIDENT_ID").valid == len(numbers)


@pytest.mark.parametrize(
    "nested",
    [
        pa.array([["13800138001", "x"], None, []]),
        pa.array([{"a": 1, "b": "13800138001"}, None, {"a": None, "b": None}]),
        pa.array([[("tel", "13800138001")], None, []], pa.map_(pa.string(), pa.string())),
        pa.array([[{"tel": ["13800138001"]}], None, []]),
    ],
    ids=["list", "struct", "map", "list of struct of list"],
)
def test_nested_cells_are_scanned(nested: pa.Array) -> None:
    hit = cells.read(nested).hit("CN_MOBILE")
    assert hit.matched + hit.embedded == 1


def test_distinct_values_are_counted_exactly_up_to_a_limit_and_estimated_beyond() -> None:
    exact = cells.read(pa.array([str(n) for n in range(60_000)] * 2))
    assert (exact.distinct, exact.distinct_estimated) == (60_000, False)
    many = cells.read(pa.array(np.arange(300_000)))
    assert many.distinct_estimated
    assert abs(many.distinct - 300_000) < 300_000 * 0.08


@pytest.mark.parametrize("values", [3_000, 10_000, 50_000])
@pytest.mark.parametrize("compiled", [True, False])
def test_values_that_come_again_and_again_are_counted_once(values: int, compiled: bool) -> None:
    """Also those that push each other out of the slots that tell them at once."""
    numbers = np.random.default_rng(7).permutation(np.tile(np.arange(values), 5))
    cells_compiled.use(compiled)
    try:
        found = [cells.read(pa.array(numbers)), cells.read(pa.array([f"{n:012x}" for n in numbers.tolist()]))]
    finally:
        cells_compiled.use(True)
    assert [(one.distinct, one.distinct_estimated) for one in found] == [(values, False)] * 2


def test_sample_does_not_depend_on_order() -> None:
    shuffled = list(VALUES)
    random.Random(9).shuffle(shuffled)
    assert cells.read(pa.array(shuffled)).sample == cells.read(ARRAY).sample


def test_no_value_in_a_repr() -> None:
    assert "13800138001" not in repr(cells.read(pa.array(["13800138001"] * 3)))


def test_moments_are_read_by_type() -> None:
    days = pa.array(["1990-03-07", None, "2024-01-31"]).cast(pa.date32())
    evidence = cells.read(days)
    assert evidence.years == {1990: 1, 2024: 1}
    assert evidence.type == "date32[day]"
    assert cells.read(days.cast(pa.timestamp("us", "Asia/Shanghai"))).hit("DATE_TIME").matched == 2


@pytest.mark.parametrize("kind", [pa.null(), pa.bool_(), pa.time64("us"), pa.duration("s"), pa.float16(), pa.int8()])
def test_other_types_are_counted(kind: pa.DataType) -> None:
    assert cells.read(pa.nulls(3, kind)).nulls == 3


def test_neighbouring_cells_never_join() -> None:
    values = ["1380013", "8001", "138", "00138001", "11010519491231", "002X", "a@b", ".com", "192.168", ".1.1"]
    assert {name for name, hit in cells.read(pa.array(values * 3)).hits.items() if hit} <= {"CN_BANK"}


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_nulls_are_left_out_of_strings_wherever_they_stand(kind: pa.DataType) -> None:
    cells = [None, "13800138001", None, None, "", "张三", None, "x", None]
    whole = pa.array([None if cell is None else cell.encode() for cell in cells], pa.binary()).cast(kind)
    nulls = pa.array([None, None], kind)
    for array in (whole, whole[1:], whole[2:7], whole[3:4], whole[4:6], whole[:0], nulls):
        for compiled in (True, False):
            cells_compiled.use(compiled)
            assert without_nulls(array).equals(array.drop_null())
    cells_compiled.use(True)


def test_bytes_under_a_null_belong_to_no_cell() -> None:
    offsets, data = pa.py_buffer(np.array([0, 2, 5, 7], np.int32)), pa.py_buffer(b"abXXXcd")
    array = pa.Array.from_buffers(pa.string(), 3, [pa.py_buffer(bytes([0b101])), offsets, data])
    assert without_nulls(array).to_pylist() == ["ab", "cd"]
    assert without_nulls(array[1:]).to_pylist() == ["cd"]
    assert without_nulls(array[:2]).to_pylist() == ["ab"]
