"""Tables that tell how records were handled, elements of safety reports, and where the staff of a table work."""

import pytest

from exportgate.recognizers.column_names import read
from exportgate.scanner.detection import ColumnInput, TableInput, judge


def verdicts(table: str, *columns: str) -> dict[str, tuple[str, str]]:
    """Kind and class of columns written `name` or `name:comment`, by name."""
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    return {verdict.name: (verdict.kind, verdict.pi) for verdict in judge(TableInput(table, "", tuple(inputs)))}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("clinic_audit_log", ("patient_id", "operator", "action", "result")),
        ("edc_query", ("subject_id", "query_text_status", "old_value", "raise_time")),
        ("aggregate_signal", ("run_date", "prr", "ror", "ic025")),
    ],
)
def test_how_records_were_handled_asked_about_or_counted_is_no_health(table: str, columns: tuple[str, ...]) -> None:
    found = verdicts(table, *columns)
    assert "sensitive" not in {found[name][1] for name in columns}


def test_a_patients_findings_stay_what_they_are() -> None:
    found = verdicts("lab_report", "patient_id", "test_name", "result", "unit")
    assert found["result"] == ("lab_or_vital_sign", "sensitive")


def test_elements_of_safety_reports_are_read_by_their_standard() -> None:
    found = verdicts("DrugTable", "DrugCharacterization", "MedicinalProduct", "DrugDosageForm", "ActionDrug", "Country")
    assert [found[name][0] for name in ("DrugCharacterization", "MedicinalProduct", "DrugDosageForm")] == [
        "medication"
    ] * 3
    assert found["ActionDrug"][0] == "medical_history_other"
    assert verdicts("drug_list", "MedicinalProduct", "price", "stock")["MedicinalProduct"][1] == "none"


def test_units_of_doses_and_lots_are_of_the_medication_in_the_files_of_a_standard_as_in_those_of_trials() -> None:
    found = verdicts("drug_file", "primaryid", "caseid", "dose_amt", "dose_unit", "lot_num", "dechal", "rept_dt")
    assert {found[name][0] for name in ("dose_amt", "dose_unit", "lot_num")} == {"medication"}
    assert found["rept_dt"][0] == "none"
    assert verdicts("cm", "USUBJID", "CMTRT", "CMDOSE", "CMDOSU")["CMDOSU"][0] == "medication"


def test_the_hospital_of_doctors_is_where_they_work_and_that_of_patients_is_not_theirs() -> None:
    assert verdicts("doctors", "first_name", "last_name", "hospital", "phone")["hospital"][0] == "occupation_employer"
    assert verdicts("doctors", "first_name", "last_name", "hospital_id", "phone")["hospital_id"][0] == "none"
    assert verdicts("bed_plan", "bed_no", "hospital", "capacity")["hospital"][0] == "none"


def test_whoever_speaks_for_a_firm_has_a_post_and_a_telephone() -> None:
    found = verdicts("prestador", "razon_social", "contato", "cargo_contato", "telefone")
    assert (found["contato"][0], found["cargo_contato"][0], found["telefone"][0]) == (
        "person_name",
        "occupation_employer",
        "phone",
    )


def test_a_word_that_ends_in_a_real_one_is_not_cut_shorter() -> None:
    assert read("visittemplate_name").head is None or read("visittemplate_name").head.kind != "licence_plate"
