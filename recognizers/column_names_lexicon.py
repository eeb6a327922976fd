"""The lexicon behind column names: which words speak of which concept (`data/headers/*.yaml`).

A *concept* is what a word in a header or comment can mean: an attribute that makes a column of some kind ("phone"),
a role that says whose it is ("supplier"), or a piece of grammar that changes the word before it ("type", "number").
Words are given once per concept in English, Chinese, pinyin and pinyin initials; a column name is read as a sequence
of concepts, so ``receiver_phone``, ``shouhuorendianhua`` and 收货人电话 are the same reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from .column_names_stored import parts, stored
from .column_names_traditional import simplified
from .data_files import read_yaml

_FILES = ("persons", "accounts", "movement", "health", "clinic", "measures", "roles", "grammar")
# More words, which take none from the others.
_FURTHER = (
    "foreign", "sensitive", "families", "trade", "hospital", "languages", "tongues", "staffing", "charts", "business",
    "wards", "assorted", "nations", "registers", "everyday",
)  # fmt: skip
_OTHERS = (*_FURTHER, "abbreviations", "endings", "beginnings", "pinyin", "traditional")
FILES = tuple(f"headers/{name}.yaml" for name in (*_FILES, *_OTHERS))
"""The data files that a lexicon is made of."""
_TOGETHER = 4  # letters, from which the initials of an owner and an attribute mean them
_VOWELS = str.maketrans("", "", "aeiou")
_DOUBLED = re.compile(r"(.)\1+")
_PERSON_ROLES = frozenset({"person", "patient", "staff", "contact"})


@dataclass(frozen=True)
class Concept:
    """What a word can mean. Empty strings where a facet is missing.

    `kind` and `group` make an attribute; `role` an owner (`names`, `ids`, `alone`: the kinds of its name,
    its number and the bare word); `mod` a piece of grammar; `marks` a hint about the table; `pi` the least class of
    what the closed vocabulary has no kind for, so that `kind` is only the nearest; `structural` says it is technical.
    """

    id: str
    kind: str = ""
    group: str = ""
    role: str = ""
    names: str = ""
    ids: str = ""
    alone: str = ""
    mod: str = ""
    marks: str = ""
    pi: str = ""
    structural: bool = False

    @property
    def is_attribute(self) -> bool:
        """Whether the concept alone can make a column of a kind."""
        return bool(self.group)

    @property
    def is_person(self) -> bool:
        """Whether the concept is a natural person in some role."""
        return self.role in _PERSON_ROLES


@dataclass(frozen=True)
class Initials(Mapping[str, tuple[Concept, ...]]):
    """Pinyin initials: of one word, or of an owner and an attribute that have four letters together (``lxrdh``).

    Where a name can be cut in several ways, the owner that the lexicon lists first is meant.
    """

    alone: dict[str, Concept]
    owners: dict[str, Concept]
    attributes: dict[str, Concept]

    def put(self, letters: str, concept: Concept) -> None:
        """Take up the initials of one concept, unless an earlier one has them."""
        self.alone.setdefault(letters, concept)
        owns = concept.is_person or concept.role == "org"
        (self.owners if owns else self.attributes).setdefault(letters, concept)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {letters: place for place, letters in enumerate(self.owners)}

    def __getitem__(self, name: str) -> tuple[Concept, ...]:
        if name in self.alone:
            return (self.alone[name],)
        cuts = [at for at in range(1, len(name)) if name[:at] in self.owners and name[at:] in self.attributes]
        if len(name) < _TOGETHER or not cuts:
            raise KeyError(name)
        cut = min(cuts, key=lambda at: self._places[name[:at]])
        return self.owners[name[:cut]], self.attributes[name[cut:]]

    def __iter__(self) -> Iterator[str]:
        pairs = (owner + attribute for owner in self.owners for attribute in self.attributes)
        return iter(dict.fromkeys([*self.alone, *(name for name in pairs if len(name) >= _TOGETHER)]))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Lexicon:
    """Surface forms (lower case, no separators) to concepts; `initials` and `exact` hold only as a whole name.

    `short` gives the word that a word cut short stands for; `clinical` are the words as tables about patients mean
    them.
    `spelled` are the initials of the lexicon's Chinese words, made and not chosen: they need four letters, or a table
    written in pinyin initials. `endings` and `beginnings` give an unknown word a meaning, the longest first.
    """

    words: Mapping[str, Concept]
    initials: Initials
    exact: Mapping[str, Concept]
    spelled: Mapping[str, tuple[Concept, ...]]
    endings: tuple[tuple[str, Concept], ...]
    beginnings: tuple[tuple[str, Concept], ...]
    short: Mapping[str, str]
    clinical: Mapping[str, Concept]
    longest: int

    @cached_property
    def _skeletons(self) -> dict[str, dict[str, Concept | None]]:
        return {}

    def without_vowels(self, left: str) -> Concept | None:
        """Return what a word means that is left so when its vowels go (``pthlgy``); None where it may be several."""
        known = self._skeletons.get(left[:1])
        if known is None:
            known = self._skeletons[left[:1]] = self._under(left[:1])
        return known.get(left)

    def _under(self, letter: str) -> dict[str, Concept | None]:
        found: dict[str, Concept | None] = {}
        for word, concept in self.words.items():
            if not word.startswith(letter):
                continue
            cut_short = word in self.short and concept == self.words[self.short[word]]
            left = skeleton(word) if len(word) >= 6 and word.isascii() and word.isalpha() and not cut_short else word
            if left != word and len(left) >= 4:
                known = found.get(left, concept)
                found[left] = concept if known is concept or known == concept else None
        return found


def surface_forms(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of one row of a lexicon file as they are matched: lower case, parts joined, also simplified."""
    for field in ("words", "zh", "pinyin"):
        for word in str(row.get(field) or "").split():
            joined = word.lower().replace("_", "").replace("-", "")
            yield joined
            if (simple := simplified(joined)) != joined:
                yield simple


