"""The demo is the main job: five exports, one stopped, a page, nothing raw anywhere but in the data itself."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from exportgate.pipelines.demo import CONFIG, run_demo
from exportgate.scanner.errors import UsageError
from exportgate.scanner.sources import open_source

DATA = (".parquet", ".csv")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "exportgate.pipelines.cli", "demo", "here", "--as-of", "2026-11-23"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=dict(os.environ))
    return folder / "here", done


def test_one_of_five_exports_is_stopped_and_the_demo_exits_0(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, done = demo
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("May go") == 4
    assert "Must not go  members-autumn        +200,000    500,000" in done.stdout
    assert "Stopped: 1 of 5 exports" in done.stdout
    page = (folder / "report.html").read_text("utf-8")
    assert "Tier 2 is reached" in page
    assert "0 of 298 fields" in page


def test_no_raw_identifier_is_left_in_what_the_gate_wrote(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = demo
    raw = set()
    for name, column in (
        ("members_spring", "mobile"),
        ("members_spring", "email"),
        ("telematics", "vin"),
        ("trial_visits", "usubjid"),
    ):
        batch = next(open_source(folder / f"{name}.parquet").batches([column], batch_rows=3000))
        raw |= {cell for cell in batch[column].to_pylist() if cell}
    written = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix not in DATA}
    written |= {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}
    assert {"report.html", "exportgate.duckdb"} <= set(written)
    found = [(name, value) for name, content in written.items() for value in raw if value.encode() in content]
    assert len(found) == 0, {name for name, _ in found}


def test_the_demo_leaves_a_configuration_that_is_not_its_own_alone(tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text("handler: {}\n")
    with pytest.raises(UsageError, match="holds a configuration that is not the demo's"):
        run_demo(tmp_path, date(2026, 11, 23))
    assert (tmp_path / CONFIG).read_text() == "handler: {}\n"
