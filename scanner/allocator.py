"""Keep freed memory for the next block instead of giving it back to the system after each one.

A scan makes and frees some hundred arrays of up to a few megabytes per block. By default the C library returns such
memory at once, and every byte of the next array is first a page fault: half of the time of a scan went there. Arrow's
own allocator does likewise with the columns it decodes.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pyarrow as pa

_TRIM_THRESHOLD, _MAPPING_THRESHOLD = -1, -3  # of mallopt(3)
KEPT = 64 << 20  # bytes that each thread may keep
KEPT_OF_SEVERAL = 16 << 20  # the same where many threads read at once
LARGEST = 32 << 20  # bytes of an array beyond which it is returned when freed; the most that glibc takes


@cache
def keep_freed_memory() -> bool:
    """Tell the C library, once per process, to keep what blocks free. Say whether it took the advice.

    Only glibc knows the setting; elsewhere nothing happens, and nothing but speed depends on it.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        advise = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return False
    return bool(advise(_MAPPING_THRESHOLD, LARGEST) and advise(_TRIM_THRESHOLD, KEPT))


_several = {"runs": 0}
_counting = threading.Lock()


@contextmanager
def several_at_once() -> Iterator[None]:
    """Keep less while this lasts and many objects are read side by side: each thread keeps memory for itself."""
    _count_runs(1)
    try:
        yield
    finally:
        _count_runs(-1)


def _count_runs(more: int) -> None:
    with _counting:
        _several["runs"] += more
        if keep_freed_memory():
            ctypes.CDLL(None).mallopt(_TRIM_THRESHOLD, KEPT_OF_SEVERAL if _several["runs"] else KEPT)


@contextmanager
def one_allocator() -> Iterator[None]:
    """Let Arrow, too, take its memory from the C library while this lasts, where that keeps what is freed."""
    before = pa.default_memory_pool()
    if _several["runs"] or not keep_freed_memory() or before.backend_name != "mimalloc":
        yield
        return
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)
