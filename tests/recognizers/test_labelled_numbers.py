"""Numbers that only their label tells, in whole columns: what the vectorised face and Presidio say is the same."""

import random

import pyarrow as pa
import pytest

from exportgate.recognizers import labelled_number, pack, presidio
from exportgate.recognizers.cells import Block, read
from exportgate.scanner.detection import ColumnInput, TableInput, judge

ENTITIES = sorted({face.entity for face in labelled_number.FACES})
FACES = {face.entity: face for face in labelled_number.FACES}
RECOGNIZERS = {
    one.FORM.entity: one
    for one in presidio.recognizers()
    if isinstance(one, presidio.FormRecognizer) and "Labelled" in one.name
}
LABELS = [
    "住院号",
    "病历号码",
    "门诊编号",
    "筛选号",
    "会员卡号",
    "保单号",
    "身份证号",
    "身份证",
    "卡号",
    "银行卡号",
    "账号",
    "社保号",
    "医保卡",
    "电话",
    "联系电话",
    "手机号",
    "工号",
    "QQ",
    "微信号",
    "密码",
    "病歷號",
    "銀行帳號",
    "手機",
    "身分證字號",
    "密碼",
    "會員編號",
    "MRN",
    "mrn",
    "Account",
    "Phone",
    "Tel",
    "Policy",
    "Subject",
    "Password",
    "Employee",
]
JOINTS = ["：", ":", "", " ", "为", "為", "是：", " No. ", " number is ", "# ", " ID: "]
NUMBERS = [
    "00123456",
    "ZY2023-0001",
    "110101199001011234",
    "6222 0212 3456 7890",
    "0592-5601234",
    "12",
    "Abc@12345",
    "无",
]
AROUND = [("", ""), ("患者", "入院"), ("x", "9"), ("已登记，", "。备注"), ("a ", " b"), ("号", "号")]


def corpus() -> list[str]:
    rng = random.Random(5)
    cells = [
        b + label + joint + number + a for label in LABELS for joint in JOINTS for number in NUMBERS for b, a in AROUND
    ]
    return rng.sample(cells, 3000) + ["，".join(rng.choices(cells, k=3)) for _ in range(300)]


CORPUS = corpus()


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_two_faces_agree(entity: str) -> None:
    found = FACES[entity].match(Block.of_values([cell.encode() for cell in CORPUS]))
    assert found is not None
    assert found.inside is not None
    vectorised = (found.shape | found.inside).tolist()
    spoken = [bool(RECOGNIZERS[entity].analyze(cell, [entity])) for cell in CORPUS]
    if entity == "CN_ID_DOCUMENT":  # a card of the army needs no label there
        spoken = [one and "字第" not in cell for one, cell in zip(spoken, CORPUS, strict=True)]
    differ = [cell for cell, a, b in zip(CORPUS, vectorised, spoken, strict=True) if a != b]
    assert differ == []


def test_spans_are_the_number_alone() -> None:
    text = "主诉腹痛3天，住院号：ZY00123456，电话 5601234。MRN: 0012345"
    found = {
        text[result.start : result.end] for entity in ENTITIES for result in RECOGNIZERS[entity].analyze(text, [entity])
    }
    assert found == {"ZY00123456", "5601234", "0012345"}


@pytest.mark.parametrize(
    ("prose", "pi"),
    [
        ("客户来电反映问题，住院号：00{n}6，请尽快回访", "sensitive"),
        ("Called back about the refund, MRN: 00{n}6, ask for the nurse", "sensitive"),
        ("已退款至卡号 62220212345678{n}，三日内到账", "sensitive"),
        ("请联系前台，电话 560{n}，谢谢配合处理", "personal"),
        ("本次住院{n}元，共随机抽查3个，会员2024年续费", "none"),
    ],
)
def test_a_remark_that_carries_record_numbers_is_found(prose: str, pi: str) -> None:
    cells = [prose.replace("{n}", f"{1000 + 37 * place}") for place in range(40)]
    column = ColumnInput("f1", "string", "", "varchar(500)", read(pa.array(cells)))
    (verdict,) = judge(TableInput("t", "", (column,)))
    assert (verdict.pi, verdict.kind) == (pi, "none" if pi == "none" else "free_text")


def test_every_label_entity_is_in_the_pack() -> None:
    assert {label.entity for label in labelled_number.LABELS} <= pack.entities().keys()


@pytest.mark.parametrize(
    "cell", ["密码：hunter", "password: hunter", "QQ903013545", "会员卡号：A1234567", "密码：！！！！"]
)
def test_neighbours_change_nothing(cell: str) -> None:
    """A digit, a mark or Chinese in another cell of the block says nothing about this one."""
    alone = read(pa.array([cell]))
    beside = read(pa.array([cell, "1", "-", "无", "x"]))
    assert {name: alone.hit(name) for name in ENTITIES} == {name: beside.hit(name) for name in ENTITIES}


def test_a_secret_without_digits_is_found() -> None:
    assert read(pa.array(["密码：hunter"])).hit("SECRET").valid == 1


@pytest.mark.parametrize(
    ("cells", "entity"),
    [
        (["QQ12345678", "QQ02345678", "QQ12345679"], "ACCOUNT_LOGIN"),  # none begins with a nought
        (["回访电话13800138000。", "回访电话00000000000。", "回访电话1380013800。"], "LABELLED_PHONE"),
        (["住院号：00123456", "住院号：00123457入院", "住院号：9"], "MEDICAL_RECORD_NO"),
    ],
)
def test_cells_that_differ_in_digits_alone_are_told_apart(cells: list[str], entity: str) -> None:
    """What was read of one cell is remembered for those like it, and must say nothing of others."""
    for order in (cells, cells[::-1]):
        found = read(pa.array(order * 2)).hit(entity)
        alone = [read(pa.array([cell])).hit(entity) for cell in cells]
        assert found == sum(alone * 2, start=type(found)())
