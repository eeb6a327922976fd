"""Sizes of pictures, registers of trials, columns nobody knows, births, and risks of patients. All made up."""

import pytest

from tests.detection.test_context import verdicts


def found(table: str, names: str) -> dict[str, tuple[str, str]]:
    """Judge a table of columns that have names alone."""
    return verdicts(table, *(f"{name}@varchar(64)" for name in names.split()))


def test_a_height_beside_a_width_is_a_pictures_and_beside_a_weight_a_bodys() -> None:
    assert found("patient_pictures", "patient_id width height file_name")["height"][1] == "none"
    assert found("patient_measures", "patient_id height weight")["height"][1] == "sensitive"
    assert found("patient_measures", "patient_id width height weight")["height"][1] == "sensitive"


def test_a_register_of_trials_seeks_subjects_and_has_none() -> None:
    names = "scientific_title study_type masking inclusion_criteria exclusion_criteria estimated_enrollment phase"
    register = found("clinical_trials", f"{names} accepts_patients drug_name age gender conditions")
    assert {register[name][1] for name in ("drug_name", "conditions")} == {"none"}
    assert found("trial_visits", "subject_id study_type phase masking drug_name")["drug_name"][1] == "sensitive"
    assert found("trial_lines", f"patient_name {names} diagnosis")["diagnosis"][1] == "sensitive"


def test_columns_nobody_knows_are_told_by_their_values() -> None:
    judged = found("admission", "patient_id diagnosis admission_unknown1 reserved_2")
    assert {judged[name][1] for name in ("admission_unknown1", "reserved_2")} == {"none"}
    assert judged["diagnosis"][1] == "sensitive"


def test_who_was_born_is_a_child() -> None:
    assert verdicts("birth_certificate", "name:姓名", "birthday:出生日期")["name"] == ("person_name", "sensitive")
    assert verdicts("employee", "name:姓名", "birthday:出生日期")["name"] == ("person_name", "personal")


@pytest.mark.parametrize("column", ["grade:预警级别", "level:高危等级", "high_risk_patient", "alarm_value"])
def test_risks_and_alarms_of_patients_are_of_their_health(column: str) -> None:
    assert verdicts("patient_record", "patient_id", column)[column.partition(":")[0]][1] == "sensitive"
    assert verdicts("machine", "id", "serial_no", column)[column.partition(":")[0]][1] == "none"


def test_a_named_patient_is_admitted_for_a_reason() -> None:
    assert found("admissions", "patient_name ward bed_no reason")["reason"][1] == "sensitive"
    assert found("admissions", "school_name grade seat_no reason")["reason"][1] == "none"


def test_a_patient_in_turkish_has_a_name_and_a_number() -> None:
    judged = found("hasta_kayit", "id ad soyad tc_no sikayet doktor_id")
    assert (judged["ad"][0], judged["doktor_id"][0]) == ("person_name", "account_login_id")
    assert judged["tc_no"][1] == "personal"
    assert found("campaigns", "id ad clicks budget")["ad"][1] == "none"
