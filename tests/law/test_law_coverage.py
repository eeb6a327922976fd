"""docs/law-coverage.md: every rule of the editions has a statement and a test, and every name in the table exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.pipelines.cli import cli
from exportgate.scanner.counting_exclusions import provisions
from exportgate.scanner.tiers import exemption

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = (field_maps.load("fujian-2025"), field_maps.national_rule())


def table() -> list[tuple[str, str, str]]:
    lines = (ROOT / "docs" / "law-coverage.md").read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("| ")]
    return [(a, b.strip("`"), c) for a, b, c in rows[1:]]


def rules(edition: Edition) -> set[str]:
    found = {exemption.rule_of(basis) for basis in provisions()["bases"]} if edition is EDITIONS[1] else set()
    found |= {row.rule for _, row in edition.rows} | {item.rule for item in edition.items.values()}
    found |= {rule.rule for rule in edition.rules.values()} | {regime.rule for regime in edition.regimes}
    found |= {e.rule for sector in edition.sectors for e in sector.exclusions}
    found |= {f"{sector.rule}/note/{note.id}" for sector in edition.sectors for note in sector.notes}
    found |= {bucket.rule for bucket in (edition.third_bucket, *(s.third_bucket for s in edition.sectors)) if bucket}
    found |= {f"{edition.id}/duty/{duty.id}" for duty in edition.duties}
    found |= {f"reading/{reading.id}" for reading in edition.readings}
    found |= {line.rule for line in (edition.ciio, edition.important_data) if line}
    if edition.filing:
        found |= {rule.rule for rule in (edition.filing.unusable, *edition.filing.rules, *edition.filing.grounds)}
    return found


def articles(edition: Edition) -> set[str]:
    return {f"{edition.id}/{article.number}" for article in edition.articles}


def test_no_cell_is_empty() -> None:
    assert len(table()) > 150
    assert all(cell for row in table() for cell in row)


def test_every_rule_stands_in_the_table_and_every_name_in_it_exists() -> None:
    named, there = {rule for _, rule, _ in table()}, set().union(*(rules(edition) for edition in EDITIONS))
    assert there - named == set()
    assert named - there - articles(EDITIONS[0]) == set()


def test_every_article_is_in_the_table() -> None:
    told = " ".join(statement for statement, _, _ in table())
    for number in range(1, 25):
        assert re.search(rf"Arts?\. {number}\b|–{number}\b", told), number


def test_every_test_that_is_named_exists() -> None:
    situations = {s["name"] for s in yaml.safe_load((ROOT / "tests/situations/situations.yaml").read_text("utf-8"))}
    for _, _, test in table():
        if test.startswith("situation: "):
            assert test.removeprefix("situation: ") in situations
        else:
            file, _, name = test.partition("::")
            assert f"def {name}(" in (ROOT / "tests" / "law" / file).read_text("utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_list_show_tells_everything(lang: str) -> None:
    result = CliRunner(env={"COLUMNS": "400"}).invoke(cli, ["list", "show", "--lang", lang], catch_exceptions=False)
    edition = EDITIONS[0]
    shown = result.stdout
    for article in edition.articles:
        assert re.search(rf"\b{article.number}\b", shown)
    for word in (*edition.items, *(r.id for r in edition.readings), *(d.id for d in edition.duties)):
        assert word in shown
    for sector in edition.sectors:
        assert all(name in shown for name in (sector.id, *sector.scenario_ids, *sector.row_ids))
    assert "persons_with_both" in shown
    assert "3,000,000" in shown
    assert "Part C, Aircraft maintenance, Tier 1" in shown
