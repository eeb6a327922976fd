"""What stands around a column decides: health records, payrolls, questionnaires, documents, firms, animals.

Every table is made up; each is one cause of mistakes on schemas that were not known beforehand.
"""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge

HEALTH = {"diagnosis", "medication", "lab_or_vital_sign", "medical_history_other"}


def verdicts(table: str, *columns: str, comment: str = "") -> dict[str, tuple[str, str]]:
    """Judge columns written `name:comment@type`, by name the kind and the class."""
    inputs = []
    for column in columns:
        said, _, declared = column.partition("@")
        name, _, about = said.partition(":")
        inputs.append(ColumnInput(name, "", about, declared))
    return {v.name: (v.kind, v.pi) for v in judge(TableInput(table, comment, tuple(inputs)))}


RECORD = ("patient_id:患者编号@bigint", "zhusu:主诉@text", "tiwen:体温@varchar(8)", "jws:既往史@text")


@pytest.mark.parametrize(
    "column",
    [
        "f1:脾区叩诊@varchar(64)",  # words we do not know, among what was found at a bedside
        "f2:糜烂程度描述@text",
        "f3:心肺@text",
        "f4:胰腺炎史@varchar(32)",
        "f5:输液反应次数@int(11)",
        "f6:是否危重患者@tinyint(1)",
        "f7:手术日期@date",
        "f8:护理级别（特级/一级/二级/三级）@varchar(8)",
        "f9:右耳照片地址@varchar(200)",
        "f10:牙齿数量@int(11)",
        "tonsillectomy_side@varchar(16)",
        "pharyngitis@varchar(16)",
    ],
)
def test_in_a_health_record_what_is_not_machinery_is_health(column: str) -> None:
    kind, pi = verdicts("clinic_note", *RECORD, column, comment="门诊病历")[column.partition(":")[0].partition("@")[0]]
    assert kind in HEALTH
    assert pi == "sensitive"


@pytest.mark.parametrize(
    "column",
    [
        "f1:病历状态（1-草稿 2-已归档）@tinyint(4)",
        "f2:班次@varchar(8)",
        "f3:科室名称@varchar(64)",
        "f4:创建时间@datetime",
        "f5:病历ID@bigint",
        "f6:送检机构@varchar(64)",
        "f7:打印次数@int(11)",
        "f8:租户编号@bigint",
    ],
)
def test_the_machinery_of_a_health_record_is_no_health(column: str) -> None:
    assert verdicts("clinic_note", *RECORD, column, comment="门诊病历")[column[:2]] == ("none", "none")


def test_unknown_words_in_a_table_of_users_stay_unknown() -> None:
    told = verdicts("app_user", "user_name:姓名", "sex:性别", "foo:螺蛳偏好", "bar:段位", "blood_type:血型")
    assert told["bar"] == ("none", "none")
    assert told["blood_type"][1] == "sensitive"


def test_the_items_of_a_questionnaire_are_answers_whatever_they_ask() -> None:
    items = ("phone:1.打电话@int(11)", "money:2.管理钱物@int(11)", "cook:3.做饭@int(11)", "bus:4.坐车@int(11)")
    told = verdicts("scale_adl", "subject_id:受试者id@bigint", *items)
    assert {told[name][1] for name in ("phone", "money", "cook", "bus")} == {"sensitive"}


def test_contributions_and_deductions_are_income() -> None:
    told = verdicts(
        "pay_profile",
        "employee_id:员工ID",
        "a:社保基数@decimal(10,2)",
        "b:公积金个人缴纳费用@decimal(10,2)",
        "c:扣款合计@decimal(10,2)",
        "d:公积金个人比例@decimal(5,4)",
        "profile_id:薪资档案 ID@varchar(20)",
        comment="员工薪资档案表",
    )
    assert {told[name][1] for name in "abc"} == {"sensitive"}
    assert told["d"][0] == told["profile_id"][0] == "none"


@pytest.mark.parametrize("words", ["证件照正面", "身份证反", "手持证件照", "上传人像"])
def test_the_picture_of_a_document_is_more_than_a_photo(words: str) -> None:
    assert verdicts("member", "name:姓名", f"pic:{words}")["pic"] == ("face_image", "sensitive")


