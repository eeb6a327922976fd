"""Columns of systems nobody has seen: cut short, glued, misspelt, and records that their key alone explains."""

import pyarrow as pa
import pytest

from exportgate.recognizers import cells
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


@pytest.mark.parametrize(
    ("table", "columns", "sensitive"),
    [
        ("in_hospital", ("family_history", "first_diag", "revised_diag", "self_desc:自述病史"), 4),
        ("v_ob_rp", ("PA_ID", "PA_NM", "DCT_NM", "OB_FNDG", "OB_ITM_NM"), 2),
        ("body_girth_index_log", ("waist:腰围", "hips:臀围", "bust:胸围", "delete_flag:生效状态；0-生效"), 3),
        ("mood_entries", ("content", "date_created"), 1),
        ("my_blood_lipids", ("account_no_x", "tc", "tg", "ldl", "hdl"), 4),
        ("bank_card_info", ("card_no:卡号", "open_money:开户金额", "pass:密码"), 3),
        ("loan_records", ("user_id", "pay_back_amount", "release_amount"), 2),
    ],
)
def test_records_of_one_subject_by_what_they_keep(table: str, columns: tuple[str, ...], sensitive: int) -> None:
    inputs = [ColumnInput(name, "", said, "decimal(9,2)" if "money" in name or "amount" in name else "varchar(40)")
              for name, _, said in (column.partition(":") for column in columns)]  # fmt: skip
    verdicts = judge(TableInput(table, "", tuple(inputs)))
    assert sum(verdict.pi == "sensitive" for verdict in verdicts) == sensitive, [(v.name, v.kind) for v in verdicts]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("dict_signs", ("code", "name", "waist:腰围", "hips:臀围", "bust:胸围")),
        ("mortgage_offer", ("title", "rate", "term")),
        ("field_visit", ("customer_id", "result", "summary", "next_date")),
    ],
)
def test_lists_and_visits_of_sellers_are_nobodys_health(table: str, columns: tuple[str, ...]) -> None:
    inputs = [ColumnInput(name, "", said) for name, _, said in (column.partition(":") for column in columns)]
    assert [one.name for one in judge(TableInput(table, "", tuple(inputs))) if one.pi == "sensitive"] == []


def test_a_reference_to_somebody_is_a_number_and_a_contact_without_a_telephone_is_one() -> None:
    table = TableInput("ride", "", (ColumnInput("driver", declared_type="ObjectId"), ColumnInput("driver_name")))
    assert [verdict.kind for verdict in judge(table)] == ["account_login_id", "person_name"]
    assert kinds("visitor", "name", "contact", "gender")["contact"] == "phone"
    assert kinds("visitor", "name", "contact", "phone", "gender")["contact"] == "person_name"


def test_a_certificate_of_disability_and_the_code_of_a_card_are_sensitive() -> None:
    certificate = judge(TableInput("resident", "", (ColumnInput("cjzh", comment="残疾证号"),)))[0]
    assert (certificate.kind, certificate.pi) == ("other_id_document", "sensitive")
    verdicts = judge(TableInput("card", "", (ColumnInput("bank_card_no"), ColumnInput("password"))))
    assert [verdict.pi for verdict in verdicts] == ["sensitive", "sensitive"]
    assert judge(TableInput("login", "", (ColumnInput("password"),)))[0].pi == "personal"


def test_letters_that_a_longer_word_ends_in_are_no_front() -> None:
    """``complain`` is not ``com`` and ``plain``, nor ``profile`` a file: complaints about wares are no health data."""
    table = (
        "order_id",
        "complain_content:投诉内容",
        "complain_time",
        "appeal_pic1:申诉图片1",
        "appeal_pic2",
        "appeal_time",
    )
    found = kinds("shop_complain", *table, comment="投诉")
    assert "lab_or_vital_sign" not in found.values()
    assert found["complain_content"] == "free_text"
    found = kinds("patients", "name", "profile_religion_belief", "profile_marital_history", "profile_menses")
    assert found["profile_religion_belief"] == "religion"


def test_what_nobody_knows_in_a_table_of_vital_signs_is_one() -> None:
    found = kinds("vital_signs", "id", "temperature", "pulsation", "alertness", "taken_at")
    assert found["pulsation"] == found["alertness"] == "lab_or_vital_sign"
    assert found["id"] == "none"


