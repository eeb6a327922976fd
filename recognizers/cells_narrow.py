"""Text of few ASCII bytes, as Chinese is: what is asked of those bytes is found among them, not among all.

`narrow` says where they stand in `data`.
"""

from __future__ import annotations

import numpy as np

from .cells_classes import CLASS_OF_BYTE, HIGH, Bools, Bytes, Index


def _digits(data: Bytes) -> Bools:
    found: Bools = (data - np.uint8(48)) < 10
    return found


def has_long_number(data: Bytes, narrow: Index) -> bool:
    """Say whether seven digits in a row stand anywhere, or digits with a space or hyphen between them."""
    byte = data[narrow]
    numbers = narrow[_digits(byte)]
    if bool((numbers[6:] - numbers[:-6] == 6).any()):
        return True
    between = narrow[(byte == 32) | (byte == 45)]
    return bool((_digits(data[between - 1]) & _digits(data[between + 1])).any())


def mask_of(data: Bytes, bounds: Index, narrow: Index, classes: Bytes) -> Bytes:
    """Return the class bits of each cell, joined, from those bytes and from how many of its bytes they are."""
    at = np.append(np.searchsorted(narrow, bounds[:-1]), len(narrow))
    count = np.diff(at)
    found = np.where(count < np.diff(bounds), np.uint8(HIGH), np.uint8(0))
    some = np.flatnonzero(count)
    if len(some):
        found[some] |= np.bitwise_or.reduceat(classes[data[narrow]], at[some])
    return found


def runs_of(data: Bytes, starts: Index, narrow: Index, bits: int) -> tuple[Index, Index]:
    """Return where runs of bytes of some classes begin and end; `starts` of the cells that are not empty cut them."""
    chosen = (CLASS_OF_BYTE & np.uint8(bits)) > 0
    place = narrow[chosen[data[narrow]]]
    if not len(place):
        return place, place
    last = np.append(np.flatnonzero(np.diff(place) != 1), len(place) - 1)
    edge = starts[chosen[data[starts - 1]] & chosen[data[starts]]]
    return cut(place[np.append(0, last[:-1] + 1)], place[last] + 1, edge)


def cut(start: Index, end: Index, edge: Index) -> tuple[Index, Index]:
    """Cut runs at the edges of cells that they go across."""
    if not len(edge):
        return start, end
    return np.sort(np.concatenate((start, edge)), kind="stable"), np.sort(np.concatenate((end, edge)), kind="stable")
