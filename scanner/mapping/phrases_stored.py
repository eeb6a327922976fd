"""What the rows of the shipped list say, as it was last read: ``phrases.json``, written by `make refresh`.

Reading fourteen thousand names takes half a second. What is kept carries two digests: of the rows, and of the words and
the code that they were read by. Where either is another, as for a list of one's own, the rows are read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby
from typing import Any

import numpy as np

from ...field_maps.parsed import digest
from .index import Phrases, Postings
from .vocabulary_stored import HERE, sources

NAME = "phrases.json"
MODULES = ("phrases.py", "row_names.py")
"""The code that reads rows, besides that which makes the vocabulary."""


def stored(fields: Sequence[Any]) -> Phrases | None:
    """Return what was kept for `fields`; None where it is of others."""
    try:
        found = json.loads((HERE / NAME).read_bytes())
        if found["of"] != _of(fields) or found["sources"] != sources(MODULES):
            return None
    except (OSError, ValueError):
        return None
    return Phrases(
        starts=np.array(found["starts"]),
        totals=np.array(found["weights"])[found["totals"]],
        concepts=_postings(found["concepts"]),
        unknown=_postings(found["unknown"]),
        exact=_rows(found["exact"]),
        roles=tuple([frozenset(said.split()) for said in found["roles"]]),
        speaks=tuple([frozenset(said.split()) for said in found["speaks"]]),
    )


def written(fields: Sequence[Any], phrases: Phrases) -> str:
    """Return the text of ``phrases.json``: a line for each part."""
    totals = phrases.totals.tolist()
    weights = {total: place for place, total in enumerate(dict.fromkeys(totals))}
    found: dict[str, Any] = {
        "of": _of(fields),
        "sources": sources(MODULES),
        "starts": phrases.starts.tolist(),
        "weights": list(weights),
        "totals": [weights[total] for total in totals],
        "concepts": _columns(phrases.concepts, sorted(phrases.concepts)),
        "unknown": _columns(phrases.unknown, [*phrases.unknown]),
        "exact": [(rows, " ".join(names)) for rows, names in groupby(phrases.exact, lambda name: phrases.exact[name])],
        "roles": [" ".join(sorted(said)) for said in phrases.roles],
        "speaks": [" ".join(sorted(said)) for said in phrases.speaks],
    }
    lines = (f'"{name}": {json.dumps(row, ensure_ascii=False, separators=(",", ":"))}' for name, row in found.items())
    return "{" + ",\n".join(lines) + "}\n"


def _of(fields: Sequence[Any]) -> str:
    """Return a digest of what is read of the rows."""
    texts = ((f.sector, f.scenario, f.name_zh, f.name_en, f.definition, *f.aliases) for f in fields)
    return digest(*("\0".join(each).encode() for each in texts))


def _columns(table: Mapping[str, Postings], names: Sequence[str]) -> dict[str, Any]:
    """Return postings as columns: a weight for each name, or for each of its phrases where they differ."""
    each = [table[name].weights.tolist() for name in names]
    return {
        "names": "\t".join(names),
        "sizes": [len(weights) for weights in each],
        "weights": [weights[0] if len(set(weights)) == 1 else weights for weights in each],
        "at": [place for name in names for place in table[name].at.tolist()],
    }


def _postings(columns: Mapping[str, Any]) -> dict[str, Postings]:
    sizes, says, places = columns["sizes"], columns["weights"], np.array(columns["at"], np.intp)
    if list in map(type, says):
        weights = np.concatenate([np.full(size, weight) for size, weight in zip(sizes, says, strict=True)])
    else:
        weights = np.repeat(says, sizes)
    ends = [*accumulate(sizes)]
    bounds = zip(columns["names"].split("\t"), [0, *ends], ends, strict=False)
    return {name: Postings(places[start:end], weights[start:end]) for name, start, end in bounds}


def _rows(lines: Sequence[tuple[list[int], str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for rows, names in lines:
        found.update(dict.fromkeys(names.split(" "), tuple(rows)))
    return found
