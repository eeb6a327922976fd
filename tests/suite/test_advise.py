"""Advice on exports that may not go: applied, each suggestion passes the real check; undone in part, it fails again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import exports
import jsonschema
import pandas as pd
import pyarrow.parquet as pq
import pytest

from exportgate.pipelines import api, schemas, step
from exportgate.pipelines.cli import run

AS_OF = date.fromisoformat(exports.AS_OF)
FILING = {"path": "list-filing", "number": "XM-1", "opinion": "off-list", "opinion_date": "2026-03-02"}


def manifest(scenario: str = "clinical-trials", sector: str = "pharma", **more: Any) -> dict[str, Any]:
    export = {"id": "e-1", "sector": sector, "scenario": scenario, "recipient": "Example Pte Ltd"}
    return {"export": export, "identity": {"cn_resident_id": "id_no"}, "approvals": [FILING], **more}


def with_phones(persons: int) -> pd.DataFrame:
    frame = exports.subjects(persons)
    return frame.assign(phone=[f"139{number:08d}" for number in range(persons)])


def with_diagnoses(persons: int) -> pd.DataFrame:
    """Subjects with a sensitive column beside the plain ones."""
    return with_phones(persons).assign(diagnosis=["E11.9" if number % 2 else "I10" for number in range(persons)])


def booked_before() -> pd.DataFrame:
    """Subjects of whom some have left in this year already."""
    passed = step.run(
        exports.subjects(4000), manifest() | {"export": {**manifest()["export"], "id": "before"}}, as_of=AS_OF
    )
    step.commit(passed["reservation"], on=AS_OF)
    return exports.subjects(2000, first=3500)


Case = tuple[Callable[[], pd.DataFrame], dict[str, Any], set[str]]
OVER_THE_LINE: dict[str, Case] = {
    "on the line": (lambda: exports.subjects(exports.LINE), manifest(), {"obtain-route", "leave-out", "drop-columns"}),
    "above it": (lambda: with_phones(5300), manifest(), {"obtain-route", "leave-out", "drop-columns"}),
    "most left before": (booked_before, manifest(), {"obtain-route", "leave-out", "drop-columns"}),
    "no filing": (lambda: with_diagnoses(50), manifest(approvals=[]), {"obtain-route", "drop-columns"}),
    "filing suspended": (
        lambda: with_diagnoses(50),
        manifest(approvals=[{**FILING, "status": "suspended"}]),
        {"obtain-route", "drop-columns"},
    ),
    "a column not filed": (
        lambda: with_phones(50),
        manifest(approvals=[{**FILING, "columns": ["id_no"]}]),
        {"drop-columns"},
    ),
    "more persons than filed": (
        lambda: exports.subjects(50),
        manifest(approvals=[{**FILING, "max_persons": 30}]),
        {"leave-out", "drop-columns"},
    ),
    "important data": (
        lambda: exports.subjects(50),
        manifest(declare={"important_data": [{"item": "pharma.frontier-production", "basis": "list"}]}),
        {"obtain-route"},
    ),
    "sensitive from the first person": (
        lambda: with_diagnoses(50),
        manifest("other", "retail"),
        {"obtain-route", "drop-columns"},
    ),
    "a decision against the values": (
        lambda: with_phones(50),
        manifest(columns={"phone": {"kind": "none", "by": "office", "on": "2026-11-01"}}),
        {"drop-columns"},
    ),
}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return exports.write(tmp_path)


@pytest.mark.parametrize("name", OVER_THE_LINE)
def test_applied_it_passes_and_undone_in_part_it_fails(name: str) -> None:
    build, described, kinds = OVER_THE_LINE[name]
    data = build()
    found = api.advise(data, described, as_of=AS_OF)
    assert not found.checked.may_go
    assert {kind for suggestion in found.suggestions for kind in suggestion.change.kinds} == kinds
    for suggestion in found.suggestions:
        change = suggestion.change
        narrowed = dict(found.trials.narrowed(change)).get("data", data) if change.persons else data
        applied = api.check(narrowed, found.trials.manifest(change), as_of=AS_OF)
        assert applied.may_go
        assert applied.expectations["success"]
        ((_, table),) = found.reduced(suggestion)
        assert set(table.column_names) == set(data.columns) - set(change.dropped)
        assert table.num_rows == len(narrowed if change.persons is None else data) - (
            0 if change.persons is None else found.trials.persons - change.persons
        )
        undone = [replace(change, dropped=tuple(set(change.dropped) - {column})) for column in change.dropped]
        undone += [replace(change, approvals=tuple(set(change.approvals) - {kind})) for kind in change.approvals]
        undone += [replace(change, persons=change.persons + 1)] if change.persons else []
        assert undone
        assert not any(found.trials(less).passes for less in undone)


def test_an_export_that_may_go_needs_no_advice() -> None:
    assert api.advise(exports.subjects(50), manifest(), as_of=AS_OF).suggestions == ()


@pytest.mark.parametrize("flag", ["core_data", "state_secret"])
def test_what_never_may_go_gets_no_advice_that_keeps_it(flag: str) -> None:
    assert api.advise(exports.subjects(50), manifest(declare={flag: True}), as_of=AS_OF).suggestions == ()


def test_sensitive_columns_go_first_and_the_others_are_kept() -> None:
    found = api.advise(with_diagnoses(50), manifest("other", "retail"), as_of=AS_OF)
    dropped = [suggestion.change.dropped for suggestion in found.suggestions if suggestion.change.dropped]
    assert dropped == [("diagnosis",)]


def test_the_document_follows_its_schema_and_holds_no_cell() -> None:
    data = with_phones(5100)
    document = api.advise(data, manifest(), as_of=AS_OF).to_dict()
    jsonschema.validate(document, schemas.load("advice"))
    text = json.dumps(document)
    assert not any(cell in text for cell in [*data["id_no"], *data["phone"]])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_advises_and_writes_what_may_leave(
    project: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    with_phones(5100).to_parquet("all.parquet")
    command = ["all.parquet", "-m", "trial.yaml", "--as-of", exports.AS_OF, "--quiet"]
    assert run(["advise", *command, "--lang", lang, "--write", "less.parquet"]) == 1
    told = capsys.readouterr().out
    assert "4,999" in told
    assert ("split" in told) if lang == "en" else ("拆分" in told)
    assert pq.read_metadata("less.parquet").num_rows == 4999
    assert run(["check", "less.parquet", *command[1:]]) == 0
    assert run(["advise", *command, "--write", "less.parquet"]) == 2
    assert "nothing was overwritten" in capsys.readouterr().err
