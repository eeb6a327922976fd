"""Every example in every docstring runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import exportgate
from exportgate.recognizers.cells_kernel import kernel

EXTRA = ("airflow", "dagster", "spark")
KERNEL = ("delimited_rows",)


def names() -> list[str]:
    found = pkgutil.walk_packages(exportgate.__path__, "exportgate.", onerror=lambda name: None)
    inner = ("exportgate.tests", "exportgate.benchmarks", "exportgate.docs")
    return [m.name for m in found if not m.name.startswith(inner) and not m.name.endswith("__main__")]


@pytest.mark.parametrize("name", names())
def test_examples_run(name: str) -> None:
    if any(extra in name for extra in EXTRA):
        pytest.importorskip(next(extra for extra in EXTRA if extra in name).replace("spark", "pyspark"))
    if name.endswith(KERNEL) and kernel() is None:
        pytest.skip("there is no compiled kernel")
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert failed == 0
