"""What every test may use."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How fast a machine draws examples says nothing about the code, and a busy one must not fail a test.
settings.register_profile("exportgate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("exportgate")

ROOT = Path(__file__).resolve().parent.parent


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
