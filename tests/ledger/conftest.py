"""A fresh book for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledger_world import KEY

from exportgate.scanner import ledger


@pytest.fixture
def book(tmp_path: Path) -> ledger.Book:
    return ledger.open_ledger(tmp_path / "year.duckdb", KEY)
