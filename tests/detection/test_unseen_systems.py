"""Columns of systems nobody has seen: cut short, glued, misspelt, and records that their key alone explains."""

import pytest

from exportgate.recognizers.column_names import read
from exportgate.recognizers.column_names_split import split
from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, *columns: str, comment: str = "") -> dict[str, str]:
    """Judge columns written `name` or `name:comment`, by name."""
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, comment, tuple(inputs)))}


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("pasenger", "passenger"),
        ("brithday", "birth"),
        ("diagnosiss", "diagnosis"),
        ("addresss", "address"),
        ("hieght", "height_word"),
    ],
)
def test_a_letter_wrong_is_put_right_and_said_with_less_confidence(name: str, concept: str) -> None:
    assert [item.concept.id for item in split(name) if item.concept] == [concept]


@pytest.mark.parametrize("name", ["contest", "context", "parsing", "microphone", "interface", "martini", "wangxiaomei"])
def test_a_real_word_is_not_put_right(name: str) -> None:
    assert read(name).head is None


def test_a_misspelt_word_is_never_certain() -> None:
    right, wrong = judge(TableInput("t", "", (ColumnInput("passenger_phone"), ColumnInput("pasenger_telephon"))))
    assert (wrong.kind, right.kind) == ("phone", "phone")
    assert wrong.confidence < right.confidence


def test_letters_that_a_table_repeats_say_whose_its_columns_are() -> None:
    found = kinds("clinic_visit", "paName", "paSex", "paTel", "docname", "visit_state", comment="门诊")
    assert (found["paName"], found["paSex"], found["paTel"], found["docname"]) == (
        "person_name",
        "gender",
        "phone",
        "person_name",
    )
    found = kinds("t_member", "szEmail", "szMobile", "szGender", "nLevel")
    assert (found["szEmail"], found["szMobile"], found["szGender"]) == ("email", "phone", "gender")


def test_a_medicine_glued_to_its_columns_is_the_patients() -> None:
    found = kinds("chufang", "patient_id", "medyongfa", "medjiliang", "medname")
    assert {found["medyongfa"], found["medjiliang"], found["medname"]} == {"medication"}


def test_a_patients_key_alone_makes_a_record_of_care() -> None:
    found = kinds("t_talk", "id", "patient_id", "complaint_words", "reply_words")
    assert found["complaint_words"] == found["reply_words"] == "medical_history_other"
    assert found["id"] == "none"
