"""What every test may use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How fast a machine draws examples says nothing about the code, and a busy one must not fail a test.
settings.register_profile("exportgate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("exportgate")

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="also the long runs: simulators, racing and killed processes")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "soak: a long run, only with --soak (make soak)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--soak"):
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(pytest.mark.skip(reason="a long run: make soak"))


@pytest.fixture
def run_cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in this process: `run_cli("scan", path)` → exit code, standard output, standard error."""
    from exportgate.pipelines import cli

    def run(*args: object) -> tuple[int, str, str]:
        sys.stdout.flush()
        code = cli.run([str(arg) for arg in args])
        said = capsys.readouterr()
        return int(code), said.out, said.err

    return run


@pytest.fixture(autouse=True)
def _a_wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are laid out for the same width wherever the tests run."""
    monkeypatch.setenv("COLUMNS", "120")


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
