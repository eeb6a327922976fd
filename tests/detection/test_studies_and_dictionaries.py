"""What describes studies, files, audits and dictionaries is nobody's, and what befell somebody is theirs."""

import pytest

from tests.detection.test_context import verdicts

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
    assert verdicts("studies", *STUDIES)[column][1] == "none"


@pytest.mark.parametrize("column", [name.partition(":")[0] for name in ITEMS])
def test_the_parent_of_an_entry_is_no_patient_and_its_entry_nobodys(column: str) -> None:
    assert verdicts("tj_xiangmu", *ITEMS, comment="体检项目表")[column][1] == "none"


@pytest.mark.parametrize("column", ["jielun:检查结论", "jianyi:处理意见", "jibing:疾病"])
def test_conclusions_to_choose_from_are_nobodys(column: str) -> None:
    columns = ("id", "srm:输入码", "jielun:检查结论", "jianyi:处理意见", "jibing:疾病", "sfsc:是否删除")
    assert verdicts("zd_summary", *columns, comment="职业病处理意见")[column.partition(":")[0]][1] == "none"


def test_drugs_of_cases_are_somebodys_medication_and_a_catalogue_of_drugs_is_nobodys() -> None:
    shared = ("medicinal_product", "drug_indication", "dosage_amount", "administration_route")
    of_case = ("report_id", *shared, "drug_characterization", "taken_action", "drug_recurrence")
    given, listed = verdicts("stg_drugs", *of_case), verdicts("drugs", "drug_id", *shared, "unit_price")
    assert [given[name][1] for name in shared] == ["sensitive"] * 4
    assert [listed[name][1] for name in shared] == ["none"] * 4


@pytest.mark.parametrize("column", ["event_level:事件等级", "event:事件"])
def test_what_befell_a_patient_is_of_health_and_its_number_is_not(column: str) -> None:
    columns = ("event_no:事件编号", "patient_id:患者", "event_level:事件等级", "event:事件", "zhenduan:诊断")
    found = verdicts("adverse_event", *columns, comment="不良事件")
    assert (found[column.partition(":")[0]][1], found["event_no"][1]) == ("sensitive", "none")


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ae_attachments", ("id", "ae_id", "name", "mime", "size", "added_at")),
        ("audit_events", ("id", "object_type", "action", "reason", "created_at")),
        ("deviations", ("id", "site_id", "root_cause", "corrective_action", "severity")),
    ],
)
def test_files_audits_and_deviations_of_studies_tell_of_nobodys_health(table: str, columns: tuple[str, ...]) -> None:
    found = verdicts(table, *columns, "subject_id")
    assert [name for name, (_, pi) in found.items() if pi == "sensitive"] == []
    assert found["subject_id"][0] == "subject_id"


def test_where_somebodys_car_had_an_accident_is_a_place_of_theirs() -> None:
    columns = ("id", "vehicle_id", "driver_id", "accident_date", "latitude", "longitude", "severity")
    found = verdicts("accidents", *columns)
    assert [found[name][1] for name in ("latitude", "longitude")] == ["sensitive"] * 2


def test_who_provides_a_network_is_no_clinician_and_whoever_else_provides_may_be_one() -> None:
    assert verdicts("sim_settings", "id", "apn", "network_provider")["network_provider"][1] == "none"
    for table, beside in (("providers", "npi"), ("claims", "member_id"), ("patient_visits", "patient_id")):
        assert verdicts(table, "id", beside, "provider_name")["provider_name"][0] == "person_name"


def test_what_befell_a_login_is_nobodys_health() -> None:
    assert verdicts("login_event", "patient_id", "event_type", "ip")["event_type"][1] == "none"


@pytest.mark.parametrize(
    ("table", "comment", "key"),
    [("sys_user", "用户", "gender"), ("patient_master", "患者主索引", "phone"), ("xtygb", "", "sex")],
)
def test_persons_who_are_looked_up_by_a_mnemonic_are_persons(table: str, comment: str, key: str) -> None:
    columns = ("id", "name:姓名" if not comment else "name", "input_code:输入码", "phone", key, "birthday")
    found = verdicts(table, *dict.fromkeys(columns), comment=comment)
    assert {found[one][1] for one in ("name", "phone", key, "birthday")} == {"personal"}, found
