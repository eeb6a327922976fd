"""Booked journeys, columns kept free, tokens that are keys, forms of trials and reports of injuries. All made up."""

import pyarrow as pa
import pytest

import exportgate
from exportgate.scanner.detection import ColumnInput, TableInput, judge


def found(table: str, *columns: tuple[str, str], declared: str = "varchar(64)") -> dict[str, tuple[str, str]]:
    """Judge a table of columns with comments."""
    inputs = tuple(ColumnInput(name, "", comment, declared) for name, comment in columns)
    return {verdict.name: (verdict.pi, verdict.kind) for verdict in judge(TableInput(table, "", inputs))}


def test_what_somebody_booked_to_travel_is_theirs() -> None:
    columns = [(name, "") for name in ("pnr", "name", "seat", "origin_label", "dep_time", "fare_total")]
    judged = found("booking", *columns)
    assert judged.pop("name") == ("personal", "person_name")
    assert set(judged.values()) == {("personal", "order_or_consumption_record")}


def test_seats_and_flights_of_nobody_named_are_nobodys() -> None:
    columns = [(name, "") for name in ("booking_id", "flight_id", "seat_class", "fare", "origin", "gate")]
    assert {pi for pi, _ in found("bookings", *columns).values()} == {"none"}
    whose = found("bookings", *columns, ("passenger_id", ""))
    assert {whose[name][0] for name in ("seat_class", "fare", "origin")} == {"personal"}


@pytest.mark.parametrize("table", ["flight_schedule", "fare_table", "cabin_map"])
def test_timetables_and_tariffs_are_nobodys(table: str) -> None:
    judged = found(table, ("origin", ""), ("destination", ""), ("seat", ""), ("fare", ""), ("cabin", ""))
    assert {pi for pi, _ in judged.values()} == {"none"}


@pytest.mark.parametrize(
    ("column", "comment"),
    [("ud_text_1", ""), ("user_defined_3", ""), ("udf_date_2", ""), ("ude_number_5", ""), ("zdy1", "自定义字段1")],
)
def test_columns_kept_free_are_nobodys_also_of_patients(column: str, comment: str) -> None:
    judged = found("patient_history", ("patient_id", ""), (column, comment), ("blood_type", ""), ("allergy", ""))
    assert judged[column][0] == "none" and judged["allergy"][0] == "sensitive"


@pytest.mark.parametrize(("column", "comment"), [("ud_text_1", "过敏史"), ("ud_phone", ""), ("udid", "")])
def test_columns_that_say_what_they_hold_are_not_free(column: str, comment: str) -> None:
    assert found("patient", ("patient_id", ""), (column, comment))[column][0] != "none"


@pytest.mark.parametrize(
    "column",
    ["ud_text_1", "zdy1", "custom_field_1", "attribute3", "field12", "param_2", "ext1", "自定义字段1", "备用2"],
)
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("phone", [f"138{number:08d}" for number in range(0, 10**8, 10**6)]),
        ("person_name", ["王小明", "李丽", "陈建国", "刘洋", "赵敏", "周杰", "吴芳"] * 10),
        ("diagnosis", ["2型糖尿病", "高血压", "肺炎", "冠心病", "胃炎"] * 10),
        ("none", ["x", "y", "z"] * 10),
    ],
)
def test_values_tell_what_is_in_a_column_kept_free(column: str, kind: str, values: list[str]) -> None:
    table = pa.table({"key": list(map(str, range(len(values)))), column: values})
    verdict = exportgate.scan(table.replace_schema_metadata({"table": "customer_extension"})).columns[1]
    assert (verdict.kind, verdict.undecided) == (kind, False)


def test_a_token_told_to_be_a_key_opens_nothing() -> None:
    judged = found("scene", ("token", "Unique record identifier."), ("map_token", "Foreign key. Which map."))
    assert {pi for pi, _ in judged.values()} == {"none"}
    kept = found("user_login", ("access_token", "Foreign key."), ("token", "Unique identifier"), ("user_id", ""))
    assert kept["access_token"][1] == kept["token"][1] == "password_or_secret"


def test_findings_that_outnumber_goods_are_no_catalogue() -> None:
    judged = found("vital_signs", ("model", ""), ("weight", ""), ("heart_rate", ""), ("temperature", ""))
    assert judged["weight"][0] == judged["heart_rate"][0] == "sensitive"
    listed = found("drug_catalog", ("drug_name", ""), ("brand", ""), ("dose", ""), ("indication", ""))
    assert {pi for pi, _ in listed.values()} == {"none"}


def test_forms_of_a_trial_are_read_without_what_runs_them() -> None:
    columns = [
        (name, "") for name in ("hostname_created", "user_created", "consent_model", "consent_version", "albumin")
    ]
    judged = found("blood_crf", *columns)
    assert judged["albumin"] == ("sensitive", "lab_or_vital_sign")
    assert judged["user_created"][1] == "account_login_id" and judged["consent_version"][0] == "none"


def test_a_comment_that_says_only_how_to_fill_in_names_nothing() -> None:
    judged = found("drug_history", ("subject_id", ""), ("first_line_regimen_other", "If Other, specify ..."))
    assert judged["first_line_regimen_other"][0] == "sensitive"


def test_injuries_and_pilots_are_somebodys_also_beside_an_aircraft() -> None:
    judged = found("drone_incident", ("drone_model", ""), ("injury_details", ""), ("pilot_latitude", ""), ("lat", ""))
    assert judged["injury_details"] == ("sensitive", "medical_history_other")
    assert judged["pilot_latitude"][0] == "sensitive" and judged["lat"][0] == "none"


def test_a_number_is_read_with_the_front_that_all_names_share() -> None:
    names = ("number", "holder_name", "start_date", "end_date")
    judged = found("policy", *((f"policy_{name}", "") for name in names))
    assert judged["policy_number"][1] == "insurance_account" and judged["policy_start_date"][0] == "none"


def test_long_is_a_longitude_beside_a_latitude_only() -> None:
    names = [(name, "") for name in ("driver_id", "lat", "long", "speed")]
    assert found("driver_position", *names)["long"][0] == "sensitive"
    assert found("driver_trade", ("driver_id", ""), ("long", ""), ("short", ""))["long"][0] == "none"


def test_basic_is_pay_on_a_payslip_only() -> None:
    columns = (("employee_id", ""), ("basic", ""), ("gross", ""))
    paid = found("payslip", *columns, declared="decimal(10,2)")
    assert paid["basic"] == paid["gross"] == ("sensitive", "income_assets")
    assert found("employee_course", *columns, declared="decimal(10,2)")["basic"][0] == "none"
