"""Chinese words in pinyin, as columns are named where Chinese is not typed: 手机号 as ``shoujihao`` or ``sjh``.

The readings stand in `spelling.yaml`, written by `benchmarks/spell_lexicon.py`; a character that is not in it has none.
"""

from __future__ import annotations

from functools import lru_cache

from ...field_maps.yaml_files import shipped

LONGEST = 4


@lru_cache(maxsize=1)
def _readings() -> tuple[dict[str, str], dict[str, str]]:
    data = shipped(__package__, "spelling.yaml")
    characters = {character: sound for sound, row in data["characters"].items() for character in row}
    return characters, data["words"]


def spell(text: str) -> tuple[str, ...]:
    """Return the syllables of a Chinese word, without tones; none where one of its characters has no known reading.

    >>> spell("银行")
    ('yin', 'hang')
    >>> spell("行驶里程")
    ('xing', 'shi', 'li', 'cheng')
    >>> spell("VIN码")
    ()
    """
    characters, words = _readings()
    syllables: list[str] = []
    at = 0
    while at < len(text):
        for size in range(min(LONGEST, len(text) - at), 1, -1):
            word = words.get(text[at : at + size])
            if word:
                syllables += word.split()
                at += size
                break
        else:
            sound = characters.get(text[at])
            if sound is None:
                return ()
            syllables.append(sound)
            at += 1
    return tuple(syllables)


def is_initials_of(name: str, text: str) -> bool:
    """Whether a name is the initials of a Chinese text that stands beside it, and so says what that says.

    >>> is_initials_of("XM", "项目"), is_initials_of("xm", "姓名"), is_initials_of("xm", "客户")
    (True, True, False)
    """
    return len(name) > 1 and name.lower() == "".join(syllable[0] for syllable in spell(text))
