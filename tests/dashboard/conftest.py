"""One booked year for all tests; whoever changes it takes a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from booked_year import Year


@pytest.fixture(scope="session")
def booked(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return Year(tmp_path_factory.mktemp("year")).fill(scale=0.01)


@pytest.fixture
def own_year(booked: Year, tmp_path: Path) -> Year:
    """A copy of the booked year that a test may change."""
    copy = Year(tmp_path)
    shutil.copy(booked.folder / "year.duckdb", tmp_path / "year.duckdb")
    return copy
