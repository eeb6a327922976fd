"""What stands in our YAML files, already parsed: ``parsed.jsonl`` beside them, one line for each.

YAML is the authority and takes a third of a second to read. A line is found by the digest of the text that it was
parsed from, so that a file which was changed, here or in a copy of an edition, is simply not found and read as YAML.
`make refresh` writes the lines.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

NAME = "parsed.jsonl"
_DIGEST = slice(2, 34)
_DAY, _PAIRS = "=day", "=pairs"


def digest(*parts: bytes) -> str:
    """Return a digest of `parts`, in hexadecimal.

    >>> digest(b"a: 1") == digest(b"a: 1"), digest(b"a", b"b") == digest(b"ab")
    (True, False)
    """
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little") + part)
    return state.hexdigest()


def find(folder: object, raw: bytes) -> Any:
    """Return the document whose text is `raw`, made anew; None where no line of the folder's is of it."""
    line = _lines(str(folder)).get(digest(raw).encode())
    if line is None:
        return None
    return json.loads(line, object_hook=_unpacked if b'"=' in line else None)[2]


@lru_cache(maxsize=16)
def _lines(folder: str) -> Mapping[bytes, bytes]:
    try:
        text = Path(folder, NAME).read_bytes()
    except OSError:
        return {}
    return {line[_DIGEST]: line for line in text.splitlines() if line}


def written(folder: Path, names: Iterable[str], documents: Iterable[Any]) -> str:
    """Return the lines for `documents`, parsed from the files `names` of `folder`; ValueError for what JSON alters."""
    lines = []
    for name, document in zip(names, documents, strict=True):
        row = [digest(folder.joinpath(name).read_bytes()), name, _packed(document)]
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        if repr(json.loads(line, object_hook=_unpacked)[2]) != repr(document):
            raise ValueError(f"{name}: not the same when it is read back")
        lines.append(line + "\n")
    return "".join(lines)


def _packed(value: Any) -> Any:
    """Return `value` with days, and mappings whose keys are no words, in the form of JSON."""
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: _packed(held) for key, held in value.items()}
        return {_PAIRS: [[_packed(key), _packed(held)] for key, held in value.items()]}
    if isinstance(value, list):
        return [_packed(each) for each in value]
    return {_DAY: value.isoformat()} if type(value) is dt.date else value


def _unpacked(value: dict[str, Any]) -> Any:
    if _DAY in value:
        return dt.date.fromisoformat(value[_DAY])
    return dict(value[_PAIRS]) if _PAIRS in value else value
