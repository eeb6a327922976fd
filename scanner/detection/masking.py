"""Masked examples: enough to recognise a column by, too little to recognise a person by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .weights import weights

if TYPE_CHECKING:
    from ...recognizers.cells import ColumnEvidence


def masked_examples(evidence: ColumnEvidence | None, kind: str, position: int = 0) -> tuple[str, ...]:
    """Return the tail of one value, at most four characters and a third of it, or nothing.

    Nothing for names, prose and whatever else is no number, nor where there are few distinct values. `position` is the
    column's place in its table: every column shows another value, so that the tails of one row never stand together.
    """
    rule = weights()["masking"]
    if evidence is None or kind not in weights()["maskable"] or evidence.distinct < rule["least_distinct"]:
        return ()
    if not evidence.sample:
        return ()
    value = sorted(evidence.sample)[(position * 37 + 11) % len(evidence.sample)].strip()
    shown = min(rule["characters"], len(value) // rule["share"])
    return (f"…{value[-shown:]}",) if shown > 1 else ()
