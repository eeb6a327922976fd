"""Premises, trades, cards and networks: whose an address is, who a word names. All tables are invented."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, *columns: str, comment: str = "") -> dict[str, str]:
    """Judge columns written `name` or `name:comment`, by name."""
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, comment, tuple(inputs)))}


@pytest.mark.parametrize("table", ["hotels", "restaurant", "gym", "cinema", "car_rental", "t_salon"])
def test_premises_have_an_address_and_a_telephone_of_their_own(table: str) -> None:
    assert set(kinds(table, "id", "name", "address", "phone", "lat", "lng").values()) == {"none"}


def test_guests_and_orders_of_premises_are_persons() -> None:
    found = kinds("hotel_guest", "guest_name", "phone", "address")
    assert found == {"guest_name": "person_name", "phone": "phone", "address": "postal_address"}
    assert kinds("t_restaurant_order", "user_id", "receiver_phone", comment="餐厅订单")["receiver_phone"] == "phone"


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("fixer:维修工", "person_name"),
        ("stylist_name", "person_name"),
        ("first_officer", "person_name"),
        ("name_suffix", "person_name"),
        ("name_on_card", "person_name"),
        ("vatsim_id", "account_login_id"),
        ("discord_id", "account_login_id"),
        ("ip_location:ip地理位置", "ip_address"),
        ("ip_city:ip所在城市", "ip_address"),
        ("street_number", "postal_address"),
        ("contact_mail:电子邮件地址,用于重置密码", "email"),
        ("obd_no:OBD编号", "device_id"),
    ],
)
def test_words_of_trades_are_known(column: str, kind: str) -> None:
    name = column.partition(":")[0]
    assert kinds("t_member", "member_id", "real_name", column)[name] == kind


def test_the_security_code_beside_a_card_is_part_of_it() -> None:
    found = kinds("payment", "card_number", "expiration_date", "security_code", "first_name")
    assert (found["security_code"], kinds("door", "security_code")["security_code"]) == ("payment_card", "none")
