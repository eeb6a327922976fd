"""Columns that a framework adds to every table say nothing of whom the table is about. Every table is made up."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def classes(table: str, names: str, declared: str = "varchar(64)") -> dict[str, str]:
    """Judge a table of columns that have names only."""
    columns = tuple(ColumnInput(name, "", "", declared) for name in names.split())
    return {verdict.name: verdict.pi for verdict in judge(TableInput(table, "", columns))}


@pytest.mark.parametrize(
    ("table", "own", "kept"),
    [
        ("tx_care_domain_model_patient", "uid pid t3ver_stage l10n_state", "diagnosis"),
        ("patient_visit", "voided date_voided date_changed", "weight temperature"),
        ("Patient Encounter", "docstatus idx parentfield", "symptoms diagnosis"),
        ("lab_results", "_airbyte_raw_id _airbyte_emitted_at", "patient_id glucose"),
        ("household_health", "_submission_time _parent_index _index __version__", "blood_pressure pregnant"),
        ("Images", "SOPInstanceUID NumberOfFrames ViewPosition", "PatientID BodyMassIndex"),
        ("pacs_meta", "pacs_sop_instance_uid pacs_modality", "pacs_patient_id pacs_diagnosis"),
        ("AE", "StudyEventOID FormOID ItemGroupRepeatKey", "SubjectKey AdverseEvent"),
    ],
)
def test_a_frameworks_columns_are_nobodys_beside_findings(table: str, own: str, kept: str) -> None:
    found = classes(table, f"{own} {kept}")
    assert {name: found[name] for name in own.split()} == dict.fromkeys(own.split(), "none")
    assert found[kept.rsplit(maxsplit=1)[-1]] == "sensitive"


def test_the_same_words_are_read_where_no_framework_keeps_the_table() -> None:
    assert classes("patient_stage", "uid stage diagnosis")["stage"] == "sensitive"
    assert classes("app_user", "uid nickname phone", "bigint")["uid"] == "personal"


def test_who_voided_a_row_is_somebody() -> None:
    found = classes("obs", "voided voided_by date_voided creator")
    assert found["voided"] == "none" and found["voided_by"] == "personal"
