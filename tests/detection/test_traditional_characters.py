"""Tables whose comments are in traditional characters are read as those in simplified ones. Every table is made up."""

from exportgate.scanner.detection import ColumnInput, TableInput, judge

SIMPLIFIED = ["病人姓名", "出生日期", "联络电话", "诊断结果", "药品名称", "更新时间", "术后备注"]
TRADITIONAL = ["病人姓名", "出生日期", "聯絡電話", "診斷結果", "藥品名稱", "更新時間", "術後備註"]


def kinds(comment: str, comments: list[str]) -> list[tuple[str, str]]:
    """Judge a table whose columns have comments only."""
    columns = tuple(ColumnInput(f"c{at}", "", said, "varchar(64)") for at, said in enumerate(comments))
    return [(one.kind, one.pi) for one in judge(TableInput("t1", comment, columns))]


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    assert kinds("病歷資料表", TRADITIONAL) == kinds("病历资料表", SIMPLIFIED)


def test_the_verdict_keeps_the_comment_as_it_was_written() -> None:
    (verdict,) = judge(TableInput("t1", "", (ColumnInput("c", "", "聯絡電話"),)))
    assert verdict.comment == "聯絡電話" and verdict.kind == "phone"
