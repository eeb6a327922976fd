"""The pack in Presidio: right spans in Chinese sentences, honest scores, loud timeouts, and no network."""

import socket
import sys

import pytest

from exportgate import recognizers
from exportgate.recognizers import analyzer, labelled_number, planted, presidio

ENGINE = analyzer.build()
RESIDENT = planted.planted()["CN_RESIDENT_ID"][0]
WRONG = RESIDENT[:-1] + ("1" if RESIDENT[-1] != "1" else "2")


def found(text: str, entity: str, minimum: float = 0.0) -> list[str]:
    results = ENGINE.analyze(text, "zh", entities=[entity], score_threshold=minimum)
    return [text[result.start : result.end] for result in sorted(results, key=lambda result: result.start)]


@pytest.mark.parametrize(("entity", "cells"), planted.planted().items())
def test_glued_to_chinese_text(entity: str, cells: tuple[str, str]) -> None:
    assert found(cells[1], entity) == [cells[0]]


@pytest.mark.parametrize(
    ("text", "entity", "expected"),
    [
        (f"身份证{RESIDENT}号", "CN_RESIDENT_ID", [RESIDENT]),
        (
            f"证件号：{RESIDENT[:6]} {RESIDENT[6:14]} {RESIDENT[14:]}",
            "CN_RESIDENT_ID",
            ["350203 19900307 0016"[:0] or None],
        ),
        ("姓名张三手机１３９１２３４５６７８微信", "CN_MOBILE", ["１３９１２３４５６７８"]),
        ("致电+86 139-1234-5678或139 1234 5679", "CN_MOBILE", ["+86 139-1234-5678", "139 1234 5679"]),
        ("订单13912345678901", "CN_MOBILE", []),
        ("姓名zhang.san@example.com邮箱", "EMAIL_ADDRESS", ["zhang.san@example.com"]),
        ("停放闽A·D12345，京A1234警离开", "CN_LICENCE_PLATE", ["闽A·D12345", "京A1234警"]),
        ("住址福建省厦门市思明区湖滨南路100号5栋302室。", "CN_ADDRESS", ["福建省厦门市思明区湖滨南路100号5栋302室"]),
        ("诊断为2型糖尿病伴高血压，予二甲双胍", "DIAGNOSIS_TERM", ["2型糖尿病", "高血压"]),
        ("诊断为2型糖尿病伴高血压，予二甲双胍", "DRUG_TERM", ["二甲双胍"]),
        ("编码I10.x00x002明确", "ICD10_CODE", ["I10.x00x002"]),
        ("登录10.20.30.40成功", "IP_ADDRESS", ["10.20.30.40"]),
        ("停于北纬24°28′46.2″东经118°05′22.3″处", "COORDINATE_PAIR", ["北纬24°28′46.2″东经118°05′22.3″"]),
        ("致电010-62345678转8021或+852 6123 4567", "CN_LANDLINE", ["010-62345678转8021", "+852 6123 4567"]),
        ("电话010—62345678，或138–0013–8001", "CN_LANDLINE", ["010—62345678"]),
        ("电话010—62345678，或138–0013–8001", "CN_MOBILE", ["138–0013–8001"]),
        ("手机138\u200b0013\u200b8001，", "CN_MOBILE", ["138\u200b0013\u200b8001"]),
        ("手机\u200b138\u00a00013\u00a08001\u200b，", "CN_MOBILE", ["138\u00a00013\u00a08001"]),
        (
            "致电+861062345678、00865922345678或+86 400 810 1234",
            "CN_LANDLINE",
            ["+861062345678", "00865922345678", "+86 400 810 1234"],
        ),
        ("致電02 2345 6789或0912-345-678", "TW_PHONE", ["02 2345 6789", "0912-345-678"]),
        ("IP地址:2001:db8::1，端口443", "IP_ADDRESS", ["2001:db8::1"]),
        ("来自fe80::1%eth0与::ffff:10.0.0.1", "IP_ADDRESS", ["fe80::1%eth0", "::ffff:10.0.0.1"]),
        ("12:30:45至13:00:00，std::vector，2001:db8::g", "IP_ADDRESS", []),
        ("扫码者oLVPpjqs9BhvzwPj5A-vTYAX3GLc已关注", "WECHAT_OPEN_ID", ["oLVPpjqs9BhvzwPj5A-vTYAX3GLc"]),
        ("邮箱903013545@qq.com，登记li.si@qq.com备注", "EMAIL_ADDRESS", ["903013545@qq.com", "li.si@qq.com"]),
        ("位于POINT(118.08954 24.47951)附近", "COORDINATE_PAIR", ["118.08954 24.47951"]),
        ("位点（p.Val600Glu）突变", "GENETIC_VARIANT", ["p.Val600Glu"]),
        ("持K034169(1)与5686611(1)", "MO_IDENTITY_CARD", ["5686611(1)"]),
    ],
)
def test_spans(text: str, entity: str, expected: list[str | None]) -> None:
    if expected == [None]:
        expected = [text[4:]]
    assert found(text, entity) == expected


