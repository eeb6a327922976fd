"""The readers of our own YAML are quicker than the library's and say the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from exportgate.field_maps import yaml_files
from exportgate.recognizers import data_files

ROOT = Path(__file__).resolve().parents[2]
TRICKY = (
    "{a: 1, b: yes, c: 2026-01-01, d: ~, e: , f: '1', g: !!str 1, h: [x, ~, '', 1e3, .inf, 0x1f, on, 1:30, é, 是]}",
    "[&a x, *a, &b {k: [n]}, *b, {<<: {a: b}, c: d}, Null, no, -, '=', !!int '3', 2026-01-01T00:00:00Z]",
)
READERS = (yaml_files._Loader, data_files._Loader)


@pytest.mark.parametrize("loader", READERS)
@pytest.mark.parametrize("text", TRICKY)
def test_words_numbers_dates_and_truth_values_are_told_apart(loader: Any, text: str) -> None:
    assert repr(yaml.load(text, loader)) == repr(yaml.safe_load(text))


@pytest.mark.parametrize("loader", READERS)
def test_every_data_file_is_read_as_the_library_reads_it(loader: Any) -> None:
    for path in [*(ROOT / "field_maps").rglob("*.yaml"), *(ROOT / "recognizers").rglob("*.yaml")]:
        text = path.read_text("utf-8")
        assert yaml.load(text, loader) == yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), path.name
