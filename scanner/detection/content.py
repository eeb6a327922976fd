"""Words that tell by themselves what a column is: the parts of `content` in `data/rules.yaml`, as patterns."""

from __future__ import annotations

import re
from functools import cache

from ...recognizers.data_files import read_yaml


@cache
def words_of(part: str) -> re.Pattern[str]:
    """Return the words of a part as one pattern, in either case.

    >>> words_of("journey").search("SEAT_NO") is not None
    True
    """
    return re.compile("|".join(read_yaml("rules.yaml")["content"][part]), re.IGNORECASE)
