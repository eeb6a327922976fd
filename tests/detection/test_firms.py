"""Customers that are firms, lists named after sorts of persons, keys of the table itself. All tables are invented."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, *columns: str, comment: str = "", declared: str = "") -> dict[str, str]:
    """Judge columns written `name` or `name:comment`, by name."""
    split = (column.partition(":") for column in columns)
    inputs = [ColumnInput(name, comment=said, declared_type=declared) for name, _, said in split]
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, comment, tuple(inputs)))}


@pytest.mark.parametrize(
    "columns",
    [
        ["customer_id", "customer_name:客户名称", "industry:所属行业", "city:城市", "contact:联系人"],
        ["customer_id", "customer_name", "industry", "website", "city", "contact"],
        ["customer_id", "customer_name", "vat_number", "address", "contact"],
    ],
)
def test_a_customer_with_an_industry_and_a_contact_is_a_firm(columns: list[str]) -> None:
    found = kinds("crm_customer", *columns)
    assert found.pop("contact") == "person_name"
    assert set(found.values()) == {"none"}


@pytest.mark.parametrize(
    "columns",
    [
        ["customer_id", "customer_name", "gender", "industry", "website", "city"],
        ["customer_id", "first_name", "last_name", "company_name", "industry", "city"],
        ["customer_id", "customer_name", "city", "phone"],
    ],
)
def test_a_customer_with_what_only_a_person_has_is_none(columns: list[str]) -> None:
    found = kinds("crm_customer", *columns)
    assert (found["customer_id"], found["city"]) == ("member_id", "postal_address")


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("customer_group", ["group_code:编码", "group_name:名称", "group_desc:描述"]),
        ("member_plans", ["plan_id", "name", "order_count:下单笔数", "total_price:付款金额"]),
        ("positions", ["position_id", "position_title", "base_salary"]),
        ("nationalities", ["id", "nationality_name"]),
        ("religions", ["id", "religion"]),
        ("marital_status", ["id", "marital_status"]),
        ("insurance_product", ["product_code:产品代码", "coverage:保额", "premium:保费"]),
    ],
)
def test_a_list_of_sorts_is_nobodys(table: str, columns: list[str]) -> None:
    comment = "保险产品" if table == "insurance_product" else ""
    assert set(kinds(table, *columns, comment=comment).values()) <= {"none", "free_text"}


def test_sorts_beside_somebody_are_theirs() -> None:
    assert kinds("member_religion", "member_id", "religion")["religion"] == "religion"
    found = kinds("customer_group", "customer_id", "customer_name", "phone")
    assert found == {"customer_id": "member_id", "customer_name": "person_name", "phone": "phone"}
    assert kinds("positions", "device_id", "latitude", "longitude", "speed")["latitude"] == "trajectory"
    assert kinds("t_insurance", "policy_no:保单号", "plate:车牌", "premium:保费")["premium"] == "insurance_account"


def test_the_number_of_a_row_is_no_number_of_a_vehicle_or_purchase() -> None:
    assert kinds("Cars", "CarID", "VIN", declared="int") == {"CarID": "none", "VIN": "vehicle_vin"}
    assert kinds("gps_track", "CarID", "lat", "lng", "speed", declared="int")["CarID"] == "vehicle_vin"
    assert kinds("user_orders", "order_id", "user_id", declared="bigint")["order_id"] == "none"
    assert kinds("user_orders", "order_id", "user_id", declared="varchar(32)")["order_id"] != "none"


def test_a_key_of_a_manager_names_nobody() -> None:
    assert kinds("departments", "dept_name", "phone", "manager_id")["phone"] == "none"
    assert kinds("departments", "dept_name", "phone", "manager_name")["phone"] == "phone"


def test_a_name_beside_the_name_of_a_firm_is_its_contacts() -> None:
    found = kinds("suppliers", "id", "name", "email", "phone", "company_name", "bank_name", "address")
    assert (found["name"], found["email"], found["phone"]) == ("person_name", "email", "phone")
    assert found["company_name"] == "none"
    for columns in (["id", "name", "email", "phone"], ["id", "name:供应商名称", "company", "phone"]):
        assert set(kinds("suppliers", *columns).values()) == {"none"}, columns
