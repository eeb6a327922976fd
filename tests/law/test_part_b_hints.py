"""Words of column names that suggest a sub-category of Part B, and words that only look like one."""

from __future__ import annotations

import pytest

from exportgate import field_maps
from exportgate.scanner import part_b_hints
from exportgate.scanner.results import ColumnVerdict

LIST = field_maps.load("fujian-2025")


@pytest.mark.parametrize(
    ("name", "comment", "item"),
    [
        ("rareEarthOutput", "", "part-b.rare-earths"),
        ("col7", "稀土冶炼工艺参数", "part-b.rare-earths"),
        ("wafer_lot", "", "part-b.electronics"),
        ("ＳＣＡＤＡ_param", "", "part-b.equipment"),
        ("c1", "区域车流量", "part-b.transport"),
        ("ECCN", "", "part-b.export-control"),
        ("genome-build", "", "part-b.genetic-resources"),
    ],
)
def test_a_word_suggests_a_sub_category(name: str, comment: str, item: str) -> None:
    found = part_b_hints.hints([ColumnVerdict(name, "string", comment)], LIST)
    assert [hint.item for hint in found] == [item]
    assert name in found[0].sentence()
    assert item in LIST.items


@pytest.mark.parametrize("name", ["member_id", "unwafered", "microreactors", "姓名", "address", "create_time"])
def test_ordinary_columns_suggest_nothing(name: str) -> None:
    assert part_b_hints.hints([ColumnVerdict(name, "string")], LIST) == ()


def test_thirteen_categories_and_forty_sub_categories() -> None:
    assert len(LIST.categories) == 13
    subs = [sub for category in LIST.categories for sub in category.sub_categories]
    assert [sub.number for sub in subs] == list(range(1, 41))
    assert all(sub.name.en and sub.name.zh for sub in subs)
