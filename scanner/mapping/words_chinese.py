"""Reading a run of Chinese as concepts: the words of the vocabulary that cover most of it."""

from __future__ import annotations

from functools import lru_cache

from .vocabulary import UNKNOWN_WEIGHT, Word, vocabulary

_LONGEST = 8


@lru_cache(maxsize=65536)
def read_chinese(run: str) -> tuple[Word, ...]:
    """Cut a run of Chinese into the words that cover most of it, the longest first; what is left stays as it is."""
    table, size = vocabulary().chinese, len(run)
    gains, starts, known = [0.0] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    for end in range(1, size + 1):
        gains[end], starts[end] = gains[end - 1], end - 1
        for start in range(max(0, end - _LONGEST), end):
            if run[start:end] in table:
                gain = gains[start] + (end - start) - 0.4
                if gain > gains[end]:
                    gains[end], starts[end], known[end] = gain, start, True
    pieces, end = [], size
    while end:
        pieces.append((run[starts[end] : end], known[end]))
        end = starts[end]
    return tuple(_words_of(pieces[::-1]))


def _words_of(pieces: list[tuple[str, bool]]) -> list[Word]:
    speech, words, rest = vocabulary(), [], ""
    for piece, known in [*pieces, ("", True)]:
        if not known:
            rest += "" if piece in "的之及和与或在为是了等" else piece
            continue
        if rest:
            words.append(Word(rest, frozenset(), UNKNOWN_WEIGHT if len(rest) > 1 else 0.4))
            rest = ""
        if piece:
            words.append(speech.word(piece, speech.chinese[piece]))
    return words