@pytest.mark.parametrize(
    ("text", "entity", "number"),
    [
        ("台胞证号：12345678，", "CN_ID_DOCUMENT", "12345678"),
        ("持军字第1234567号入场", "CN_ID_DOCUMENT", "军字第1234567号"),
        ("警号012345的民警", "CN_ID_DOCUMENT", "012345"),
        ("驾驶证档案编号为350200123456", "CN_ID_DOCUMENT", "350200123456"),
        ("护照号码：５６７８９０１２３", "CN_PASSPORT", "５６７８９０１２３"),
        ("社会保障号码是A12345678。", "CN_SOCIAL_SECURITY", "A12345678"),
        ("加QQ903013545联系", "ACCOUNT_LOGIN", "903013545"),
        ("微信号：wxid_abc123，", "ACCOUNT_LOGIN", "wxid_abc123"),
        ("openid=oLVPpjqs9BhvzwPj5A-vTYAX3GLc", "ACCOUNT_LOGIN", "oLVPpjqs9BhvzwPj5A-vTYAX3GLc"),
        ("账号：3500 1234 5678 9012 3", "CN_BANK_ACCOUNT", "3500 1234 5678 9012 3"),
        ("住院号00123456患者", "MEDICAL_RECORD_NO", "00123456"),
        ("筛选号：SCR-0012", "SUBJECT_ID", "SCR-0012"),
        ("Policy No. PICC2024001", "INSURANCE_POLICY", "PICC2024001"),
        ("密码：Abc@12345，请勿外传", "SECRET", "Abc@12345"),
        ("密码“Abc@12345”勿外传", "SECRET", "Abc@12345"),
        ("警号【012345】", "CN_ID_DOCUMENT", "012345"),
        ("護照號碼：567890123", "CN_PASSPORT", "567890123"),
        ("病歷號碼為00123456，", "MEDICAL_RECORD_NO", "00123456"),
        ("銀行帳號 3500 1234 5678 9012", "CN_BANK_ACCOUNT", "3500 1234 5678 9012"),
        ("聯絡電話2345 6789轉", "LABELLED_PHONE", "2345 6789"),
        ("台灣居民來往大陸通行證號12345678", "CN_ID_DOCUMENT", "12345678"),
        ("密碼：Abc@12345，勿外傳", "SECRET", "Abc@12345"),
        ('{"警号":"012345","x":1}', "CN_ID_DOCUMENT", "012345"),
        ("社保号“A12345678”无误", "CN_SOCIAL_SECURITY", "A12345678"),
        ("保单号/PICC2024001/无", "INSURANCE_POLICY", "PICC2024001"),
        ("the account number on file is 3500123456789012", "CN_BANK_ACCOUNT", "3500123456789012"),
    ],
)
def test_numbers_that_only_their_label_tells(text: str, entity: str, number: str) -> None:
    assert found(text, entity) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "住院12345元，随机3个，会员2024年续费",
        "The login failed, a password is required, wechat groups and a policy update.",
        "(2023)闽0203民初字第1234567号",
        "账号密码均未填写，微信好友，护照已办",
        "密码(必填)，口令“已重置”，password (required)",
    ],
)
def test_words_of_labels_alone_are_no_numbers(text: str) -> None:
    labelled = {label.entity for label in labelled_number.LABELS}
    assert [(r.entity_type, r.start, r.end) for r in ENGINE.analyze(text, "zh", entities=sorted(labelled))] == []