@pytest.mark.parametrize(
    ("table", "columns", "sensitive"),
    [
        ("visitor_log", ("name", "phone", "temperature", "in_time"), {"temperature"}),
        ("engine_state", ("vin", "temperature", "rpm"), set()),
        ("cold_store", ("sensor_no", "temperature", "humidity"), set()),
        ("GpsFix", ("vehicleId", "deviceId", "location", "fixTime"), {"location", "fixTime"}),
        (
            "rental_bookings",
            ("user_id", "car_id", "pickup_location", "destination"),
            {"pickup_location", "destination"},
        ),
        ("bookings", ("flight_no", "destination"), set()),
        ("car_state", ("VIN", "NextLong:下一条 有效 经度", "NextLat:下一条 有效 纬度"), {"NextLong", "NextLat"}),
        ("customer", ("name", "phone", "payment_information"), {"payment_information"}),
        ("suppliers", ("supplier_name", "credit_code", "payment_information"), set()),
        ("payment", ("customer_id", "card_token", "card_last4", "paid_at"), {"card_token", "card_last4"}),
        ("visit_orders", ("startDate:医嘱开嘱日期", "orderDetail:医嘱内容"), {"startDate", "orderDetail"}),
    ],
)
def test_what_is_sensitive_in_a_table_and_what_is_not(
    table: str, columns: tuple[str, ...], sensitive: set[str]
) -> None:
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    comment = "门诊病历医嘱明细" if table == "visit_orders" else ""
    verdicts = judge(TableInput(table, comment, tuple(inputs)))
    assert {verdict.name for verdict in verdicts if verdict.pi == "sensitive"} == sensitive


def test_what_things_are_called_is_no_persons_name_though_it_is_chinese() -> None:
    found = kinds("L_RESULT", "CHINESENAME:名称", "RESULT:结果", "CHECKTIME:时间", comment="检验结果")
    assert found["CHINESENAME"] != "person_name"


@pytest.mark.parametrize(
    ("table", "comment", "columns", "health"),
    [
        ("symptom_tracker", "", ("user_id", "symptom", "intensity", "trigger", "logged_at"), 3),
        ("rehab_visit_note", "", ("client_id", "gait", "progress", "response", "rom_flexion"), 4),
        ("t1", "服药打卡", ("openid", "yaoming", "cishu"), 2),
        ("q2", "健康问卷", ("openid", "q1:1.是否吸烟", "q2:2.是否饮酒", "q3:3.是否患高血压", "create_time"), 3),
        ("zhenliao_log", "诊疗记录", ("patient_id", "mode", "chuangjian_shijian", "gxsj", "ruku_doctor"), 1),
    ],
)
def test_words_of_programs_are_parts_of_care_in_its_records(
    table: str, comment: str, columns: tuple[str, ...], health: int
) -> None:
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    verdicts = judge(TableInput(table, comment, tuple(inputs)))
    assert sum(verdict.pi == "sensitive" for verdict in verdicts) == health, [(v.name, v.kind) for v in verdicts]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("wallet_tx", ("user_id", "type", "remark")),
        ("aircraft", ("tail_no", "identification", "insurance_policy", "insurance_expiry")),
        ("specimen_shelf", ("sample_no", "species:物种", "kuwei", "remark")),
        ("check_item_dict", ("item_code", "item_name", "method", "level")),
        ("task_card", ("card_no", "title", "tail_no", "inspector")),
    ],
)
def test_things_and_lists_have_no_health(table: str, columns: tuple[str, ...]) -> None:
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    assert [one.name for one in judge(TableInput(table, "", tuple(inputs))) if one.pi == "sensitive"] == []


def test_the_secret_of_a_payment_and_an_account_with_a_balance_are_sensitive() -> None:
    verdicts = judge(TableInput("app_user", "", (ColumnInput("login_pwd"), ColumnInput("pay_pwd", comment="支付密码"))))
    assert [verdict.pi for verdict in verdicts] == ["personal", "sensitive"]
    found = kinds("cust_acct", "cust_id", "acct_no", "card_no", "acct_balance")
    assert (found["acct_no"], found["card_no"]) == ("bank_account", "payment_card")


