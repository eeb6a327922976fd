"""Unknown words of a column name as the known words that they were meant to be: misspelt, or glued together.

``pasengers`` are one letter from ``passengers`` and no other word, ``suspecteddrug`` ends in a drug, ``mphone`` is a
phone behind a letter. Real words that only look so (``microphone``, ``contest``) stand in `headers/ordinary.yaml`.

>>> respelled("pasengers").id, respelled("contest")
('passenger', None)
>>> unglued("suspecteddrug"), unglued("mphone"), unglued("microphone")
(9, 1, 0)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from .column_names_lexicon import Concept, lexicon
from .data_files import read_yaml

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEAST, _LEAST_TAIL, _LEAST_BEHIND_LETTER = 7, 4, 5  # letters
_MOST = 24
_SYLLABLES = re.compile(
    "(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]ang|iong|uai|uan|iao|ian|ang|eng|ing|ong|ai|ei|ao|ou|an|en|in|un|i[aeu]"
    "|u[aeio]|ue|[aeiouv])|er)+"
)
_TAILS = frozenset({"intrinsic", "contact", "account", "medical", "vehicle_id", "bank", "address", "secret", "device"})


@cache
def ordinary() -> frozenset[str]:
    """Words of English that look like misspelt or glued words of the lexicon and are none."""
    return frozenset(word for row in read_yaml("headers/ordinary.yaml").values() for word in row["words"].split())


@lru_cache(maxsize=4096)
def respelled(word: str) -> Concept | None:
    """Return what the one telling word means that `word` misses by a letter inside; None where there are several."""
    if not _LEAST <= len(word) <= _MOST or word in ordinary() or _SYLLABLES.fullmatch(word):
        return None
    words = lexicon().words
    found = {words[near] for near in _near(word) if len(near) >= _LEAST and near in words}
    only = found.pop() if len(found) == 1 else None
    return only if only is not None and (only.is_attribute or only.role) else None


def _near(word: str) -> Iterator[str]:
    """Words one letter away: left out, put in, changed or two turned round, the first and last letter as they are."""
    for at in range(1, len(word)):
        front, rest = word[:at], word[at:]
        if len(rest) > 1:
            yield front + rest[1:]
            yield from (front + letter + rest[1:] for letter in _LETTERS)
        if len(rest) > 2:
            yield front + rest[1] + rest[0] + rest[2:]
        yield from (front + letter + rest for letter in _LETTERS)


@lru_cache(maxsize=4096)
def unglued(word: str) -> int:
    """Return where the telling word begins that an unknown word ends in, 0 where there is none."""
    if len(word) < _LEAST_BEHIND_LETTER + 1 or len(word) > _MOST or word in ordinary():
        return 0
    words = lexicon().words
    for at in range(1, len(word) - _LEAST_TAIL + 1):
        if word[at:] in ordinary():
            return 0  # ``encountertemplate`` ends in a template and in no plate
        tail = words.get(word[at:])
        if tail is None or tail.group not in _TAILS or (word[-1] == "s" and word[at:-1] in words):
            continue
        if at >= 3 or len(word) - at >= _LEAST_BEHIND_LETTER:
            return at
    return 0
