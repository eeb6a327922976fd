"""No threshold, article, item, sector or scenario of the law stands in an executable literal of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exportgate import field_maps

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("scanner", "pipelines", "recognizers")
EDITIONS = (field_maps.load("fujian-2025"), field_maps.national_rule())

# Small numbers mean something else everywhere; the larger ones below mean something else in these modules.
ROUND_FIGURES = {1, 5, 60, 500}
OTHER_MEANINGS = {
    "scanner/expressions.py": {10_000: "characters of a predicate"},
    "scanner/sources/files.py": {100_000: "files of a folder"},
    "pipelines/list_import/volumes.py": {10_000: "the numeral 万", 1_000_000: "百万", 10_000_000: "千万"},
    "pipelines/messages/__init__.py": {10_000: "the numeral 万", 1_000_000: "the sign M"},
    "recognizers/bank_card.py": {5000: "card number ranges", 10_000: "card number ranges"},
    "recognizers/cells.py": {50_000: "values kept of one column"},
    "recognizers/cells_numbers.py": {10_000_000: "an eight-digit identifier", 100_000: "a histogram's width"},
}
ARTICLE = re.compile(r"\bArts?\. ?[0-9]|第[0-9一二三四五六七八九十]+条|Part [ABC]\b")
COMMON_WORDS = {"all", "other", "charging", "ota", "patients", "membership", "manufacturing", "persons"}
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
HELP = {"help", "short_help", "epilog", "description"}


def names() -> set[str]:
    found: set[str] = set()
    for edition in EDITIONS:
        for sector in edition.sectors:
            found |= {sector.id, sector.name.en, sector.name.zh, *sector.scenario_ids, *sector.row_ids}
            found |= {exclusion.id for exclusion in sector.exclusions}
        found |= set(edition.items)
        found |= {scenario.name.en for _, scenario in edition.scenarios}
    return found - COMMON_WORDS


def thresholds() -> set[int]:
    found = {v for e in EDITIONS for _, row in e.rows for line in row.lines for _, v in line.at.values if v}
    found |= {
        v for e in EDITIONS for i in e.items.values() if i.condition.minimum for _, v in i.condition.minimum.values if v
    }
    return found - ROUND_FIGURES


def literals(path: Path) -> Iterator[ast.Constant]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spared = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            spared.add(id(node.body[0].value))  # type: ignore[attr-defined]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            spared.add(id(node.value))  # a string under a constant is its documentation
        if isinstance(node, ast.keyword) and node.arg in HELP:
            spared |= {id(inner) for inner in ast.walk(node.value)}
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in spared)


def modules() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_law_is_not_in_the_code(path: Path) -> None:
    meant = OTHER_MEANINGS.get(str(path.relative_to(ROOT)), {})
    forbidden, numbers = names(), thresholds() - set(meant)
    found = []
    for literal in literals(path):
        value = literal.value
        if isinstance(value, str) and (value in forbidden or ARTICLE.search(value)):
            found.append(f"line {literal.lineno}: {value[:60]!r}")
        if isinstance(value, int) and not isinstance(value, bool) and value in numbers:
            found.append(f"line {literal.lineno}: {value}")
    assert not found, "a number that means something else is listed in OTHER_MEANINGS with what it means"
