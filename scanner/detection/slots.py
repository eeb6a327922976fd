"""Columns that a system keeps free for whoever runs it: ``ud_text_1``, ``custom_field_2``, 自定义字段1.

What is in them nobody can say from their names: neither a record of care nor a person's makes them anybody's. Values
that are somebody's are still found, and a comment that names something is read.
"""

from __future__ import annotations

import re
from functools import cache

from ...recognizers.data_files import read_yaml


def is_slot(name: str, comment: str) -> bool:
    """Whether name and comment only number a free column.

    >>> is_slot("udf_date_2", ""), is_slot("UDE_NUMBER_5", "自定义字段5"), is_slot("ud_text_1", "过敏史")
    (True, True, False)
    """
    if not comment:
        return _named().fullmatch(name) is not None or _told().fullmatch(name) is not None
    return _told().fullmatch(comment.strip()) is not None and (_named().fullmatch(name) is not None or not _cased(name))


def _cased(name: str) -> bool:
    """Whether a name is made of words and not of a letter or two with a number (``zdy1``, ``f12``)."""
    return re.fullmatch(r"[A-Za-z]{1,3}_?[0-9]{1,3}", name) is None


@cache
def _named() -> re.Pattern[str]:
    return _pattern("slot_named")


@cache
def _told() -> re.Pattern[str]:
    return _pattern("slot_told")


def _pattern(part: str) -> re.Pattern[str]:
    return re.compile("|".join(read_yaml("rules.yaml")["content"][part]), re.IGNORECASE)
