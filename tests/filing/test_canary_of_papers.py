"""No raw value of a person in anything that leaves here: papers, reports, calendars, lineage, texts."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from filed_year import FILED, Folder, filing

from exportgate.pipelines import api

CELLS = {
    "id_no": ["11010519491231002X", "440524188001010014"],
    "mobile": ["13987654321", "13712340987"],
    "email": ["canary.one@example.com", "canary.two@example.org"],
    "name": ["欧阳震天", "司马青衫"],
    "bank_card": ["6222021234567890128", "6217001234567890120"],
    "diagnosis": ["2型糖尿病伴金丝雀综合征", "高血压3级极高危"],
}
SECRETS = [value for values in CELLS.values() for value in values]
IN_TEXT = "回访13987654321（canary.one@example.com），身份证11010519491231002X"
DAY = ("--as-of", "2026-11-23")


@pytest.fixture(scope="module")
def booked(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("canary"))
    data = pa.table({name: values * 20 for name, values in CELLS.items()} | {"13987654321": ["x"] * 40})
    manifest = {
        "export": {
            "id": "canary",
            "sector": "retail",
            "scenario": "membership",
            "purpose": IN_TEXT,
            "recipient": {"name": "HQ 13987654321", "country": "SG"},
        },
        "approvals": [FILED, {"path": "standard-contract", "number": "SCC-1"}],
        "exclusions": [{"basis": "5(1)(i)", "where": "mobile = '13712340987'", "evidence": {"contract": IN_TEXT}}],
    }
    (folder.path / "m.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
    checked = api.check(data, manifest, config=folder.settings, as_of=date(2026, 11, 20), suite=False)
    (folder.path / "check.json").write_text(checked.to_json(), encoding="utf-8")
    book = folder.book
    assert checked.booking is not None
    assert checked.draft is not None
    placed = book.reserve(checked.booking, checked.draft, checked.as_of, api.now(), now=api.now())
    book.commit(placed.id, checked.as_of, now=api.now())
    book.add_incident(checked.as_of, IN_TEXT, {"remedy": IN_TEXT}, now=api.now())
    book.suspend("Q-1", {"what": IN_TEXT}, now=api.now())
    return folder


COMMANDS = [
    ("filing", "verify", "FILING"),
    ("filing", "calendar"),
    ("filing", "calendar", "--format", "ics"),
    ("incident", "list"),
    ("report",),
    ("report", "--format", "json"),
    ("report", "--format", "xlsx", "-o", "OUT"),
    ("filing", "pack", "-o", "OUT"),
    ("filing", "pack", "-m", "MANIFEST", "--format", "json"),
    *(("lineage", "CHECK", "--format", form) for form in ("openlineage", "datahub", "openmetadata")),
]


SPOKEN = [(command, "zh") for command in COMMANDS if "json" not in command and command[0] != "lineage"]


@pytest.mark.parametrize(
    ("command", "lang"),
    [*((command, "en") for command in COMMANDS), *SPOKEN],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[:4]),
)
def test_no_raw_value_leaves(run: Any, booked: Folder, tmp_path: Path, command: tuple[str, ...], lang: str) -> None:
    places = {
        "FILING": booked.write(filing()),
        "OUT": tmp_path / "out",
        "MANIFEST": booked.path / "m.yaml",
        "CHECK": booked.path / "check.json",
    }
    options: list[Any] = [places.get(word, word) for word in command]
    if command[0] != "lineage":
        options += ["--config", booked.config, "--lang", lang]
    options += DAY if command[0] in ("report", "filing") else []
    found = run(*options)
    text = found.stdout + found.stderr + "".join(written(tmp_path))
    assert text
    assert [secret for secret in SECRETS if secret in text] == []


def written(folder: Path) -> list[str]:
    texts = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if content.startswith(b"PK"):
            inside = zipfile.ZipFile(io.BytesIO(content))
            texts += [inside.read(name).decode("utf-8", "replace") for name in inside.namelist()]
        else:
            texts.append(content.decode("utf-8", "replace"))
    return texts


def test_the_filing_of_a_masked_purpose_is_faithful(run: Any, booked: Folder, tmp_path: Path) -> None:
    common = ("--config", booked.config, *DAY)
    run("filing", "pack", *common, "--format", "json", "-o", tmp_path / "f.json")
    found = run("filing", "verify", tmp_path / "f.json", *common, "--format", "json")
    headings = {each["heading"] for each in json.loads(found.stdout)["inconsistencies"] if each["level"] != "note"}
    assert headings <= {"period", "columns"}
