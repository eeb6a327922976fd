"""An automaton that finds words in bytes, as tables that compiled code walks: one look per byte, all words at once.

Aho and Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18(6), 1975. For some hundred words:
the tables hold 256 states for every letter of every word.

>>> automaton = Automaton([b"he", b"she"], [False, False])
>>> state, found = 0, []
>>> for byte in b"USHE":
...     state = automaton.next[state, byte]
...     found += automaton.which[automaton.first[state] : automaton.first[state + 1]].tolist()
>>> found
[1, 0]
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt


class _Tables(ctypes.Structure):
    """`automaton` of `kernel/labels.c`."""

    _fields_ = tuple((name, ctypes.c_void_p) for name in ("next", "first", "which", "length", "secret"))


class Automaton:
    """The tables of some words in small letters: `next[state, byte]`, and which words end in a state."""

    def __init__(self, words: Sequence[bytes], secret: Sequence[bool]) -> None:
        rows, ends = _trie(words)
        self.length = np.array([len(word) for word in words], np.int32)
        self.secret = np.array(secret, np.uint8)
        self.next: npt.NDArray[np.uint16] = _joined(rows, ends)
        self.which = np.array([word for found in ends for word in found], np.int32)
        self.first = np.zeros(len(rows) + 1, np.int32)
        np.cumsum([len(found) for found in ends], out=self.first[1:])

    @cached_property
    def argument(self) -> Any:
        """The tables as the kernel takes them; they live as long as this object."""
        arrays = (self.next, self.first, self.which, self.length, self.secret)
        return _Tables(*(array.ctypes.data for array in arrays))


def _trie(words: Sequence[bytes]) -> tuple[list[dict[int, int]], list[list[int]]]:
    """Return the children of each state, and the words that end in it."""
    rows: list[dict[int, int]] = [{}]
    ends: list[list[int]] = [[]]
    for place, word in enumerate(words):
        state = 0
        for byte in word:
            if byte not in rows[state]:
                rows[state][byte] = len(rows)
                rows.append({})
                ends.append([])
            state = rows[state][byte]
        ends[state].append(place)
    return rows, ends


def _joined(rows: list[dict[int, int]], ends: list[list[int]]) -> npt.NDArray[np.uint16]:
    """Return the state after every byte, states that fall back included; `ends` takes their words up."""
    if len(rows) > np.iinfo(np.uint16).max:
        raise ValueError("more words than an automaton of this kind can hold")
    following = np.zeros((len(rows), 256), np.uint16)
    back = [0] * len(rows)
    waiting = [0]
    for state in waiting:
        if state:
            following[state] = following[back[state]]
            ends[state] += ends[back[state]]
        for byte, child in rows[state].items():
            back[child] = int(following[state, byte])
            following[state, byte] = child
            waiting.append(child)
    following[:, 65:91] = following[:, 97:123]
    return following
