"""Where the scenario is given, its rows lead; what it has no row for belongs to a row next door in the sector."""

import pytest

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.scanner import detection
from exportgate.scanner.mapping import map_columns
from exportgate.scanner.mapping.standing import is_audited
from exportgate.scanner.results import ColumnVerdict


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def judged(table: str, comment: str, columns: dict[str, str]) -> list[ColumnVerdict]:
    named = tuple(detection.ColumnInput(name, "string", said) for name, said in columns.items())
    return list(detection.judge(detection.TableInput(table, comment, named)))


REPORT = {
    "report_no": "报告编号",
    "aircraft_registration": "飞机注册号",
    "defect_description": "故障描述",
    "rectification": "排故措施",
    "mechanic_name": "维修人员姓名",
    "licence_no": "执照号",
}


def test_an_aircraft_in_a_report_of_maintenance_is_the_row_next_door(edition: Edition) -> None:
    verdicts = judged("defect_report", "飞机故障报告", REPORT)
    found = map_columns(
        verdicts, edition, "aircraft-maintenance", "maintenance-engineering", "defect_report", "飞机故障报告"
    )
    best = {each.name: each.fields[0].id.split(".", 1)[1] for each in found if each.fields}
    assert best["aircraft_registration"].endswith(".registration_no")
    assert best["mechanic_name"] == "maintenance-engineering.mechanic_name"
    assert best["licence_no"] == "maintenance-engineering.licence_no"


@pytest.mark.parametrize(
    ("name", "comment", "audited"),
    [
        ("update_user_name", "更新人姓名", True),
        ("lastModifiedUserName", "", True),
        ("creator_name", "", True),
        ("last_login_user_name", "", False),
        ("patient_name", "患者姓名", False),
    ],
)
def test_the_name_of_who_changed_a_record_is_the_records(name: str, comment: str, audited: bool) -> None:
    assert is_audited(judged("study_group", "", {name: comment})[0]) is audited


def test_who_changed_a_group_of_a_trial_is_no_subject(edition: Edition) -> None:
    columns = {
        "group_name": "组别名称",
        "group_code": "组别编码",
        "create_user_name": "创建人姓名",
        "update_user_name": "更新人姓名",
    }
    verdicts = judged("study_group", "试验分组", columns)
    found = map_columns(verdicts, edition, "pharma", "clinical-trials", "study_group", "试验分组")
    assert not {each.name: each.fields for each in found}["update_user_name"]
