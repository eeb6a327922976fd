"""Great Expectations imports PySpark where it is installed: what that does to the process must not look like a pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECK = "import exportgate.pipelines.expectations, great_expectations as gx; print('alive', gx.__version__)"


@pytest.fixture
def half_a_spark(tmp_path: Path) -> Path:
    """A PySpark whose Spark Connect ends the process with exit code 0, as the real one does without grpcio-status."""
    connect = tmp_path / "pyspark" / "sql" / "connect"
    connect.mkdir(parents=True)
    for folder in (connect, connect.parent, connect.parent.parent):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    for module in ("dataframe", "session"):
        (connect / f"{module}.py").write_text("import sys\nsys.exit(0)\n", encoding="utf-8")
    return tmp_path


def python(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(path)!r})\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_trap_is_real(half_a_spark: Path) -> None:
    ran = python("import great_expectations; print('alive')", half_a_spark)
    assert (ran.returncode, ran.stdout) == (0, "")  # dead, and it says success


def test_a_half_installed_spark_connect_does_not_end_the_process(half_a_spark: Path) -> None:
    ran = python(CHECK, half_a_spark)
    assert ran.stdout.startswith("alive 1."), ran.stderr[-2000:]


def test_a_library_that_ends_the_process_is_not_a_pass(half_a_spark: Path) -> None:
    (half_a_spark / "great_expectations.py").write_text("import sys\nsys.exit(0)\n", encoding="utf-8")
    code = "from exportgate.pipelines.cli import main; main(['demo', 'out'])"
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(half_a_spark)!r})\n{code}"],
        cwd=half_a_spark,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3, ran.stderr[-2000:]
    assert "wanted to end the process" in ran.stderr
