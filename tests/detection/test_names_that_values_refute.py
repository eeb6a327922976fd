"""A header that slipped by a column must not hide persons; a name that says whose a value is stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from exportgate.recognizers import cells
from exportgate.sample_data import numbers, people
from exportgate.scanner.detection import ColumnInput, TableInput, judge

INDEX = np.arange(60, dtype=np.uint64)
PHONES = numbers.text(numbers.mobiles(INDEX)).to_pylist()
CARDS = numbers.text(numbers.cards(INDEX)).to_pylist()
NAMES = people.names(INDEX)
ADDRESSES = people.addresses(INDEX)
ILLNESSES = [
    "高血压",
    "2型糖尿病",
    "冠心病",
    "肺炎",
    "胃溃疡",
    "脑梗死",
    "抑郁症",
    "哮喘",
    "甲状腺结节",
    "腰椎间盘突出",
] * 6
BY_DAY = [
    f"18{month:02d}{day:02d}{at:05d}"
    for at, (month, day) in enumerate((m, d) for m in range(1, 13) for d in range(1, 29))
]
HERBS = [
    "黄芪",
    "黄连",
    "白术",
    "白芍",
    "杜仲",
    "何首乌",
    "金银花",
    "牛膝",
    "石斛",
    "石膏",
    "麦冬",
    "柏子仁",
    "夏枯草",
    "熊胆粉",
    "黄柏",
    "方海",
    "马齿苋",
    "马钱子",
    "苏木",
    "苏子",
    "温郁金",
    "车前子",
]
BRANDS = [
    "李宁",
    "安踏",
    "王老吉",
    "周大福",
    "老干妈",
    "康师傅",
    "马应龙",
    "陈李济",
    "张小泉",
    "郎酒",
    "汤臣倍健",
    "方太",
    "万和",
    "华帝",
    "谢馥春",
    "金龙鱼",
    "鲁花",
    "胡姬花",
]
GOODS = [
    "黄瓜",
    "白菜",
    "金针菇",
    "石榴",
    "水蜜桃",
    "龙眼",
    "柳橙",
    "毛豆",
    "毛巾",
    "包子",
    "汤圆",
    "米线",
    "花生",
    "苗木",
    "路灯",
    "连衣裙",
    "时装",
    "计算器",
    "成衣",
    "章鱼",
]


def kind_of(name: str, values: Sequence[str], table: str = "t_record", comment: str = "") -> str:
    evidence = cells.read(pa.array(values, pa.string()))
    return judge(TableInput(table, columns=(ColumnInput(name, comment=comment, evidence=evidence),)))[0].kind


SYSTEMS_OWN = (
    "status",
    "type",
    "create_time",
    "updated_at",
    "config_value",
    "is_deleted",
    "sort_no",
    "amount",
)
SYSTEMS_OWN += ("dept_id", "状态", "创建时间", "排序", "金额")


@pytest.mark.parametrize("name", SYSTEMS_OWN)
@pytest.mark.parametrize(
    ("kind", "values"),
    [("phone", PHONES), ("payment_card", CARDS), ("person_name", NAMES)],
    ids=["telephones", "cards", "names"],
)
def test_numbers_and_names_of_persons_overrule_what_a_system_calls_a_column(
    name: str, kind: str, values: Sequence[str]
) -> None:
    assert kind_of(name, values) == kind


@pytest.mark.parametrize("name", ["status", "create_time", "config_value", "amount", "dept_id", "状态"])
@pytest.mark.parametrize(
    ("kind", "values"), [("postal_address", ADDRESSES), ("diagnosis", ILLNESSES)], ids=["addresses", "illnesses"]
)
def test_addresses_and_illnesses_overrule_names_of_what_has_none(name: str, kind: str, values: Sequence[str]) -> None:
    assert kind_of(name, values) == kind


@pytest.mark.parametrize(
    ("name", "values", "table"),
    [
        ("supplier_phone", PHONES, "supplier"),
        ("supplier_phone", [f"销售部电话 {phone}，工作日上午九点到下午六点有人接听" for phone in PHONES], "supplier"),
        ("hotline", PHONES, "store"),
        ("service_tel", PHONES, "t_shop"),
        ("客服电话", PHONES, "company"),
        ("order_no", BY_DAY, "t_order"),
        ("warehouse_address", ADDRESSES, "warehouse"),
        ("disease_name", sorted(set(ILLNESSES)), "dict_disease"),
        ("product_name", HERBS, "t_goods"),
        ("order_no", PHONES, "t_order"),
        ("brand_name", NAMES, "t_brand"),
        ("brand", BRANDS, "t_brand"),
        ("product_name", GOODS, "t_goods"),
        ("category", GOODS, "t_goods"),
    ],
)
def test_what_says_whose_it_is_or_is_no_persons_stands(name: str, values: Sequence[str], table: str) -> None:
    assert kind_of(name, values, table) == "none"


def test_the_reason_tells_that_values_decided() -> None:
    evidence = cells.read(pa.array(PHONES, pa.string()))
    verdict = judge(TableInput("t_record", columns=(ColumnInput("status", evidence=evidence),)))[0]
    assert verdict.decided_by == "values"
    assert not any(value in verdict.evidence.explanation for value in PHONES)


def test_a_name_beside_telephones_hides_none_where_the_header_slipped() -> None:
    def seen(values: Sequence[str]) -> cells.ColumnEvidence:
        return cells.read(pa.array(values, pa.string()))

    columns = (ColumnInput("id", evidence=seen(NAMES)), ColumnInput("name", evidence=seen(PHONES)))
    slipped = TableInput("list", columns=(*columns, ColumnInput("phone", evidence=seen(ADDRESSES))))
    assert [verdict.pi for verdict in judge(slipped)] == ["personal"] * 3


@pytest.mark.parametrize("name", ["phone", "email", "姓名", "gender", "user_name"])
def test_illnesses_and_places_are_sensitive_whatever_else_of_a_person_the_header_says(name: str) -> None:
    places = [f"{118 + at / 997:.6f},{24 + at / 991:.6f}" for at in range(60)]
    assert (kind_of(name, ILLNESSES), kind_of(name, places)) == ("diagnosis", "precise_location")


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("past_history", ILLNESSES, "medical_history_other"),
        ("phone", PHONES, "phone"),
        ("contact", NAMES, "person_name"),
        ("password", PHONES, "password_or_secret"),
    ],
)
def test_what_the_header_says_of_a_person_stands_where_the_values_are_no_graver(
    name: str, values: Sequence[str], kind: str
) -> None:
    assert kind_of(name, values, "t_patient") == kind


OTHERS = ["true", "启用", "10", "timeout", "A-17", "系统默认"] * 40
FEW, HALF = 8, 120


@pytest.mark.parametrize("share", [FEW, HALF])
@pytest.mark.parametrize("name", ["status", "config_value", "product_name", "dept_id", "x17"])
@pytest.mark.parametrize(
    ("kind", "values"),
    [("phone", PHONES), ("payment_card", CARDS), ("email", people.emails(INDEX).to_pylist())],
    ids=["telephones", "cards", "e-mail addresses"],
)
def test_identifiers_among_other_values_are_found_however_few_they_are(
    name: str, share: int, kind: str, values: Sequence[str]
) -> None:
    found = kind_of(name, [*(values * 2)[:share], *OTHERS[: 240 - share]])
    assert found == (kind if share == HALF else "free_text")


@pytest.mark.parametrize("name", ["title", "config_value", "order_no", "status"])
def test_telephones_inside_longer_text_overrule_what_a_system_calls_a_column(name: str) -> None:
    assert kind_of(name, [f"客户来电要求改期，联系电话{phone}，请尽快回复" for phone in PHONES]) == "free_text"


@pytest.mark.parametrize("name", ["status", "sort_no", "product_name"])
def test_plates_and_devices_are_told_by_their_values(name: str) -> None:
    assert kind_of(name, numbers.plates(INDEX).to_pylist()) == "licence_plate"


@pytest.mark.parametrize("name", ["order_no", "serial_no", "x17"])
def test_some_of_many_numbers_look_like_telephones_and_are_none(name: str) -> None:
    values = [str(10**10 + at * 7919 * 10007 % (9 * 10**10)) for at in range(400)]
    assert kind_of(name, values) == "none"
