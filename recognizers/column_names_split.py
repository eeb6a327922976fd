"""Splitting a column name or comment into words of the lexicon.

Separators, camel case and scripts give boundaries; between them a dictionary segmentation decides, so that
``phonenum``, ``phone_num``, ``phoneNum`` and 电话号码 come out the same. Words that are not in the lexicon stay as
unknown items: they matter, because an unknown last word means the name is about something else.

>>> [item.concept.id if item.concept else item.text for item in split("supplierTelNo")]
['company', 'phone']
>>> [item.concept.id for item in split("收货人电话号码")]
['recipient', 'phone']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from .column_names_lexicon import Concept, Lexicon, lexicon, skeleton
from .column_names_respelled import respelled, unglued
from .data_files import read_yaml

_ASCII_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_PIECE = re.compile(r"[A-Za-z]+|[0-9]+|[^\W_A-Za-z0-9]+")
_SHORT_TAILS = frozenset(
    {"id", "no", "num", "nm", "cd", "dt", "ip", "url", "tel", "tag", "sex", "dob", "img", "pic", "sn", "code", "hao"}
)
_VOWELS = frozenset("aeiou")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
_LONG_WORD = 7  # letters, from which the beginning of a word tells more than chance
_SHORTEST = 2  # letters, that in a table's name may be anything (``wallet_tx``)
_LIMIT = 160  # a longer header is prose; its beginning is enough


@dataclass(frozen=True)
class Item:
    """A stretch of a name: the concept it means, or None for an unknown word; `guessed` where misspelt or glued."""

    text: str
    concept: Concept | None
    guessed: bool = False


@dataclass(frozen=True)
class _Joined:
    text: str
    bounds: frozenset[int]


def _join(name: str) -> _Joined:
    clean = _without_accents(unicodedata.normalize("NFKC", name)[:_LIMIT]).replace("IDs", "Ids")
    pieces: list[str] = []
    for piece in _PIECE.findall(clean):
        pieces.extend(_ASCII_PIECE.findall(piece) if piece[0].isascii() else [piece])
    bounds, text = {0}, ""
    for piece in pieces:
        text += piece.lower()
        bounds.add(len(text))
    return _Joined(text, frozenset(bounds))


def _without_accents(text: str) -> str:
    """Latin letters without their accents, as the words of other languages are listed: ``prénom``, ``teléfono``."""
    if text.isascii():
        return text
    bases = ((one, unicodedata.normalize("NFD", one)[0]) for one in text.translate(_LETTERS))
    return "".join(base if base.isascii() else one for one, base in bases)


def _is_letters(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _word_cost(text: str, start: int, end: int, joined: _Joined) -> float | None:
    """Cost of taking a lexicon word here; None where it may not stand."""
    if not _is_letters(text):
        return 1.0 - 0.004 * len(text)
    if start in joined.bounds and end in joined.bounds:
        return 1.0 - 0.004 * len(text)
    if len(text) >= 4:
        return 1.35
    return 1.9 if text in _SHORT_TAILS and end in joined.bounds else None


def _next_bound(joined: _Joined, start: int) -> int:
    return min(bound for bound in joined.bounds if bound > start)


def _unknown(joined: _Joined, start: int) -> tuple[int, float] | None:
    """End and cost of an unknown word that starts here."""
    text = joined.text
    if not text[start].isascii():
        return start + 1, 1.6
    if start not in joined.bounds:
        return None
    end = _next_bound(joined, start)
    if end - start == 1:
        return end, 0.1 if text[start].isdigit() else 0.9
    return end, 0.1 if text[start:end].isdigit() else 4.0 + 0.25 * max(0, end - start - 8)


def _paths(joined: _Joined, words: Container[str], longest: int) -> list[tuple[float, int, bool]]:
    """For every position the cost of the best way there, where its last word starts and whether we know it."""
    best: list[tuple[float, int, bool]] = [(0.0, 0, False)] + [(float("inf"), 0, False)] * len(joined.text)
    for start in range(len(joined.text)):
        so_far = best[start][0]
        if so_far == float("inf"):
            continue
        for end in range(start + 1, min(len(joined.text), start + longest) + 1):
            word = joined.text[start:end]
            cost = _word_cost(word, start, end, joined) if word in words else None
            if cost is not None and so_far + cost < best[end][0]:
                best[end] = (so_far + cost, start, True)
        unknown = _unknown(joined, start)
        if unknown and so_far + unknown[1] < best[unknown[0]][0]:
            best[unknown[0]] = (so_far + unknown[1], start, False)
    return best


def _whole_initials(
    joined: _Joined, words: Lexicon, short: bool, known: Container[str] = ()
) -> tuple[Item, ...] | None:
    """Pinyin initials hold only for a whole name (``sfzh``) or a name of such words (``lxr_dh``).

    Those of two letters, or three that could be an English word, say nothing by themselves: `short` tells that the
    whole table is written so.
    """
    marks = sorted(joined.bounds)
    pieces = [joined.text[start:end] for start, end in pairwise(marks)]
    pieces = [piece for piece in pieces if not piece.isdigit()]
    name = "".join(pieces)
    if name in words.spelled and name not in words.words and name not in words.initials and (short or len(name) >= 4):
        return tuple(Item(name, concept) for concept in words.spelled[name])
    if not short and (len(name) < 3 or (len(name) == 3 and _VOWELS & set(name))):
        return None
    if name in words.initials and name not in words.words:
        return tuple(Item(name, concept) for concept in words.initials[name])
    if pair := _role_and_attribute(name, words):
        return pair
    spelled = [piece for piece in pieces if piece not in words.words and piece not in known]
    telling = short or len(spelled) == len(pieces) or any(len(piece) > 2 for piece in spelled)
    if spelled and telling and all(piece in words.initials or piece in words.words for piece in pieces):
        found = [(p, words.initials[p] if p in words.initials else (words.words[p],)) for p in pieces]
        return tuple(Item(piece, concept) for piece, concepts in found for concept in concepts)
    return None


def _role_and_attribute(name: str, words: Lexicon) -> tuple[Item, ...] | None:
    """``lkryhkh``: the initials of a role and of an attribute in one."""
    if len(name) < 5 or name in words.words:
        return None
    for cut in range(len(name) - 2, 1, -1):
        roles = words.initials.get(name[:cut]) or words.spelled.get(name[:cut])
        rest = words.initials.get(name[cut:]) or words.spelled.get(name[cut:])
        if roles and rest and roles[-1].is_person and rest[-1].is_attribute:
            return tuple(Item(name, concept) for concept in (*roles, *rest))
    return None


def is_initials(name: str) -> bool:
    """Whether a whole name is pinyin initials that the lexicon knows, and no word."""
    joined, words = _join(name), lexicon()
    return joined.text.isascii() and _whole_initials(joined, words, short=True) is not None


@lru_cache(maxsize=20000)
def split(name: str, initials: bool = False, clinical: bool = False) -> tuple[Item, ...]:
    """Return the words of `name` in order, each with its concept; unknown words carry None, digits are dropped.

    `initials` tells that the table is written in pinyin initials, so that even two letters may be a word; `clinical`
    that it is about patients, where ``grade`` is of an illness and ``tx`` a treatment.
    """
    joined, words = _join(name), lexicon()
    known_words = words.clinical if clinical and not initials else words.words
    if not joined.text:
        return ()
    if joined.text in words.exact:
        return (Item(joined.text, words.exact[joined.text]),)
    if clinical and initials and (meant := _bedside_initials().get(joined.text)):
        return (Item(joined.text, meant),)
    if (
        joined.text.isascii()
        and joined.text not in words.words
        and (short := _whole_initials(joined, words, initials, known_words))
    ):
        return short
    found = _segments(joined, known_words, words.longest)
    return _merge_unknown([Item(text, known_words[text] if known else None) for text, known in found])


@cache
def _bedside_initials() -> dict[str, Concept]:
    """Pinyin initials that mean something else in what was found at a bedside (``xl``: the pulse and no schooling)."""
    rows = read_yaml("headers/fronts.yaml")["bedside"]
    return {letters: lexicon().words[word] for word, found in rows.items() for letters in found}


def split_words(name: str, words: Collection[str]) -> list[str]:
    """Return those of `words` (lower case, no separators) that `name` is made of, in order."""
    joined = _join(_written_out(name, words))
    return [text for text, known in _segments(joined, words, max(map(len, words))) if known]


def _written_out(name: str, words: Collection[str]) -> str:
    """Give words cut short in full, where the full word is one of `words`: ``PTH_RPT`` is about pathology.

    A word that means something uncut is left: ``events`` are reactions in a column about a patient only.
    """
    short = lexicon().short
    pieces = [piece for part in _PIECE.findall(name) for piece in (_ASCII_PIECE.findall(part) or [part])]
    if "".join(pieces).lower() in words or not any(piece.lower() in short for piece in pieces):
        return name
    cut = (piece.lower() if len(piece) > _SHORTEST and piece.lower() not in words else "" for piece in pieces)
    full = [_in_full(piece) for piece in cut]
    return "_".join(word if word in words else piece for word, piece in zip(full, pieces, strict=True))


def _in_full(piece: str) -> str:
    word, known = lexicon().short.get(piece, ""), lexicon().words
    return word if known.get(piece) in (None, known.get(word)) else ""


def _segments(joined: _Joined, words: Container[str], longest: int) -> list[tuple[str, bool]]:
    best, found, end = _paths(joined, words, longest), [], len(joined.text)
    while end > 0:
        _, start, known = best[end]
        found.append((joined.text[start:end], known))
        end = start
    return found[::-1]


def _merge_unknown(items: list[Item]) -> tuple[Item, ...]:
    """Join neighbouring unknown characters into one unknown word, and drop bare digits."""
    merged: list[Item] = []
    for item in items:
        if item.concept is None and item.text.isdigit():
            continue
        if item.concept is None and merged and merged[-1].concept is None and not item.text.isascii():
            merged[-1] = Item(merged[-1].text + item.text, None)
        else:
            merged.append(item)
    return tuple(understood for item in merged for understood in _understood(item))


def _understood(item: Item) -> tuple[Item, ...]:
    """What an unknown word is by its ending, without its vowels, with a letter put right, or cut in two.

    >>> [part.concept.id if part.concept else part.text for part in split("pasenger_mphone")]
    ['passenger', 'phone']
    """
    if item.concept or not _is_letters(item.text):
        return (item,) if item.concept else (_by_spelling(_by_ending(item)),)
    known = _by_spelling(_by_ending(item))
    if known.concept:
        return (known,)
    if meant := respelled(item.text):
        return (Item(item.text, meant, guessed=True),)
    if not (cut := unglued(item.text)):
        return (item,)
    front, tail = item.text[:cut], item.text[cut:]
    words = lexicon().words
    return (*((Item(front, words.get(front)),) if cut > 1 else ()), Item(tail, words[tail], guessed=True))


def _by_spelling(item: Item) -> Item:
    """Give an unknown word without vowels the meaning of the one word that it is when they are put back.

    >>> [item.concept.id for item in split("MDCTN_NMBR")]
    ['medication', 'number']
    """
    if item.concept or not _is_letters(item.text) or len(item.text) < 4 or _VOWELS & set(item.text[1:]):
        return item
    return Item(item.text, lexicon().without_vowels(skeleton(item.text)))


def _by_ending(item: Item) -> Item:
    """Give an unknown word the meaning of its ending (``pharyngitis``, 输液史), if it has more than the ending.

    >>> [item.concept.id for item in split("tonsillectomy")]
    ['history_ending']
    """
    least = 4 if item.text.isascii() else 1
    for ending, concept in lexicon().endings:
        if item.text.endswith(ending) and len(item.text) - len(ending) >= least:
            return Item(item.text, concept)
    return _by_beginning(item) if len(item.text) >= _LONG_WORD and _is_letters(item.text) else item


def _by_beginning(item: Item) -> Item:
    """Give an unknown word the meaning of its beginning (``hypoglycemic``, ``neutrophils``)."""
    concept = next((concept for begins, concept in lexicon().beginnings if item.text.startswith(begins)), None)
    return Item(item.text, concept)
