"""A comment or name that says the same in other words is read alike: every attribute, sentence and person."""

from __future__ import annotations

import itertools

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge

ATTRIBUTES = {
    "手机号": "phone",
    "真实姓名": "person_name",
    "电子邮箱": "email",
    "身份证号": "cn_resident_id",
    "出生日期": "birth_date",
    "家庭住址": "postal_address",
    "民族": "ethnicity_race",
    "车牌号": "licence_plate",
    "入院诊断": "diagnosis",
}
SENTENCES = (
    "{of}的{it}",
    "{of}{it}",
    "{it}（{of}）",
    "{it}(必填)",
    "{it}，唯一",
    "【{of}】{it}",
    "{of}：{it}",
    "1.{it}",
    "2、{it}",
    "{it}字段",
    "当前{of}的{it}",
    "{it};如无则为空",
    "该字段为{of}{it}",
    "保存{of}的{it}",
    "12 {of}{it}",
    '{of}{it}，格式为 "YYYY-MM-DD HH:MM:SS"',
    "{of}{it}（如 2024-01-31 08:30:00）",
    "{it}\\n默认为{of}表中的{it}",
    "必填，{it}",
    "字段名：{it}",
    "中文名称：{of}{it}",
    "说明：{it}",
    "①{it}",
)
ATTRIBUTES_IN_ENGLISH = {
    "phone number": "phone",
    "full name": "person_name",
    "email": "email",
    "date of birth": "birth_date",
    "home address": "postal_address",
    "marital status": "marital_status",
    "passport number": "passport",
    "licence plate": "licence_plate",
    "diagnosis": "diagnosis",
}
SENTENCES_IN_ENGLISH = (
    "{it} of the {of}",
    "the {of}'s {it}",
    "{of} {it}",
    "{of}: {it}",
    "{it} (encrypted)",
    "{it} field",
    "primary {it}",
    "stores the {it} of the {of}",
    "this is the {it}",
    "this field holds the {of} {it}",
    "{it} used to identify the {of}",
    "{it} that the {of} entered",
    "{it} where the {of} is met",
    "the {it} associated with the {of}",
    "{it} of the {of} (yyyy-MM-dd HH:mm:ss)",
    "{it} - required",
    "TODO: {it}",
    "column for the {it}",
    "what is your {it}?",
)
NUMBERED = {
    "03 Date of death": "medical_history_other",
    "13 Chronic Condition: Heart Failure": "diagnosis",
    "12 Phone number": "phone",
    "C1 LAYOUT: Phone number": "phone",
    "20 C1 LAYOUT: Chronic Condition: Asthma": "diagnosis",
    "1 启用": "none",
    "30 天": "none",
    "12 stages of the flow": "none",
}
SPANISH = {
    "Correo electrónico del paciente": "email",
    "Nombres del paciente": "person_name",
    "Teléfono del cliente": "phone",
    "Fecha de nacimiento del paciente": "birth_date",
    "Dirección del cliente": "postal_address",
    "Estado civil del empleado": "marital_status",
    "Nom du patient": "person_name",
    "Nome do cliente": "person_name",
    "Teléfono del proveedor": "none",
    "Nombre de la empresa": "none",
    "Nombre del producto": "none",
    "Estado del registro": "none",
}
NAMES = {
    "phone_field": "phone",
    "email_field_1": "email",
    "phone_number_of_user": "phone",
    "passport_no_of_user": "passport",
    "number_of_users": "none",
    "u_passport_no": "passport",
    "u_id_card": "cn_resident_id",
    "phone_norm": "phone",
    "id_card_no_enc": "cn_resident_id",
    "first_name_en": "person_name",
    "custom_field_1": "none",
    "is_del": "none",
    "x_studio_id_card": "cn_resident_id",
    "attr_birthday": "birth_date",
    "field_marital_status": "marital_status",
    "form_passport_no": "passport",
    "app_real_name": "person_name",
    "phone_column": "phone",
    "diagnosis_current": "diagnosis",
    "home_address_history": "postal_address",
    "api_key": "password_or_secret",
    "api_address": "none",
    "form_name": "none",
    "field_name": "none",
    "app_version": "none",
    "battery_current": "none",
    "order_history": "none",
}


def kind(name: str, comment: str) -> str:
    return judge(TableInput("data", "", (ColumnInput(name, "string", comment),)))[0].kind


@pytest.mark.parametrize(("sentence", "of"), itertools.product(SENTENCES, ("用户", "患者", "员工")))
def test_a_chinese_sentence_names_what_it_is_about(sentence: str, of: str) -> None:
    said = {it: kind("c1", sentence.format(of=of, it=it)) for it in ATTRIBUTES}
    assert said == ATTRIBUTES


@pytest.mark.parametrize(("sentence", "of"), itertools.product(SENTENCES_IN_ENGLISH, ("user", "patient", "employee")))
def test_an_english_sentence_names_what_it_is_about(sentence: str, of: str) -> None:
    said = {it: kind("c1", sentence.format(of=of, it=it).capitalize()) for it in ATTRIBUTES_IN_ENGLISH}
    assert said == ATTRIBUTES_IN_ENGLISH


@pytest.mark.parametrize(("comment", "expected"), NUMBERED.items())
def test_a_layout_numbers_its_comments(comment: str, expected: str) -> None:
    assert kind("c1", comment) == expected


@pytest.mark.parametrize(("comment", "expected"), SPANISH.items())
def test_whose_it_is_may_stand_behind_a_small_word(comment: str, expected: str) -> None:
    assert kind("c1", comment) == expected


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_name_says_the_same_with_what_programmers_add(name: str, expected: str) -> None:
    assert kind(name, "") == expected


def test_a_list_of_codes_is_no_sentence() -> None:
    assert kind("c1", "1.男 2.女 3.未知") == "none"
    assert kind("c1", "note that there are dup report_id's") == "none"


EXPLAINED = {
    ("date_of_birth", "本人出生当天的公元纪年日期"): "birth_date",
    ("union_id", "微信开放平台关联ID"): "account_login_id",
    ("open_id", "平台唯一标识"): "account_login_id",
    ("cust_name", "顾客姓名\\n默认为customer中的realName\\n只是为了单独销售商品时使用"): "person_name",
    ("linkedin_url", ""): "account_login_id",
    ("alias", "绰号"): "person_name",
    ("contact", "联系号码"): "phone",
}


@pytest.mark.parametrize(("said", "expected"), EXPLAINED.items())
def test_a_comment_that_goes_on_denies_no_name(said: tuple[str, str], expected: str) -> None:
    name, comment = said
    others = (ColumnInput("name", "string", "姓名"), ColumnInput("gender", "string", "性别"))
    assert judge(TableInput("users", "", (*others, ColumnInput(name, "string", comment))))[-1].kind == expected
