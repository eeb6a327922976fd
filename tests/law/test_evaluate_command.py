"""`exportgate evaluate` and `explain`: the contract's own example, from the outside."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner
from test_situations import read, verdict_of

from exportgate.pipelines.cli import cli
from exportgate.scanner import explain
from exportgate.scanner.errors import UsageError

SAID = {"en": {True: ["may go"], False: ["must not go"]}, "zh": {True: ["可以出境"], False: ["不得出境"]}}

EXAMPLE: dict[str, Any] = {
    "schema": "exportgate.facts/1",
    "list": "fujian-2025",
    "as_of": "2026-11-23",
    "handler": {"ftz_area": "xiamen", "exports_from_ftz": True, "ciio": False},
    "sector": "pharma",
    "scenario": "clinical-trials",
    "counts": {"non_sensitive": 0, "sensitive": 4999, "any": 4999},
    "filing": {"opinion": "off-list", "opinion_date": "2026-03-02", "status": "valid"},
}


def run(*args: str, given: Any = None) -> str:
    result = CliRunner().invoke(cli, [*args], input=json.dumps(given), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_contracts_example() -> None:
    verdict = json.loads(run("evaluate", "-", "--format", "json", given=EXAMPLE))
    expected = {
        "schema": "exportgate.verdict/1",
        "regime": "fujian-2025",
        "tier": 0,
        "path": "exempt",
        "paths": [],
        "fallback": {"tier": 2, "path": "standard-contract-or-certification"},
        "usable": True,
        "allowed": True,
        "undecided": False,
        "reasons": [
            {
                "rule": "fujian-2025/pharma/trial-subjects",
                "article": "Part C, Pharmaceuticals, Tier 2",
                "counter": "any",
                "observed": 4999,
                "comparison": "<",
                "threshold": 5000,
                "effect": "off-list",
            }
        ],
        "headroom": {
            "counter": "any",
            "next_tier": 2,
            "persons": 1,
            "share_used": 0.9998,
            "projected_crossing": None,
        },
        "warnings": [],
    }
    assert {key: verdict[key] for key in expected} == expected
    assert verdict["duties"][0] == "notice"


@pytest.mark.parametrize(("lang", "words"), [("en", "stay below 5,000"), ("zh", "未达到5,000人")])
def test_explain_names_rule_number_and_consequence(lang: str, words: str) -> None:
    verdict = json.loads(run("evaluate", "-", "--format", "json", given=EXAMPLE))
    text = run("explain", "-", "--lang", lang, given=verdict)
    assert words in text
    assert ("may go" if lang == "en" else "可以出境") in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_situation_can_be_told(lang: str) -> None:
    """No verdict leaves a hole in its paragraph: a name, an article, and whether the export may go."""
    for situation in read("situations.yaml"):
        verdict = verdict_of(situation)
        text = explain.paragraph(verdict, lang)
        assert not re.search(r"\{|\bNone\b|fujian-2025/|national/", text), situation["name"]
        assert any(words in text for words in SAID[lang][verdict["allowed"]]), situation["name"]
        if lang == "zh":
            assert not re.search(r"\bArts?\.|Part [ABC]|Tier [12]", text), situation["name"]


def test_what_is_no_verdict_is_refused() -> None:
    with pytest.raises(UsageError, match="not a verdict"):
        explain.paragraph({"schema": "exportgate.facts/1"})