def test_a_patients_card_is_no_bank_card() -> None:
    assert verdicts("visits", "card_no:患者卡号", "patient_name:患者姓名")["card_no"][0] == "medical_record_no"


def test_the_accounts_of_persons_are_in_a_table_named_after_banks() -> None:
    told = verdicts("player_bank", "uid:玩家ID", "bank_card:银行卡号", "mail:邮箱", "phone:预留电话")
    assert (told["bank_card"][1], told["mail"][0], told["phone"][0]) == ("sensitive", "email", "phone")


def test_a_firm_with_its_legal_representatives_number_stays_a_firm() -> None:
    told = verdicts(
        "brand_owner_file",
        "com_name:公司名称",
        "com_type:企业类型",
        "com_num:营业执照编号",
        "id_num:身份证编号",
        "legal:法人代表",
        "addr:详细地址",
    )
    assert (told["addr"][0], told["id_num"][0], told["legal"][0]) == ("none", "cn_resident_id", "person_name")


def test_the_illness_of_an_animal_is_nobodys() -> None:
    told = verdicts("treat_info", "sheep_id:羊只编号", "illness:疾病名称", "vaccine:疫苗名称", "vet:兽医")
    assert (told["illness"][0], told["vaccine"][0], told["vet"][0]) == ("none", "none", "person_name")


def test_the_inspection_of_goods_is_no_laboratory() -> None:
    told = verdicts("test_result", "batch_no:批号", "product:产品名称", "item:检验项目", "outcome:检验结果")
    assert {told["item"][1], told["outcome"][1]} == {"none"}


def test_codes_in_the_comment_let_a_small_number_hold_an_education() -> None:
    told = verdicts("staff", "edu:学历(1:博士;2:硕士;3:本科)@tinyint(1)", "name:姓名")
    assert told["edu"][0] == "education"


def test_how_many_visitors_is_not_who() -> None:
    assert verdicts("open_day", "visitors_num:参观人数", "user_name:用户姓名")["visitors_num"][0] == "none"


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("a:出生日期：1996-10-10", "birth_date"),  # an example is no list of codes
        ("a:吸烟频率单位根/天@varchar(10)", "medical_history_other"),  # nor is the unit the subject
        ("line_id:所属线体@int", "none"),
    ],
)
def test_what_stands_behind_the_subject_is_not_the_subject(column: str, kind: str) -> None:
    told = verdicts("member", "user_name:姓名", "sex:性别", column) if kind != "none" else verdicts("machines", column)
    assert told[column.partition(":")[0]][0] == kind


def test_the_diagnosis_of_a_vehicle_is_no_illness() -> None:
    told = verdicts("repair_order", "vin:车架号", "fault:故障描述", "diagnosis:诊断过程")
    assert told["diagnosis"] == ("none", "none")


def test_an_item_of_a_young_child_is_sensitive_and_its_parents_are_not() -> None:
    """PIPL Art. 31: any item of a person under 14."""
    told = verdicts("babies", "id:", "user_id:", "name:宝宝姓名", "gender:", "birthday:", "parent_phone:家长手机号")
    assert {told[name][1] for name in ("name", "gender", "birthday")} == {"sensitive"}
    assert told["parent_phone"] == ("phone", "personal")
    member = verdicts(
        "member", "member_id:", "name:姓名", "gender:性别", "baby_birthday:宝宝生日", "child_count:子女数"
    )
    assert (member["baby_birthday"], member["gender"][1]) == (("birth_date", "sensitive"), "personal")
    assert verdicts("students", "student_no:", "name:姓名", "birthday:")["name"] == ("person_name", "personal")


