"""Reading a word that is in no dictionary as the one it was meant to be: ``milage`` as *mileage*, ``receivcer``.

Only long words, one slip away from words of a single meaning, that begin and end as they do: short ones are too near
to too many, and an ending is grammar.
"""

from __future__ import annotations

from functools import cache, lru_cache

from .vocabulary import Word, vocabulary

SHORTEST, SHORTEST_MEANT = 6, 7
"""The letters that a misspelt word has at least, and the word that was meant."""
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
    meant = [text for text in _words().get(part[0] + part[-1], ()) if is_slip(part, text)]
    said = {vocabulary().english[text] for text in meant}
    return vocabulary().word(meant[0], said.pop(), SURENESS) if len(said) == 1 else None


def is_slip(written: str, meant: str) -> bool:
    """Whether one letter is missing or too many, or two neighbours are swapped; with another letter it is another word.

    >>> is_slip("milage", "mileage"), is_slip("passwrod", "password"), is_slip("personal", "personel")
    (True, True, False)
    """
    short, long = sorted((written, meant), key=len)
    at = next((at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    if len(long) == len(short) + 1:
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return len(long) == len(short) and short != long and swapped == long[at:]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Return the long words of the vocabulary, by first and last letter."""
    table: dict[str, list[str]] = {}
    for text in vocabulary().english:
        if len(text) >= SHORTEST_MEANT and text.isalpha():
            table.setdefault(text[0] + text[-1], []).append(text)
    return {ends: tuple(words) for ends, words in table.items()}
