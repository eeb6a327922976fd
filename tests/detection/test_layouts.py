"""Tables of published databases, reports and products are read as their layout has them, and only they."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from exportgate.recognizers.column_names_standards import family
from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, names: str) -> dict[str, str]:
    """Return the kind of each column of a table that has names and nothing else."""
    columns = tuple(ColumnInput(name, "string") for name in names.split())
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, "", columns))}


LAYOUTS = yaml.safe_load((Path(__file__).parent / "layouts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_are_what_the_layout_says(layout: str) -> None:
    columns = LAYOUTS[layout]["columns"]
    assert family(columns) == layout
    assert kinds(LAYOUTS[layout]["table"], " ".join(columns)) == columns


@pytest.mark.parametrize(
    ("table", "names"),
    (
        ("dm", "STUDYID DOMAIN USUBJID SPECIES STRAIN SEX ARMCD"),  # animals of a study
        ("bw", "STUDYID DOMAIN USUBJID BWSEQ BWTESTCD BWORRES"),
        ("ta", "STUDYID DOMAIN ARMCD ARM TAETORD ETCD ELEMENT EPOCH"),  # the arms that are planned
        ("concept", "concept_id concept_name domain_id vocabulary_id concept_class_id standard_concept concept_code"),
        ("cohort_definition", "cohort_definition_id cohort_definition_name cohort_definition_syntax"),
    ),
)
def test_animals_designs_and_vocabularies_are_nobodys(table: str, names: str) -> None:
    assert set(kinds(table, names).values()) == {"none"}


@pytest.mark.parametrize(
    "names",
    (
        "subject_id room_id value",  # of a school
        "patient encounter items total_cost",
        "PATIENT_NO VALUE UNIT",
        "case_id case_num status priority notes department",  # of a help desk
        "D.1 D.3 D.4 H.1 H.2",  # of any questionnaire
        "PCS ZRQ JLX MLPH",  # of a register of addresses
        "ZYCS LYFS XM",
        "name_last name_first birthdt",
        "XM XB CSRQ LXDH",
    ),
)
def test_words_that_others_have_too_make_no_layout(names: str) -> None:
    assert family(names.split()) == ""


def test_a_planned_arm_is_a_subjects_where_subjects_stand() -> None:
    assert kinds("dm", "STUDYID DOMAIN USUBJID ARMCD ARM SEX")["ARMCD"] == "medication"


def test_a_column_that_a_layout_does_not_know_is_judged_as_anywhere() -> None:
    found = kinds("patients", "subject_id hadm_id mobile_phone resident_id_no")
    assert (found["mobile_phone"], found["resident_id_no"]) == ("phone", "cn_resident_id")


@pytest.mark.parametrize("added", ("phone", "reviewer_email", "user_name", "id_card_no"))
@pytest.mark.parametrize(
    "names",
    (
        "concept_id vocabulary_id concept_class_id concept_code",
        "USUBJID SPECIES STRAIN SEX",
        "patientunitstayid uniquepid age",
    ),
)
def test_what_somebody_added_to_a_layout_of_nobodys_is_somebodys(names: str, added: str) -> None:
    found = kinds("extended", f"{names} {added}")
    assert found[added] != "none"
