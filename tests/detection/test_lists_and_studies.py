"""Registers of studies, lists of packages, controls of quality, keys of other tables: no record of care."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def classes(table: str, names: str, comments: str = "", declared: str = "") -> dict[str, str]:
    """Judge a table of columns that have names, and comments where they are given."""
    said = comments.split() or [""] * len(names.split())
    columns = tuple(ColumnInput(name, "", one, declared) for name, one in zip(names.split(), said, strict=True))
    return {verdict.name: verdict.pi for verdict in judge(TableInput(table, "", columns))}


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (
            "clinical_trials",
            "nct_id public_title recruitment_status intervention_model drug_name conditions age gender",
        ),
        ("t_checkitem", "code name sex age price attention"),
        ("checkup_package", "code name sex age price"),
        ("qc_record", "id rule_name result score memo condition"),
    ],
)
def test_a_register_or_list_is_nobodys(table: str, names: str) -> None:
    assert set(classes(table, names).values()) == {"none"}


def test_a_study_with_a_line_for_each_subject_is_of_them() -> None:
    found = classes("clinical_trial_2", "subject_id nct_id study_phase public_title age gender diagnosis")
    assert found["diagnosis"] == "sensitive" and found["gender"] == "personal"


def test_a_number_whose_comment_says_foreign_key_is_one() -> None:
    found = classes("vital", "patient_id surgery_no pulse", "病人ID 手术顺序号，外键关联手术信息表 脉搏", "int")
    assert found["surgery_no"] == "none" and found["pulse"] == "sensitive"


def test_when_a_row_was_written_or_printed_is_no_finding() -> None:
    found = classes("vaccinations", "patient_id vaccine dose IsPrint last_updated_program trans_flag localReaction")
    assert {found[name] for name in ("IsPrint", "last_updated_program", "trans_flag")} == {"none"}
    assert found["localReaction"] == "sensitive"


def test_a_part_of_the_body_among_illnesses_is_an_illness() -> None:
    columns = tuple(map(ColumnInput, ["patient_id", "asthma", "diabetes", "hepatitis", "anaemia", "respiratory"]))
    assert judge(TableInput("history", "", columns))[-1].kind == "diagnosis"
    measured = tuple(map(ColumnInput, ["patient_id", "blood_pressure", "pulse", "hemoglobin", "respiratory"]))
    assert judge(TableInput("examination", "", measured))[-1].kind == "lab_or_vital_sign"
