"""The words that names are made of, by concept: in English, in Chinese, in pinyin and by initials.

They stand in `words.yaml` and, for each trade, in `words_*.yaml`; what systems say of themselves is in
`words_systems.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ...field_maps.yaml_files import shipped
from .vocabulary_stored import stored

Entries = dict[str, dict[str, Any]]

WEIGHTS = {"generic": 0.25, "unit": 0.08, "role": 0.45, "when": 0.4, "plumbing": 0.3, "foreign": 0.31, "content": 1.0}
UNKNOWN_WEIGHT = 0.8
"""What a word says that the vocabulary does not have."""

KEYS = ("en", "zh", "pinyin", "initials", "codes")
"""Where the words of each table of a vocabulary stand in an entry."""


@dataclass(frozen=True)
class Word:
    """One word of a name: the concepts it may stand for (none when unknown), its weight, and how sure that is.

    `is_plumbing` words belong to the system that keeps the table; of those the `is_foreign` ones belong to business no
    list speaks of, and are alike only in being foreign.
    """

    text: str
    concepts: frozenset[str]
    weight: float
    sureness: float = 1.0
    is_plumbing: bool = False
    is_foreign: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Concepts by spelling, one table for each kind of writing."""

    weights: dict[str, float]
    english: dict[str, frozenset[str]]
    chinese: dict[str, frozenset[str]]
    pinyin: dict[str, frozenset[str]]
    initials: dict[str, frozenset[str]]
    codes: dict[str, frozenset[str]]

    standing: dict[frozenset[str], tuple[float, bool, bool]] = field(default_factory=dict, compare=False)

    def word(self, text: str, concepts: frozenset[str], sureness: float = 1.0) -> Word:
        """Return the word `text` read as `concepts`; it weighs as the mean of them."""
        known = self.standing.get(concepts)
        if known is None:
            weights = sorted(self.weights[concept] for concept in concepts)  # a set has no order, a sum of floats has
            is_plumbing = set(weights) <= {WEIGHTS["plumbing"], WEIGHTS["foreign"]}
            is_foreign = is_plumbing and WEIGHTS["foreign"] in weights
            known = self.standing[concepts] = (sum(weights) / len(weights), is_plumbing, is_foreign)
        return Word(text, concepts, known[0], sureness, *known[1:])


def _table(entries: Entries, key: str) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for concept, entry in entries.items():
        for spelling in entry.get(key, ()):
            table.setdefault(spelling, set()).add(concept)
    return {spelling: frozenset(concepts) for spelling, concepts in table.items()}


def _entries() -> Entries:
    """Return the concepts of every ``words*.yaml``; a concept of several files has the words of all of them."""
    found: Entries = {}
    for path in sorted(files(__package__).iterdir(), key=lambda path: path.name):
        if not (path.name.startswith("words") and path.name.endswith(".yaml")):
            continue
        for concept, entry in shipped(__package__, path.name).items():
            known = found.setdefault(concept, {})
            for key, words in entry.items():
                known[key] = words if key == "class" else [*known.get(key, ()), *words]
    for entry in found.values():
        _spell_out(entry)
    return found


def _spell_out(entry: dict[str, Any]) -> None:
    """Add the pinyin and the initials of a concept's Chinese words to those it lists."""
    from .spelling import spell

    for word in entry.get("zh", ()):
        syllables = spell(word)
        if len(syllables) > 1:
            entry.setdefault("pinyin", []).append("".join(syllables))
            entry.setdefault("initials", []).append("".join(each[0] for each in syllables))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the shipped vocabulary: as it was last made of its words, or made anew where they are others."""
    found = stored()
    return Vocabulary(*found) if found else made()


def made() -> Vocabulary:
    """Return the vocabulary made of its words."""
    entries = _entries()
    weights = {concept: WEIGHTS[entry.get("class", "content")] for concept, entry in entries.items()}
    english, chinese, pinyin, initials, codes = (_table(entries, key) for key in KEYS)
    times = {concept for concept, weight in weights.items() if weight == WEIGHTS["when"]}
    pinyin = {spelling: concepts & times or concepts for spelling, concepts in pinyin.items()}  # shijian is a time
    return Vocabulary(weights, english, chinese, pinyin, initials, codes)
