"""Our own YAML is read quicker than the library reads it, or was read beforehand, and says the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from exportgate.field_maps import catalog, parsed, yaml_files, yaml_loader
from exportgate.recognizers import column_names_lexicon, column_names_stored, data_files

ROOT = Path(__file__).resolve().parents[2]
PLAIN = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TRICKY = (
    "{a: 1, b: yes, c: 2026-01-01, d: ~, e: , f: '1', g: !!str 1, h: [x, ~, '', 1e3, .inf, 0x1f, on, 1:30, é, 是]}",
    "[&a x, *a, &b {k: [n]}, *b, {<<: {a: b}, c: d}, Null, no, -, '=', !!int '3', 2026-01-01T00:00:00Z]",
)


@pytest.mark.parametrize("text", TRICKY)
def test_words_numbers_dates_and_truth_values_are_told_apart(text: str) -> None:
    assert repr(yaml_loader.load(text)) == repr(yaml.safe_load(text))


@pytest.mark.parametrize("folder", ["field_maps", "pipelines/messages", "scanner/mapping", "recognizers"])
def test_every_data_file_is_read_as_the_library_reads_it(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.yaml"):
        raw = path.read_bytes()
        inside = path.relative_to(ROOT / folder).as_posix()
        plain = repr(yaml.load(raw, PLAIN))
        assert repr(yaml_loader.load(raw.decode())) == plain, path.name
        if folder == "field_maps":
            assert repr(yaml_files.read(path).value) == plain, path.name
        elif folder == "recognizers":
            assert repr(data_files.read_yaml(inside.removeprefix("data/"))) == plain, path.name
        else:
            assert repr(yaml_files.shipped("exportgate." + folder.replace("/", "."), inside)) == plain, path.name


def test_a_file_that_was_changed_is_read_as_it_stands(tmp_path: Path) -> None:
    """Also in a copy of an edition: what was parsed beforehand is that of another text, and nobody looks at it."""
    copy = tmp_path / "edition"
    shutil.copytree(ROOT / "field_maps" / "national", copy)
    shutil.copy(ROOT / "field_maps" / parsed.NAME, copy)
    assert catalog.load(copy).title == catalog.national_rule().title
    text = (copy / "edition.yaml").read_text("utf-8")
    title = catalog.national_rule().title.en
    (copy / "edition.yaml").write_text(text.replace(title, "Another title"), "utf-8")
    catalog.load.cache_clear()
    assert catalog.load(copy).title.en == "Another title"


def test_what_no_json_can_hold_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("at: 2026-01-01T00:00:00Z", "utf-8")
    with pytest.raises((TypeError, ValueError)):
        parsed.written(tmp_path, ["a.yaml"], [yaml.safe_load((tmp_path / "a.yaml").read_text("utf-8"))])


@pytest.mark.parametrize(
    "document", ["{2026-01-01: 5, 2026-07-01: 6}", "{1: a, 2: b}", "[{a: 2026-01-01}, 1.5, true, ~, 'x']", "{}"]
)
def test_what_is_kept_is_found_again_by_its_text_only(tmp_path: Path, document: str) -> None:
    (tmp_path / "a.yaml").write_text(document, "utf-8")
    value = yaml.safe_load(document)
    (tmp_path / parsed.NAME).write_text(parsed.written(tmp_path, ["a.yaml"], [value]), "utf-8")
    assert repr(parsed.find(tmp_path, document.encode())) == repr(value)
    assert parsed.find(tmp_path, document.encode() + b" ") is None


def test_the_lexicon_that_was_kept_is_the_one_that_is_made() -> None:
    made = column_names_lexicon.made()
    assert column_names_lexicon.lexicon() == made
    assert dict(column_names_lexicon.lexicon().initials) == dict(made.initials)
    assert column_names_stored.stored(column_names_lexicon.FILES[1:]) is None  # of other files: nothing