def _concept(name: str, row: Mapping[str, Any]) -> Concept:
    facets = ("kind", "group", "role", "names", "ids", "alone", "mod", "marks", "pi")
    return Concept(id=name, structural=bool(row.get("structural")), **{f: str(row.get(f) or "") for f in facets})


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of column names: as it was last made of its files, or made anew where they are others."""
    found = stored(FILES)
    return Lexicon(*parts(found, Concept, Initials)) if found else made()


def made() -> Lexicon:
    """Return the lexicon made of its files; the first concept to claim a word keeps it."""
    words: dict[str, Concept] = {}
    concepts: dict[str, Concept] = {}
    plurals: dict[str, Concept] = {}
    exact: dict[str, Concept] = {}
    initials = Initials({}, {}, {})
    for file in _FILES:
        for name, row in read_yaml(f"headers/{file}.yaml").items():
            concept = concepts[name] = _concept(name, row)
            for word in surface_forms(row):
                words.setdefault(word, concept)
                if (concept.is_person or concept.is_attribute) and word.isascii() and len(word) > 4 and word[-1] != "s":
                    plurals.setdefault(word[:-1] + "ies" if word[-1] == "y" else word + "s", concept)
            exact |= dict.fromkeys(str(row.get("exact") or "").split(), concept)
            for letters in str(row.get("initials") or "").split():
                if letters.isalpha():
                    initials.put(letters, concept)
    for name, row in (item for file in _FURTHER for item in read_yaml(f"headers/{file}.yaml").items()):
        for word in surface_forms(row):
            words.setdefault(word, concepts[name])
    words = _spelled_words(words) | plurals | words
    short, bedside = _short()
    words = {cut: words[word] for cut, word in short.items()} | words
    clinical = words | {cut: words[word] for cut, word in bedside.items()}
    spelled = _spelled_initials(words)
    return Lexicon(
        words,
        initials,
        exact,
        spelled,
        _parts("endings"),
        _parts("beginnings"),
        short | bedside,
        clinical,
        max(map(len, words)),
    )


def _short() -> tuple[dict[str, str], dict[str, str]]:
    """Words cut short or misspelt and what they stand for: in any table, and in tables about patients."""
    found: dict[str, dict[str, str]] = {}
    for name, rows in read_yaml("headers/abbreviations.yaml").items():
        joined = {str(word).replace("_", ""): cuts for word, cuts in rows.items()}
        found[name] = {str(cut).replace("_", ""): word for word, cuts in joined.items() for cut in cuts}
    return found["misspelt"] | found["words"], found["clinical"]


def skeleton(word: str) -> str:
    """Return a word without the vowels behind its first letter, doubled letters once.

    >>> skeleton("pathology"), skeleton("allergy")
    ('pthlgy', 'alrgy')
    """
    return _DOUBLED.sub(r"\1", word[0] + word[1:].translate(_VOWELS))


def _parts(file: str) -> tuple[tuple[str, Concept], ...]:
    """Endings or beginnings of medical words, the longest first."""
    rows = read_yaml(f"headers/{file}.yaml").items()
    found = [(word, _concept(name, row)) for name, row in rows for word in surface_forms(row)]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _spellings() -> dict[str, list[str]]:
    return {word: str(syllables).split() for word, syllables in read_yaml("headers/pinyin.yaml").items()}


def _spelled_words(words: Mapping[str, Concept]) -> dict[str, Concept]:
    """Pinyin of the Chinese words, where it is long enough not to be an English word by chance."""
    spelled = {"".join(syllables): words[word] for word, syllables in _spellings().items() if word in words}
    return {word: concept for word, concept in spelled.items() if len(word) >= 5}


def _spelled_initials(words: Mapping[str, Concept]) -> dict[str, tuple[Concept, ...]]:
    """Initials of the Chinese words of three characters and more that stand for one concept only."""
    found: dict[str, set[Concept]] = {}
    for word, syllables in _spellings().items():
        if word in words and len(syllables) >= 3:
            found.setdefault("".join(syllable[0] for syllable in syllables), set()).add(words[word])
    return {letters: tuple(concepts) for letters, concepts in found.items() if len(concepts) == 1}
