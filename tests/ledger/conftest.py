"""A fresh book for each test, embedded and, where PostgreSQL is installed, on a server of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_world import KEY

from exportgate.scanner import ledger


def _binaries() -> Path | None:
    found = shutil.which("initdb") or next(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)
    return Path(found).resolve().parent if found else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a server in a temporary folder; skip where PostgreSQL is not installed."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="exportgate-pg-"))
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    options = f"-p {port} -k {folder} -c fsync=off -c listen_addresses=127.0.0.1"
    start = [binaries / "pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w"]
    initdb = [binaries / "initdb", "-D", folder / "data", "-U", "exportgate", "--auth=trust", "-E", "UTF8"]
    subprocess.run([*user, *initdb], check=True, capture_output=True, cwd=folder)
    subprocess.run([*user, *start, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    yield f"postgresql://exportgate@127.0.0.1:{port}/postgres"
    subprocess.run([*user, *start, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=folder)
    shutil.rmtree(folder, ignore_errors=True)


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


def open_book(url: str) -> ledger.Book:
    from exportgate.pipelines import postgres_store

    return postgres_store.open_ledger(url, KEY) if "://" in url else ledger.open_ledger(url, KEY)
