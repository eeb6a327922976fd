"""`filing pack`: both papers in both languages from what is known; what is not known is a visible blank."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from filed_year import SPRING, Folder, other

from exportgate import field_maps
from exportgate.pipelines import schemas
from exportgate.scanner.errors import UsageError
from exportgate.scanner.filings import Filing

DAY = ("--as-of", "2026-11-23")
EDITION = field_maps.load("fujian-2025")


def pack(run: Any, folder: Folder, *options: Any) -> Any:
    found = run("filing", "pack", *options, "--config", folder.config, *DAY, "--format", "json")
    jsonschema.Draft202012Validator(schemas.load("filing")).validate(found.document)
    return found.document


def words(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_ledgers_year_becomes_a_filing(run: Any, faithful: Folder) -> None:
    document = pack(run, faithful)
    members, trial = document["exports"]
    assert (members["scenario"], members["recipient"]["name"]) == ("membership", "Loyalty Hub Pte Ltd")
    assert [column["name"] for column in members["columns"]] == ["member_id", "mobile", "points"]
    assert members["columns"][0]["name_zh"] == "会员编号"
    assert trial["documents"] == []
    volumes = {volume["row"]: volume["persons"] for volume in document["volumes"]}
    assert (volumes["membership"]["any"], volumes["membership"]["lower"]["any"]) == (400, 400)
    assert (document["number"], document["opinion"], document["opinion_date"]) == (
        "FJ-XM-2026-017",
        "off-list",
        "2026-03-02",
    )


def test_its_own_year_is_faithful_to_it(run: Any, own: Folder, tmp_path: Path) -> None:
    run("filing", "pack", "--config", own.config, *DAY, "--format", "json", "-o", tmp_path / "filing.json")
    again = ("filing", "verify", tmp_path / "filing.json", "--config", own.config, *DAY, "--format", "json")
    assert run(*again).code == 0
    own.send(other(purpose="resale to brokers"))
    assert run(*again).code == 1


def test_what_is_not_known_is_listed_and_nothing_is_made_up(run: Any, faithful: Folder) -> None:
    document = pack(run, faithful)
    where = {blank["where"] for blank in document["blanks"]}
    application = EDITION.filing.paper("application")
    assert {f"application.{part.id}" for part in application.parts} <= where
    assert {"handler.uscc", "exports[0].scale", "exports[1].legal-documents"} <= where
    assert "exports[0].legal-documents" not in where
    assert {part["text"] for part in document["application"].values()} == {None}
    assert document["application"]["penalties"] == {"text": None, "from": "2024-11-23", "to": "2026-11-23"}


@pytest.fixture(scope="module")
def papers(faithful: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from click.testing import CliRunner

    from exportgate.pipelines.cli import cli

    folder = tmp_path_factory.mktemp("papers")
    command = ["filing", "pack", "--config", str(faithful.config), *DAY, "-o", str(folder)]
    result = CliRunner().invoke(cli, command, standalone_mode=False)
    assert result.exception is None
    assert sorted(path.name for path in folder.iterdir()) == [
        "application.en.docx",
        "application.zh.docx",
        "filing.en.docx",
        "filing.json",
        "filing.zh.docx",
    ]
    return folder


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_part_the_measures_ask_for_has_its_heading(papers: Path, lang: str) -> None:
    for paper in EDITION.filing.papers:
        text = words(papers / f"{paper.id}.{lang}.docx")
        assert all(part.title.in_(lang) in text for part in paper.parts)
        assert EDITION.filing.agency("xiamen").name.in_(lang) in text


@pytest.mark.parametrize(("lang", "mark"), [("en", "[ To be completed:"), ("zh", "【待填写：")])
def test_blanks_are_marked_where_they_stand(papers: Path, lang: str, mark: str) -> None:
    blanks = json.loads((papers / "filing.json").read_text("utf-8"))["blanks"]
    for paper in ("application", "filing"):
        text = words(papers / f"{paper}.{lang}.docx")
        asked = [blank["ask"][lang] for blank in blanks if blank["paper"] == paper and "handler" not in blank["where"]]
        assert all(f"{mark}" in text and ask in text for ask in asked)


def test_a_completed_filing_becomes_papers_without_its_blanks(run: Any, own: Folder, tmp_path: Path) -> None:
    document = pack(run, own)
    for part in document["application"].values():
        part["text"] = "核实无"
    place = tmp_path / "done.json"
    place.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    run("filing", "pack", "--from", place, "-o", tmp_path / "out", "--lang", "zh", *DAY)
    text = words(tmp_path / "out" / "application.zh.docx")
    assert text.count("核实无") == len(document["application"])
    assert not (tmp_path / "out" / "application.en.docx").exists()


def test_sources_are_read_for_the_filing(run: Any, own: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(own.path)
    table = {"member_id": [f"M{n:09d}" for n in range(60)], "mobile": [f"13{n:09d}" for n in range(60)]}
    pq.write_table(pa.table(table), "members.parquet")
    manifest = {
        "export": {"id": "new", "sector": "retail", "scenario": "membership", "purpose": "call 13912345678"},
        "scope": "crm",
        "exclusions": [{"basis": "5(1)(i)", "where": "mobile = '13000000001'", "evidence": {"contract": "C-1"}}],
    }
    Path("m.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    document = pack(run, own, "members.parquet", "-m", "m.yaml")
    (export,) = document["exports"]
    assert [column["kind"] for column in export["columns"]] == ["member_id", "phone"]
    assert export["purpose"] == ["call …5678"]
    assert export["exclusions"] == [{"basis": "5(1)(i)", "evidence": {"contract": "C-1"}}]
    assert document["volumes"][0]["persons"]["any"] == 400 + 59
    assert "13000000001" not in json.dumps(document)
    assert {"exports[0].recipient"} <= {blank["where"] for blank in document["blanks"]}


def test_a_manifest_of_which_nothing_left_is_mostly_blanks(run: Any, own: Folder) -> None:
    manifest = own.path / "planned.yaml"
    manifest.write_text(yaml.safe_dump({"export": {"id": "p", "sector": "iov", "scenario": "ota"}}), encoding="utf-8")
    document = pack(run, own, "-m", manifest)
    (export,) = document["exports"]
    assert (export["columns"], export["reason"], document["volumes"]) == (None, None, [])
    assert {"exports[0].catalogue", "exports[0].reason"} <= {blank["where"] for blank in document["blanks"]}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("x.parquet",), "exactly one manifest"),
        (("--year", "2025"), "nothing left in 2025"),
        (("--year", "2027"), "begun"),
    ],
)
def test_what_cannot_be_packed_is_one_sentence(run: Any, faithful: Folder, options: tuple[str, ...], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        pack(run, faithful, *options)


def test_control_characters_do_not_break_the_papers(run: Any, own: Folder, tmp_path: Path) -> None:
    own.send(replace(SPRING, id="odd", recipient="Bad\x07 Name \x1b[31m", purpose="=cmd()"))
    run("filing", "pack", "--config", own.config, *DAY, "-o", tmp_path / "out", "--lang", "en")
    assert "Bad� Name �[31m" in words(tmp_path / "out" / "filing.en.docx")


def test_the_schema_is_the_documents_own() -> None:
    shipped = schemas.load("filing")
    assert shipped["properties"] == Filing.model_json_schema(by_alias=True)["properties"]


def test_without_the_library_the_extra_is_named(faithful: Folder, tmp_path: Path) -> None:
    code = "import sys; sys.modules['docx'] = None; from exportgate.pipelines.cli import main; main(sys.argv[1:])"
    command = ["filing", "pack", "--config", str(faithful.config), *DAY, "-o", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=False)
    assert (done.returncode, "exportgate[filing]" in done.stderr, len(done.stderr.splitlines())) == (3, True, 1)


def test_an_office_program_opens_them(papers: Path, tmp_path: Path) -> None:
    office = shutil.which("libreoffice") or shutil.which("soffice")
    if office is None:
        assert not os.environ.get("EXPORTGATE_CI"), "LibreOffice is missing"
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(papers / "filing.zh.docx")], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "filing.zh.txt").read_text("utf-8")
    assert "出境数据目录" in text
    assert io.StringIO(text).readline().strip("\ufeff\n") == EDITION.filing.paper("filing").title.zh
