"""Values decide where words are silent, and chance decides what values say. All values are generated."""

import random
from collections.abc import Callable, Sequence

import pyarrow as pa
import pytest

from exportgate.recognizers import cells
from exportgate.scanner.detection import ColumnInput, TableInput, judge
from exportgate.scanner.results import ColumnVerdict

RANDOM = random.Random(20251218)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉梅文辉建国",
)


def digits(count: int) -> str:
    return "".join(RANDOM.choices("0123456789", k=count))


def resident_id(right: bool = True) -> str:
    body = RANDOM.choice(["110105", "350203", "440305", "310115"]) + str(RANDOM.randint(1950, 2005))
    body += f"{RANDOM.randint(1, 12):02}{RANDOM.randint(1, 28):02}{RANDOM.randint(0, 999):03}"
    check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    return body + (check if right else "1" if check != "1" else "2")


def luhn_ok(number: str) -> bool:
    total = sum(sum(divmod(int(d) * (1 + place % 2), 10)) for place, d in enumerate(reversed(number)))
    return total % 10 == 0


def card() -> str:
    body = "62" + RANDOM.choice(["1226", "2848", "1700", "2202"]) + digits(12)
    return next(body + last for last in "0123456789" if luhn_ok(body + last))


def mobile() -> str:
    return "1" + RANDOM.choice(["38", "39", "58", "86", "77", "36"]) + digits(8)


def name() -> str:
    return RANDOM.choice(SURNAMES) + "".join(RANDOM.choices(GIVEN, k=RANDOM.randint(1, 2)))


def column(header: str, values: Sequence[str | None], comment: str = "", declared: str = "") -> ColumnInput:
    return ColumnInput(header, "string", comment, declared, cells.read(pa.array(values, pa.string())))


def one(
    header: str, make: Callable[[], str | None], table: str = "t1", rows: int = 200, comment: str = ""
) -> ColumnVerdict:
    filled = column(header, [make() for _ in range(rows)], comment)
    return judge(TableInput(table, "", (column("k", [digits(6) for _ in range(rows)]), filled)))[1]


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (resident_id, "cn_resident_id"),
        (mobile, "phone"),
        (card, "payment_card"),
        (lambda: f"user{digits(5)}@example.com", "email"),
        (lambda: RANDOM.choice("京沪粤闽") + RANDOM.choice("ABCD") + digits(5), "licence_plate"),
        (lambda: f"10.{RANDOM.randint(0, 255)}.{RANDOM.randint(0, 255)}.{RANDOM.randint(1, 254)}", "ip_address"),
        (lambda: RANDOM.choice(["男", "女"]), "gender"),
        (lambda: RANDOM.choice(["汉族", "回族", "畲族", "满族"]), "ethnicity_race"),
        (name, "person_name"),
    ],
)
def test_values_speak_where_the_header_is_silent(make: Callable[[], str], kind: str) -> None:
    verdict = one("c7", make)
    assert (verdict.kind, verdict.decided_by) == (kind, "values")
    assert "cells look like" in verdict.evidence.explanation


@pytest.mark.parametrize(
    ("header", "make"),
    [
        ("c7", lambda: "19" + digits(17)),  # a snowflake passes Luhn one time in ten
        ("c7", lambda: "62" + digits(17)),  # so does a serial that starts like a card
        ("c7", lambda: digits(15)),
        ("order_no", lambda: "1" + RANDOM.choice("3578") + digits(9)),  # eleven digits are not yet a mobile
        ("trade_no", lambda: digits(18)),
        ("brand_name", name),  # a brand may be called like a person
        ("material_desc", lambda: "不锈钢螺栓 M8 " + digits(4)),
        ("aircraft_age", lambda: str(RANDOM.randint(1, 30))),
        ("supplier_tel", mobile),
        ("品牌名称", name),
    ],
)
def test_hard_negatives(header: str, make: Callable[[], str]) -> None:
    verdict = one(header, make)
    assert verdict.pi == "none" or verdict.kind == "order_or_consumption_record", verdict.evidence.explanation


