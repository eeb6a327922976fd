"""Numbers behind a label, in a block of cells: one automaton looks for the labels of all, a pattern reads what follows.

Labels are rare, so nothing is read before one is found with a digit close behind it.

>>> reader = Reader(("MEDICAL_RECORD_NO",), ("住院号?",), ("住院号[:：]?[0-9]{6,8}(?![0-9])",))
>>> found = reader.match("MEDICAL_RECORD_NO", Block.of_values(["患者住院号：00123456入院".encode(), b"00123456"]))
>>> found.inside_valid.tolist()
[True, False]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from typing import Any

import numpy as np

from .cells_block import HIGH, LETTERS, NUMERIC_MARK, OTHER, Block, Bools, Index
from .cells_face import Match

_BEHIND = 48  # bytes behind a label within which its number begins
_WINDOW = 120  # bytes behind a label within which its number ends
_CONTEXT = 4  # bytes before a label: one character
_PART = re.compile(r"(\[[^\]]+\]|.)(\??)")
_NOTE = "labelled numbers"
_MARKS = HIGH | NUMERIC_MARK | OTHER


def spelled(words: str) -> set[str]:
    """Return the spellings of labels: alternatives, optional characters and classes of characters.

    >>> sorted(spelled("社保卡?|licen[cs]e|"))
    ['licence', 'license', '社保', '社保卡']
    """
    found: set[str] = set()
    for word in filter(None, words.split("|")):
        parts = [[*sign.strip("[]")] + ([""] if optional else []) for sign, optional in _PART.findall(word)]
        found |= {"".join(choice) for choice in product(*parts)}
    return found


@dataclass(frozen=True)
class Reader:
    """Labels of entities (`words`) and, for each, the `pattern` of a label with its number."""

    entities: tuple[str, ...]
    words: tuple[str, ...]
    patterns: tuple[str, ...]

    @cached_property
    def _spellings(self) -> tuple[list[bytes], Index]:
        pairs = [(word.encode(), place) for place, words in enumerate(self.words) for word in sorted(spelled(words))]
        return [word.lower() for word, _ in pairs], np.array([place for _, place in pairs])

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.BytesAhoCorasick(self._spellings[0], matchkind=ahocorasick_rs.MatchKind.Standard)

    @cached_property
    def _compiled(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern, re.IGNORECASE) for pattern in self.patterns]

    def match(self, entity: str, cells: Block) -> Match | None:
        """Return the cells that are, or hold, a number of this entity behind its label."""
        if _NOTE not in cells.notes:
            cells.notes[_NOTE] = self._all(cells) if _may_hold(cells) else {}
        found: Match | None = cells.notes[_NOTE].get(entity)
        return found

    def _all(self, cells: Block) -> dict[str, Match]:
        whole: dict[str, Bools] = {}
        inside: dict[str, Bools] = {}
        for place, cell, start, end in self._labels(cells):
            first, last = int(cells.starts[cell]), int(cells.ends[cell])
            before = _text(cells, max(first, start - _CONTEXT), start)
            window = before + _text(cells, start, min(last, end + _WINDOW))
            if not (read := self._compiled[place].match(window, len(before))):
                continue
            fills = last - start <= _WINDOW and not (before.strip() or window[read.end() :].strip())
            into = whole if fills else inside
            into.setdefault(self.entities[place], np.zeros(len(cells), bool))[cell] = True
        none = np.zeros(len(cells), bool)
        return {
            entity: Match(here := whole.get(entity, none), here, there := inside.get(entity, none) & ~here, there)
            for entity in {*whole, *inside}
        }

    def _labels(self, cells: Block) -> Iterator[tuple[int, int, int, int]]:
        """Yield which label stands in which cell, from where to where, if a digit follows soon."""
        found = self._automaton.find_matches_as_indexes(_lower_case(cells), overlapping=True)
        if not found:
            return
        which, start, end = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3).T
        cell = cells.cells_at(start)
        digits = np.flatnonzero((cells.data - np.uint8(48)) < 10)
        follows = np.append(digits, len(cells.data))[np.searchsorted(digits, end)]
        near = (end <= cells.ends[cell]) & (follows < np.minimum(cells.ends[cell], end + _BEHIND))
        near |= self._is_secret(which) & (end < cells.ends[cell])
        labels = self._spellings[1][which]
        yield from zip(*(part[near].tolist() for part in (labels, cell, start, end)), strict=True)

    def _is_secret(self, which: Index) -> Bools:
        secret: Bools = np.array([entity == "SECRET" for entity in self.entities])[self._spellings[1][which]]
        return secret


def _may_hold(cells: Block) -> bool:
    """A label is letters with a mark or a space behind them, or Chinese."""
    return bool(cells.has_high or (cells.union & LETTERS and cells.union & _MARKS))


def _text(cells: Block, start: int, end: int) -> str:
    return unicodedata.normalize("NFKC", cells.data[start:end].tobytes().decode("utf-8", "ignore"))


def _lower_case(cells: Block) -> Any:
    capital = ((cells.data - np.uint8(65)) < 26).view(np.uint8) * np.uint8(32)
    return cells.data | capital
