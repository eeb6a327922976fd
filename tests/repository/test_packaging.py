"""The wheel holds what the folders hold, under one name."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("field_maps", "pipelines", "recognizers", "sample_data", "scanner")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_folder_is_listed() -> None:
    listed = PROJECT["tool"]["setuptools"]["packages"]
    found = {
        "exportgate." + init.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for folder in SHIPPED
        for init in (ROOT / folder).rglob("__init__.py")
    }
    assert set(listed) == {"exportgate"} | found
    assert len(listed) == len(set(listed))


def test_the_root_holds_no_other_module() -> None:
    assert [path.name for path in ROOT.glob("*.py")] == ["__init__.py"]


def test_every_data_file_is_shipped() -> None:
    data = PROJECT["tool"]["setuptools"]["package-data"]
    missing = []
    for folder in SHIPPED:
        patterns = data.get(f"exportgate.{folder}", [])
        for path in (ROOT / folder).rglob("*"):
            inside = path.relative_to(ROOT / folder)
            built = path.parent.name == "kernel" and path.suffix in {".so", ".pyd"}
            if path.is_dir() or path.suffix in {".py", ".pyc"} or "__pycache__" in path.parts or built:
                continue
            if not any(inside.match(pattern) or inside.match(pattern.removeprefix("**/")) for pattern in patterns):
                missing.append(str(path.relative_to(ROOT)))
    assert not missing


def test_every_part_of_the_kernels_is_built_and_shipped() -> None:
    kernels = {kernel["name"]: kernel for kernel in PROJECT["tool"]["setuptools"]["ext-modules"]}
    for name, others in (("recognizers", []), ("scanner", ["recognizers/kernel/cells.h"])):
        folder = ROOT / name / "kernel"
        (kernel,) = [kernel for full, kernel in kernels.items() if full.startswith(f"exportgate.{name}.kernel.")]
        assert kernel["optional"]  # a machine without a compiler installs too
        assert kernel["sources"] == sorted(path.relative_to(ROOT).as_posix() for path in folder.glob("*.c"))
        own = sorted(path.relative_to(ROOT).as_posix() for path in folder.glob("*.h"))
        assert kernel["depends"] == sorted([*others, *own])


def test_extras_are_those_of_the_design() -> None:
    assert {"spark", "postgres", "s3", "airflow", "dagster", "dashboard"} <= set(
        PROJECT["project"]["optional-dependencies"]
    )
