"""The compiled part of counting: the same answers as numpy's, where the package was installed with a C compiler.

`kernel/*.c` numbers keys, finds the different rows, joins nodes and tells which cells may say nothing. It is a shared
library of its own behind `ctypes`, which lets other threads run meanwhile, and it is used when the kernel of the
recognizers is (`cells_compiled.use`). `tests/ledger/test_compiled.py` holds both ways together.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..recognizers import cells_compiled
from ..recognizers.cells_kernel import address, library

Keys = npt.NDArray[np.uint64]
Nodes = npt.NDArray[np.int32]

_ENTRY_WORDS, _PART = 3, 1 << 11


class Kernel:
    """The functions of the library."""

    def __init__(self, path: Path) -> None:
        library = ctypes.CDLL(str(path))
        pointer, number, flag = ctypes.c_void_p, ctypes.c_int64, ctypes.c_int
        self._deal = _function(library, "deal", None, pointer, number, flag, pointer, pointer)
        self._number = _function(library, "number", number, pointer, flag, *[pointer] * 3, number, pointer, pointer)
        self._rows = _function(
            library, "rows", number, pointer, pointer, number, pointer, pointer, number, *[pointer] * 4
        )
        self._together = _function(library, "together", flag, number, pointer, number, pointer, pointer)
        self._components = _function(library, "components", flag, number, pointer, pointer, number, pointer)
        self._hash_facts = _function(library, "hash_facts", None, *[pointer] * 4, number, pointer)
        self._find_keys = _function(library, "find_keys", None, pointer, number, pointer, pointer, number, pointer)
        self._find_facts = _function(
            library, "find_facts", None, *[pointer] * 5, number, *[pointer] * 5, number, pointer
        )
        self._enter = _function(library, "enter", None, pointer, pointer, number, pointer, number)
        self._silence = _function(library, "silence", flag, pointer, pointer, pointer, number, pointer)

    def number(self, keys: Keys) -> tuple[Keys, Nodes]:
        """Return the distinct 128-bit keys, sorted, and each key's place among them (`counting_distinct.number`)."""
        keys, count = np.ascontiguousarray(keys, np.uint64), len(keys)
        bits = min(max((count // _PART).bit_length(), 1), 16)
        starts, order = np.empty((1 << bits) + 1, np.int64), np.empty(count, np.int32)
        self._deal(address(keys), count, bits, address(starts), address(order))
        largest = int(np.diff(starts).max())
        spare = np.empty((2 * largest, _ENTRY_WORDS), np.uint64)
        table, inverse = np.empty((count, 2), np.uint64), np.empty(count, np.int32)
        found = self._number(
            *(address(keys), bits, address(starts), address(order), address(spare), largest),
            *(address(table), address(inverse)),
        )
        return table[:found], inverse

    def rows(self, codes: list[Any], sizes: list[int], masks: Any, bases: Any) -> Any:
        """Return the index of one row for each distinct (codes, mask, basis), in their order."""
        codes = [np.ascontiguousarray(column, np.int32) for column in codes]
        masks, bases = np.ascontiguousarray(masks, np.uint64), np.ascontiguousarray(bases, np.uint8)
        columns, count = np.array([address(column) for column in codes], np.uintp), len(masks)
        limits = np.array(sizes, np.int64)  # named, so that it lives until the call is over
        order, spare, found = (np.empty(count, np.int32) for _ in range(3))
        starts = np.empty(sum(sizes) + 2 * len(sizes) + 2, np.int32)
        kept = self._rows(
            *(address(columns), address(limits), len(codes), address(masks), address(bases), count),
            *(address(order), address(spare), address(starts), address(found)),
        )
        return found[:kept]

    def together(self, count: int, offsets: Any, nodes: Any) -> Nodes:
        """Return, for each of `count` nodes, the smallest node it shares a row with (`components.together`)."""
        offsets, nodes = np.ascontiguousarray(offsets, np.int64), np.ascontiguousarray(nodes, np.int32)
        parent = np.empty(count, np.int32)
        if not self._together(count, address(offsets), len(offsets) - 1, address(nodes), address(parent)):
            raise IndexError("a row names a node that is not there")
        return parent

    def components(self, count: int, a: Any, b: Any) -> Nodes:
        """Return, for each of `count` nodes, the smallest node it is joined to (`components.components`)."""
        a, b = np.ascontiguousarray(a, np.int32), np.ascontiguousarray(b, np.int32)
        parent = np.empty(count, np.int32)
        if not self._components(count, address(a), address(b), len(a), address(parent)):
            raise IndexError("an edge names a node that is not there")
        return parent

    def hash_facts(self, facts: tuple[Any, Any, Any, Any]) -> Any:
        """Return the hash of each fact (`register.hashes_in_numpy`); `facts` are offsets, nodes, masks and bases."""
        arrays, count = _facts(facts), len(facts[2])
        hashes = np.empty(count, np.uint64)
        self._hash_facts(*map(address, arrays), count, address(hashes))
        return hashes

    def find_keys(self, asked: Any, known: Any, table: Any) -> Nodes:
        """Return the number of each key among the known ones, or -1 (`register.Register.numbers`)."""
        asked = np.ascontiguousarray(asked, np.uint64)
        found = np.empty(len(asked), np.int32)
        self._find_keys(address(asked), len(asked), address(known), address(table), len(table) - 1, address(found))
        return found

    def find_facts(
        self, asked: tuple[Any, Any, Any, Any], hashes: Any, known: tuple[Any, Any, Any, Any], table: Any
    ) -> Nodes:
        """Return the number of each fact among the known ones, or -1 (`register.Register.knows`)."""
        arrays, among = _facts(asked), _facts(known)
        found = np.empty(len(hashes), np.int32)
        self._find_facts(
            *(*map(address, arrays), address(hashes), len(hashes)),
            *(*map(address, among), address(table), len(table) - 1, address(found)),
        )
        return found

    def enter(self, hashes: Any, numbers: Any, table: Any) -> None:
        """Enter numbers into a table by their hashes (`slots.Slots.add`)."""
        hashes, numbers = np.ascontiguousarray(hashes, np.uint64), np.ascontiguousarray(numbers, np.int32)
        self._enter(address(hashes), address(numbers), len(numbers), address(table), len(table) - 1)

    def silence(self, block: Any, slots: Any, starts: Any, longest: int) -> Any:
        """Tell which cells of a compiled block may say nothing (`identity_settled.may_say_nothing`)."""
        found = np.empty(len(block), np.bool_)
        cells = ctypes.addressof(block._cells)
        if not self._silence(cells, address(slots), address(starts), longest, address(found)):
            raise ValueError("the offsets of a column do not fit its data")
        return found


def _facts(facts: tuple[Any, Any, Any, Any]) -> list[Any]:
    """Return offsets, nodes, masks and bases as the library reads them."""
    kinds = (np.int64, np.int32, np.int64, np.uint8)
    return [np.ascontiguousarray(array, kind) for array, kind in zip(facts, kinds, strict=True)]


def _function(library: Any, name: str, result: Any, *arguments: Any) -> Any:
    found = getattr(library, f"exportgate_{name}")
    found.argtypes, found.restype = arguments, result
    return found


@cache
def _loaded() -> Kernel | None:
    path = library(Path(__file__).parent / "kernel", "people")
    try:
        return Kernel(path) if path else None
    except (OSError, AttributeError):  # of another machine, or of another version of this package
        return None


def kernel() -> Kernel | None:
    """Return the compiled part; None where there is none, or none is wanted."""
    return _loaded() if cells_compiled.kernel() else None
