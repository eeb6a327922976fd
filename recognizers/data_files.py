"""The recognizers' data files (`data/`): YAML, and beside it what was made of it beforehand.

``parsed.jsonl`` holds the files already parsed, a line each, found by the digest of their text; other files hold what
is made of several. YAML is the authority: what was made of another text is not found, and is made anew. `make refresh`
writes them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

PARSED = "parsed.jsonl"
_DIGEST = slice(2, 34)


def data_folder() -> Path:
    """Return the folder of the recognizers' data files."""
    return Path(__file__).parent / "data"


def read_yaml(path: str) -> dict[str, Any]:
    """Read one data file, by its path in the folder.

    >>> read_yaml("entities.yaml")["CN_MOBILE"]["kind"]
    'phone'
    """
    raw = data_folder().joinpath(path).read_bytes()
    line = _parsed().get(digest(raw).encode())
    document: dict[str, Any] = json.loads(line)[2] if line else parse(raw)
    return document


@cache
def words_of(part: str) -> re.Pattern[str]:
    """Return the words of a part of `content` in ``rules.yaml`` as one pattern, in either case.

    >>> words_of("journey").search("SEAT_NO") is not None
    True
    """
    return re.compile("|".join(read_yaml("rules.yaml")["content"][part]), re.IGNORECASE)


def parse(raw: bytes) -> dict[str, Any]:
    """Return the document of a data file's text."""
    import yaml

    document: dict[str, Any] = yaml.load(raw, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return document


def digest(*parts: bytes) -> str:
    """Return a digest of `parts`, in hexadecimal."""
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little") + part)
    return state.hexdigest()


@cache
def _parsed() -> Mapping[bytes, bytes]:
    try:
        text = data_folder().joinpath(PARSED).read_bytes()
    except OSError:
        return {}
    return {line[_DIGEST]: line for line in text.splitlines() if line}


def parsed_lines(names: Iterable[str]) -> str:
    """Return the text of ``parsed.jsonl`` for the files `names`; ValueError for a file that JSON would alter."""
    lines = []
    for name in names:
        raw = data_folder().joinpath(name).read_bytes()
        document = parse(raw)
        line = json.dumps([digest(raw), name, document], ensure_ascii=False, separators=(",", ":"))
        if repr(json.loads(line)[2]) != repr(document):
            raise ValueError(f"{name}: not the same when it is read back")
        lines.append(line + "\n")
    return "".join(lines)
