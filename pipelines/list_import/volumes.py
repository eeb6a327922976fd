"""Volumes of persons written in words: which counter, which tier, from how many persons on.

>>> volumes("非敏感个人信息10万人以上不满100万人", tier=2)
{('non_sensitive', 2): 100000, ('non_sensitive', 1): 1000000}
>>> volumes("敏感个人信息1万人以上", tier=1)
{('sensitive', 1): 10000}
>>> volumes("trial subjects 5,000 to <10,000", tier=2)
{('any', 2): 5000, ('any', 1): 10000}
"""

from __future__ import annotations

import re
import unicodedata

_UNITS = {
    "": 1,
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "k": 1_000,
    "m": 1_000_000,
}
_NUMBER = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(千万|百万|万|千|亿|k(?![a-z])|m(?![a-z]))?")
_CLAUSES = re.compile(r"[;；。\n]|(?<=[上满])[,，、]|(?<![0-9]),(?![0-9])|，|(?:\bor\b)|或者|或")
_BELOW = ("不满", "不足", "少于", "低于", "以下", "<", "below", "under", "fewer", "less")
_WITHOUT = re.compile(r"非敏感|不含敏感|一般个人信息|non-?sensitive|excluding sensitive|not sensitive", re.IGNORECASE)
_SENSITIVE = re.compile(r"敏感|sensitive", re.IGNORECASE)
_ASSESSMENT = re.compile(r"安全评估|security assessment|tier ?1", re.IGNORECASE)
_CONTRACT = re.compile(r"标准合同|认证|standard contract|certification|tier ?2", re.IGNORECASE)
_LEAST = 100

Volumes = dict[tuple[str, int], int]


def volumes(text: str, tier: int | None = None) -> Volumes:
    """Return the first number of persons of every (counter, tier) that `text` names; `tier` is its column's, if any."""
    found: Volumes = {}
    counter = "any"
    for clause in _CLAUSES.split(unicodedata.normalize("NFKC", text)):
        counter = _counter(clause) or counter
        tier = 1 if _ASSESSMENT.search(clause) else 2 if _CONTRACT.search(clause) else tier
        for number, below in _numbers(clause):
            reached = 1 if below else (tier or (2 if _is_band(clause) else 1))
            found.setdefault((counter, reached), number)
    return found


def _counter(clause: str) -> str:
    if _WITHOUT.search(clause):
        return "non_sensitive"
    return "sensitive" if _SENSITIVE.search(clause) else ""


def _numbers(clause: str) -> list[tuple[int, bool]]:
    """Return each number of persons with whether it is an upper end, which the next tier starts at."""
    numbers = []
    for match in _NUMBER.finditer(clause.lower()):
        value = int(float(match[1].replace(",", "")) * _UNITS[match[2] or ""])
        before, after = clause[max(0, match.start() - 6) : match.start()].lower(), clause[match.end() : match.end() + 4]
        below = any(word in before for word in _BELOW) or "以下" in after
        if value >= _LEAST:
            numbers.append((value, below))
    return numbers


def _is_band(clause: str) -> bool:
    return any(below for _, below in _numbers(clause))
