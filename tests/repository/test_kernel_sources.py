"""A compiled part that was built from other sources is left alone: called with other arguments it would crash."""

import importlib.util
import shutil
from pathlib import Path

import pytest

import exportgate
from exportgate.recognizers import cells_kernel

ROOT = Path(exportgate.__file__).parent


def test_the_digest_of_the_sources_is_that_of_the_sources() -> None:
    """Whoever touches C runs `python recognizers/kernel/refresh_sources.py`, so that old libraries are told."""
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "recognizers" / "kernel" / "refresh_sources.py")
    assert spec is not None and spec.loader is not None
    refresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(refresh)
    for folder in (ROOT / "recognizers" / "kernel", ROOT / "scanner" / "kernel"):
        assert (folder / "sources.h").read_text("utf-8") == refresh.written()


def test_a_library_of_other_sources_is_not_loaded(tmp_path: Path) -> None:
    """The same library beside the digest of other sources is none."""
    built = cells_kernel.library(ROOT / "recognizers" / "kernel", "cells")
    if built is None:
        pytest.skip("no compiler built the kernel here")
    shutil.copy(built, tmp_path)
    shutil.copy(ROOT / "recognizers" / "kernel" / "sources.h", tmp_path)
    assert cells_kernel.library(tmp_path, "cells") is not None
    (tmp_path / "sources.h").write_text('#define SOURCES "0123456789abcdef"\n', "utf-8")
    assert cells_kernel.library(tmp_path, "cells") is None
