"""Reading a column's name or comment as concepts, whatever language and spelling it is written in.

``custMobileNo``, ``客户手机号码``, ``khsjh`` and ``KEHU_SHOUJI`` all say *customer, phone, number*. A word that is
not in the vocabulary stays a word and can still meet itself, or a near spelling, elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .vocabulary import Word, vocabulary
from .words_chinese import read_chinese
from .words_latin import read_latin

_RUNS = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]+|[0-9]+")
_HUMPS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_CODE = re.compile("([A-Za-z]{1,4})([0-9]{1,2})[A-Za-z]{0,1}(?![A-Za-z])")
_PUNCTUATION = re.compile(r"[\W_]+")
_DIGIT = re.compile("[0-9]")
LONGEST = 256
"""Characters of a name or comment that are read: nobody calls a column longer, and a bait must not cost an hour."""
_CUSTOM = re.compile("(?:_vod)?__(?:c|pc|r|kav|x)$", re.IGNORECASE)


@lru_cache(maxsize=65536)
def read(text: str, apart: bool = False) -> tuple[Word, ...]:
    """Return the words of `text`; `apart` reads every word for itself, also where several mean one thing together.

    >>> [sorted(word.concepts) for word in read("custMobileNo")]
    [['customer'], ['phone']]
    >>> [word.weight for word in read("客户手机号码")] == [word.weight for word in read("cust_phone")]
    True
    """
    words: list[Word] = []
    pending: list[str] = []
    text = text[:LONGEST]
    for run in _coded(text if text.isascii() else unicodedata.normalize("NFKC", text)):
        mixed = _mixed().get(run.lower())
        if mixed:
            words += [*read_latin(tuple(pending), apart), vocabulary().word(run, mixed)]
            pending = []
        elif run[0].isascii():
            whole = not run.isalpha() or run.islower()
            pending += [run.lower()] if whole else [hump.lower() for hump in _HUMPS.findall(run)]
        else:
            words += read_latin(tuple(pending), apart)
            words += read_chinese(run)
            pending = []
    return (*words, *read_latin(tuple(pending), apart)) if pending else tuple(words)


def _coded(text: str) -> list[str]:
    """Return the runs of `text`; letters and digits that are one word stay one: ``N1`` of ``N11``, ``HBA1C``."""
    text = _CUSTOM.sub("", text) if "__" in text else text
    at, pattern = 0, _runs()
    if not _DIGIT.search(text):  # no code has none
        return pattern.findall(text)
    runs: list[str] = []
    while found := pattern.search(text, at):
        run, at = found[0], found.end()
        code = _CODE.match(text, found.start()) if run.isascii() and run.isalpha() else None
        if code:
            known = next((part for part in (code[0], code[1] + code[2][0]) if part.lower() in vocabulary().english), "")
            if known:
                run, at = known, found.start() + len(known)
        runs.append(run)
    return runs


@lru_cache(maxsize=1)
def _mixed() -> dict[str, frozenset[str]]:
    """Return the spellings that mix Chinese and Latin letters: ``IP地址``, ``SIM卡``."""
    table = vocabulary().chinese
    return {
        text.lower(): concepts for text, concepts in table.items() if not text.isascii() and not _RUNS.fullmatch(text)
    }


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    longest_first = sorted(_mixed(), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, longest_first), _RUNS.pattern]), re.IGNORECASE)


def squash(text: str) -> str:
    """Return `text` without case, spaces and punctuation: how two spellings of one code are compared.

    >>> squash("D.2.1") == squash("d21")
    True
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    return _PUNCTUATION.sub("", (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower())


def first_part(name: str) -> str:
    """Return the word that a name begins with, as it is spelt.

    >>> first_part("licenceExpiry"), first_part("licence_no"), first_part("执照号")
    ('licence', 'licence', '执照号')
    """
    return next(iter(parts_of(name)), "")


@lru_cache(maxsize=65536)
def parts_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are spelt, those too that say nothing by themselves.

    >>> parts_of("closedBy"), parts_of("is_usable"), parts_of("是否启用")
    (('closed', 'by'), ('is', 'usable'), ('是否启用',))
    """
    runs = _RUNS.findall(name)
    return tuple(
        hump.lower() for run in runs for hump in (_HUMPS.findall(run) if run.isalpha() and run.isascii() else [run])
    )
