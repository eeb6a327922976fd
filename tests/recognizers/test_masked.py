"""Masked identifiers: what is left still is an item of a person; what only looks masked is nothing."""

import random

import pyarrow as pa
import pytest

import exportgate
from exportgate.recognizers import masked, presidio
from exportgate.recognizers.cells import read

PACK = {one.FORM.entity: one for one in presidio.recognizers() if isinstance(one, presidio.FormRecognizer)}


@pytest.mark.parametrize(
    ("written", "entity"),
    [
        ("138****8000", "MASKED_PHONE"),
        ("138 **** 8000", "MASKED_PHONE"),
        ("+86 138****8000", "MASKED_PHONE"),
        ("138＊＊＊＊8000", "MASKED_PHONE"),
        ("138xxxx8000", "MASKED_PHONE"),
        ("13******000", "MASKED_PHONE"),
        ("350203********0016", "MASKED_RESIDENT_ID"),
        ("3****************X", "MASKED_RESIDENT_ID"),
        ("350***********001x", "MASKED_RESIDENT_ID"),
        ("350203******001", "MASKED_RESIDENT_ID"),
        ("6222 **** **** 1234", "MASKED_CARD"),
        ("622202*********1234", "MASKED_CARD"),
        ("**** **** **** 1234", "MASKED_CARD"),
        ("z***n@example.com", "MASKED_EMAIL"),
        ("***@example.com", "MASKED_EMAIL"),
        ("闽D***45", "MASKED_PLATE"),
        ("闽D·1**45", "MASKED_PLATE"),
        ("张*", "MASKED_NAME"),
        ("张**", "MASKED_NAME"),
        ("张*明", "MASKED_NAME"),
        ("欧阳**", "MASKED_NAME"),
        ("*小明", "MASKED_NAME"),
    ],
)
def test_what_is_masked_is_known(written: str, entity: str) -> None:
    assert masked.kind_of(written) == entity
    cells = pa.array([written, f"登记：{written}，备注", "无"])
    assert (read(cells).hit(entity).valid, read(cells).hit(entity).embedded_valid) == (1, 1)
    text = f"登记：{written}，备注"
    assert [text[one.start : one.end] for one in PACK[entity].analyze(text, [entity])] == [written]


@pytest.mark.parametrize(
    "written",
    [
        "******",
        "2**10",
        "**重点**",
        "a*b*c",
        "138***800",
        "00****0000",
        "重要**",
        "####",
        "*",
        "12345***",
        "5★★★",
        "A*x",
    ],
)
def test_what_only_looks_masked(written: str) -> None:
    assert not masked.is_valid(written)
    assert not any(read(pa.array([written])).hit(entity) for entity in PACK if entity.startswith("MASKED"))


def _columns() -> dict[str, list[str]]:
    rng = random.Random(4)
    tails = [f"{rng.randrange(10_000):04}" for _ in range(60)]
    return {
        "phone": [f"1{rng.randint(30, 99)}****{tail}" for tail in tails],
        "cn_resident_id": [f"35020{rng.randint(1, 6)}********{tail}" for tail in tails],
        "payment_card": [f"6222{rng.randint(10, 99)}*********{tail}" for tail in tails],
        "email": [f"{rng.choice('abcxyz')}***{rng.randint(1, 9)}@example.com" for _ in tails],
        "person_name": [rng.choice("张王李赵陈林") + rng.choice(["*", "**"]) for _ in tails],
        "pseudonymous_id": [f"{rng.getrandbits(128):032x}" for _ in tails],
    }


def test_masked_and_hashed_columns_count_under_a_header_that_says_nothing() -> None:
    columns = _columns()
    for kind, values in columns.items():
        (column,) = exportgate.scan(pa.table({"c2": values})).to_dict()["columns"]
        assert (column["kind"], column["undecided"]) == (kind, False)
    scan = exportgate.scan(pa.table({"c2": columns["phone"]})).to_dict()
    assert scan["persons"]["rows_with_identity"] == 0  # an item of somebody, and nobody's key


def test_uuids_without_hyphens_are_no_digests_of_a_person() -> None:
    rng = random.Random(5)
    values = [f"{rng.getrandbits(48):012x}4{rng.getrandbits(12):03x}a{rng.getrandbits(60):015x}" for _ in range(60)]
    (column,) = exportgate.scan(pa.table({"c2": values})).to_dict()["columns"]
    assert column["kind"] == "none"


def test_a_star_at_the_edge_of_a_cell_is_not_beside_the_next_one() -> None:
    alone, beside = read(pa.array(["闽D1234*"])), read(pa.array(["闽D1234*", "张三", "*"]))
    assert alone.hit("MASKED_PLATE") == beside.hit("MASKED_PLATE")
