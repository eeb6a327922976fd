"""What a verdict says beside its answer reads in Chinese for whoever asks for Chinese: no sentence stays in English."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_situations import DEFAULTS, OVERRIDES, read, verdict_of

from exportgate.pipelines import annotations
from exportgate.pipelines.cli import cli
from exportgate.pipelines.sentences import told
from exportgate.scanner import explain

ENGLISH = re.compile(r"(?:[a-z]{2,} ){3}")
"""Four English words in a row: ids and routes are no sentence."""


@pytest.mark.parametrize("situation", read("situations.yaml"), ids=lambda s: s["name"])
def test_no_sentence_is_left_in_english(situation: dict[str, Any]) -> None:
    verdict = verdict_of(situation)
    for sentence in [*verdict["warnings"], *(entry["note"] for entry in verdict["review"])]:
        assert told(sentence, "en") == sentence
        assert not ENGLISH.search(told(sentence, "zh")), told(sentence, "zh")
    assert not ENGLISH.search(explain.paragraph(verdict, "zh"))


def test_numbers_and_days_survive_the_translation() -> None:
    situation = next(s for s in read("situations.yaml") if s["name"].startswith("Growth by more than a fifth"))
    for sentence in verdict_of(situation)["warnings"]:
        assert re.findall(r"[0-9]+", told(sentence, "zh")) == re.findall(r"[0-9]+", sentence)


def test_a_sentence_without_a_pattern_stays_as_it_is() -> None:
    assert told("members.csv: seen by nobody before", "zh") == "members.csv: seen by nobody before"


def test_what_is_said_of_a_file_reads_in_chinese(tmp_path: Path) -> None:
    """Encoding, delimiter, names that occur twice, numbers that lost digits: in the report, and in Chinese alone."""
    path = tmp_path / "members.csv"
    path.write_bytes("姓名;身份证号;姓名\n张三;3.50203E+17;李四\n".encode("gbk"))
    said = CliRunner().invoke(cli, ["scan", str(path), "--lang", "zh", "--quiet"]).output
    for word in ("GBK/GB18030 读取", "按分号分隔读取", "列名重复", "长数字末位已丢失"):
        assert word in said
    assert not ENGLISH.search(said.replace(str(path), "")), said


@pytest.mark.parametrize("form", ["text", "html", "github"])
def test_a_verdict_is_shown_in_every_form(form: str) -> None:
    situation = read("situations.yaml")[0]
    facts = {**DEFAULTS, **situation["facts"], **{key: situation[key] for key in OVERRIDES if key in situation}}
    asked = ["evaluate", "-", "--format", form, "--lang", "zh"]
    shown = CliRunner().invoke(cli, asked, json.dumps(facts, default=str), catch_exceptions=False).stdout
    assert "受试者：个人信息主体5,000人，达到5,000人" in shown


def test_annotations_say_what_a_gate_would() -> None:
    levels = {}
    for situation in read("situations.yaml"):
        verdict = verdict_of(situation)
        first = next(annotations.lines(verdict))
        levels[first.split()[0]] = (verdict["allowed"], verdict["undecided"])
    assert levels.keys() == {"::notice", "::error", "::warning"}
