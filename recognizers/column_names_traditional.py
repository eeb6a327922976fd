"""Traditional characters, and those of Japan, as the simplified ones that the lexicon is written in.

>>> simplified("建立時間"), simplified("patient_id")
('建立时间', 'patient_id')
"""

from __future__ import annotations

from functools import cache

from .data_files import read_yaml


def simplified(text: str) -> str:
    """Return a text with the characters that the lexicon has words of; others stay as they are."""
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    pairs = str(read_yaml("headers/traditional.yaml")["traditional"]["pairs"]).split()
    return {ord(pair[0]): pair[1] for pair in pairs}
