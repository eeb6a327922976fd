"""What a table's name and comment say it is about: persons, patients, orders, a dictionary, a vehicle's track …

>>> frames("ums_member_level", "会员等级表")[0]
'reference'
>>> frames("dms_case_history", "病历表")[0]
'clinical'
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .column_names_clauses import clauses, turned
from .column_names_lexicon import surface_forms
from .column_names_split import split_words
from .data_files import read_yaml, words_of

_BRACKETED = re.compile(r"(?<=[^\x00-\x7f])[(（]([^\x00-\x7f]{1,3})[)）](?=[^\x00-\x7f])")  # 门(急)诊
_CLASS = re.compile("(?<=[a-z])(?:Model|Entity|DTO|Dto|VO|Vo|PO|Pojo|POJO|Bean)$")
_THINGS = frozenset({"vehicle", "aircraft", "system", "reference", "track", "company"})
_LEAST, _VOWELS = 5, "aeiou"
_SUFFIXES = ("信息表", "数据表", "记录表", "基本表", "主表", "明细表", "表", "信息", "数据", "记录")


@cache
def _subjects() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for name, row in read_yaml("subjects.yaml").items():
        for word in surface_forms(row):
            words.setdefault(word, []).append(str(row["topic"]) if "topic" in row else name)
    spelled = {letters: words[word] for letters, word in read_yaml("subjects_spelled.yaml").items() if word in words}
    many = {_many(word): found for word, found in words.items() if word.isascii() and len(word) >= _LEAST}
    return {word: tuple(found) for word, found in (many | spelled | words).items()}


def _many(word: str) -> str:
    """A word for one as tables of many have it (``medicalrecords``)."""
    return (
        word if word.endswith("s") else f"{word[:-1]}ies" if word[-1] == "y" and word[-2] not in _VOWELS else f"{word}s"
    )


@lru_cache(maxsize=4096)
def frames(name: str, comment: str = "") -> tuple[str, ...]:
    """Return the frames that the table's name and comment speak of, the deciding one (the last word's) first.

    A comment speaks before a name. Kinds of health data among them are topics of a clinical table.
    """
    own = _CLASS.sub("", name)
    if own != name and not (comment or _THINGS & set(frames(own)[:1])):
        return frames(own)  # a class that programs have, and no model of a car
    comment = words_of("table_keeps").sub(" ", comment)
    subjects = _subjects()
    found: list[str] = []
    for text in (*map(turned, clauses(_BRACKETED.sub(r"\1", comment))[:1]), name):
        for word in reversed(split_words(text, frozenset(subjects))):
            found.extend(frame for frame in subjects.get(word, ()) if frame not in found)
    return tuple(dict.fromkeys(_strong(found)))


def _strong(found: list[str]) -> list[str]:
    """Weak words speak last: an item of a prescription is about the prescription."""
    weak = {name: str(row["frame"]) for name, row in read_yaml("subjects.yaml").items() if "frame" in row}
    return [frame for frame in found if frame not in weak] + [weak[frame] for frame in found if frame in weak]