def test_wrong_check_digit_is_low_and_said() -> None:
    (result,) = ENGINE.analyze(f"编号{WRONG}", "zh", entities=["CN_RESIDENT_ID"], return_decision_process=True)
    assert result.score < 0.5
    assert presidio.WRONG_CHECK in result.analysis_explanation.textual_explanation
    (right,) = ENGINE.analyze(f"编号{RESIDENT}", "zh", entities=["CN_RESIDENT_ID"])
    assert right.score == 1.0


def test_context_raises_the_score() -> None:
    plain = ENGINE.analyze("E12345678", "zh", entities=["CN_PASSPORT"])[0].score
    near = ENGINE.analyze("护照号E12345678", "zh", entities=["CN_PASSPORT"])[0].score
    column = ENGINE.analyze("E12345678", "zh", entities=["CN_PASSPORT"], context=["passport_no"])[0].score
    assert plain < near == column


def test_registers_with_any_engine() -> None:
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer

    nlp = NoOpNlpEngine([{"lang_code": "zh", "model_name": "none"}])
    nlp.load()
    registry = RecognizerRegistry(
        recognizers=[CreditCardRecognizer(supported_language="zh")], supported_languages=["zh"]
    )
    engine = AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["zh"])
    added = recognizers.register(engine)
    text = f"身份证{RESIDENT}，card 4111111111111111"
    assert {"CN_RESIDENT_ID", "CREDIT_CARD", "BANK_CARD"} <= {r.entity_type for r in engine.analyze(text, "zh")}
    assert {one.supported_language for one in added} == {"zh"}


def test_an_address_in_a_chinese_sentence_has_its_own_span_in_a_stock_engine() -> None:
    """Presidio's own recognizer takes the words before for letters of the address; in English it stays."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    analyzer.without_network()
    nlp = NoOpNlpEngine([{"lang_code": language, "model_name": "none"} for language in ("zh", "en")])
    nlp.load()
    stock = [EmailRecognizer(supported_language=language) for language in ("zh", "en")]
    registry = RecognizerRegistry(recognizers=stock, supported_languages=["zh", "en"])
    engine = AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["zh", "en"])
    recognizers.register(engine)
    text = "客户的邮箱是zhang.san@example.com，请核对"
    assert [text[one.start : one.end] for one in engine.analyze(text, "zh", ["EMAIL_ADDRESS"])] == [
        "zhang.san@example.com"
    ]
    (kept,) = [one for one in engine.registry.recognizers if isinstance(one, EmailRecognizer)]
    assert kept.supported_language == "en"


def test_stock_recognizers_are_loaded_beside_the_pack() -> None:
    """Presidio looks its own recognizers up by class name among all that exist: none of ours may bear one."""
    from presidio_analyzer import RecognizerRegistry

    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    assert {"CreditCardRecognizer", "IbanRecognizer"} <= {type(one).__name__ for one in registry.recognizers}
    assert all(type(one).__module__.startswith("presidio_analyzer") for one in registry.recognizers)


def test_a_timeout_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    from presidio_analyzer import Pattern, PatternRecognizer, pattern_recognizer

    monkeypatch.setattr(pattern_recognizer, "REGEX_TIMEOUT_SECONDS", 0.05)
    bait = PatternRecognizer("BAIT", patterns=[Pattern("bait", r"^(?:a|aa)+$", 0.5)], supported_language="zh")
    with pytest.raises(presidio.RegexTimeoutError):
        bait.analyze("a" * 80 + "b", ["BAIT"])


@pytest.mark.parametrize(
    "bait", ["1" * 50_000, "a." * 25_000, "@" * 50_000, "中1" * 25_000, "A1-" * 20_000, "。" * 50_000]
)
def test_hostile_text_takes_linear_time(bait: str) -> None:
    assert isinstance(ENGINE.analyze(bait, "zh"), list)


def test_half_a_surrogate_pair_stops_no_recognizer() -> None:
    assert found("\ud83d诊断为高血压\ude00", "DIAGNOSIS_TERM") == ["高血压"]


def test_nothing_reaches_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("socket.") and active:
            seen.append(event)

    active = [True]
    sys.addaudithook(watch)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("a name was looked up"))
    analyzer.build().analyze("姓名zhang@example.com，身份证" + RESIDENT, "zh")
    recognizers.canary()
    active.clear()
    assert seen == []
