"""Columns that a framework adds to every table it keeps (`data/headers/frameworks.yaml`): they say nothing of a row.

>>> sorted(added(["uid", "pid", "sys_language_uid", "name"]))
['pid', 'sys_language_uid', 'uid']
>>> added(["uid", "pid", "name"])
frozenset()
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from .data_files import read_yaml

_ENOUGH = 2  # marks


def added(names: Iterable[str]) -> frozenset[str]:
    """Return those of a table's column names that are of a framework that keeps the table."""
    found = {name: _plain(name) for name in names}
    own: set[str] = set()
    for alone, marks, by, columns in _frameworks():
        certain = {name for name, plain in found.items() if _is_one_of(plain, alone)}
        probable = {name for name, plain in found.items() if _is_one_of(plain, marks)}
        named = sum(_is_one_of(plain, by) for plain in found.values())
        if certain or (probable and len(probable) + named >= _ENOUGH):
            own |= certain | probable | {name for name, plain in found.items() if _is_one_of(plain, columns)}
    return frozenset(own)


def _plain(name: str) -> str:
    """A name in small letters without what parts its words; underscores before all of it stay."""
    rest = name.lstrip("_")
    return name[: len(name) - len(rest)] + "".join(filter(str.isalnum, rest)).lower()


def _is_one_of(name: str, patterns: tuple[str, ...]) -> bool:
    return any(name.startswith(one[:-1]) if one[-1] == "*" else name == one for one in patterns)


@cache
def _frameworks() -> tuple[tuple[tuple[str, ...], ...], ...]:
    rows = read_yaml("headers/frameworks.yaml").values()
    parts = ("alone", "marks", "by", "columns")
    return tuple(tuple(tuple(map(_pattern, row.get(part, ()))) for part in parts) for row in rows)


def _pattern(written: str) -> str:
    return _plain(written) + ("*" if written.endswith("*") else "")
