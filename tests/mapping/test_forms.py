"""What the form of a name says, which tables are dictionaries, and which rows are shown where the sector is unknown."""

import pytest

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.scanner.mapping import map_columns
from exportgate.scanner.mapping.features_nothing import OF_NOTHING
from exportgate.scanner.mapping.fitted import fitted
from exportgate.scanner.results import ColumnVerdict


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def column(name: str, comment: str = "", kind: str = "none") -> ColumnVerdict:
    pi = "none" if kind == "none" else "personal"
    return ColumnVerdict(name, "string", comment, kind=kind, pi=pi, confidence=0.9, decided_by="name")


def test_measurements_in_a_table_of_records_are_somebodys(edition: Edition) -> None:
    names = [("waist", "腰围"), ("heart_rate", "心率"), ("systolic", "收缩压"), ("temperature", "体温")]
    kept = [column("user_id", "用户", "account_login_id"), *(column(*pair, "lab_or_vital_sign") for pair in names)]
    mapped = map_columns(kept, edition, "pharma", "other", "body_index_record", "体征指标记录表")
    assert {each.fields[0].id for each in mapped[1:]} == {"pharma.other.medical_record"}
    dictionary = map_columns(
        [column("name", "指标名称", "diagnosis")], edition, "pharma", "other", "index_dict", "指标字典"
    )
    assert not dictionary[0].fields


@pytest.mark.parametrize("evidence", ["done_by", "flag"])
def test_who_did_something_and_questions_speak_for_no_row(evidence: str) -> None:
    assert evidence in OF_NOTHING
    assert fitted().weights["nothing"][evidence] >= 0.0


def test_rows_of_several_scenarios_are_shown_where_nobody_said_the_sector(edition: Edition) -> None:
    person = [
        column("full_name", "", "person_name"),
        column("phone", "", "phone"),
        column("birthday", "", "birth_date"),
    ]
    mapped = map_columns(person, edition, table_name="persons")
    shown = [{match.scenario for match in each.fields[:3]} for each in mapped if len(each.fields) > 2]
    assert shown
    assert all(len(scenarios) > 1 for scenarios in shown)
    for each in mapped:
        scores = [match.score for match in each.fields]
        assert scores == sorted(scores, reverse=True)


def test_rows_of_a_given_scenario_stay_in_their_order(edition: Edition) -> None:
    (mapped,) = map_columns([column("phone", "", "phone")], edition, "iov", "after-sales", "workshop")
    assert mapped.fields[0].id == "iov.after-sales.phone"
