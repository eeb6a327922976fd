"""Imports only go down: pipelines → scanner → {recognizers, field_maps}; the last two know nothing of each other."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT = {
    "field_maps": {"field_maps"},
    "recognizers": {"recognizers"},
    "scanner": {"scanner", "recognizers", "field_maps"},
    "pipelines": {"pipelines", "scanner", "recognizers", "field_maps", "sample_data"},
    "sample_data": {"sample_data", "recognizers"},
}
OUTSIDE_WORLD = {"socket", "requests", "httpx", "urllib.request", "secrets", "random", "psycopg", "boto3"}
CLOCK = {"now", "today", "utcnow", "time", "time_ns", "getenv"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1]
            inner = [*base, *(node.module.split(".") if node.module else [])]
            names = [alias.name for alias in node.names] if not inner else [""]
            yield from (".".join(["exportgate", *inner, name]).strip(".") for name in names)


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_imports_only_go_down(folder: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(folder)
        for name in imported(path)
        if name.startswith("exportgate.") and name.split(".")[1] not in MAY_IMPORT[folder]
    ]
    assert not wrong


@pytest.mark.parametrize("folder", ["field_maps", "recognizers", "scanner"])
def test_the_core_has_no_clock_network_or_randomness(folder: str) -> None:
    wrong = []
    for path in modules(folder):
        wrong += [f"{path.relative_to(ROOT)} imports {n}" for n in imported(path) if n in OUTSIDE_WORLD]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
                owner = node.func.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                if name in {"datetime", "date", "time", "os"}:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {name}.{node.func.attr}")
            if isinstance(node, ast.Attribute) and node.attr == "environ":
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} reads the environment")
    assert not wrong


HEAVY = ("great_expectations", "presidio_analyzer", "spacy", "pandas", "duckdb", "scipy", "rich", "pyarrow", "numpy")


@pytest.mark.parametrize("statement", ["import exportgate", "from exportgate.pipelines import cli"])
def test_heavy_libraries_are_imported_only_when_used(statement: str) -> None:
    code = f"import sys; {statement}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["orders.parquet", "orders.csv"])
def test_a_scan_imports_nothing_it_does_not_need(name: str, tmp_path: Path) -> None:
    table = pa.table({"mobile": ["13912345678", "13712345679"], "remark": ["客户来电", None], "qty": [1, 2]})
    pq.write_table(table, tmp_path / "orders.parquet")
    pa.csv.write_csv(table, tmp_path / "orders.csv")
    needless = ("great_expectations", "presidio_analyzer", "spacy", "pandas", "duckdb", "scipy")
    code = f"""if True:
        import sys
        from exportgate.pipelines import cli
        code = cli.run(["scan", {name!r}, "-o", "scan.txt"])
        print(code, [name for name in {needless!r} if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "0 []", done.stderr


def test_what_a_command_does_not_load_at_once_works_when_it_is_used() -> None:
    code = """if True:
        import sys
        from exportgate.pipelines import start_up
        start_up.prepare()
        import altair
        from scipy import stats
        print("scipy.stats._stats_py" in sys.modules, float(stats.norm.cdf(0)), "scipy.stats._stats_py" in sys.modules)
        print(altair.Chart.__name__)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "0.5", "True", "Chart"]
