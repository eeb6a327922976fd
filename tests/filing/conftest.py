"""A faithful year, booked once; whoever changes it takes a copy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from filed_year import FAITHFUL, Folder

from exportgate.pipelines.cli import cli

Run = Callable[..., Any]


@pytest.fixture(scope="session")
def faithful(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("faithful")).send(*FAITHFUL)


@pytest.fixture
def own(faithful: Folder, tmp_path: Path) -> Folder:
    """A copy of the faithful year that a test may change."""
    copy = Folder(tmp_path)
    shutil.copy(faithful.path / "year.duckdb", tmp_path / "year.duckdb")
    return copy


@pytest.fixture
def run() -> Run:
    """Run a command; returns the result, with `.document` where standard output is JSON."""

    def call(*arguments: Any) -> Any:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], standalone_mode=False)
        if result.exception:
            raise result.exception
        result.code = int(result.return_value or 0)
        if result.stdout.lstrip().startswith("{"):
            result.document = json.loads(result.stdout)
        return result

    return call
