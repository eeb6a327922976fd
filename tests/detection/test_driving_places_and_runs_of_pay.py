"""Occurrences of driving, places without anybody, runs of pay, digests, firms that operate aircraft. All made up."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def found(table: str, *columns: str | tuple[str, str], comment: str = "") -> dict[str, tuple[str, str]]:
    """Judge a table of columns, some with comments."""
    pairs = [(column, "") if isinstance(column, str) else column for column in columns]
    inputs = tuple(ColumnInput(name, "", said, "varchar(20)") for name, said in pairs)
    return {verdict.name: (verdict.pi, verdict.kind) for verdict in judge(TableInput(table, comment, inputs))}


def test_what_an_occurrence_of_driving_is_made_of_is_somebodys_driving() -> None:
    judged = found("harsh_brake_events", "id", "driver_id", "event_type", "severity", "g_force")
    assert {judged[name] for name in ("event_type", "severity", "g_force")} == {("personal", "driving_behaviour")}
    other = found("page_behaviour_log", "id", "user_id", "event_type", "value")
    assert "driving_behaviour" not in {kind for _, kind in other.values()}


def test_where_something_always_is_is_nobodys_whereabouts() -> None:
    judged = found("pickup_location", "id", "location_name", "latitude", "longitude", "created_at")
    assert {pi for pi, _ in judged.values()} == {"none"}


@pytest.mark.parametrize("who", ["user_id", "device_id", "plate_number", "rider_name", "phone"])
def test_where_somebody_is_stays_theirs(who: str) -> None:
    assert found("current_location", who, "location_name", "latitude", "longitude")["latitude"][0] == "sensitive"
    assert found("current_location", "name", "latitude", "longitude", "fix_time")["latitude"][0] == "sensitive"


def test_amounts_of_a_payslip_are_somebodys_and_sums_of_a_run_nobodys() -> None:
    lines = found("payroll_lines", "payroll_id", "employee_id", "gross_amount", "net_amount", "concepts")
    assert {lines[name] for name in ("gross_amount", "net_amount", "concepts")} == {("sensitive", "income_assets")}
    run = found("payroll_runs", "id", "name", "period_start", "total_gross", "total_deductions", "total_net")
    assert {pi for pi, _ in run.values()} == {"none"}
    slip = found("payslips", "id", "employee_name", "total_gross", "total_deductions")
    assert slip["total_gross"] == slip["total_deductions"] == ("sensitive", "income_assets")


@pytest.mark.parametrize("column", ["document_fingerprint", "license_number_fingerprint", "card_fingerprint"])
def test_the_fingerprint_of_a_number_is_a_digest(column: str) -> None:
    assert found("customers", "full_name", column)[column] == ("personal", "pseudonymous_id")
    assert found("customers", "full_name", "fingerprint")["fingerprint"] == ("sensitive", "biometric")


def test_who_operates_what_is_registered_is_a_firm_and_at_a_desk_somebody() -> None:
    aircraft = found("defects", "aircraft_registration", "ata_chapter", "operator", "defect_date")
    assert aircraft["operator"][0] == "none"
    assert found("order_log", "order_id", "operator", "action_time")["operator"][0] == "personal"


def test_a_name_behind_the_number_of_a_student_or_beside_a_telephone_and_mail_is_theirs() -> None:
    assert found("payment", "id", "student_no", "name", "amount_due")["name"] == ("personal", "person_name")
    assert found("prize_log", "id", "name", "tel", "email")["name"] == ("personal", "person_name")
    assert found("order_items", "id", "order_no", "name", "price")["name"][0] == "none"


def test_a_word_beside_a_password_is_what_somebody_logs_in_with() -> None:
    assert found("member", "mno", "id", "passwd")["id"] == ("personal", "account_login_id")
    assert found("member", "id", "username", "passwd")["id"][0] == "none"


def test_who_insures_a_car_of_the_fleet_is_nobodys_account() -> None:
    judged = found("vehicles", "plate_number", "chassis_number", "insurance_provider", "insurance_expiry")
    assert judged["insurance_provider"][0] == judged["insurance_expiry"][0] == "none"
    assert found("patients", "patient_name", "insurance_provider")["insurance_provider"][0] != "none"


def test_a_member_s_key_stays_one_where_the_comment_names_only_the_system() -> None:
    assert found("haircut", "id", ("member_user_id", "会员管理系统"))["member_user_id"] == ("personal", "member_id")


def test_where_somebody_lives_is_no_track() -> None:
    judged = found("trip_users", "user_id", "gps_time", "longitude", "latitude", "home_address", "speed")
    assert judged["home_address"] == ("personal", "postal_address")


def test_the_fitness_of_a_pilot_is_of_health() -> None:
    judged = found("pilot", "pilot_id", "medical_checkup_date", "flight_hours")
    assert judged["medical_checkup_date"] == ("sensitive", "medical_history_other")
