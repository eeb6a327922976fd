"""On machines of other kinds the kernel loads too: a library that names what is not in it is left alone, unnoticed."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest

from exportgate import recognizers
from exportgate.recognizers.cells_kernel import Kernel

SOURCES = Path(recognizers.__file__).parent / "kernel"


@pytest.mark.parametrize("without", [["-DEXPORTGATE_NARROW"], ["-DEXPORTGATE_NARROW", "-U__SSE2__"]], ids=["sse2", "c"])
def test_a_library_without_wide_registers_loads_and_works(without: list[str], tmp_path: Path) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no C compiler")
    path = tmp_path / "cells.so"
    built = [compiler, "-shared", "-fPIC", "-O0", *without, *map(str, sorted(SOURCES.glob("*.c"))), "-o", str(path)]
    subprocess.run(built, check=True, capture_output=True)
    kernel = Kernel(path)
    assert not kernel.wide
    text = ctypes.create_string_buffer("患者\xff".encode()[:-1] + b"\x00" * 64)
    assert kernel.characters(ctypes.addressof(text), 8, True) == 6
