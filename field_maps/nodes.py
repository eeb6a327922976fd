"""Reading a structured document strictly: every value knows where it stands, and every error says so.

A `Node` is one value of a YAML or JSON document with its dotted path. Asking it for something it is not raises the
reader's own error with that path and, for a misspelt word, the nearest right one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

LARGEST = 2**63 - 1
"""What a counter of any database holds."""
Fail = Callable[[str, str, str], NoReturn]


def nearest(word: str, known: Collection[str]) -> str:
    """Return a hint naming the word of `known` that is closest to `word`, or all of them when few.

    >>> nearest("pharmma", ["pharma", "retail"])
    'did you mean pharma?'
    """
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    return f"one of: {', '.join(sorted(known))}" if 0 < len(known) <= 40 else ""


@dataclass(frozen=True)
class Node:
    """One value of a document, the path to it, and how to complain about it."""

    value: Any
    path: str
    fail_with: Fail

    def fail(self, what: str, hint: str = "") -> NoReturn:
        """Raise the reader's error at this place."""
        self.fail_with(what, self.path, hint)

    @property
    def given(self) -> bool:
        """Whether anything stands here (null counts as nothing)."""
        return self.value is not None

    def keys(self, *, required: Collection[str] = (), optional: Collection[str] = ()) -> Node:
        """Return the node itself, after checking that it is a mapping of these keys only."""
        mapping = self.mapping()
        known = {*required, *optional}
        for key in mapping:
            if key not in known:
                self.at(str(key)).fail(f"unknown key: {key}", nearest(str(key), known))
        for key in required:
            if mapping.get(key) is None:
                self.at(key).fail(f"missing key: {key}")
        return self

    def mapping(self) -> dict[Any, Any]:
        """Return the value as a mapping."""
        if not isinstance(self.value, dict):
            self.fail(f"expected a mapping, found {_kind(self.value)}")
        return self.value

    def at(self, key: str) -> Node:
        """Return the value under `key`; a node of nothing when absent."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(value, f"{self.path}.{key}" if self.path else key, self.fail_with)

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Yield the entries of a mapping whose keys are words; nothing when absent."""
        if not self.given:
            return
        for key in self.mapping():
            if not isinstance(key, str):
                self.fail(f"expected a word as key, found {key!r}")
            yield key, self.at(key)

    def items(self) -> list[Node]:
        """Return the elements of a list; none when absent."""
        if not self.given:
            return []
        if not isinstance(self.value, list):
            self.fail(f"expected a list, found {_kind(self.value)}")
        return [Node(v, f"{self.path}[{i}]", self.fail_with) for i, v in enumerate(self.value)]

    def text(self, default: str | None = None) -> str:
        """Return a non-empty text."""
        if not self.given and default is not None:
            return default
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail(f"expected a text, found {_kind(self.value)}")
        return self.value.strip()

    def word(self, known: Collection[str], what: str, default: str | None = None) -> str:
        """Return a word of a closed vocabulary; `what` names the vocabulary in the error."""
        word = self.text(default)
        if word not in known:
            self.fail(f"unknown {what}: {word}", nearest(word, known))
        return word

    def flag(self, default: bool | None = None) -> bool:
        """Return true or false."""
        if not self.given and default is not None:
            return default
        if not isinstance(self.value, bool):
            self.fail(f"expected true or false, found {_kind(self.value)}")
        return self.value

    def whole(self, default: int | None = None) -> int:
        """Return a whole number, zero or more."""
        if not self.given and default is not None:
            return default
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fail(f"expected a whole number, found {_kind(self.value)}")
        if self.value < 0:
            self.fail("a count cannot be negative")
        if self.value > LARGEST:
            self.fail("no count is as large as this")
        return self.value

    def date(self) -> dt.date:
        """Return a calendar day, from a YAML date or a text like 2026-11-23."""
        if isinstance(self.value, dt.datetime):
            self.fail("expected a day without a time, like 2026-11-23")
        if isinstance(self.value, dt.date):
            return self.value
        try:
            if isinstance(self.value, str) and len(self.value) == 10:
                return dt.date.fromisoformat(self.value)
        except ValueError:
            pass
        return self.fail(f"not a calendar day: {self.value!r}", "write it like 2026-11-23")


def _kind(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false", int: "a number"}
    return "nothing" if value is None else names.get(type(value), type(value).__name__)
