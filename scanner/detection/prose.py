"""What longer text holds: an identifier or a diagnosis in prose makes its column free text, whatever it is called.

Every entity counts, one cell is enough to doubt a column that nobody described, and `evidence.embedded` says how many.
"""

from __future__ import annotations

import re
from math import exp

from ...recognizers.cells import ColumnEvidence, Hit
from ...recognizers.kinds import KINDS
from ...recognizers.pack import entities
from .frame import Frame
from .values import Seen, stands_out
from .weights import cap_of, weights

_ENTITY = KINDS["free_text"].entity
_SYSTEMS = frozenset({"IP_ADDRESS", "MAC_ADDRESS", "UUID", "HASHED_ID"})  # logs and versions are full of them
_NOBODY = frozenset({"reference", "company"})
_SENTENCE = 12  # characters, below which cells are names of things and no prose
_SAID_OFTEN = 0.1  # share of cells in which a word of a dictionary is more than a word


_LOCATOR = re.compile(r"(?=.*[A-Za-z])(?=.*/)[!-;=?-Z\\-z|}~]+")


def prose_in(evidence: ColumnEvidence | None, frame: Frame, described: bool) -> Seen | None:
    """Return what is found inside the longer cells of a column, or None.

    `described` tells that the words already say it is free text: then whatever is inside is reported. Otherwise words
    of a dictionary count where they are said often and not in a reference table, and addresses of files not at all.
    """
    if evidence is None or not evidence.checked:
        return None
    known = entities()
    closed = set(weights()["closed"])
    rare = {name for name in closed if evidence.hit(name).embedded < _SAID_OFTEN * evidence.checked}
    listed = bool(_NOBODY & frame.flags) or evidence.avg_length < _SENTENCE
    left = set() if described else _SYSTEMS | (closed if listed else rare)
    inside = {
        name: hit
        for name, hit in _with_whole_ones(evidence).items()
        if hit.embedded_valid and name in known and not known[name].weak and known[name].kind != "none"
    }
    inside = {name: hit for name, hit in inside.items() if name not in left}
    if not inside or (not described and _is_locators(evidence)):
        return None
    score = max(_score(name, hit, evidence) for name, hit in inside.items())
    return Seen("free_text", _ENTITY, score, Hit(embedded=_count(inside)))


def _with_whole_ones(evidence: ColumnEvidence) -> dict[str, Hit]:
    """Return the hits, those cells counted as text that are an identifier as a whole among many that are not.

    A check must confirm them or their shape be rare: some of many random numbers look like anything.
    """
    found = dict(evidence.hits)
    for name, hit in evidence.hits.items():
        entity = entities().get(name)
        few = hit.valid and hit.matched < weights()["least_share"] * evidence.checked
        if few and entity and stands_out(entity, hit, evidence):
            found[name] = Hit(embedded=hit.embedded + hit.matched, embedded_valid=hit.embedded_valid + hit.valid)
    return found


def _count(inside: dict[str, Hit]) -> int:
    """How much is inside: what stands behind a label is often recognised without it as well, and counts once."""
    labelled = {name for name in inside if entities()[name].module == "labelled_number"}
    behind = sum(inside[name].embedded for name in labelled)
    return max(behind, sum(hit.embedded for name, hit in inside.items() if name not in labelled))


def _score(name: str, hit: Hit, evidence: ColumnEvidence) -> float:
    """Few cells outweigh silence; only a share of cells with a check outweighs words that speak against a person."""
    cells = hit.embedded_valid
    few = float(weights()["inside"]) * (1 - exp(-cells))
    many = cap_of(name, weak=False) * (cells / evidence.checked) * (1 - exp(-cells / weights()["scale"]))
    return max(few, many if entities()[name].check else 0.0)


def _is_locators(evidence: ColumnEvidence) -> bool:
    """Whether the cells are addresses of files, where long numbers are names."""
    shown = [value.strip() for value in evidence.sample]
    plain = [value for value in shown if _LOCATOR.fullmatch(value)]
    return bool(shown) and len(plain) * 2 > len(shown)
