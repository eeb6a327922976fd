"""A fresh book for each test, embedded and, where PostgreSQL is installed, on a server of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledger_world import KEY, open_book

from exportgate.scanner import ledger


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """An empty database."""
    import psycopg

    with psycopg.connect(postgres_server) as connection:
        connection.execute("drop schema if exists exportgate cascade")
    return postgres_server


@pytest.fixture
def embedded(tmp_path: Path) -> ledger.Book:
    return ledger.open_ledger(tmp_path / "year.duckdb", KEY)


@pytest.fixture(params=["embedded", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "embedded":
        return str(tmp_path / "year.duckdb")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def book(ledger_url: str) -> ledger.Book:
    return open_book(ledger_url)
