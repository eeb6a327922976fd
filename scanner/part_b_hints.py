"""Hints of the classification annex: a column's name or comment holds a word of a sub-category of important data.

A hint is weaker than a suspicion: it never stops an export and never changes a verdict. It asks the person who declares
important data to look twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from ..field_maps.model import Edition


class Named(Protocol):
    """Anything with a column's name and comment."""

    @property
    def name(self) -> str:
        """The column's name."""

    @property
    def comment(self) -> str:
        """The column's comment."""


@dataclass(frozen=True)
class Hint:
    """A sub-category, the word that suggests it, and the columns that hold the word."""

    item: str
    number: int
    name: str
    word: str
    columns: tuple[str, ...]

    def sentence(self) -> str:
        """Say what to look at, and how to declare it."""
        return (
            f"{', '.join(self.columns)}: the word {self.word} suggests sub-category {self.number}, {self.name}; "
            f"if it is important data, declare {self.item} under declare.important_data"
        )


def hints(columns: Iterable[Named], edition: Edition) -> tuple[Hint, ...]:
    """Return the sub-categories that names and comments of `columns` suggest, in the annex's order."""
    told = [(column.name, _plain(f"{column.name} {column.comment}")) for column in columns]
    found = []
    for category in edition.categories:
        for sub in category.sub_categories:
            for word in sub.hints:
                names = tuple(name for name, text in told if _pattern(word).search(text))
                if names:
                    found.append(Hint(f"part-b.{sub.id}", sub.number, sub.name.en, word, names))
                    break
    return tuple(found)


def _plain(text: str) -> str:
    """Return NFKC text in lower case, its camel-case and separators turned into underscores."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s\-./]+", "_", text.lower())


@lru_cache(maxsize=512)
def _pattern(word: str) -> re.Pattern[str]:
    plain = re.escape(word.lower())
    return re.compile(rf"(?<![a-z]){plain}" if word.isascii() else plain)
