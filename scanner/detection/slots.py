"""Columns that a system keeps free for whoever runs it: ``ud_text_1``, ``custom_field_2``, 自定义字段1.

What is in them nobody can say from their names: neither a record of care nor a person's makes them anybody's. Values
that are somebody's are still found, and a comment that names something is read.
"""

from __future__ import annotations

import re

from ...recognizers.data_files import words_of


def is_slot(name: str, comment: str) -> bool:
    """Whether name and comment only number a free column.

    >>> is_slot("udf_date_2", ""), is_slot("UDE_NUMBER_5", "自定义字段5"), is_slot("ud_text_1", "过敏史")
    (True, True, False)
    """
    named = words_of("slot_named").fullmatch(name)
    told = words_of("slot_told").fullmatch(comment.strip() if comment else name)
    if not comment:
        return named is not None or told is not None
    return told is not None and (named is not None or not _cased(name))


def _cased(name: str) -> bool:
    """Whether a name is made of words and not of a letter or two with a number (``zdy1``, ``f12``)."""
    return re.fullmatch(r"[A-Za-z]{1,3}_?[0-9]{1,3}", name) is None
