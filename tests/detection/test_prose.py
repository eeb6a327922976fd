"""Prose with something of a person inside is free text of that class, whatever its header says."""

import pyarrow as pa
import pytest

import exportgate

CARD = "6228480402564890018"
RESIDENT = "11010519491231002X"
PROSE = (
    "今天上午已与对方沟通并确认了后续处理安排",
    "资料收齐后下周一前回复结果请留意",
    "对方表示需要再考虑一下暂不处理",
)


def judged(header: str, said: str, table: str = "crm_ticket", every: int = 1) -> tuple[str, str, int]:
    """Scan a column of prose that says something in every n-th of thirty cells: kind, class, embedded."""
    cells = [PROSE[row % 3] + (f"，{said}。" if row % every == 0 else "。") for row in range(30)]
    found = exportgate.scan(pa.table({"id": [str(row) for row in range(30)], header: cells}), name=table).columns[1]
    return found.kind, found.pi, found.evidence.embedded


@pytest.mark.parametrize("header", ["c7", "remark"])
@pytest.mark.parametrize(
    ("said", "pi"),
    [
        ("请回拨13912345678谢谢", "personal"),
        (f"核对证件{RESIDENT}无误", "personal"),
        (f"退款打到{CARD}即可", "sensitive"),
        ("发票寄zhang@example.com收", "personal"),
        ("因急性阑尾炎住院", "sensitive"),
        ("目前口服阿莫西林胶囊", "sensitive"),
        ("车停在门口闽D12345已登记", "personal"),
        ("检测提示BRCA1 c.68_69delAG", "sensitive"),
    ],
)
def test_what_is_inside_prose_counts(header: str, said: str, pi: str) -> None:
    assert judged(header, said) == ("free_text", pi, 30)
    assert judged(header, said, every=3) == ("free_text", pi, 10)


def test_one_cell_is_enough_to_doubt_a_column_nobody_described() -> None:
    assert judged("c7", f"核对证件{RESIDENT}无误", every=30)[:2] == ("free_text", "personal")


@pytest.mark.parametrize("said", ["升级到10.2.0.4版本", "订单20240101138000已发货", "一切正常"])
def test_versions_and_order_numbers_in_prose_are_nobodys(said: str) -> None:
    assert judged("c7", said) == ("none", "none", 0)


def test_a_number_in_the_address_of_a_file_is_its_name() -> None:
    links = [f"http://cdn.example.com/a/13912345{row:03d}.jpg" for row in range(30)]
    assert exportgate.scan(pa.table({"c7": links}), name="t").columns[0].pi == "none"


def test_diseases_in_a_dictionary_are_nobodys() -> None:
    assert judged("c7", "因急性阑尾炎住院", table="icd_dict")[1] == "none"


def test_a_whole_number_in_remarks_counts_like_one_inside() -> None:
    cells = ["13912345678" if row % 2 else "已联系" for row in range(30)]
    found = exportgate.scan(pa.table({"id": cells, "remark": cells}), name="orders").columns[1]
    assert found.pi == "personal"