def test_where_somebody_flew_is_whereabouts_and_where_an_aircraft_flew_is_not() -> None:
    place = ("lat:纬度", "lon:经度", "flight_no:航班号", "tail_no:机号")
    assert (
        verdicts("entry", "name:人员姓名", "id_card:身份证号", *place, comment="航班出入港信息")["lat"][1]
        == "sensitive"
    )
    assert verdicts("flight_position", *place, comment="航班位置")["lat"][1] == "none"


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("nombre_completo:", "person_name"),
        ("fecha_nacimiento:", "birth_date"),
        ("correo_electronico:", "email"),
        ("estado_civil:", "marital_status"),
        ("diagnostico_principal:", "diagnosis"),
        ("golongan_darah:", "lab_or_vital_sign"),
        ("alergias:", "medical_history_other"),
        ("krankengeschichte:", "medical_history_other"),
        ("numero_prontuario:", "medical_record_no"),
    ],
)
def test_headers_of_other_languages(column: str, kind: str) -> None:
    assert verdicts("pacientes", "id:", column, "telefono:", "ciudad:")[column[:-1]][0] == kind


def test_a_score_is_of_schooling_only_where_a_course_is_scored() -> None:
    assert verdicts("students", "student_no:", "name:姓名", "score:")["score"] == ("education", "personal")
    outcome = verdicts("patient_outcome", "patient_id:", "baseline_score:", "current_score:")
    assert {outcome["baseline_score"][0], outcome["current_score"][0]} == {"lab_or_vital_sign"}


def test_children_are_counted_and_where_somebody_clocked_in_is_no_postal_address() -> None:
    assert verdicts("premium", "age:", "sex:", "children:@int", "region:")["children"][0] == "none"
    told = verdicts("attendance", "emp_id:", "clock_address:打卡地址", "home_address:家庭住址")
    assert (told["clock_address"][0], told["home_address"][0]) == ("precise_location", "postal_address")


def test_a_template_in_an_enrolment_of_faces_is_biometric_and_of_a_page_is_none() -> None:
    assert verdicts("face_library", "user_id:", "template:@text")["template"] == ("biometric", "sensitive")
    assert verdicts("sms_setting", "user_id:", "template:@text")["template"][1] == "none"


def test_the_address_of_a_position_is_the_position_and_a_home_beside_it_is_not() -> None:
    trip = ("start_lat:", "start_lng:", "start_address:出发地地址", "start_name:出发地名称", "home_address:家庭住址")
    told = verdicts("ride_order", "id:订单ID", "user_id:", *trip)
    assert {told[name] for name in ("start_address", "start_name", "start_lat")} == {("precise_location", "sensitive")}
    assert (told["home_address"], told["id"][0]) == (("postal_address", "personal"), "none")
    assert verdicts("depot", "depot_lat:", "depot_lng:", "depot_address:", comment="场站")["depot_address"][1] == "none"


def test_a_card_with_its_pin_is_a_payment_card_and_a_members_card_is_not() -> None:
    assert verdicts("signup", "name:姓名", "cardno:", "pin:")["cardno"] == ("payment_card", "sensitive")
    assert verdicts("member", "member_id:", "name:姓名", "cardno:")["cardno"][0] == "member_id"


def test_a_comment_that_nobody_knows_speaks_of_care_in_a_record_of_care() -> None:
    told = verdicts("follow_up", "patient_id:患者ID", "diagnosis:诊断", "x_option:心源性 非心源性@varchar(4)")
    assert told["x_option"][1] == "sensitive"


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("project_risk", ("project_id:", "risk_level:", "risk_score:", "goals:", "barrier:", "intervention:")),
        ("server_health", ("host:", "health_status:", "temperature:", "last_check:@datetime", "symptoms:")),
        ("city_crime_stats", ("city:", "year:", "crimes:@int", "arrests:@int")),
        ("vet_visit", ("pet_id:", "species:", "symptoms:", "diagnosis:", "visit_date:@date")),
        ("baby_products", ("sku:", "name:", "age_group:", "price:")),
        ("machine_maintenance", ("machine_id:", "check_result:检查结果", "temperature:温度", "action:处理意见")),
        ("drug_inventory", ("drug_code:", "drug_name:", "batch_no:", "expiry_date:@date", "dosage_form:")),
        ("train_model_result", ("model_id:", "radius_mean:", "sensitivity:", "threshold:")),
    ],
)
def test_what_only_sounds_like_somebodys_is_not_sensitive(table: str, columns: tuple[str, ...]) -> None:
    assert "sensitive" not in {pi for _, pi in verdicts(table, *columns).values()}
