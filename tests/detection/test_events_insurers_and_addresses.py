"""Events that are no reactions, firms that provide or pay, addresses of either, and what comments tell. All made up."""

import pytest

from exportgate.recognizers.column_names_frames import frames
from exportgate.scanner.detection import ColumnInput, TableInput, judge
from tests.detection.test_context import verdicts


@pytest.mark.parametrize("table", ["user_events", "login_events", "device_events", "outbox_events", "door_scan_events"])
def test_events_of_any_kind_are_no_adverse_events(table: str) -> None:
    assert "clinical" not in frames(table)
    assert "sensitive" not in {pi for _, pi in verdicts(table, "id", "event_name", "payload", "occurred_at").values()}


@pytest.mark.parametrize("table", ["adverse_events", "medical_events", "patient_events", "clinical_event"])
def test_events_in_care_are_clinical(table: str) -> None:
    assert "clinical" in frames(table)
    assert verdicts(table, "patient_id", "diagnosis", "notes")["diagnosis"][1] == "sensitive"


def test_who_pays_for_or_insures_care_is_a_firm() -> None:
    found = verdicts("insurance_providers", "provider_name", "phone", "email", "address")
    assert {pi for _, pi in found.values()} == {"none"}
    assert verdicts("providers", "provider_name", "phone")["provider_name"] == ("person_name", "personal")


def test_an_address_that_is_of_a_firm_or_a_person_may_be_a_persons() -> None:
    columns = (ColumnInput("line1"), ColumnInput("city"), ColumnInput("postal_code"))
    either = judge(TableInput("address", "An address of a company or a person", columns))
    assert {one.kind for one in either} == {"postal_address"}
    firms = judge(TableInput("address", "An address of a company", columns))
    assert {one.pi for one in firms} == {"none"}


def test_a_framework_adds_nothing_that_a_comment_says_is_somebodys() -> None:
    assert verdicts("shot", "vid", "nid", "vcn:疫苗名称", "vID_:身份证号")["vID_"][0] == "cn_resident_id"


def test_what_a_program_is_told_behind_a_comment_is_not_read() -> None:
    said = "民族\n@InjectionField(api = DICT_CLASS, method = DICT_METHOD)"
    columns = (
        ColumnInput("name", comment="姓名"),
        ColumnInput("nation", comment=said),
        ColumnInput("sex", comment="性别"),
    )
    assert judge(TableInput("auth_user", "用户", columns))[1].kind == "ethnicity_race"


def test_a_consultation_of_a_named_patient_is_of_their_health() -> None:
    assert verdicts("consult_logs", "patient_name", "consult_content")["consult_content"][1] == "sensitive"
    assert verdicts("consult_logs", "product_name", "consult_content")["consult_content"][1] == "none"
