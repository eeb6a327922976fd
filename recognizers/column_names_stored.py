"""The lexicon of column names as it was last made: ``data/lexicon.json``, written by `make refresh`.

Making it of its files takes a tenth of a second, reading it back a tenth of that. It carries the digest of what it was
made of, the making included; where that is another, nothing is read and the lexicon is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .data_files import data_folder, digest

if TYPE_CHECKING:
    from .column_names_lexicon import Concept, Initials, Lexicon

NAME = "lexicon.json"


def _sources(files: Iterable[str]) -> str:
    """Return the digest of the data files and of the module that makes a lexicon of them."""
    made_by = Path(__file__).with_name("column_names_lexicon.py").read_bytes()
    return digest(made_by, *(data_folder().joinpath(file).read_bytes() for file in files))


def stored(files: Iterable[str]) -> dict[str, Any] | None:
    """Return the parts of the lexicon that was made of `files` as they are now; None where it is of others."""
    try:
        found: dict[str, Any] = json.loads(data_folder().joinpath(NAME).read_bytes())
        return found if found.pop("sources") == _sources(files) else None
    except (OSError, ValueError):
        return None


def parts(found: Mapping[str, Any], concept: type[Concept], initials: type[Initials]) -> tuple[Any, ...]:
    """Return what a `Lexicon` is made of, in its order."""
    known = [concept(*row) for row in found["concepts"]]

    def table(part: str) -> dict[str, Concept]:
        listed: dict[str, Concept] = {}
        for at, forms in found[part]:
            listed.update(dict.fromkeys(forms.split(" "), known[at]))
        return listed

    words = table("words")
    pairs = {part: tuple([(word, known[at]) for word, at in found[part]]) for part in ("endings", "beginnings")}
    return (
        words,
        initials(table("alone"), table("owners"), table("attributes")),
        table("exact"),
        {letters: (concept,) for letters, concept in table("spelled").items()},
        pairs["endings"],
        pairs["beginnings"],
        found["short"],
        words | table("clinical"),
        found["longest"],
    )


def written(lexicon: Lexicon, files: Iterable[str]) -> str:
    """Return the text of ``lexicon.json``: words by the place of their concept, a line for each part."""
    places: dict[Concept, int] = {}

    def table(concepts: Mapping[str, Concept]) -> list[tuple[int, str]]:
        listed: list[tuple[int, list[str]]] = []
        for form, concept in concepts.items():
            at = places.setdefault(concept, len(places))
            if not listed or listed[-1][0] != at:
                listed.append((at, []))
            listed[-1][1].append(form)
        return [(at, " ".join(forms)) for at, forms in listed]

    clinical = {word: concept for word, concept in lexicon.clinical.items() if lexicon.words.get(word) != concept}
    found: dict[str, Any] = {
        "words": table(lexicon.words),
        "alone": table(lexicon.initials.alone),
        "owners": table(lexicon.initials.owners),
        "attributes": table(lexicon.initials.attributes),
        "exact": table(lexicon.exact),
        "spelled": table({letters: concepts[0] for letters, concepts in lexicon.spelled.items()}),
        "endings": [(word, places.setdefault(concept, len(places))) for word, concept in lexicon.endings],
        "beginnings": [(word, places.setdefault(concept, len(places))) for word, concept in lexicon.beginnings],
        "short": dict(lexicon.short),
        "clinical": table(clinical),
        "longest": lexicon.longest,
    }
    rows = {"sources": _sources(files), "concepts": [astuple(concept) for concept in places], **found}
    lines = (f'"{name}": {json.dumps(row, ensure_ascii=False, separators=(",", ":"))}' for name, row in rows.items())
    return "{" + ",\n".join(lines) + "}\n"
