"""Words that say of themselves whose something is, in tables that say nothing: where somebody lives, their accounts."""

from __future__ import annotations

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kind(table: str, column: str, *others: str) -> str:
    """Return the kind of `column` beside `others`, each a name with its comment behind a colon."""
    inputs = tuple(
        ColumnInput(name, "string", said) for name, _, said in (one.partition(":") for one in (column, *others))
    )
    return judge(TableInput(table, "", inputs))[0].kind


PLAIN = ("id:", "biz_no:", "status:", "create_time:", "remark:")


@pytest.mark.parametrize(
    ("column", "expected"),
    (
        ("f1:家庭住址", "postal_address"),
        ("f1:现住址", "postal_address"),
        ("home_address:", "postal_address"),
        ("alipay_account:", "financial_account_other"),
        ("f1:公积金账号", "financial_account_other"),
        ("housing_fund_no:", "financial_account_other"),
        ("f1:家庭位置", "precise_location"),
        ("f1:数字钥匙", "password_or_secret"),
    ),
)
def test_a_table_that_says_nothing_makes_it_nobodys_no_more(column: str, expected: str) -> None:
    assert kind("t_biz", column, *PLAIN) == expected


@pytest.mark.parametrize("column", ("f1:公司地址", "f1:仓库地址", "warehouse_address:", "f1:房屋钥匙数量"))
def test_what_is_a_firms_stays_nobodys(column: str) -> None:
    assert kind("t_biz", column, *PLAIN) == "none"


@pytest.mark.parametrize("column", ("f1:行程起点", "f1:终点", "start_location:"))
def test_where_a_trip_begins_and_ends_is_part_of_a_track(column: str) -> None:
    assert kind("t_vehicle_track", column, "vehicle_id:", "f2:行程终点", "plate_no:车牌号") == "trajectory"
    assert kind("bus_line", column, "line_no:", "stop_count:") == "none"


@pytest.mark.parametrize(
    ("column", "expected"),
    (
        ("items.phone:", "phone"),
        ("result.items[].idCard:", "cn_resident_id"),
        ("data.rows[0].real_name:", "person_name"),
        ("mobile_temp:", "phone"),
        ("attr1_mobile:", "phone"),
    ),
)
def test_what_a_document_keeps_its_entries_in_hides_nothing(column: str, expected: str) -> None:
    assert kind("t_biz", column, *PLAIN) == expected


@pytest.mark.parametrize("column", ("items.price:", "items[].name:", "products.phone:", "engine_temp:"))
def test_entries_that_are_goods_stay_goods(column: str) -> None:
    assert kind("t_biz", column, *PLAIN) == "none"
