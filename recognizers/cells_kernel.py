"""The library of the compiled kernel: found beside this package where it was built, and its functions.

It is plain C behind `ctypes`, which lets other threads run meanwhile. `use(False)` turns it off for the process.
"""

from __future__ import annotations

import ctypes
from functools import cache, cached_property
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

import numpy.typing as npt


class CellsArgument(ctypes.Structure):
    """A block as the kernel takes it; `kernel/cells.h` declares the same."""

    _fields_ = (
        ("data", ctypes.c_void_p),
        ("size", ctypes.c_int64),
        ("bounds", ctypes.c_void_p),
        ("count", ctypes.c_int64),
    )


class Kernel:
    """The functions of the library, and which entities it has a sign for. `wide`: registers of 64 bytes are used."""

    def __init__(self, path: Path) -> None:
        library = ctypes.CDLL(str(path))
        pointer, number, block = ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(CellsArgument)
        word = ctypes.c_uint64
        sketched = (pointer, number, pointer, word, word, pointer, pointer)
        self.wide = bool(_function(library, "has_wide", ctypes.c_int)())
        self.read = _function(library, "read", ctypes.c_int, block, ctypes.c_int, *[pointer] * 7)
        self.signs = _function(library, "signs", None, block, ctypes.c_int, *[pointer] * 3)
        self.choose = _function(library, "choose", number, pointer, number, ctypes.c_uint64, pointer)
        self.known = _function(library, "known", number, pointer, number, *[pointer] * 5)
        self.kept = _function(library, "kept", number, pointer, number, pointer, number, pointer)
        self.gather = _function(library, "gather", None, block, pointer, number, pointer)
        self.traces = _function(library, "traces", number, block, *[pointer] * 3)
        self.judge = _function(
            library, "judge", None, block, ctypes.c_int, ctypes.c_uint64, *[pointer] * 3, pointer, *[pointer] * 2
        )
        self.repeats = _function(library, "repeats", number, block, *[pointer] * 3, word, *[pointer] * 2)
        self.recall = _function(library, "recall", number, block, *[pointer] * 2, word, *[pointer] * 2)
        self.sizes = _function(library, "sizes", ctypes.c_int, pointer, number, pointer)
        self.join = _function(library, "join", number, pointer, number, *[pointer] * 2)
        self.days = _function(library, "days", number, block, pointer, pointer)
        self.span = _function(library, "span", None, pointer, number, pointer)
        self.written = _function(library, "written", number, block, *[pointer] * 3)
        self.unseen = _function(library, "unseen", number, *sketched)
        self.unseen_words = _function(library, "unseen_words", number, *sketched)
        self.reals = _function(library, "reals", number, *sketched, pointer)
        self.wholes = _function(library, "wholes", number, *sketched, word, pointer)
        self.typed = _function(library, "typed", ctypes.c_int, block, ctypes.c_int, *[pointer] * 9)
        self.labels = _function(library, "labels", number, block, *[pointer] * 2, number, pointer)
        self.characters = _function(library, "characters", number, pointer, number, ctypes.c_int)
        self.rows = _function(
            library,
            "rows",
            number,
            pointer,
            number,
            *[ctypes.c_int] * 2,
            number,
            *[pointer] * 2,
            ctypes.POINTER(ctypes.c_int),
        )
        self.fill = _function(
            library, "fill", number, *[pointer] * 3, *[number] * 3, ctypes.c_int, pointer, *[number] * 2
        )
        self.blake2s = _function(library, "blake2s", None, block, *[pointer] * 2)
        self.bits = {name: 1 << bit for bit, name in enumerate(_names(library, "entities"))}
        self.judges = {name: place for place, name in enumerate(_names(library, "judges"))}

    @cached_property
    def tables(self) -> Any:
        """The tables that its recognizers look into, as an argument."""
        from .cells_tables import tables

        return ctypes.addressof(tables()[0])


def _function(library: Any, name: str, result: Any, *arguments: Any) -> Any:
    found = getattr(library, f"exportgate_{name}")
    found.argtypes, found.restype = arguments, result
    return found


def _names(library: Any, name: str) -> list[str]:
    return ctypes.string_at(ctypes.addressof(ctypes.c_char.in_dll(library, f"exportgate_{name}"))).decode().split()


def library(folder: Path, name: str) -> Path | None:
    """Return the library of that name that was built in a folder from the sources there; None where there is none."""
    for suffix in EXTENSION_SUFFIXES:
        path = folder / f"{name}{suffix}"
        if path.exists():
            return path if _is_of(folder, path) else None
    return None


def _is_of(folder: Path, path: Path) -> bool:
    """Whether a library was built from the sources beside it: one of other sources takes its arguments otherwise."""
    try:
        names = _names(ctypes.CDLL(str(path)), "sources")
        return f'"{names[0]}"' in (folder / "sources.h").read_text("utf-8")
    except (OSError, ValueError, IndexError):
        return False


@cache
def loaded() -> Kernel | None:
    """Return the kernel that was built here; None where there is none that fits."""
    path = library(Path(__file__).parent / "kernel", "cells")
    try:
        return Kernel(path) if path else None
    except (OSError, AttributeError):  # of another machine, or of another version of this package
        return None


_wanted = [True]


def use(wanted: bool) -> None:
    """Use the kernel where there is one, or do without it: for all readers that are made from now on."""
    _wanted[0] = wanted


def kernel() -> Kernel | None:
    """Return the kernel that readers use; None where there is none, or none is wanted."""
    return loaded() if _wanted[0] else None


def address(array: npt.NDArray[Any]) -> int:
    """Return where the first item of an array stands."""
    return int(array.__array_interface__["data"][0])
