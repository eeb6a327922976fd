"""Columns land on the rows a filing would name, and on none where the list covers nothing."""

import pytest

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.scanner.mapping import map_columns
from exportgate.scanner.results import ColumnVerdict


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def column(name: str, kind: str = "none", comment: str = "", decided_by: str = "name") -> ColumnVerdict:
    pi = "none" if kind == "none" else "personal"
    return ColumnVerdict(name, "string", comment, kind=kind, pi=pi, confidence=0.95, decided_by=decided_by)


def best(verdict: ColumnVerdict) -> str:
    return verdict.fields[0].id if verdict.fields else ""


@pytest.mark.parametrize(
    ("name", "comment", "kind", "field"),
    [
        ("id_no", "身份证号", "cn_resident_id", "retail.membership.id_number"),
        ("hyxm", "", "person_name", "retail.membership.name"),
        ("custMobileNo", "", "phone", "retail.membership.phone"),
        ("avail_points", "", "none", "retail.membership.points"),
        ("X17", "", "cn_resident_id", "retail.membership.id_number"),
    ],
)
def test_members(edition: Edition, name: str, comment: str, kind: str, field: str) -> None:
    (mapped,) = map_columns([column(name, kind, comment)], edition, "retail", "membership", "crm_member", "会员表")
    assert best(mapped) == field
    assert mapped.fields[0].reason
    assert mapped.fields[0].row == "membership"


def test_a_scenario_is_inferred_from_table_and_neighbours(edition: Edition) -> None:
    names = [("USUBJID", "subject_id"), ("AETERM", "diagnosis"), ("AGE", "age"), ("ARM", "none")]
    mapped = map_columns([column(*pair) for pair in names], edition, table_name="ae")
    assert {verdict.fields[0].scenario for verdict in mapped} == {"clinical-trials"}


@pytest.mark.parametrize("name", ["create_time", "is_deleted", "sku_stock", "warehouse_zone", "dict_sort", "tenant_id"])
def test_business_columns_stay_unmapped(edition: Edition, name: str) -> None:
    (mapped,) = map_columns([column(name)], edition, "retail", "membership", "crm_member")
    assert mapped.fields == ()


def test_at_most_five_best_first(edition: Edition) -> None:
    for verdict in map_columns([column("name", "person_name"), column("phone", "phone")], edition):
        scores = [match.score for match in verdict.fields]
        assert 0 < len(scores) <= 5
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_mapping_never_touches_what_is_counted(edition: Edition) -> None:
    given = [column("zzz", "marital_status"), column("name", "person_name")]
    for before, after in zip(given, map_columns(given, edition, "iov"), strict=True):
        assert (before.kind, before.pi, before.confidence) == (after.kind, after.pi, after.confidence)


def test_important_and_genetic_fields_are_found(edition: Edition) -> None:
    names = ["front_cam_frame", "lidar_path", "traffic_sign_image"]
    mapped = map_columns([column(name) for name in names], edition, "iov", "rd-design", "road_test")
    assert {best(verdict) for verdict in mapped} == {"iov.rd-design.off_vehicle_video"}
    (gene,) = map_columns([column("variant_hgvs", "genetic")], edition, "pharma")
    assert best(gene) == "pharma.drug-rd.genetic_test"


@pytest.mark.parametrize(
    ("table", "comment", "sector", "columns"),
    [
        ("dis_dict", "疾病字典", "pharma", [("code", "疾病编码"), ("name", "疾病名称"), ("icd10", "ICD编码")]),
        ("drugs", "药品目录", "pharma", [("generic", "通用名"), ("form", "剂型"), ("approval", "批准文号")]),
        ("ward", "住院病区表", "pharma", [("ward_code", "病区编码"), ("ward_name", "病区名称")]),
        ("dim_channel", "渠道维度表", "retail", [("channel_name", "渠道名称")]),
        ("point_type", "积分类型表", "retail", [("type_name", "积分类型名称"), ("category", "可提现积分")]),
        ("payers", "", "pharma", [("address", ""), ("city", ""), ("zip", "")]),
        ("suppliers", "供应商", "retail", [("province", "省份"), ("city", "城市"), ("address", "地址")]),
        ("tenant", "租户表", "retail", [("expire_time", "过期时间"), ("package_id", "租户套餐编号")]),
    ],
)
def test_dictionaries_and_companies_are_nobody(
    edition: Edition, table: str, comment: str, sector: str, columns: list[tuple[str, str]]
) -> None:
    given = [column(name, comment=said) for name, said in columns]
    mapped = map_columns(given, edition, sector, None, table, comment)
    assert [best(each) for each in mapped] == [""] * len(columns)


