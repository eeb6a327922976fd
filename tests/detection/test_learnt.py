"""What labelled columns teach: a table around a column tells whose it is, values have the last word. All made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from exportgate.benchmarks import fit_detection
from exportgate.benchmarks.written import Label
from exportgate.recognizers import cells
from exportgate.recognizers.kinds import KINDS
from exportgate.sample_data import numbers, people
from exportgate.scanner.detection import ColumnInput, TableInput, judge
from exportgate.scanner.detection.judge import Known, known_of
from exportgate.scanner.detection.learnt import CLASSES, OF_CLASSES, OF_KINDS, opinion_of
from exportgate.scanner.mapping.learnt import word_weights

INDEX = np.arange(60, dtype=np.uint64)
READINGS = TableInput(
    "blood_pressure_log",
    "",
    tuple(map(ColumnInput, ("user_id", "sys", "dia", "pulse", "arm", "unit", "measured_on", "source"))),
)
STAYS = TableInput(
    "room_reservation",
    "",
    tuple(map(ColumnInput, ("guest_name", "phone", "room_type", "checkin", "checkout", "nights", "deposit", "status"))),
)


def kinds(table: TableInput) -> dict[str, str]:
    return {verdict.name: verdict.kind for verdict in judge(table)}


def by_rules(table: TableInput) -> dict[str, str]:
    return {verdict.name: verdict.kind for verdict in known_of(table).verdicts}


def with_values(table: TableInput, name: str, values: pa.Array) -> TableInput:
    seen = cells.read(values)
    return TableInput(
        table.name,
        table.comment,
        tuple(
            ColumnInput(one.name, one.type, one.comment, one.declared_type, seen if one.name == name else None)
            for one in table.columns
        ),
    )


def test_when_something_was_measured_is_no_finding_as_its_name_alone_says() -> None:
    assert by_rules(READINGS)["measured_on"] == "lab_or_vital_sign"
    found = kinds(READINGS)
    assert found["measured_on"] == "none"
    assert found["pulse"] == found["sys"] == "lab_or_vital_sign"


def test_what_somebody_booked_is_found_where_no_rule_knows_the_words() -> None:
    assert {by_rules(STAYS)[name] for name in ("nights", "deposit")} == {"none"}
    found = kinds(STAYS)
    assert {found[name] for name in ("nights", "deposit")} == {"order_or_consumption_record"}
    assert found["room_type"] == "none"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (numbers.text(numbers.mobiles(INDEX)), "phone"),
        (numbers.text(numbers.resident_ids(INDEX)), "cn_resident_id"),
        (numbers.text(numbers.cards(INDEX)), "payment_card"),
        (people.names(INDEX), "person_name"),
        (people.addresses(INDEX), "postal_address"),
        (people.emails(INDEX), "email"),
    ],
)
def test_values_have_the_last_word_on_a_column_that_labelled_tables_call_nobodys(values: pa.Array, kind: str) -> None:
    assert kinds(with_values(READINGS, "measured_on", values))["measured_on"] == kind


def test_the_reason_says_who_decided() -> None:
    freed = next(verdict for verdict in judge(READINGS) if verdict.name == "measured_on")
    assert (freed.decided_by, freed.undecided) == ("neighbours", False)
    assert "labelled tables" in freed.evidence.explanation


def test_a_small_table_and_one_of_nobody_are_judged_by_rules_alone() -> None:
    for table in (
        TableInput("room_reservation", "", STAYS.columns[4:]),
        TableInput("warehouse", "", tuple(map(ColumnInput, ("id", "sku", "paid_time", "ship_sn", "goods_total")))),
    ):
        assert kinds(table) == by_rules(table), table.name


def test_what_a_framework_added_or_is_kept_free_stays_nobodys() -> None:
    names = ("patient_id", "diagnosis", "medication", "voided", "date_voided", "udf_text_1", "zdy3")
    found = kinds(TableInput("visit_note", "", tuple(map(ColumnInput, names))))
    assert {found[name] for name in ("voided", "date_voided", "udf_text_1", "zdy3")} == {"none"}


def test_a_profile_changes_classes_and_no_kind() -> None:
    for table in (READINGS, STAYS):
        strict = judge(table, "gbt35273")
        assert [verdict.kind for verdict in strict] == [verdict.kind for verdict in judge(table)]


@pytest.mark.parametrize("table", [READINGS, STAYS], ids=lambda table: table.name)
def test_an_opinion_is_of_every_class_and_kind(table: TableInput) -> None:
    for context in known_of(table).contexts():
        opinion = opinion_of(context)
        assert tuple(opinion.classes) == CLASSES
        assert sum(opinion.classes.values()) == pytest.approx(1.0)
        assert sum(opinion.kinds.values()) == pytest.approx(1.0)
        assert opinion.kind() in KINDS


def test_a_table_without_columns_has_no_verdicts() -> None:
    assert judge(TableInput("empty")) == ()


def test_weights_hold_no_value_of_anybody_and_every_place_is_known() -> None:
    classes, of_kinds = (word_weights("exportgate.scanner.detection", name) for name in (OF_CLASSES, OF_KINDS))
    assert classes.places == CLASSES
    assert set(of_kinds.places) <= KINDS.keys() - {"none"}
    pieces = {*classes.lines, *of_kinds.lines}
    fronts = {piece.partition(":")[0] for piece in pieces}
    assert fronts <= {
        "A", "C", "E", "T", "after", "before", "beside", "by", "claim", "class", "comment", "denied", "flag", "group",
        "kind", "lead", "mod", "mostly", "name", "personal", "role", "sensitive", "sure", "topic", "type",
    }  # fmt: skip
    long = [piece for piece in pieces if sum(letter.isdigit() for letter in piece) > 6]
    assert long == []


def _blorps(number: int) -> list[fit_detection.Column]:
    """Return the columns of tables in which columns called so are telephones, whatever the rules make of them."""
    tables = [
        TableInput(f"zorb_{at}", "", tuple(map(ColumnInput, ("blorp", "member_id", "quux")))) for at in range(number)
    ]
    labels = [
        Label("personal", frozenset({"personal"}), ("phone",)),
        Label("personal", frozenset({"personal"}), ("member_id",)),
    ]
    labels.append(Label("none", frozenset({"none"}), ()))
    return [column for at, table in enumerate(tables) for column in _columns(known_of(table), labels, at)]


def test_a_fit_learns_what_its_columns_say_and_writes_what_is_read(tmp_path: Path) -> None:
    those = _blorps(8)
    fitted = fit_detection.fit_classes(those, tmp_path)
    assert _likeliest(fitted, those[0]) == "personal"
    assert "C:?blorp" in fitted.text(0.0)
    assert fit_detection.fit_kinds(those, tmp_path).places == ("member_id", "phone")


def test_a_fit_keeps_what_the_one_before_knew_of_words_that_its_tables_have_not(tmp_path: Path) -> None:
    before = fit_detection.fit_classes(_blorps(8), tmp_path)
    (tmp_path / OF_CLASSES).write_text(before.text(0.0), encoding="utf-8")
    others = [column for column in _blorps(8) if "C:?blorp" not in column.context]
    after = fit_detection.fit_classes(others, tmp_path)
    was, now = (each.lines[each.known["C:?blorp"]] for each in (before, after))
    assert was[CLASSES.index("personal")] > 0.1
    assert np.allclose(was, now, atol=0.005), "rounded to hundredths as it is shipped"


def _likeliest(fitted: fit_detection.Fitted, column: fit_detection.Column) -> str:
    shares = dict(zip(CLASSES, fitted.shares([column])[0], strict=True))
    return max(shares, key=lambda each: shares[each])


def _columns(known: Known, labels: list[Label], number: int) -> list[fit_detection.Column]:
    rows = zip(known.ruled(), known.contexts(), labels, strict=True)
    return [fit_detection.Column("own", ruled, context, label, number) for ruled, context, label in rows]


def test_what_a_finding_is_measured_in_is_nobodys() -> None:
    names = ("user_id", "heart_rate", "heart_rate_unit", "spo2_unit", "glucoseUnit", "blood_pressure")
    found = kinds(TableInput("wearable_data", "", tuple(map(ColumnInput, names))))
    assert {found[name] for name in ("heart_rate_unit", "spo2_unit", "glucoseUnit")} == {"none"}
    assert found["heart_rate"] == found["blood_pressure"] == "lab_or_vital_sign"


def test_initials_say_what_the_comment_beside_them_says() -> None:
    """``xm`` is 姓名 nearly everywhere, and 项目 where that stands beside it."""
    columns = (("xm", "项目"), ("jg", "结果"), ("brxm", "病人姓名"))
    found = kinds(TableInput("lis_jg", "检验结果", tuple(ColumnInput(name, comment=said) for name, said in columns)))
    assert (found["xm"], found["brxm"]) == ("lab_or_vital_sign", "person_name")


def test_a_dozen_findings_are_no_dictionary_whatever_their_table_is_called() -> None:
    said = "平均心率 最慢心率 最快心率 收缩压 舒张压 血氧饱和度 体温 呼吸频率 血糖 血钾 血钠 血红蛋白 白细胞计数"
    columns = tuple(ColumnInput(f"c{at}", comment=each) for at, each in enumerate(("测量ID", *said.split())))
    found = kinds(TableInput("ecg_core_index", "心电图核心指标表", columns))
    assert {found[column.name] for column in columns[1:]} == {"lab_or_vital_sign"}
    said = (("code", "指标编码"), ("name", "指标名称"), ("heart_rate", "心率"), ("py", "拼音码"), ("sort", "排序"))
    listed = TableInput("ecg_index_dict", "心电图指标字典", tuple(ColumnInput(name, comment=one) for name, one in said))
    assert set(kinds(listed).values()) == {"none"}
