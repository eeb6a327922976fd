"""What a row of the list is called, and what its names mean there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .vocabulary import WEIGHTS, Word, vocabulary

_PINYIN = re.compile(
    "(?:(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?(?:iang|uang|iong|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|ve|er"
    "|an|en|in|un|ia|ua|uo|a|o|e|i|u|v))+"
)
_PARTS = re.compile(r"[、和与及]|, | and ")


def names_of(field: Any) -> list[str]:
    """Return everything the row is called: both names, the parts of a compound name, and its aliases."""
    both = own_names(field)
    return list(dict.fromkeys([*both[:2], *field.aliases, *both[2:]]))


def own_names(field: Any) -> list[str]:
    """Return what the row itself is called: both names and the parts of a compound one."""
    names = [field.name_zh, field.name_en]
    for name in (field.name_zh, field.name_en):
        names += [part.strip() for part in _PARTS.split(name) if len(part.strip()) > 1 and part.strip() != name]
    return names


def is_spelling(name: str, words: Sequence[Word]) -> bool:
    """Whether an alias is pinyin, initials or a code: it is met as a whole or not at all."""
    if not name.isascii() or " " in name or all(word.concepts and word.sureness == 1 for word in words):
        return False
    return not name.islower() or len(name) < 5 or not set(name) & set("aeiou") or bool(_PINYIN.fullmatch(name))


class Senses:
    """Which of a word's meanings a row means: the one that its other words, or those of its scenario, also have.

    A row never means a system's own business: *operator* is whoever runs a station there, not who approved a record.
    """

    def __init__(self, scenarios: Sequence[tuple[str, str]], names: Sequence[Sequence[tuple[Word, ...]]]) -> None:
        """`scenarios` and `names`, read, are those of each row."""
        self.of_row: list[frozenset[str]] = []
        self.of_scenario: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.scenario = scenarios
        for spoken, scenario in zip(names, scenarios, strict=True):
            sure: set[str] = set()
            sure.update(*(word.concepts for words in spoken for word in words if len(word.concepts) == 1))
            self.of_row.append(frozenset(sure))
            self.of_scenario[scenario] |= sure

    def meant(self, at: int, words: Sequence[Word]) -> tuple[Word, ...]:
        """Return `words` in the sense of the row at `at`."""
        return tuple([word if len(word.concepts) < 2 else self._meant(at, word) for word in words])

    def _meant(self, at: int, word: Word) -> Word:
        weights = vocabulary().weights
        own = frozenset(
            each for each in word.concepts if weights[each] not in (WEIGHTS["plumbing"], WEIGHTS["foreign"])
        )
        if own and own != word.concepts:
            word = vocabulary().word(word.text, own, word.sureness)
        if len(word.concepts) < 2:
            return word
        for known in (self.of_row[at], self.of_scenario[self.scenario[at]]):
            if word.concepts & known:
                return replace(word, concepts=word.concepts & known)
        return word