def test_a_word_of_a_dictionary_is_nobodys_diagnosis(edition: Edition) -> None:
    named, seen = column("disease_name", "diagnosis"), column("disease_name", "diagnosis", decided_by="values")
    assert not best(map_columns([named], edition, "pharma", "other", "disease_dict", "疾病字典")[0])
    assert best(map_columns([seen], edition, "pharma", "other", "disease_dict", "疾病字典")[0])


def test_a_level_beside_a_member_is_the_members(edition: Edition) -> None:
    columns = [column("member_id", "member_id"), column("level_name", comment="会员等级")]
    mapped = map_columns(columns, edition, "retail", "membership", "dim_level", "会员等级维度表")
    assert [best(each) for each in mapped] == ["retail.membership.member_id", "retail.membership.tier"]


def test_a_contact_of_a_company_lands_where_the_list_has_contacts_and_is_no_member(edition: Edition) -> None:
    (mapped,) = map_columns([column("contact", "person_name", "联系人")], edition, "retail", None, "supplier", "供应商")
    assert mapped.fields == ()
    (phone,) = map_columns([column("phone")], edition, None, "business-cooperation", "vendor", "供应商")
    assert best(phone) == "aircraft-maintenance.business-cooperation.phone"


def test_tabulation_variables_are_a_trials(edition: Edition) -> None:
    names = ["AETERM", "AESEV", "AESER", "AEREL", "AEOUT"]
    for mapped in map_columns([column(name, "diagnosis") for name in names], edition, table_name="ae"):
        assert best(mapped) == "pharma.clinical-trials.adverse_event"


def test_a_persons_number_is_no_document_of_an_aircraft(edition: Edition) -> None:
    columns = [column("id_number", "cn_resident_id")]
    (mapped,) = map_columns(columns, edition, None, "maintenance-engineering", "personnel")
    assert "technical_document" not in best(mapped)


@pytest.mark.parametrize("name", ["id", "uuid", "parent_id"])
def test_a_bare_key_numbers_lines_and_is_no_field(edition: Edition, name: str) -> None:
    columns = [column(name), column("order_no", "order_or_consumption_record")]
    keyed, _ = map_columns(columns, edition, "retail", None, "orders")
    assert keyed.fields == ()


def test_a_row_next_door_that_is_called_so_wins(edition: Edition) -> None:
    names = ["defect_description", "corrective_action", "task_card_no", "part_number", "aircraft_total_time"]
    *_, hours = map_columns([column(name) for name in names], edition, table_name="defect_report")
    assert best(hours) == "aircraft-maintenance.health-monitoring.hours_cycles"


def test_a_patients_city_is_no_reporters(edition: Edition) -> None:
    columns = [column("city", "postal_address"), column("patient_id", "subject_id"), column("sex", "gender")]
    city, *_ = map_columns(columns, edition, "pharma", None, "patient")
    assert best(city).endswith("contact")


def test_records_of_care_without_a_case_are_not_pharmacovigilance(edition: Edition) -> None:
    kinds = {"patient_name": "person_name", "sex": "gender", "phone": "phone", "birthday": "birth_date"}
    columns = [column(name, kind) for name, kind in kinds.items()]
    (first, *_) = map_columns(columns, edition, "pharma", None, "clinic_visitor")
    assert first.fields[0].scenario != "pharmacovigilance"


def test_codes_of_a_standard_are_no_dictionary(edition: Edition) -> None:
    names = ["primaryid", "caseid", "drugname", "prod_ai", "lot_num", "role_cod"]
    mapped = map_columns([column(name) for name in names], edition, "pharma", None, "drug")
    assert {verdict.fields[0].scenario for verdict in mapped if verdict.fields} == {"pharmacovigilance"}
    assert all(verdict.fields for verdict in mapped)


def test_the_tables_own_key_and_its_audit_columns_are_no_fields(edition: Edition) -> None:
    columns = [column("feedback_id"), column("content", "free_text"), column("update_user_id", "account_login_id")]
    key, content, audit = map_columns(columns, edition, "retail", None, "mall_feedback", "用户反馈")
    assert (key.fields, audit.fields) == ((), ())
    assert best(content) == "retail.membership.service_record"


def test_a_companys_phone_is_a_business_contacts(edition: Edition) -> None:
    columns = [
        column("supplier", comment="供应商名称"),
        column("tel", "phone", "联系电话"),
        column("bank", "bank_account"),
    ]
    mapped = map_columns(columns, edition, None, None, "jsh_supplier", "供应商信息表")
    assert {verdict.fields[0].scenario for verdict in mapped} <= {"business-cooperation", "medical-business-contacts"}