def test_money_in_pinyin_is_no_health() -> None:
    found = kinds("jiuzhen", "huanzhe_id", "zhenduan", "yajin", "zonge", "chuangwei", comment="就诊记录")
    assert found["zhenduan"] == "diagnosis"
    assert {found["yajin"], found["zonge"], found["chuangwei"]} & {
        "lab_or_vital_sign",
        "medical_history_other",
    } == set()


def test_an_identifier_under_a_digest_or_cipher_is_still_somebodys() -> None:
    found = kinds(
        "access_log",
        "idcard_sha256:身份证信息的加密字段",
        "field7:手机号信息的加密字段",
        "sm3_phone",
        "file_sha256",
        "plain",
    )
    assert found["idcard_sha256"] == found["field7"] == found["sm3_phone"] == "pseudonymous_id"
    assert found["file_sha256"] == found["plain"] == "none"


def test_the_key_of_a_short_list_is_how_an_attribute_is_written() -> None:
    found = kinds("passenger", "name", "id_card", "nationID:民族ID", "educationDegreeID:文化程度ID", "shiftID:班次ID")
    assert (found["nationID"], found["educationDegreeID"]) == ("ethnicity_race", "education")
    assert found["shiftID"] == "none"
    assert kinds("dict_rows", "nationID:民族ID", "sort")["nationID"] == "none"


def test_initials_mean_the_bedside_where_they_do_not_say_who_somebody_is() -> None:
    found = kinds("gxy_suifang", "dabh", "zz", "ssy", "szy", "xl", "fyycx", comment="高血压随访")
    assert {found["zz"], found["xl"]} <= {"diagnosis", "lab_or_vital_sign"}
    found = kinds("hzxx", "xm", "xb", "csrq", "xl", "jg", comment="患者信息")
    assert (found["xl"], found["jg"]) == ("education", "postal_address")


def test_an_account_of_payments_that_goes_by_an_email_is_one() -> None:
    seen = cells.read(pa.array([f"u{number}@mail.example" for number in range(40)], pa.string()))
    found = judge(TableInput("t", "", (ColumnInput("szAlipay", "string", "支付宝账号", evidence=seen),)))
    assert found[0].kind == "financial_account_other"


@pytest.mark.parametrize(
    ("table", "comment", "columns", "sensitive"),
    [
        ("colon_cancer", "", ("age", "sex", "nodes", "differ", "obstruct"), {"nodes", "differ", "obstruct"}),
        ("arms2", "HIV clinical trial", ("age", "sex", "cd4", "karnofsky"), {"cd4", "karnofsky"}),
        ("trials", "clinical trials", ("nct_no", "title", "phase", "sponsor"), set()),
        ("patients", "患者", ("name", "age", "is_active:是否活跃", "remark:备注"), set()),
        ("claim", "", ("claim_no", "insuree_id", "ICDID", "ICDID1", "approved"), {"ICDID", "ICDID1"}),
    ],
)
def test_a_line_for_each_subject_of_a_study_is_health_data(
    table: str, comment: str, columns: tuple[str, ...], sensitive: set[str]
) -> None:
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    verdicts = judge(TableInput(table, comment, tuple(inputs)))
    assert {one.name for one in verdicts if one.pi == "sensitive" and one.name in sensitive} == sensitive
    assert sensitive or not [one.name for one in verdicts if one.pi == "sensitive"]


def test_orders_in_a_patients_record_are_no_list_of_goods() -> None:
    columns = ("emr:所属病历", "adviceCat:医嘱类别", "adviceDetail:医嘱内容", "status:系统状态：0-禁用，1-启用")
    inputs = tuple(ColumnInput(name, comment=said) for name, _, said in (one.partition(":") for one in columns))
    found = {one.name: one.pi for one in judge(TableInput("emr_advice", "门（急）诊病历医嘱详情表", inputs))}
    assert (found["adviceDetail"], found["status"]) == ("sensitive", "none")


def test_risks_of_body_and_mind_and_what_a_credit_bureau_says_are_sensitive() -> None:
    inputs = tuple(map(ColumnInput, ("client_id", "mental_risk_level", "nutrition_risk_level")))
    assert [one.pi for one in judge(TableInput("client", "", inputs))][1:] == ["sensitive", "sensitive"]
    inputs = tuple(map(ColumnInput, ("customer_id", "credit_utilization", "hard_inquiries", "report_date")))
    assert [one.pi for one in judge(TableInput("bureau_reports", "", inputs))][1:3] == ["sensitive", "sensitive"]
