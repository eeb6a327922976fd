"""The catalogue is found by what it says, and leaves in the format that is asked for."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from exportgate.pipelines.cli.lists import list_group


def run(*arguments: str) -> str:
    """What standard output says; the command must succeed."""
    result = CliRunner().invoke(list_group, list(arguments), standalone_mode=False)
    assert result.exception is None, result.output
    return result.stdout


def ids(*arguments: str) -> list[str]:
    return [row["id"] for row in json.loads(run("fields", "--format", "json", *arguments))["fields"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--text", "ＶＩＮ", "--sector", "iov", "--scenario", "ota"], ["iov.ota.vin"]),
        (["--text", "no such words", "--sector", "aircraft-maintenance"], []),
        (["--text", "cockpit recording"], ["aircraft-maintenance.cvr-analysis.audio_file"]),
        (["--text", "声纹", "--provenance", "standard"], ["retail.membership.avatar"]),
    ],
)
def test_filters(asked: list[str], found: list[str]) -> None:
    assert set(found) <= set(ids(*asked))
    assert bool(found) == bool(ids(*asked))


def test_filters_narrow_down_together() -> None:
    assert len(ids()) == 298
    by_source = [ids("--provenance", name) for name in ("summary", "sibling-list", "standard", "reconstructed")]
    assert sum(map(len, by_source)) == 298


def test_json_says_what_the_issue_promises() -> None:
    document = json.loads(run("fields", "--format", "json", "--scenario", "dct"))
    keys = {"id", "sector", "scenario", "name_zh", "name_en", "category", "kinds", "sensitive", "row", "provenance"}
    assert all(keys | {"source", "status"} <= row.keys() for row in document["fields"])
    assert {type(row["sensitive"]) for row in document["fields"]} == {bool}
    assert document["list"] == {"id": "fujian-2025", "fields": 298, "fields_verified": 0, "status": "draft"}


def test_the_tables_hold_the_same_rows(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("fields", "--format", "csv", "--sector", "retail"))))
    run("fields", "--format", "xlsx", "--sector", "retail", "-o", str(tmp_path / "fields.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "fields.xlsx").active
    assert sheet is not None
    head, *lines = sheet.iter_rows(values_only=True)
    assert [dict(zip(head, ("" if cell is None else cell for cell in line), strict=True)) for line in lines] == rows
    assert [row["id"] for row in rows] == ids("--sector", "retail")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--provenance", "sumary"], "summary"),
        (["--scenario", "membreship"], "membership"),
        (["--format", "xlsx"], "-o"),
    ],
)
def test_what_is_not_there_is_said(asked: list[str], says: str) -> None:
    result = CliRunner().invoke(list_group, ["fields", *asked], standalone_mode=False)
    assert result.exception is not None or result.exit_code == 2
    assert says in f"{result.exception} {getattr(result.exception, 'hint', '')} {result.output}"


def test_validate_counts_by_provenance() -> None:
    said = run("validate", "fujian-2025")
    assert "4 sectors, 26 scenarios, 298 fields by provenance" in said
    found = json.loads(run("validate", "fujian-2025", "--format", "json"))["editions"][0]
    assert sum(found["provenance"].values()) == found["fields"] == 298
    assert found["fields_verified"] == 0