def test_sequence_numbers_are_no_mobiles() -> None:
    serial = iter(range(13800010000, 13800020000))
    assert one("c7", lambda: str(next(serial))).kind == "none"


def test_wrong_check_characters_stay_resident_ids_under_their_header() -> None:
    verdict = one("id_card_no", lambda: resident_id(right=False))
    assert verdict.kind == "cn_resident_id"
    assert verdict.evidence.valid <= verdict.evidence.matched


def test_a_hashed_phone_is_a_pseudonym() -> None:
    assert one("mobile", lambda: "".join(RANDOM.choices("0123456789abcdef", k=32))).kind == "pseudonymous_id"


def test_words_and_values_agree() -> None:
    verdict = one("sjh", mobile, comment="手机号")
    assert (verdict.kind, verdict.decided_by, verdict.undecided) == ("phone", "values+name", False)
    assert verdict.confidence > 0.97


def test_a_dictionary_of_ethnic_groups_names_no_person() -> None:
    groups = ["汉族", "回族", "畲族", "满族", "蒙古族", "藏族", "壮族", "苗族", "彝族", "侗族"]
    table = TableInput("dict_nation", "民族字典", (column("code", [str(i) for i in range(10)]), column("name", groups)))
    assert [verdict.pi for verdict in judge(table)] == ["none", "none"]


def test_prose_is_what_it_holds() -> None:
    noise = ["客户来电咨询订单进度", "请尽快回复", "已处理"]
    clean = column("remark", noise * 30)
    dirty = column("note", [*noise * 30, "请联系" + mobile() + "，谢谢"])
    verdicts = judge(TableInput("work_list", "", (clean, dirty)))
    assert [verdict.pi for verdict in verdicts] == ["none", "personal"]


def test_examples_are_masked_and_few() -> None:
    rows = 100
    phones, names_ = [mobile() for _ in range(rows)], [name() for _ in range(rows)]
    table = TableInput(
        "member", "", (column("phone", phones), column("name", names_), column("sex", ["男", "女"] * 50))
    )
    phone, person, sex = judge(table)
    assert len(phone.masked_examples) == 1
    assert len(phone.masked_examples[0].lstrip("…")) <= 4
    assert person.masked_examples == sex.masked_examples == ()


def test_no_value_reaches_a_message() -> None:
    rows = [resident_id() for _ in range(60)]
    verdict = judge(TableInput("t", "", (column("c7", rows),)))[0]
    said = repr(verdict) + verdict.evidence.explanation
    assert not any(value in said for value in rows)


def test_a_company_next_to_its_credit_code_has_no_persons_phone() -> None:
    codes = [f"91350200M{digits(9)}" for _ in range(50)]
    table = TableInput("t1", "", (column("统一社会信用代码", codes), column("电话", [mobile() for _ in range(50)])))
    assert judge(table)[1].pi == "none"


def test_versions_are_no_addresses() -> None:
    assert one("c7", lambda: ".".join(digits(1) for _ in range(4))).kind == "none"
    assert one("c7", lambda: f"{RANDOM.randint(1, 223)}.{RANDOM.randint(100, 255)}.{digits(1)}.7").kind == "ip_address"


def test_a_list_of_drugs_is_not_what_anybody_takes() -> None:
    drugs = ["阿莫西林胶囊", "二甲双胍片", "布洛芬缓释胶囊", "阿托伐他汀钙片", "克拉霉素片", "甲硝唑片"]
    taken = column("x1", [RANDOM.choice(drugs) for _ in range(200)])
    assert judge(TableInput("t1", "", (taken,)))[0].kind == "medication"
    assert judge(TableInput("t1", "", (column("x1", drugs),)))[0].kind == "none"


def vehicle(check: str) -> str:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    described = "".join(RANDOM.choices(letters + "0123456789", k=4)) + RANDOM.choice(letters)
    return f"LSV{described}{check}{RANDOM.choice(letters)}{RANDOM.choice(letters)}{digits(6)}"


