"""Column verdicts for catalogues: each in the catalogue's own format, without any example of a value."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from filed_year import Folder

from exportgate.pipelines import api
from exportgate.pipelines.lineage import FORMATS, Place
from exportgate.scanner.errors import UsageError

CANARY = ("13987654321", "11010519491231002X")
PLACE = Place(datetime(2026, 11, 23, tzinfo=UTC), platform="hive", namespace="hive://dw", name="dw.crm.people")


@pytest.fixture(scope="module")
def scan() -> dict[str, Any]:
    phones = [CANARY[0], *(f"1391234{n:04d}" for n in range(39))]
    columns = {"qty": list(range(40)), "mobile/a~b": phones, "id_no": [CANARY[1]] * 40, "13987654321": ["x"] * 40}
    table = pa.table(columns)
    return api.scan(table, name="people").to_dict()


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = Folder(tmp_path_factory.mktemp("lineage"))
    data = pa.table({"member_id": [f"M{n:09d}" for n in range(20)], "mobile": [f"13{n:09d}" for n in range(20)]})
    manifest = {"export": {"id": "m", "sector": "retail", "scenario": "membership"}, "scope": "crm"}
    return api.check(data, manifest, config=folder.settings, as_of=date(2026, 11, 23)).to_dict()


@pytest.mark.parametrize("form", FORMATS)
def test_no_value_is_in_any_of_them(scan: dict[str, Any], form: str) -> None:
    text = json.dumps(FORMATS[form]([scan], PLACE), ensure_ascii=False)
    assert "dw.crm.people" in text
    assert not any(value in text or value[-4:] in text for value in CANARY)


def test_openlineage_has_the_standard_facets(scan: dict[str, Any], check: dict[str, Any]) -> None:
    (event,) = FORMATS["openlineage"]([scan], PLACE)
    assert {"eventTime", "producer", "schemaURL", "dataset"} == set(event)
    facets = event["dataset"]["facets"]
    assert [field["name"] for field in facets["schema"]["fields"]] == ["qty", "mobile/a~b", "id_no", "column 4"]
    assert {"key": "pi", "value": "personal", "source": "exportgate", "field": "id_no"} in facets["tags"]["tags"]
    assert all({"_producer", "_schemaURL"} <= set(facet) for facet in facets.values())
    (run,) = FORMATS["openlineage"]([check], Place(PLACE.at))
    assert (run["eventType"], run["job"]["name"]) == ("COMPLETE", "exportgate.check.m")
    assert run["run"]["facets"]["exportgate_verdict"]["mayGo"] == check["may_go"]
    assertions = run["inputs"][0]["inputFacets"]["dataQualityAssertions"]["assertions"]
    assert len(assertions) == len(check["expectations"]["results"])
    assert run == FORMATS["openlineage"]([check], Place(PLACE.at))[0]


def test_datahub_adds_tags_and_replaces_nothing(scan: dict[str, Any]) -> None:
    proposals = FORMATS["datahub"]([scan], PLACE)
    patch = proposals[-1]
    assert patch["entityUrn"] == "urn:li:dataset:(urn:li:dataPlatform:hive,dw.crm.people,PROD)"
    assert (patch["changeType"], patch["aspect"]["contentType"]) == ("PATCH", "application/json-patch+json")
    operations = json.loads(patch["aspect"]["value"])
    assert {operation["op"] for operation in operations} == {"add"}
    phone = "/editableSchemaFieldInfo/mobile~1a~0b/globalTags/tags/urn:li:tag:exportgate.kind.phone"
    assert phone in [operation["path"] for operation in operations]
    made = {proposal["entityUrn"] for proposal in proposals if proposal["entityType"] == "tag"}
    assert {operation["value"]["tag"] for operation in operations} == made


def test_openmetadata_tests_the_column_before_it_tags_it(scan: dict[str, Any]) -> None:
    requests = FORMATS["openmetadata"]([scan], PLACE)
    patch = requests[-1]
    assert patch["path"] == "/api/v1/tables/name/dw.crm.people"
    at = [step["path"] for step in patch["body"] if step["op"] == "test" and step["value"] == "id_no"]
    assert at == ["/columns/2/name"]
    labels = [step["value"] for step in patch["body"] if step["path"] == "/columns/2/tags/-"]
    assert labels[0] == {
        "tagFQN": "ExportgateClass.personal",
        "source": "Classification",
        "labelType": "Automated",
        "state": "Suggested",
    }
    made = {
        f"{request['body']['classification']}.{request['body']['name']}"
        for request in requests
        if "tags" in request["path"]
    }
    assert {label["tagFQN"] for label in labels} <= made


@pytest.mark.parametrize("form", FORMATS)
def test_a_command_writes_the_file(run: Any, scan: dict[str, Any], tmp_path: Path, form: str) -> None:
    (tmp_path / "scans.jsonl").write_text(json.dumps(scan) + "\n" + json.dumps(scan) + "\n", encoding="utf-8")
    run("lineage", tmp_path / "scans.jsonl", "--format", form, "-o", tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [("{}", (), "neither a scan"), ("nonsense", (), "no JSON"), ("TWO", ("--name", "a"), "one name for 2 datasets")],
)
def test_what_is_no_scan_is_refused(
    run: Any, scan: dict[str, Any], tmp_path: Path, text: str, options: tuple[str, ...], says: str
) -> None:
    place = tmp_path / "d.json"
    place.write_text("\n".join([json.dumps(scan)] * 2) if text == "TWO" else text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        run("lineage", place, "--format", "datahub", *options)
