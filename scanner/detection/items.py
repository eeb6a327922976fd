"""Numbered items of a form or scale that was filled in about somebody: ``q1_walks``, ``item_07``, 3.是否疲劳.

What is asked and found there is told in the form and not in the name: the number says that it belongs to it.
"""

from __future__ import annotations

import re

from .table import TableInput

_FEW = 3
_TOLD = re.compile(r"[0-9]{1,3}[.、．][^0-9]")
_NAMED = re.compile(
    r"(?:.*[a-z]_)?(?:q|qn|que|quest|question|item|frage|pregunta|pergunta|soal|wenti|timu)_?0?[0-9]{1,3}(?![0-9])(?![a-z]?_?id$).*",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?:cmt|cmnt|comments?|remarks?|notes?|other|specify|txt|text)$", re.IGNORECASE)


def is_item(name: str) -> bool:
    """Whether a name begins with the number of a question.

    >>> is_item("Q1FullTandem10"), is_item("phq_item_3"), is_item("qty"), is_item("item_code")
    (True, True, False, False)
    """
    return _NAMED.fullmatch(name) is not None


def is_remark(name: str) -> bool:
    """Whether an item's name says that something is written there, as in ``Q1Cmt``."""
    return _SAID.search(name) is not None


def is_told_as_item(comment: str) -> bool:
    """Whether a comment begins with the number of a question."""
    return _TOLD.match(comment) is not None


def is_questionnaire(table: TableInput) -> bool:
    """Whether several columns are numbered, by their names or their comments."""
    told = sum(is_told_as_item(column.comment) for column in table.columns)
    return max(told, sum(is_item(column.name) for column in table.columns)) >= _FEW
