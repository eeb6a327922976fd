"""Words that a comment, a key or a neighbour puts right: days, defaults, lists of values. All tables are invented."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, *columns: str, comment: str = "", declared: str = "") -> dict[str, str]:
    """Judge columns written `name` or `name:comment`, by name."""
    split = (column.partition(":") for column in columns)
    inputs = [ColumnInput(name, comment=said, declared_type=declared) for name, _, said in split]
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, comment, tuple(inputs)))}


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("bonus:荣誉休假总天数", "none"),
        ("bonus:年终奖金", "income_assets"),
        ("default_hourly_rate", "none"),
        ("hourly_rate", "income_assets"),
        ("route_kind:'main', 'via_parent', 'cloud'", "none"),
        ("superseded_by", "none"),
        ("confirmed_by", "person_name"),
        ("date_of_birthday", "birth_date"),
        ("appellation:称呼", "gender"),
        ("recharge_amount:累计充值", "order_or_consumption_record"),
        ("fuel_card_no:加油卡号", "member_id"),
        ("union_dues", "income_assets"),
        ("ssr_code:特殊服务代码", "medical_history_other"),
        ("financed_amount:融资金额", "financial_account_other"),
        ("debit_account:扣款账号", "bank_account"),
    ],
)
def test_what_is_said_beside_a_word_decides(column: str, kind: str) -> None:
    name = column.partition(":")[0]
    assert kinds("t_employee", "employee_no", "real_name", column)[name] == kind


def test_a_number_of_a_row_with_an_amount_is_a_key() -> None:
    found = kinds("insurance_order", "customer_id", "price_id:保额", "coverage:保额", declared="int(11)")
    assert (found["price_id"], found["coverage"]) == ("none", "insurance_account")


def test_validity_of_a_document_is_none_of_a_card() -> None:
    found = kinds("insured", "insured_name:被保人姓名", "card_period:被保人证件有效期", "card_no:银行卡号")
    assert (found["card_period"], found["card_no"]) == ("none", "payment_card")


def test_parts_of_a_card_make_one_of_two() -> None:
    found = kinds("customer_card", "customer_id", "exp_date", "card_brand", "card_type")
    assert {found["card_brand"], found["card_type"]} == {"payment_card"}
    assert kinds("customer_game", "customer_id", "card_type")["card_type"] == "none"


def test_last_is_a_name_where_somebody_is_reached() -> None:
    assert kinds("security", "name", "last", "email", "password")["last"] == "person_name"
    assert kinds("queue", "last", "size")["last"] == "none"


def test_what_is_financed_is_a_loan() -> None:
    found = kinds("lease_contract", "lessee_name:承租人", "amount:融资金额", comment="车辆融资租赁合同")
    assert found["amount"] == "financial_account_other"
