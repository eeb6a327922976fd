"""Databases for the tests of the suite: SQLite always, PostgreSQL where its server is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import exportgate.pipelines.expectations  # noqa: F401 - first: imports Great Expectations guarded


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a throw-away PostgreSQL server."""
    bin_folder = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    if bin_folder is None:
        pytest.skip("the PostgreSQL server is not installed")
    folder = Path(tempfile.mkdtemp(prefix="exportgate-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, user=user, cwd=folder, env={**os.environ, "LANG": "C"})

    data = str(folder / "data")
    run(str(bin_folder), "-D", data, "-U", "exportgate", "--auth=trust", "-E", "UTF8", "--no-sync")
    control, flags = str(bin_folder.with_name("pg_ctl")), f"-p {port} -k {folder} -c fsync=off"
    run(control, "-D", data, "-w", "-l", str(folder / "log"), "-o", flags, "start")
    try:
        yield f"postgresql+psycopg://exportgate@127.0.0.1:{port}/postgres"
    finally:
        run(control, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'members.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url
