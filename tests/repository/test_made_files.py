"""What is made beforehand is what would be made now; where it is not, a scan is slow, and never wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from exportgate.benchmarks import refresh

MADE = refresh.made()


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.relative_to(refresh.ROOT).as_posix())
def test_it_is_what_would_be_made_now(path: Path) -> None:
    kept = path.read_text("utf-8") if path.is_file() else ""
    assert kept == MADE[path](), f"{path.relative_to(refresh.ROOT)} is of older sources: run `make refresh`"
