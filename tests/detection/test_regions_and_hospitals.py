"""Keys of regions, addresses of contacts, what a hospital found, and reports of vaccines. All made up."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge
from tests.detection.test_context import verdicts


@pytest.mark.parametrize("comment", ["行政区域表的省ID", "省ID", "收货地址省份id"])
def test_the_key_of_a_region_in_somebodys_address_is_where_they_live(comment: str) -> None:
    columns = (
        ColumnInput("name", "string", "收货人名称"),
        ColumnInput("mobile", "string", "手机号码"),
        ColumnInput("province_id", "string", comment),
    )
    assert judge(TableInput("address", "收货地址表", columns))[2].kind == "postal_address"
    of_place = TableInput("parking_lot", "停车场", (ColumnInput("lot_name"), ColumnInput("p_id", "string", comment)))
    assert judge(of_place)[1].kind == "none"


def test_an_address_of_a_contact_is_a_persons_and_of_nobody_known_a_places() -> None:
    columns = ("id", "contact_id", "address_line1", "city", "type", "primary")
    found = verdicts("ADDRESS", *columns)
    assert found["address_line1"][0] == found["city"][0] == "postal_address"
    assert verdicts("ADDRESS", *(column for column in columns if column != "contact_id"))["city"][0] == "none"


def test_the_variety_of_blood_makes_no_animal_of_a_patient() -> None:
    found = verdicts("麻醉记录", "患者ID", "出血量(mL)", "输血品种代码", "输血量(mL)", "术中输液项目")
    assert found["出血量(mL)"][1] == found["输血量(mL)"][1] == found["术中输液项目"][1] == "sensitive"
    assert verdicts("宠物", "名称", "品种", "年龄", "体重")["体重"][1] == "none"


def test_what_a_hospital_found_is_the_patients_and_how_it_is_reached_its_own() -> None:
    found = verdicts("patient", "hospital_admission_diagnosis", "hospitaldischargestatus", "hospital_phone", "gender")
    assert found["hospital_admission_diagnosis"][1] == found["hospitaldischargestatus"][1] == "sensitive"
    assert found["hospital_phone"][1] == "none"


def test_reports_of_vaccines_are_read_by_the_names_of_their_variables() -> None:
    found = verdicts("data", "VAERS_ID", "RECVDATE", "STATE", "HOSPITAL", "ER_VISIT", "SYMPTOM_TEXT", "V_FUNDBY")
    kinds = {name: kind for name, (kind, _) in found.items()}
    assert kinds == {
        "VAERS_ID": "subject_id",
        "RECVDATE": "none",
        "STATE": "postal_address",
        "HOSPITAL": "medical_history_other",
        "ER_VISIT": "medical_history_other",
        "SYMPTOM_TEXT": "diagnosis",
        "V_FUNDBY": "none",
    }


def test_how_many_people_are_is_nobody() -> None:
    assert verdicts("tb_bus", "people_num", "plate_no")["people_num"][0] == "none"


def test_one_column_makes_no_animals_or_firms_of_persons() -> None:
    measured = ("user_id", "recovery_score", "resting_heart_rate", "spo2_percentage")
    found = verdicts("recovery", *measured, "species")
    assert {found[name][1] for name in measured[1:]} == {"sensitive"}
    of_pets = verdicts("recovery", *measured[1:], "species", "breed")
    assert {kind for kind, _ in of_pets.values()} == {"none"}
    staff = verdicts("personnel", "last_name", "first_name", "address1", "city", "phone", "credit_code")
    assert staff["address1"][0] == staff["city"][0] == "postal_address"


def test_the_scheme_of_an_employees_pay_is_theirs() -> None:
    found = verdicts("oa_salary_structure", "emp_id", "base_salary", "merit_salary", "allowance", "status")
    assert found["base_salary"][0] == found["merit_salary"][0] == "income_assets"
    assert verdicts("salary_grade", "grade_code", "base_salary", "merit_salary")["base_salary"][0] == "none"


def test_what_is_reported_consented_or_burnt_is_nobodys_health_or_purchase() -> None:
    found = verdicts(
        "adverse_events", "subject_id", "event_term", "susar_report_id", "susar_report_date", "coding_confirmed"
    )
    assert (found["event_term"][1], found["susar_report_id"][1], found["coding_confirmed"][1]) == (
        "sensitive",
        "none",
        "none",
    )
    assert verdicts("informed_consents", "subject_id", "consent_withdrawn")["consent_withdrawn"][1] == "none"
    assert verdicts("oil_log", "msn", "oil_consume_1", "oil_consume_2")["oil_consume_1"][1] == "none"
    assert verdicts("labevents", "subject_id", "itemid", "value", "valueuom")["valueuom"][1] == "none"


@pytest.mark.parametrize(
    "table", ["store_clerk", "department_head", "branch_manager", "address_book", "店长", "购买人"]
)
def test_who_runs_or_serves_a_shop_is_somebody(table: str) -> None:
    found = verdicts(table, "name", "phone", "email", "home_address")
    assert {pi for _, pi in found.values()} == {"personal"}


def test_what_befell_somebody_is_no_dictionary_without_their_key() -> None:
    columns = ("accession", "causality", "description", "name_reported", "name_code", "end_time")
    found = verdicts("adverse_event", *columns)
    assert {found[name][1] for name in ("causality", "description", "name_reported")} == {"sensitive"}
    assert verdicts("adverse_event_type", "code", "name", "description")["description"][1] == "none"


def test_the_key_of_what_was_examined_says_what_was() -> None:
    columns = (
        ColumnInput("patient_id", "string", "患者ID"),
        ColumnInput("item_id", "string", "体检项目ID"),
        ColumnInput("record_id", "string", "体检记录ID"),
        ColumnInput("value", "string", "检查结果值"),
    )
    found = {each.name: each.kind for each in judge(TableInput("exam_result", "体检结果表", columns))}
    assert found["item_id"] == found["value"] == "lab_or_vital_sign"
    assert found["record_id"] == "none"
    alone = TableInput(
        "exam_item", "体检项目字典", (ColumnInput("item_id", "string", "体检项目ID"), ColumnInput("name"))
    )
    assert judge(alone)[0].kind == "none"


def test_a_car_with_a_call_sign_is_no_aircraft() -> None:
    found = verdicts("vehicle_positions", "vin", "call_sign", "driver_id", "latitude", "longitude", "speed")
    assert found["latitude"][1] == found["longitude"][1] == "sensitive"
    assert found["vin"][0] == "vehicle_vin"
