"""In a record of one subject, what nobody knows belongs to the subject: the cause of most misses on new systems."""

import pytest

from tests.detection.test_context import HEALTH, verdicts

CARE = ("patient_no:住院号@varchar(20)", "huxi:呼吸频率@int", "xueya:血压@varchar(16)")


@pytest.mark.parametrize(
    "column",
    [
        "rass@number(2)",  # a scale that no lexicon has
        "vent_mode@varchar(20)",  # a known word of machines behind an unknown one
        "suction_cnt@int",
        "f1:有无鼻胃管移位@tinyint(1)",  # a flag is a finding
        "f2:鼻饲快慢程度@varchar(16)",
        "f3:转入NICU的原因@varchar(200)",
        "f4:插管深度：厘米@varchar(16)",
        "f5:人工晶体度数@decimal(5,2)",  # 人工 is no crowd here
        "f6:器械分娩步骤@varchar(16)",
    ],
)
def test_the_unknown_in_a_table_keyed_by_a_patient_is_health(column: str) -> None:
    name = column.partition(":")[0].partition("@")[0]
    kind, pi = verdicts("icu_chart_day", *CARE, column, comment="重症监护单")[name]
    assert (kind in HEALTH, pi) == (True, "sensitive")


@pytest.mark.parametrize(
    "column",
    [
        "sync_state:同步标志@tinyint(1)",
        "is_upload:是否上报@tinyint(1)",
        "charge:护理费@decimal(8,2)",
        "room:抢救室@varchar(16)",
        "unit_name:护理病房单位@varchar(64)",
        "cancel_flag:取消标志@char(1)",
        "reviewer_state:质控打分状态@varchar(8)",
        "create_time:创建时间@datetime",
        "upload_time:上报时间@datetime",
        "print_dt:打印日期@date",
    ],
)
def test_workflow_places_and_money_in_a_record_are_not(column: str) -> None:
    name = column.partition(":")[0]
    assert verdicts("icu_chart_day", *CARE, column, comment="重症监护单")[name][1] == "none"


@pytest.mark.parametrize(
    "column",
    [
        "out_time:离室时间@datetime",
        "day:监护日期@date",
        "recorded_at:@timestamp",
        "kind:活动类型@varchar(8)",
        "spec:规格@varchar(32)",
    ],
)
def test_when_and_of_which_sort_is_part_of_a_record_of_care(column: str) -> None:
    """GB/T 45574-2025 Annex A: what arises in the course of care, not only the finding."""
    name = column.partition(":")[0]
    assert verdicts("icu_chart_day", *CARE, column, comment="重症监护单")[name][1] == "sensitive"


def test_the_validity_of_a_card_is_part_of_the_account_and_of_nothing_elsewhere() -> None:
    told = verdicts(
        "member_wallet", "member_id:", "bank_card_no:", "bank_card_type:", "bank_card_expiry:", "coupon_expiry:"
    )
    assert told["bank_card_type"] == told["bank_card_expiry"] == ("payment_card", "sensitive")
    assert told["coupon_expiry"][1] == "none"
    assert verdicts("shop", "id:", "card_type:", "card_expiry:")["card_expiry"][1] == "none"


@pytest.mark.parametrize(
    "column", ["a:甲状腺检查结果", "a:血清高密度脂蛋白胆固醇检测值", "a:确诊日期", "a:淋巴结检查所见"]
)
def test_two_soft_medical_words_make_a_hard_one(column: str) -> None:
    assert verdicts("t_record", "id:", "user_id:", column)["a"][1] == "sensitive"
    assert verdicts("t_dict_item", "id:", "name:项目名称", column, comment="项目字典")["a"][1] == "none"


def test_nothing_is_somebodys_health_where_no_patient_is() -> None:
    told = verdicts("dialysis_machine", "machine_no:机位号", "zone:透析分区", "rass:自检等级", comment="透析机位台账")
    assert {pi for _, pi in told.values()} == {"none"}
    dictionary = verdicts("icu_item", "code:项目代码", "name:项目名称", "foo:临床用途", comment="重症监护项目字典")
    assert {pi for _, pi in dictionary.values()} == {"none"}


def test_numbers_are_measured_and_flags_are_history() -> None:
    told = verdicts("icu_chart_day", *CARE, "a:某某压差@decimal(5,1)", "b:有无某某漏@tinyint(1)", comment="重症监护单")
    assert (told["a"][0], told["b"][0]) == ("lab_or_vital_sign", "medical_history_other")


def test_an_unknown_amount_on_a_payslip_is_income_and_a_rate_is_not() -> None:
    told = verdicts(
        "wage_slip",
        "emp_no:工号",
        "a:岗位工资@decimal(10,2)",
        "b:餐补@decimal(10,2)",
        "c:系数@decimal(4,2)",
        comment="工资表",
    )
    assert (told["a"][1], told["b"], told["c"][0]) == ("sensitive", ("income_assets", "sensitive"), "none")


def test_bytes_and_pictures_beside_biometrics_are_of_the_body() -> None:
    told = verdicts(
        "gate_enrol", "person_no:人员编号", "tpl:人脸特征值@blob", "thumb:左手拇指@blob", "snap:抓拍照片@varchar(255)"
    )
    assert (told["thumb"][0], told["snap"][0]) == ("biometric", "face_image")


def test_the_account_of_a_payee_beside_a_bank_is_a_bank_account() -> None:
    told = verdicts("payout", "payee:领款人", "bank:领款人开户行", "acct:领款人账号@varchar(32)")
    assert told["acct"] == ("bank_account", "sensitive")


def test_the_number_of_a_social_security_card_is_one() -> None:
    assert verdicts("visits", *CARE, "card_no:社保卡卡号")["card_no"][0] == "social_security_no"


def test_salt_in_a_diet_is_no_secret() -> None:
    assert verdicts("diabetes_visit", *CARE, "salt@decimal(4,1)")["salt"][1] == "sensitive"
    assert verdicts("sys_user", "user_name", "password", "salt")["salt"][0] == "password_or_secret"


def test_the_amounts_of_somebodys_loan_are_financial_and_a_firms_are_not() -> None:
    told = verdicts("borrow", "borrow_user_id:借款人Id", "a:已还总金额@decimal(10,2)", "b:期数@int")
    assert (told["a"], told["b"][1]) == (("financial_account_other", "sensitive"), "none")
    firm = verdicts("firm_loan", "company_name:企业名称", "uscc:统一社会信用代码", "a:已还总金额@decimal(10,2)")
    assert firm["a"][1] == "none"


def test_who_treats_is_named_where_somebody_is_treated() -> None:
    told = verdicts("mania_visit", "file_no", "visit_doctor", "symptom_other", "compliance@varchar(50)")
    assert told["compliance"][1] == "sensitive"
    roster = verdicts("nursing_shift", "nurse_no:护士工号", "zone:大区", "hours:工时", comment="护理排班表")
    assert roster["zone"][1] != "sensitive"
