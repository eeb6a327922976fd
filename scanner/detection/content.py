"""Words that tell by themselves what a column is: the parts of `content` in `data/rules.yaml`, as patterns."""

from __future__ import annotations

import re
from functools import cache

from ...recognizers.data_files import words_of

_HUMP = re.compile("(?<=[a-z])(?=[A-Z])")


def is_about_row(name: str) -> bool:
    """Whether a name speaks of when a row was written, changed, sent or printed.

    >>> is_about_row("createdAt"), is_about_row("arrival_time")
    (True, False)
    """
    return _about_row().search(_HUMP.sub("_", name)) is not None


@cache
def _about_row() -> re.Pattern[str]:
    return re.compile(f"{words_of('row_told').pattern}|(?:^|_)(?:{words_of('row_begins').pattern})", re.IGNORECASE)
