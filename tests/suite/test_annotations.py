"""Annotations: one line per command, whatever a name or a message holds."""

from __future__ import annotations

import re

import pytest
from suite_checks import a_check

from exportgate.pipelines import annotations

LIST = {"id": "some-list", "fields": 298, "fields_verified": 0, "status": "draft"}


def a_document(code: int, **changes: object) -> dict:
    check = a_check(5000, **changes)
    check["verdict"] |= {"tier": 2, "path": "route-b", "review": []}
    check["counts"]["new_persons"] = check["counts"]["this_export"]
    for scan in check["scans"]:
        scan["list"] = LIST
    return check | {"exit_code": code}


@pytest.mark.parametrize(("code", "level"), [(0, "notice"), (1, "error"), (4, "warning")])
@pytest.mark.parametrize(("lang", "counted"), [("en", "5,000 persons year to date"), ("zh", "本年累计 5,000 人")])
def test_the_verdict_is_the_first_annotation(code: int, level: str, lang: str, counted: str) -> None:
    first = next(annotations.lines(a_document(code), lang))
    assert first.startswith(f"::{level} title=exportgate%3A e ")
    assert counted in first
    assert "Part X, line 2" in first


def test_a_hostile_column_name_cannot_start_a_command_of_its_own() -> None:
    name = "a\n::error title=x::stolen, 100%"
    document = a_document(1, column={"undecided": True, "name": name})
    lines = list(annotations.lines(document))
    assert all(re.fullmatch(r"::(error|warning|notice) title=[^:,\r\n]*::[^\r\n]*", line) for line in lines)
    assert any("undecided" in line for line in lines)


def test_what_blocks_is_an_error_and_the_rest_a_warning() -> None:
    findings = [
        {"issue": "column-not-filed", "blocks": True, "message": "column x"},
        {"issue": "decision-contradicts-values", "blocks": False, "message": "stated reason: y"},
    ]
    lines = list(annotations.lines(a_document(1, consistency=findings)))
    assert "::error title=exportgate%3A column-not-filed::column x" in lines
    assert any(line.startswith("::warning title=exportgate%3A decision") for line in lines)
