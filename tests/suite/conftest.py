"""Databases for the tests of the suite: SQLite always, PostgreSQL where its server is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

import exportgate.pipelines.expectations  # noqa: F401 - first: imports Great Expectations guarded


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """The address of the throw-away PostgreSQL server, as SQLAlchemy names its driver."""
    return postgres_server.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'members.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url
