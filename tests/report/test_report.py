"""The page a lawyer reads: verdict first, every article and number there, nothing loaded, both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import report_documents as documents
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exportgate.pipelines import messages, report
from exportgate.pipelines.report.scale import Scale

OUTCOMES = {
    "must not go": (documents.check, "stop", "Must not go", "不得出境"),
    "may go": (documents.passing, "go", "May go", "可以出境"),
    "undecided": (documents.undecided, "review", "A person must decide", "须人工判定"),
}


class _Page(HTMLParser):
    """Collects tags left open, attributes that load something, and the text in its order."""

    VOID = ("meta", "br", "img", "link", "input", "hr")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        self.loads += [f"{tag} {name}={value}" for name, value in attrs if name in ("src", "href", "srcset", "action")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1:] != ["style"]:
            self.words.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.words)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_answer_comes_first_and_what_it_rests_on_is_there(outcome: str, lang: str) -> None:
    make, tone, *said = OUTCOMES[outcome]
    html = report.render(make(), lang)
    page = _Page(html)
    assert page.open == []
    answer = said[messages.LANGUAGES.index(lang)]
    cited = {"en": "Part C, Retail, Tier 2", "zh": "第三部分 零售行业 第二档"}[lang]
    assert page.text.index(answer) < page.text.index(cited)
    assert f'class="verdict {tone}"' in html
    assert "298" in page.text
    assert "9f2c41d0a7b3" in page.text
    assert ("card_no" in page.text) and ("…9106" in page.text)


def test_the_page_loads_nothing_and_forbids_it() -> None:
    html = report.render([documents.check(), documents.scan()], "en")
    page = _Page(html)
    assert [load for load in page.loads if not load.startswith("a href=#e")] == []
    assert "url(" not in html
    assert "<script" not in html
    assert not re.search(r"https?://", html)
    assert "default-src 'none'" in html


def test_counts_stand_against_the_lines_of_the_edition() -> None:
    text = _Page(report.render(documents.check(), "en")).text
    assert "Tier 2 500k" in text
    assert "Tier 1 3M" in text
    assert "Tier 2 is reached · 2,500,000 more persons until Tier 1" in text
    assert "80,000 more persons until Tier 2" in text
    assert "+220,000" in text
    assert "Between 519,000 and 520,000 persons; the gate uses 520,000." in text
    assert "card_no is not in the filing of 2 March 2026" in text
    assert "read otherwise (sensitive-only): Off the list" in text


def test_a_blocking_inconsistency_stops_what_the_rules_would_allow() -> None:
    blocked = {**documents.passing(), "consistency": documents.check()["consistency"]}
    assert 'class="verdict stop"' in report.render(blocked)


def test_hostile_names_stay_text() -> None:
    hostile = "<script>alert(1)</script>{{7*7}}"
    scan = documents.scan(source=hostile, columns=[documents.column(hostile, "phone", "personal", comment=hostile)])
    html = report.render(documents.check(scans=[scan], export={"id": hostile}))
    assert "<script>alert" not in html
    assert "{{7*7}}" in html
    assert _Page(html).open == []


def test_a_document_of_an_edition_that_is_not_installed_is_still_shown() -> None:
    scan = documents.scan(list={**documents.LIST, "id": "hainan-2031"})
    assert "Tier 2 500k" in _Page(report.render(documents.check(scans=[scan]))).text


@pytest.mark.parametrize(
    "change", [{"rows": 0, "columns": []}, {"exhaustive": False, "rows_scanned": 10}, {"persons": {}}]
)
def test_an_odd_scan_is_said_to_be_odd(change: dict[str, Any]) -> None:
    text = _Page(report.render(documents.scan(**change))).text
    assert ("has no rows" in text) == (change.get("rows") == 0)
    assert ("not exhaustive" in text) == ("exhaustive" in change)


@given(
    st.lists(st.integers(1, 10**8), min_size=1, max_size=3, unique=True), st.lists(st.integers(0, 10**9), max_size=20)
)
def test_the_scale_rises_and_never_shows_a_count_beyond_a_line_it_has_not_reached(
    lines: list[int], persons: list[int]
) -> None:
    scale = Scale(tuple(sorted(lines)))
    places = [scale.place(count) for count in sorted(persons)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    for line, end in zip(scale.lines, scale.ends, strict=True):
        assert scale.place(line - 1) < end
        assert scale.place(line) == pytest.approx(end)


def test_one_percent_of_a_threshold_can_be_seen() -> None:
    assert Scale((500_000, 3_000_000)).place(5_000) > 5


def test_both_languages_say_the_same_things() -> None:
    def keys(tree: Any, path: str = "") -> set[str]:
        if not isinstance(tree, dict):
            return {f"{path}{sorted(set(re.findall('{[a-z]+}', str(tree))))}"}
        return {key for name, branch in tree.items() for key in keys(branch, f"{path}.{name}")}

    folder = Path(messages.__path__[0])
    english, chinese = (yaml.safe_load((folder / f"{lang}.yaml").read_text("utf-8")) for lang in messages.LANGUAGES)
    assert keys(english) == keys(chinese)