@pytest.mark.parametrize(
    ("make", "header", "kind"),
    [
        (lambda: resident_id(right=False), "col7", "cn_resident_id"),
        (lambda: resident_id(right=RANDOM.random() < 0.4), "col7", "cn_resident_id"),
        (lambda: resident_id(right=False), "身份证号", "cn_resident_id"),
        (lambda: vehicle("1"), "col7", "vehicle_vin"),
        (lambda: wrong(card()), "银行卡号", "payment_card"),
        (lambda: wrong(card()), "col7", "none"),
    ],
)
def test_wrong_check_digits_are_never_silently_nothing(make: Callable[[], str], header: str, kind: str) -> None:
    """Demonstration and typed data are full of them: the shape is said, whatever is made of it."""
    verdict = one(header, make)
    assert verdict.kind == kind
    assert verdict.evidence.matched >= 190
    assert verdict.evidence.valid < 110
    assert "the checksum wrong" in verdict.evidence.explanation


def wrong(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


@pytest.mark.parametrize(
    "make",
    [
        lambda: f"100001202404{RANDOM.randint(1, 28):02}{digits(4)}",  # shop, day, serial: a date where births stand
        lambda: f"DDH2024{RANDOM.randint(1, 12):02}{digits(8)}",  # a prefix of letters: as long as a vehicle's number
        lambda: str(RANDOM.randint(1, 9)) + digits(18),
        lambda: "6222" + digits(15),
    ],
)
def test_other_numbers_of_such_a_shape_are_no_ones(make: Callable[[], str]) -> None:
    verdict = one("col7", make)
    assert (verdict.kind, verdict.undecided) == ("none", False)


@pytest.mark.parametrize(
    ("header", "make"),
    [
        ("身份证号", lambda: f"{RANDOM.choice('157')}{digits(6)}({digits(1)})"),
        ("id_card_no", lambda: f"{RANDOM.choice('HM')}{digits(8)}"),
        ("香港身份证", lambda: f"X{digits(5)}"),
    ],
)
def test_other_cards_in_a_column_of_resident_numbers(header: str, make: Callable[[], str]) -> None:
    assert one(header, make).kind == "other_id_document"


@pytest.mark.parametrize("header", ["name", "s.name"])
def test_names_of_persons_are_seen_under_a_bare_name_in_a_table_of_nothing_known(header: str) -> None:
    """``name`` alone used to outweigh two hundred names that were seen under ``c7``."""
    assert one(header, name, table="data").kind == "person_name"


@pytest.mark.parametrize("header", ["commit_hash", "file_md5", "文件校验和", "etag"])
def test_the_digest_of_a_file_is_nobodys_pseudonym(header: str) -> None:
    assert one(header, lambda: "".join(RANDOM.choices("0123456789abcdef", k=32))).pi == "none"


@pytest.mark.parametrize(("names", "kind"), [
    ([], "person_name"),
    (["张三"], "person_name"),
    (["张三", "李小红", "王建国"], "person_name"),
    (["John Smith", "Mary Jones", "Ann Lee"], "person_name"),
    (["厦门湖里店", "福州仓山旗舰店", "泉州丰泽店"], "none"),
])  # fmt: skip
def test_a_name_beside_a_telephone_is_somebodys_however_few_rows_there_are(names: list[str], kind: str) -> None:
    """A file of three customers was three telephones without names; a shop beside a telephone has none of a person."""
    columns = (
        ColumnInput("name", "string", evidence=cells.read(pa.array(names, pa.string()))),
        ColumnInput("phone", "string"),
    )
    assert judge(TableInput("data", "", columns))[0].kind == kind


def test_a_name_beside_a_resident_number_is_somebodys_too() -> None:
    columns = tuple(ColumnInput(name, "string") for name in ("name", "phone", "id_no"))
    assert judge(TableInput("m", "", columns))[0].kind == "person_name"
