"""Sensitive items that only what stands around tells, in tables made up for one cause each."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge

CASES = {
    "meals and exercise are a diary of health": (
        "user_diet_diary", "饮食记录", ["user_id", "oil:油@float", "salt:盐", "soy:豆制品"],
        ["oil", "salt", "soy"]),
    "exercise is measured": ("workouts", "", ["id", "user_id", "distance@float", "pace@float"], ["distance", "pace"]),
    "where a ride begins and ends": (
        "carpool", "", ["user_id:用户id", "start_pos:出发地点", "end_pos:到达地点", "seat_type:座位类型"],
        ["start_pos", "end_pos"]),
    "pictures beside faces": (
        "gate_pass", "", ["user_id", "face_feature", "snap_pic:抓拍图片", "gate_no"], ["face_feature", "snap_pic"]),
    "a loan's amounts": (
        "credit_account", "", ["id", "initial_cash_quota:初始现金额度", "used_quota:已用额度", "create_time"],
        ["initial_cash_quota", "used_quota"]),
    "a card and until when it is valid": (
        "rental", "", ["id", "cardName", "cardNo", "expDate@date", "fromDate@date"], ["cardName", "cardNo", "expDate"]),
    "faith as flag and day": (
        "members", "", ["id", "full_name", "birthday", "is_baptized@tinyint(1)", "date_baptized@date"],
        ["is_baptized", "date_baptized"]),
    "a young child's own key and picture": (
        "kid_albums", "", ["child_id", "child_phone", "title_time@datetime"], ["child_id", "child_phone"]),
    "what was noted of a patient": (
        "patient_consultations", "", ["patient_name", "blood_pressure", "patient_notes@text", "channel"],
        ["blood_pressure", "patient_notes"]),
    "what a clinician wrote": (
        "phone_consults", "电话问诊", ["id", "patient_id", "doctor_remark:医生备注", "audit_note:审核备注"],
        ["doctor_remark"]),
    "how old somebody was when ill": (
        "family_illness", "家族病史", ["participant_id", "disease:疾病", "age_at_diagnosis:诊断时年龄"],
        ["disease", "age_at_diagnosis"]),
    "asked in a record of health": (
        "health_daily", "每日健康上报",
        ["student_id", "temperature:体温", "gone_out:近期是否去过疫区@varchar(8)", "is_deleted:是否删除@int"],
        ["temperature", "gone_out"]),
    "asked about persons": (
        "health_daily", "", ["student_id", "temperature:体温", "touched:疫情期间是否接触过确诊或疑似的人员"],
        ["temperature", "touched"]),
    "how alike faces are": (
        "face_records", "", ["user_id", "face_url", "similarity:比对相似度", "gate_no"], ["face_url", "similarity"]),
    "what a young child did": (
        "baby_moments", "", ["id", "baby_id", "title:名称", "photo_url:配图", "created_at@datetime"],
        ["baby_id", "title", "photo_url"]),
    "a table of a condition": (
        "depression_assessments", "", ["id", "patient_id", "phq9_total@int", "notes@text"], ["phq9_total", "notes"]),
    "faith and special needs": (
        "person_details", "", ["person_id", "neurodiverse", "madhhab"], ["neurodiverse", "madhhab"]),
    "a letter of the table before its words": (
        "staff", "", ["ename", "eaddress", "ephone_num", "esalary", "essn"], ["esalary", "essn"]),
}  # fmt: skip


def column(text: str) -> ColumnInput:
    said, _, declared = text.partition("@")
    name, _, comment = said.partition(":")
    return ColumnInput(name, "string", comment, declared)


@pytest.mark.parametrize("why", CASES)
def test_what_stands_around_makes_it_sensitive(why: str) -> None:
    table, comment, columns, sensitive = CASES[why]
    found = judge(TableInput(table, comment, tuple(map(column, columns))))
    assert [one.name for one in found if one.pi == "sensitive"] == sensitive


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("stock_moves", ["sku", "from_location", "to_location", "user_id"]),
        ("user_accounts", ["user_id", "is_disabled@tinyint(1)", "status", "lock_time@datetime"]),
        ("train_jobs", ["user_id", "initial_weight@float", "step_number@int", "distance@float"]),
        ("customers_crm", ["customer_id", "converted_date@date", "consult_topic:咨询主题", "interest_level"]),
        ("tb_defects", ["id", "part:部位", "suggestion:建议", "remark:备注"]),
        ("digital_fingerprint_doc", ["doc_id", "fingerprint_value:数字指纹值", "shard_fingerprint:分片指纹值"]),
        ("field_visits", ["customer_id", "visit_time:计划拜访时间@datetime", "summary:拜访小结", "result:拜访结果"]),
        ("pain_points", ["customer_id", "pain_desc@text", "priority@int"]),
        ("infusion_pumps", ["device_id", "flow_rate@float", "alarm_code", "ward"]),
        ("cats", ["openid", "breed:品种", "traits:性格标签", "insurance_info"]),
        ("interface_logs", ["id", "request_url", "duration@int", "user_agent"]),
        ("jzgjbxx", ["GH", "XM", "XB", "DWMC", "TJSJ", "XY", "RZZT"]),  # reported when, which college: not examined
    ],
)
def test_words_of_other_fields_stay_harmless(table: str, columns: list[str]) -> None:
    found = judge(TableInput(table, "", tuple(map(column, columns))))
    assert [one.name for one in found if one.pi == "sensitive"] == []


@pytest.mark.parametrize(
    ("table", "comment", "columns", "kinds"),
    [
        ("gongzidan", "", ["yuangongbianhao", "xingming", "koujiangongjijin@decimal"],
         ["account_login_id", "person_name", "financial_account_other"]),
        ("kaoqin_log", "考勤流水", ["user_id", "dev_id:设备ID", "zone:区域"], ["member_id", "none", "none"]),
        ("vehicles", "", ["id", "registration_number"], ["none", "licence_plate"]),
        ("survey_answers", "", ["participant_id:FK to participants.id", "gender:状态 0-男 1-女"],
         ["subject_id", "gender"]),
        ("students", "", ["full_name", "birthday", "school_id:所在学校@int(10)"],
         ["person_name", "birth_date", "none"]),
        ("field_calls", "", ["customer_id", "theme:拜访主题", "visit_target:拜访对象"],
         ["member_id", "none", "person_name"]),
        ("side_effects", "不良反应表", ["id:不良反应ID", "patient_id", "created_at@datetime"],
         ["none", "subject_id", "none"]),
        ("admissions", "", ["his_no:HIS 系统患者编号", "version", "verifiedAt", "diagnosis"],
         ["medical_record_no", "none", "none", "diagnosis"]),
        ("car_rents", "", ["book_user_id", "book_no", "rent_fee"], ["member_id", "none", "none"]),
        ("server_details", "服务对象详情", ["minzu", "xuexing"], ["ethnicity_race", "lab_or_vital_sign"]),
        ("logistics_traces", "物流轨迹表", ["waybill", "location:轨迹地点", "description:轨迹描述"],
         ["none", "none", "none"]),
    ],
)  # fmt: skip
def test_what_names_and_tables_make_of_columns(table: str, comment: str, columns: list[str], kinds: list[str]) -> None:
    found = judge(TableInput(table, comment, tuple(map(column, columns))))
    assert [one.kind for one in found] == kinds
