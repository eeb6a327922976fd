"""Which trade a table is kept in: by words that no row of the list goes by, and that still say whose business it is.

*Boarding gate* and *frequent flyer* are on no list, and a table that has them is an airline's; *payroll* and *resume*
are the words of a trade that no sector of the list covers. The words stand in `trades.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ...field_maps.yaml_files import shipped

LONGEST_LATIN, LONGEST_CHINESE = 3, 6
LOUD = 1.2
"""How loud columns are of which all speak of one trade; no louder than one."""
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
Shares = Mapping[str, float]


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """Return for each word the trades that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for trade, entry in shipped(__package__, "trades.yaml").items():
        for word in (*entry.get("en", ()), *entry.get("zh", ())):
            known = found.get(word, ())
            found[word] = known if trade in known else (*known, trade)
    return found


@lru_cache(maxsize=1)
def trades() -> tuple[str, ...]:
    """Return every trade the vocabulary knows: the list's sectors and others."""
    return tuple(shipped(__package__, "trades.yaml"))


@lru_cache(maxsize=65536)
def spoken(text: str) -> Shares:
    """Return how loudly `text` speaks of each trade, in [0, 1]; a word that several trades have says less.

    >>> dict(spoken("frequent_flyer_no")), dict(spoken("工资明细")), dict(spoken("remark"))
    ({'aircraft-maintenance': 1.0}, {'people': 1.0}, {})
    """
    heard: dict[str, float] = {}
    known, latin = _words(), []
    for run in [*_RUNS.findall(text), "\u4e00"]:
        if run.isascii():
            latin.append(run.lower())
            continue
        for word in (*_latin(latin), *_chinese(run)):
            for trade in known[word]:
                heard[trade] = max(heard.get(trade, 0.0), 1.0 / len(known[word]))
        latin = []
    return heard


def _latin(parts: Sequence[str]) -> list[str]:
    known, found, at = _words(), [], 0
    while at < len(parts):
        for length in range(min(LONGEST_LATIN, len(parts) - at), 0, -1):
            word = " ".join(parts[at : at + length])
            spelling = word if word in known else word.removesuffix("s")
            if spelling in known:
                found.append(spelling)
                at += length
                break
        else:
            at += 1
    return found


def _chinese(run: str) -> list[str]:
    known, found, at = _words(), [], 0
    while at < len(run):
        for length in range(min(LONGEST_CHINESE, len(run) - at), 0, -1):
            if run[at : at + length] in known:
                found.append(run[at : at + length])
                at += length
                break
        else:
            at += 1
    return found


def of_table(name: str, comment: str) -> Shares:
    """Return how loudly a table's name and comment speak of each trade."""
    return {trade: max(each.get(trade, 0.0) for each in (spoken(name), spoken(comment))) for trade in trades()}


def of_columns(columns: Sequence[tuple[str, str]]) -> Shares:
    """Return how loudly `columns`, name and comment, speak of each trade: a fifth of them half as loudly as all."""
    total = dict.fromkeys(trades(), 0.0)
    for name, comment in columns:
        heard = (spoken(name), spoken(comment))
        for trade in total:
            total[trade] += max(each.get(trade, 0.0) for each in heard)
    return {trade: min(1.0, LOUD * (said / max(1, len(columns))) ** 0.5) for trade, said in total.items()}


def loudness(table: tuple[str, str], columns: Sequence[tuple[str, str]]) -> Shares:
    """Return how loudly a table, by name and comment or by its columns, speaks of each trade."""
    by_table, by_columns = of_table(*table), of_columns(columns)
    return {trade: max(by_table[trade], by_columns[trade]) for trade in trades()}
