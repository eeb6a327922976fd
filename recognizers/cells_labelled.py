"""Numbers behind a label, in a block of cells: one automaton looks for the labels of all, a pattern reads what follows.

Labels are rare, so nothing is read before one is found with a digit close behind it. A secret may hold no digit, but
is at least four characters of ASCII in a row.

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
from functools import cache, cached_property
from itertools import chain, product
from typing import Any

import numpy as np

from .cells_automaton import Automaton
from .cells_block import HIGH, LETTERS, NUMERIC_MARK, OTHER, Block, Bools, Bytes, Index
from .cells_face import Match, flags

_BEHIND = 48  # bytes behind a label within which its number begins
_WINDOW = 120  # bytes behind a label within which its number ends
_CONTEXT = 4  # bytes before a label: one character
_SECRET = 4  # bytes of ASCII in a row that a secret is at least
_PART = re.compile(r"(\[[^\]]+\]|.)(\??)")
_REMEMBERED = 4_096  # readings
_ONE_DIGIT = bytes.maketrans(b"0123456789", b"1" * 10)
_ANY_DIGIT = re.compile(r"0-9|\{[0-9]+(?:,[0-9]*)?\}")
_READ, _FOUND, _FILLS = 1, 2, 4
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
    def _tables(self) -> Automaton:
        return Automaton(self._spellings[0], self._secret.tolist())

    @cached_property
    def _secret(self) -> Bools:
        """Which spellings are labels of secrets."""
        return np.array([entity == "SECRET" for entity in self.entities])[self._spellings[1]]

    @cached_property
    def _alike(self) -> list[bool]:
        """Whether a pattern takes any digit where it takes one."""
        return [not re.search("[0-9]", _ANY_DIGIT.sub("", pattern)) for pattern in self.patterns]

    @cached_property
    def _known(self) -> dict[tuple[int, int, bytes], int]:
        """What was read of the latest cells, their digits made one."""
        return {}

    def match(self, entity: str, cells: Block) -> Match | None:
        """Return the cells that are, or hold, a number of this entity behind its label."""
        if _NOTE not in cells.notes:
            cells.notes[_NOTE] = self._all(cells) if _may_hold(cells) else {}
        found: Match | None = cells.notes[_NOTE].get(entity)
        return found

    def _all(self, cells: Block) -> dict[str, Match]:
        whole: dict[str, list[int]] = {}
        inside: dict[str, list[int]] = {}
        data, known = cells.data.data, self._known
        for place, cell, head, start, tail, ends_so in self._labels(cells):
            raw = bytes(data[head:tail])
            key = place, start - head, raw.translate(_ONE_DIGIT) if self._alike[place] else raw
            read = known.get(key) or self._read(*key)
            if read & _FOUND:
                found = whole if ends_so and read & _FILLS else inside
                found.setdefault(self.entities[place], []).append(cell)
        return {entity: _matched(cells, whole.get(entity, []), inside.get(entity, [])) for entity in {*whole, *inside}}

    def _read(self, place: int, head: int, raw: bytes) -> int:
        """Say whether a label behind so many bytes has its number there, and whether the two are all there is.

        Cells that differ in nothing but their digits are read once, where the pattern takes one digit for another.
        """
        window, at = _window(raw, head)
        found = _compiled(self.patterns[place]).match(window, at)
        fills = found and not (window[:at].strip() or window[found.end() :].strip())
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        said = self._known[place, head, raw] = _READ | (_FOUND if found else 0) | (_FILLS if fills else 0)
        return said

    def _labels(self, cells: Block) -> Iterator[tuple[int, ...]]:
        """Yield which label stands in which cell; where it is read from, begins, is read to; if the cell ends soon."""
        found = cells.labels(self._tables)
        which, cell, start, end = self._found_by_numpy(cells) if found is None else found
        first, last = cells.starts[cell], cells.ends[cell]
        head, tail = np.maximum(first, start - _CONTEXT), np.minimum(last, end + _WINDOW)
        facts = (self._spellings[1][which], cell, head, start, tail, last - start <= _WINDOW)
        yield from zip(*(fact.tolist() for fact in facts), strict=True)

    def _found_by_numpy(self, cells: Block) -> tuple[Index, Index, Index, Index]:
        found = self._automaton.find_matches_as_indexes(_lower_case(cells), overlapping=True)
        which, start, end = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3).T
        cell = cells.cells_at(start)
        last = cells.ends[cell]
        ascii_ = (cells.data < 128).view(np.uint8)
        near = _next_of((cells.data - np.uint8(48)) < 10, end) < np.minimum(last, end + _BEHIND)
        rows = ascii_[:-3] & ascii_[1:-2] & ascii_[2:-1] & ascii_[3:]
        near |= self._secret[which] & (_next_of(rows.view(bool), end) + _SECRET <= last)
        near &= (end <= last) & _may_stand(cells.mask)[cell]
        return which[near], cell[near], start[near], end[near]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern compiled; a small file holds few labels, and needs few of them."""
    return re.compile(pattern, re.IGNORECASE)


def _matched(cells: Block, whole: list[int], inside: list[int]) -> Match:
    here, there = flags(cells), flags(cells)
    here[whole] = True
    there[inside] = True
    there &= ~here
    return Match(here, here, there, there)


def _next_of(chosen: Bools, at: Index) -> Index:
    """Return the next chosen byte from each position on."""
    places = np.flatnonzero(chosen)
    return np.append(places, len(chosen) + _BEHIND)[np.searchsorted(places, at)]


def _may_stand(mask: Bytes) -> Bools:
    """A cell with a label holds Chinese, or letters and marks; and something of ASCII, of which a number is."""
    found: Bools = ((mask & HIGH) > 0) | ((mask & LETTERS) > 0) & ((mask & (NUMERIC_MARK | OTHER)) > 0)
    return found & ((mask & ~np.uint8(HIGH)) > 0)


def _may_hold(cells: Block) -> bool:
    """Say whether some cell may hold a label."""
    return bool(cells.has_high or (cells.union & LETTERS and cells.union & _MARKS))


def _window(raw: bytes, head: int) -> tuple[str, int]:
    """Return bytes as text, and how many characters of it are the first bytes."""
    if raw.isascii():
        return raw.decode(), head
    return _text(raw), len(_text(raw[:head])) if head else 0


def _text(raw: bytes) -> str:
    return unicodedata.normalize("NFKC", raw.decode("utf-8", "ignore"))


def _lower_case(cells: Block) -> Any:
    capital = ((cells.data - np.uint8(65)) < 26).view(np.uint8) * np.uint8(32)
    return cells.data | capital
