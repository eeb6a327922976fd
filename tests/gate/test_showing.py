"""Results show themselves: JSON, a page, a table, a notebook."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

import exportgate

FACTS = {
    "sector": "retail",
    "scenario": "membership",
    "as_of": "2026-11-23",
    "handler": {"ftz_area": "xiamen", "exports_from_ftz": True, "ciio": False},
    "counts": {"non_sensitive": 499_999, "sensitive": 3, "any": 499_999},
}
PHONES = [f"1391234{number:04d}" for number in range(60)]
MANIFEST = {"export": {"id": "members", "sector": "retail", "scenario": "membership"}}


@pytest.fixture(params=["scan", "check", "verdict"])
def result(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    import pandas as pd

    frame = pd.DataFrame({"member_id": [f"M{number:05d}" for number in range(60)], "mobile": PHONES})
    if request.param == "verdict":
        return exportgate.evaluate(FACTS)
    if request.param == "scan":
        return exportgate.scan(frame, name="members")
    monkeypatch.chdir(tmp_path)
    ledger = exportgate.open_ledger("ledger.duckdb", "5a" * 32)
    return exportgate.check(frame, MANIFEST, ledger=ledger)


def test_a_result_is_a_page_a_table_and_json(result: Any) -> None:
    assert json.loads(result.to_json()) == json.loads(json.dumps(result.to_dict()))
    for lang, mark in (("en", 'lang="en"'), ("zh", 'lang="zh-CN"')):
        page = result.to_html(lang)
        assert page.startswith("<!doctype html>")
        assert mark in page
        assert not re.search(r"(?:src|href)=\"(?!#)", page)  # loads nothing, links nowhere
    assert "\x1b" not in result.to_text("zh")
    assert str(result) == result.to_text()


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(result: Any) -> None:
    shown = result._repr_html_()
    inside = re.fullmatch(r'<iframe srcdoc="([^"]*)"[^>]*></iframe>', shown)
    assert inside
    assert html.unescape(inside[1]) == result.to_html()


def test_no_way_of_showing_quotes_a_cell(result: Any) -> None:
    shown = [result.to_json(), result.to_html(), result.to_html("zh"), str(result), repr(result)]
    assert not any(phone in text for phone in PHONES for text in shown)


def test_a_result_is_frozen(result: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.allowed = True


def test_a_verdict_page_names_the_article_and_the_route(result: Any) -> None:
    if "regime" in result.to_dict():
        page = result.to_html()
        assert "Part C, Retail, Tier 2" in page
        assert "CBDF Art. 8" in page
