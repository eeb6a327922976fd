"""Crews, cabins, rides and payment providers, and what only sounds like a person's health. All made up."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def found(table: str, *columns: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """Judge a table of columns with comments."""
    inputs = tuple(ColumnInput(name, "", comment, "varchar(64)") for name, comment in columns)
    return {verdict.name: (verdict.pi, verdict.kind) for verdict in judge(TableInput(table, "", inputs))}


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("flight_crew", ("fit_to_fly", ""), "medical_history_other"),
        ("courier_staff", ("jkz", "健康证有效期"), "medical_history_other"),
        ("shift_report", ("jc", "酒精检测结果"), "medical_history_other"),
        ("renter", ("stripe_payment_method_id", ""), "financial_account_other"),
        ("ride_hailing", ("dest_longitude", ""), "precise_location"),
        ("cabin_clip", ("clip", "车内录音"), "biometric"),
    ],
)
def test_sensitive_items_of_staff_riders_and_renters_are_found(table: str, column: tuple[str, str], kind: str) -> None:
    assert found(table, ("employee_no", ""), column)[column[0]] == ("sensitive", kind)


def test_licences_of_mechanics_are_documents() -> None:
    judged = found(
        "certifying_staff", ("full_name", ""), ("part66_licence", ""), ("ndt_cert", ""), ("zz", "维修执照号")
    )
    assert {kind for _, kind in judged.values()} == {"person_name", "other_id_document"}


def test_an_event_is_no_reaction_where_no_patient_is() -> None:
    judged = found("door_event", ("user_id", ""), ("event_type", ""), ("sdk_ver", ""), ("server_time", ""))
    assert {pi for pi, kind in judged.values() if kind != "member_id"} == {"none"}
    assert found("adverse", ("patient_id", ""), ("drug_name", ""), ("event_term", ""))["event_term"][1] == "diagnosis"


def test_the_key_of_a_vehicle_names_it_only_where_its_track_is_kept() -> None:
    assert found("car_expenses", ("vehicle_id", ""), ("cost", ""))["vehicle_id"][1] == "none"
    tracked = found("gps_track", ("vehicle_id", ""), ("lat", ""), ("lng", ""), ("speed", ""))
    assert tracked["vehicle_id"] == ("personal", "vehicle_vin")


@pytest.mark.parametrize(
    "column",
    [
        ("health_score", "健康度评分"),
        ("subject", "保养项目"),
        ("fee_bp", ""),
        ("oil", "滑油温度"),
        ("no", "公安备案号"),
    ],
)
def test_the_health_of_machines_and_marks_of_firms_are_nobodys(column: tuple[str, str]) -> None:
    assert found("charger", ("owner_user_id", ""), column)[column[0]][0] == "none"


def test_columns_correct_what_a_table_is_called() -> None:
    assert found("mes_work_order", ("wo_no", ""), ("vin", ""), ("line", ""))["vin"][1] == "vehicle_vin"
    pupils = found("school_db", ("fname", ""), ("lname", ""), ("dob", ""), ("address", ""), ("blood_group", ""))
    assert pupils["address"][0] == "personal" and pupils["blood_group"][0] == "sensitive"
    assert found("school_db", ("name", ""), ("address", ""))["address"][0] == "none"
    assert found("mall_address", ("consignee", ""), ("mobile", ""), ("city", ""))["city"][0] == "personal"


@pytest.mark.parametrize("name", ["epf_employee", "shift_allowance", "课时费", "gratuity_amount", "withholding_tax"])
def test_what_a_payslip_is_made_of_is_income(name: str) -> None:
    assert found("payslip", ("employee_no", ""), (name, ""))[name] == ("sensitive", "income_assets")


def test_amounts_of_a_loan_are_its_account() -> None:
    judged = found("car_loan", ("user_id", ""), ("down_payment", ""), ("fq", "分期期数"))
    assert {judged["down_payment"], judged["fq"]} == {("sensitive", "financial_account_other")}
