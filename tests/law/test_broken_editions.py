"""An edition with a fault is refused by a message that names file and dotted path; a small sound one is found.

Each file of ``tests/bad_editions`` is named after its fault: what it replaces in a sound little edition, and what must
be said about it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from exportgate import field_maps
from exportgate.field_maps import FieldMapError, calendars, catalog
from exportgate.pipelines.cli import cli
from exportgate.scanner import explain, tiers

HERE = Path(__file__).resolve().parents[1]
SOUND = HERE / "editions" / "tiny_2027"
BROKEN = sorted((HERE / "bad_editions").glob("*.yaml"))
COUNTS = {"non_sensitive": 0, "sensitive": 20, "any": 20}


def copy_with(fault: dict[str, Any], folder: Path) -> Path:
    shutil.copytree(SOUND, folder)
    target = folder / fault["file"]
    text = target.read_text(encoding="utf-8") if target.exists() else ""
    if "remove" in fault:
        target.unlink()
        return folder
    assert fault.get("replace", "") in text
    new = text.replace(fault["replace"], fault["by"], 1) if "replace" in fault else text + fault["append"]
    target.write_text(new, encoding="utf-8")
    return folder


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_fault_is_named_with_file_and_path(path: Path, tmp_path: Path) -> None:
    fault = yaml.safe_load(path.read_text(encoding="utf-8"))
    folder = copy_with(fault, tmp_path / "edition")
    with pytest.raises(FieldMapError) as refused:
        field_maps.load(folder).status()
    assert fault["says"] in str(refused.value)
    assert fault["file"].split("/")[-1] in str(refused.value) or "remove" in fault
    result = CliRunner().invoke(cli, ["list", "validate", str(folder)])
    assert isinstance(result.exception, FieldMapError)
    assert result.exception.exit_code == 2


def test_there_are_enough_faults() -> None:
    assert len(BROKEN) >= 15


def test_another_zones_edition_needs_no_code() -> None:
    facts = {
        "list": str(SOUND),
        "as_of": "2027-06-01",
        "handler": {"ftz_area": "harbour", "exports_from_ftz": True, "ciio": False},
        "sector": "seafood",
        "scenario": "tasting",
        "counts": COUNTS,
        "filing": {"opinion": "off-list", "opinion_date": "2027-02-01", "status": "valid"},
    }
    verdict = tiers.evaluate(facts)
    assert (verdict.regime, verdict.tier, verdict.fallback["tier"], verdict.usable) == ("tiny-2027", 0, 2, True)
    assert verdict.reasons[0]["article"] == "Tiny list, Annex 1"
    reached = tiers.evaluate({**facts, "counts": {"non_sensitive": 0, "sensitive": 30, "any": 30}})
    assert (reached.tier, reached.path) == (2, "standard-contract-or-certification")
    assert "品鉴者：敏感个人信息主体30人，达到30人" in explain.paragraph(reached.to_dict(), "zh")


def test_another_zones_list_can_be_referred_to() -> None:
    facts = {
        "as_of": "2027-06-01",
        "handler": {"ftz_area": "pingtan", "exports_from_ftz": True, "ciio": False},
        "sector": "seafood",
        "scenario": "tasting",
        "other_list": str(SOUND),
        "counts": COUNTS,
    }
    verdict = tiers.evaluate(facts)
    assert (verdict.regime, verdict.tier) == ("tiny-2027", 0)
    assert any("Art. 22" in warning for warning in verdict.warnings)


def test_an_edition_is_found_by_entry_point(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Point:
        name, value = "tiny-2027", "tiny_pack"

    shutil.copytree(SOUND, tmp_path / "tiny_pack")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(catalog, "entry_points", lambda group: [Point()] if group == "exportgate.lists" else [])
    assert field_maps.load("tiny-2027").id == "tiny-2027"
    assert "tiny-2027" in field_maps.known_ids()
    catalog.load.cache_clear()


def test_a_folder_that_happens_to_be_called_like_a_list_is_not_taken_for_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = catalog.default_id()
    (tmp_path / name).mkdir()
    shutil.copytree(SOUND, tmp_path / "national")
    monkeypatch.chdir(tmp_path)
    assert catalog.folder_of(name).is_relative_to(catalog.HOME)
    assert catalog.folder_of("national").is_relative_to(catalog.HOME)
    assert CliRunner().invoke(cli, ["list", "validate"]).exit_code == 0


def test_both_editions_that_come_along_are_sound() -> None:
    result = CliRunner().invoke(cli, ["list", "validate"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "fujian-2025: " in result.stdout
    assert "national: " in result.stdout


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("to: 2026-01-03", "to: 2025-12-31"), "is not in 2026"),
        (("2026-01-04, ", "2026-01-05, "), "not a weekend day"),
        (("to: 2026-01-03", "to: 2026-13-03"), "2026.yaml"),
        (("year: 2026", "yeer: 2026"), "did you mean year?"),
    ],
)
def test_a_calendar_with_a_fault_is_refused(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = (calendars.HOME / "2026.yaml").read_text(encoding="utf-8")
    (tmp_path / "2026.yaml").write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(FieldMapError, match=says):
        calendars.read(tmp_path / "2026.yaml")
