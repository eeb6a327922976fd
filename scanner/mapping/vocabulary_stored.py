"""The mapper's vocabulary as it was last made: ``vocabulary.json``, written by `make refresh`.

It carries the digest of its words and of the code that makes it; where that is another, it is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...field_maps.parsed import digest

if TYPE_CHECKING:
    from .vocabulary import Vocabulary

Together = Mapping[tuple[str, ...], frozenset[str]]
NAME = "vocabulary.json"
HERE = Path(__file__).parent
MODULES = ("vocabulary.py", "spelling.py", "words.py", "words_chinese.py", "words_latin.py", "words_near.py")
"""The code that makes a vocabulary, and knows which of its words mean something together."""
TABLES = ("english", "chinese", "pinyin", "initials", "codes")


@cache
def sources(modules: Sequence[str] = ()) -> str:
    """Return the digest of the words, their spelling and the code that makes a vocabulary, and of further `modules`."""
    names = [*sorted(path.name for path in HERE.glob("words*.yaml")), "spelling.yaml", *MODULES, *modules]
    return digest(*(part for name in names for part in (name.encode(), (HERE / name).read_bytes())))


def stored() -> tuple[Any, ...] | None:
    """Return what a `Vocabulary` is made of, in its order; None where what was kept is of other words."""
    found = _found()
    if found is None:
        return None
    concepts = [frozenset(each.split()) for each in found["concepts"]]
    return found["weights"], *(_table(found[name], concepts) for name in TABLES)


def stored_together() -> Together | None:
    """Return which concepts words of these concepts mean together; None where what was kept is of other words."""
    found = _found()
    return None if found is None else {tuple(words): frozenset(meant) for words, meant in found["together"]}


@cache
def _found() -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads((HERE / NAME).read_bytes())
        return found if found["sources"] == sources() else None
    except (OSError, ValueError):
        return None


def _table(lines: Sequence[tuple[int, str]], concepts: Sequence[frozenset[str]]) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for place, spellings in lines:
        table.update(dict.fromkeys(spellings.split("\t"), concepts[place]))
    return table


def written(vocabulary: Vocabulary, together: Together) -> str:
    """Return the text of ``vocabulary.json``: spellings by the place of their concepts, a line for each part."""
    tables: dict[str, Mapping[str, frozenset[str]]] = {name: getattr(vocabulary, name) for name in TABLES}
    every = dict.fromkeys(concepts for table in tables.values() for concepts in table.values())
    places = {concepts: place for place, concepts in enumerate(every)}
    found: dict[str, Any] = {
        "sources": sources(),
        "weights": vocabulary.weights,
        "concepts": [" ".join(sorted(concepts)) for concepts in places],
    }
    for name, table in tables.items():
        runs = groupby(table, lambda spelling, table=table: places[table[spelling]])  # type: ignore[misc]
        found[name] = [(place, "\t".join(spellings)) for place, spellings in runs]
    found["together"] = [(words, sorted(meant)) for words, meant in together.items()]
    lines = (f'"{name}": {json.dumps(row, ensure_ascii=False, separators=(",", ":"))}' for name, row in found.items())
    return "{" + ",\n".join(lines) + "}\n"
