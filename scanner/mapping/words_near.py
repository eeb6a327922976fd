"""Reading a word that is in no dictionary as the one it was meant to be: ``milage`` as *mileage*, ``receivcer``.

Only long words, one slip away from words of a single meaning, that begin and end as they do: short ones are too near
to too many, and an ending is grammar.
"""

from __future__ import annotations

from functools import cache, lru_cache

from .vocabulary import Word, vocabulary

SHORTEST, SHORTEST_MEANT = 6, 7
"""The letters that a misspelt word has at least, and the word that was meant."""
SLIPS = 1
"""How many letters may be missing, too many or swapped; with another letter it is another word (*personal*)."""
SURENESS = 0.8


@lru_cache(maxsize=65536)
def near(part: str) -> Word | None:
    """Return the word that `part` was meant to be; None where that is not plain.

    >>> near("milage").concepts, near("milage").text
    (frozenset({'mileage'}), 'mileage')
    >>> near("personal") is None
    True
    """
    part = part.removesuffix("s")
    if len(part) < SHORTEST or not part.isalpha():
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    meant = _words().get(part[0] + part[-1], ())
    found = process.extract(part, meant, scorer=OSA.distance, score_cutoff=SLIPS, limit=3)
    slips = [text for text, *_ in found if len(text) != len(part) or sorted(text) == sorted(part)]
    said = {vocabulary().english[text] for text in slips}
    return vocabulary().word(slips[0], said.pop(), SURENESS) if len(said) == 1 else None


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Return the long words of the vocabulary, by first and last letter."""
    table: dict[str, list[str]] = {}
    for text in vocabulary().english:
        if len(text) >= SHORTEST_MEANT and text.isalpha():
            table.setdefault(text[0] + text[-1], []).append(text)
    return {ends: tuple(words) for ends, words in table.items()}
