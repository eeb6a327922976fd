"""A manifest or configuration that is wrong says what, where and the nearest right name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exportgate.pipelines import config
from exportgate.scanner.errors import LedgerError, UsageError
from exportgate.scanner.manifest import Manifest

GOOD = "export: {id: m-1, sector: retail, scenario: membership}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("export: {id: m-1, sektor: retail}\n", ["export.sektor: unknown key", "did you mean sector?"]),
        ("export: {id: m-1, sector: retail}\n", ["export.scenario: missing"]),
        (GOOD + "exclusion: []\n", ["exclusion: unknown key", "did you mean exclusions?"]),
        (GOOD + "exclusions: [{basis: '4', where: a = 1}]\n", ["exclusions[0].evidence: missing"]),
        (GOOD + "exclusions: [{basis: '4', where: a = 1, evidence: {}}]\n", ["exclusions[0].evidence"]),
        (GOOD + "exclusions: [{basis: '4', where: '', evidence: {origin: x}}]\n", ["exclusions[0].where"]),
        (GOOD + "columns: {a: {kind: none, by: me, on: yesterday}}\n", ["columns.a.on"]),
        (GOOD + GOOD, ["line 2: duplicate key 'export'"]),
        ("export: [", ["line 1"]),
        ("- a\n", ["expected keys and values"]),
        (GOOD + "approvals: [{path: x, max_persons: -1}]\n", ["approvals[0].max_persons"]),
    ],
)
def test_a_wrong_manifest_is_one_sentence_with_place_and_hint(tmp_path: Path, text: str, said: list[str]) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        Manifest.from_file(file)
    assert str(file) in str(error.value)
    assert all(part in str(error.value) for part in said)


def test_a_missing_manifest_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "members.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(UsageError, match=r"members\.yaml\?"):
        Manifest.from_file(tmp_path / "member.yaml")


def test_json_is_read_as_well(tmp_path: Path) -> None:
    file = tmp_path / "m.json"
    file.write_text('{"export": {"id": "m-1", "sector": "retail", "scenario": "membership"}}', encoding="utf-8")
    assert Manifest.from_file(file).export.id == "m-1"


def test_configuration_is_found_upward_and_paths_start_at_it(tmp_path: Path) -> None:
    (tmp_path / "exportgate.yaml").write_text("ledger: {url: year.duckdb, key: {file: k}}\n", encoding="utf-8")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert config.load(start=deep).ledger_url == str(tmp_path / "year.duckdb")


def test_an_unset_variable_is_named(tmp_path: Path) -> None:
    (tmp_path / "exportgate.yaml").write_text("ledger: {url: '${NOT_SET_ANYWHERE}'}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="NOT_SET_ANYWHERE is not set"):
        config.load(start=tmp_path)


@pytest.mark.parametrize(("content", "mode", "said"), [("00" * 32, 0o644, "others can read"), ("ab", 0o600, "64 hex")])
def test_a_careless_key_is_refused(tmp_path: Path, content: str, mode: int, said: str) -> None:
    (tmp_path / "exportgate.yaml").write_text("ledger: {key: {file: k}}\n", encoding="utf-8")
    key = tmp_path / "k"
    key.write_text(content, encoding="ascii")
    key.chmod(mode)
    with pytest.raises(LedgerError, match=said):
        config.load(start=tmp_path).ledger_key()


def test_a_decision_is_dated_with_the_plain_word_on(tmp_path: Path) -> None:
    """YAML 1.1 takes a bare ``on`` for true; everybody writes it, and the contract does."""
    file = tmp_path / "m.yaml"
    file.write_text(GOOD + "columns: {a: {kind: none, by: me, on: 2026-11-01, why: a code}}\n", encoding="utf-8")
    assert str(Manifest.from_file(file).columns["a"].on) == "2026-11-01"


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"approvals": [{"path": "standard-contract"}, {"path": "list-filing", "status": "vaild"}]}, "approvals[1].st"),
        ({"approvals": [{"path": "hgr"}, {"path": "list-filing", "opinion": "off"}]}, "approvals[1].opinion"),
        ({"approvals": [{"path": "contract"}]}, "approvals[0].path"),
        ({"declare": {"scope_exclusion": "robots"}}, "declare.scope_exclusion"),
        ({"declare": {"important_data": [{"item": "iov.map-data"}]}}, "declare.important_data[0].item"),
    ],
)
def test_what_the_rules_refuse_is_named_where_the_manifest_says_it(
    run_cli: Callable[..., tuple[int, str, str]], office: Any, parts: dict[str, Any], where: str
) -> None:
    """It used to be named in the facts, a document nobody wrote."""
    office.members("m", 0, 20)
    code, _, err = run_cli("check", "m.parquet", "-m", office.manifest("a", **parts), "--as-of", "2026-11-23")
    assert (code, "a.yaml: " + where in err) == (2, True), err
