"""What describes studies, files, audits and dictionaries is nobody's, and what befell somebody is theirs."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge
from exportgate.scanner.results import ColumnVerdict


def verdict(table: str, comment: str, *columns: str, of: str) -> ColumnVerdict:
    inputs = tuple(ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns))
    return next(one for one in judge(TableInput(table, comment, inputs)) if one.name == of)


STUDIES = (
    "id",
    "protocol_no",
    "title",
    "indication",
    "sponsor",
    "jurisdiction",
    "planned_sites",
    "planned_subjects",
    "start_date",
)
ITEMS = (
    "id",
    "pid:父级",
    "item_no:项目编号",
    "name:体检项目名称",
    "unit:结果单位",
    "has_used:有使用(0否,1是)",
    "remark:备注",
)


@pytest.mark.parametrize("column", STUDIES)
def test_what_describes_a_study_is_no_subjects(column: str) -> None:
    assert verdict("studies", "", *STUDIES, of=column).pi == "none"


@pytest.mark.parametrize("column", [name.partition(":")[0] for name in ITEMS])
def test_the_parent_of_an_entry_is_no_patient_and_its_entry_nobodys(column: str) -> None:
    assert verdict("tj_xiangmu", "体检项目表", *ITEMS, of=column).pi == "none"


@pytest.mark.parametrize("column", ["jielun:检查结论", "jianyi:处理意见", "jibing:疾病"])
def test_conclusions_to_choose_from_are_nobodys(column: str) -> None:
    columns = ("id", "srm:输入码", "jielun:检查结论", "jianyi:处理意见", "jibing:疾病", "sfsc:是否删除")
    assert verdict("zd_summary", "职业病处理意见", *columns, of=column.partition(":")[0]).pi == "none"


def test_drugs_of_cases_are_somebodys_medication_and_a_catalogue_of_drugs_is_nobodys() -> None:
    shared = ("medicinal_product", "drug_indication", "dosage_amount", "administration_route")
    of_case = ("report_id", *shared, "drug_characterization", "taken_action", "drug_recurrence")
    assert [verdict("stg_drugs", "", *of_case, of=name).pi for name in shared] == ["sensitive"] * 4
    assert [verdict("drugs", "", "drug_id", *shared, "unit_price", of=name).pi for name in shared] == ["none"] * 4


@pytest.mark.parametrize("column", ["event_level:事件等级", "event:事件"])
def test_what_befell_a_patient_is_of_health_and_its_number_is_not(column: str) -> None:
    columns = ("event_no:事件编号", "patient_id:患者", "event_level:事件等级", "event:事件", "zhenduan:诊断")
    assert verdict("adverse_event", "不良事件", *columns, of=column.partition(":")[0]).pi == "sensitive"
    assert verdict("adverse_event", "不良事件", *columns, of="event_no").pi == "none"


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ae_attachments", ("id", "ae_id", "name", "mime", "size", "added_at")),
        ("audit_events", ("id", "object_type", "action", "reason", "created_at")),
        ("deviations", ("id", "site_id", "root_cause", "corrective_action", "severity")),
    ],
)
def test_files_audits_and_deviations_of_studies_tell_of_nobodys_health(table: str, columns: tuple[str, ...]) -> None:
    verdicts = judge(TableInput(table, "", tuple(map(ColumnInput, (*columns, "subject_id")))))
    assert [one.name for one in verdicts if one.pi == "sensitive"] == []
    assert verdicts[-1].kind == "subject_id"


def test_where_somebodys_car_had_an_accident_is_a_place_of_theirs() -> None:
    columns = ("id", "vehicle_id", "driver_id", "accident_date", "latitude", "longitude", "severity")
    assert [verdict("accidents", "", *columns, of=name).pi for name in ("latitude", "longitude")] == ["sensitive"] * 2


def test_who_provides_a_network_is_no_clinician_and_whoever_else_provides_may_be_one() -> None:
    assert verdict("sim_settings", "", "id", "apn", "network_provider", of="network_provider").pi == "none"
    for table, beside in (("providers", "npi"), ("claims", "member_id"), ("patient_visits", "patient_id")):
        assert verdict(table, "", "id", beside, "provider_name", of="provider_name").kind == "person_name"


def test_what_befell_a_login_is_nobodys_health() -> None:
    assert verdict("login_event", "", "patient_id", "event_type", "ip", of="event_type").pi == "none"


@pytest.mark.parametrize(
    ("table", "comment", "key"),
    [("sys_user", "用户", "gender"), ("patient_master", "患者主索引", "phone"), ("xtygb", "", "sex")],
)
def test_persons_who_are_looked_up_by_a_mnemonic_are_persons(table: str, comment: str, key: str) -> None:
    columns = ("id", "name:姓名" if not comment else "name", "input_code:输入码", "phone", key, "birthday")
    found = {
        one: verdict(table, comment, *dict.fromkeys(columns), of=one).pi for one in ("name", "phone", key, "birthday")
    }
    assert set(found.values()) == {"personal"}, found
