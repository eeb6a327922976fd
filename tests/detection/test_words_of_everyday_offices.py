"""Shops, garages, airlines and offices of further countries: their people, numbers and premises. All made up."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def found(table: str, *columns: str | tuple[str, str]) -> dict[str, tuple[str, str]]:
    """Judge a table of columns, some with comments."""
    pairs = [(column, "") if isinstance(column, str) else column for column in columns]
    inputs = tuple(ColumnInput(name, "", comment, "varchar(64)") for name, comment in pairs)
    return {verdict.name: (verdict.pi, verdict.kind) for verdict in judge(TableInput(table, "", inputs))}


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("kor_name", "person_name"),
        ("ad", "person_name"),
        ("copilote", "person_name"),
        ("cel", "phone"),
        ("hp_number", "phone"),
        ("carteira_habilitacao", "other_id_document"),
        ("passport_series", "passport"),
        ("kreditkartenNr", "payment_card"),
        ("nro_cuenta", "bank_account"),
        ("commision_pct", "income_assets"),
        ("vehicle_id_num", "vehicle_vin"),
        ("nr_rejestracyjny", "licence_plate"),
        ("id_client", "member_id"),
        ("location_coordinates_user", "precise_location"),
    ],
)
def test_words_of_further_languages_and_short_forms_are_read(column: str, kind: str) -> None:
    assert found("users", "id", "full_name", "gender", column)[column][1] == kind


@pytest.mark.parametrize("table", ["yolcular", "pilotes", "motoristas", "pracownicy", "flight_attendants", "brokers"])
def test_tables_of_people_abroad_are_of_people(table: str) -> None:
    assert found(table, "id", "name", "created_at")["name"] == ("personal", "person_name")


@pytest.mark.parametrize("table", ["airports", "havalimanlari", "sucursales", "office_locations", "charging_stations"])
def test_premises_have_an_address_and_a_telephone_of_their_own(table: str) -> None:
    judged = found(table, "id", "name", "address", "city", "phone", "email")
    assert {pi for pi, _ in judged.values()} == {"none"}
    assert found(table, "id", "owner_name", "owner_phone")["owner_phone"] == ("personal", "phone")


def test_letters_of_a_national_number_are_of_a_person_only_beside_one() -> None:
    assert found("users", "full_name", "gender", "nid")["nid"] == ("personal", "other_id_document")
    assert found("node_revision", "nid", "vid", "title")["nid"][0] == "none"


def test_where_a_file_was_put_hides_not_what_is_in_it() -> None:
    judged = found(
        "driver",
        ("a1", "身份证照片正面上传到oss的链接"),
        ("a2", "驾驶员照片保存在服务器的路径"),
        ("a3", "文件上传到oss的链接"),
    )
    assert [judged[name] for name in ("a1", "a2", "a3")] == [
        ("sensitive", "face_image"),
        ("personal", "photo_avatar"),
        ("none", "none"),
    ]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("baggage_claim", "goods_weight_kg"),
        ("drone", "max_takeoff_weight_kg"),
        ("reservation", "no_show_policy_id"),
        ("repair_order", "labor_cost"),
        ("trip_event", "speed_limit"),
        ("shop_order", "delivery_method"),
        ("vehicles", "daily_rate"),
    ],
)
def test_weights_of_goods_house_rules_and_rates_of_cars_are_nobodys(table: str, column: str) -> None:
    assert found(table, "id", "user_id", column)[column][0] != "sensitive"


def test_what_a_body_weighs_and_a_day_of_work_earns_are_somebodys() -> None:
    assert found("fitness_log", "user_id", "weight_kg")["weight_kg"][0] == "sensitive"
    assert found("timesheets", "employee_id", "daily_rate")["daily_rate"] == ("sensitive", "income_assets")
    assert found("obstetric_history", "patient_id", "delivery_method")["delivery_method"][0] == "sensitive"


def test_events_of_machines_and_orders_are_no_reactions() -> None:
    judged = found("door_events", "id", "user_id", "severity", "description", "type")
    assert "sensitive" not in {pi for pi, _ in judged.values()}
    assert found("adverse_events", "patient_id", "severity")["severity"][0] == "sensitive"


def test_a_log_is_a_longitude_beside_a_latitude_of_the_same_front() -> None:
    judged = found("rides", "passenger_id", "to_lat", "to_log", "call_log")
    assert judged["to_log"] == judged["to_lat"] != judged["call_log"]
