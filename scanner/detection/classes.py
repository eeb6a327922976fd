"""The class of a column under a profile: what its kind is, and for prose, what was found inside."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from ...recognizers.kinds import KINDS, graver
from .frame import Frame
from .values import embedded_kinds

if TYPE_CHECKING:
    from ...recognizers.cells import ColumnEvidence


def class_of(kind: str, evidence: ColumnEvidence | None, frame: Frame, profile: str) -> str:
    """Return ``none``, ``personal`` or ``sensitive``.

    Prose is personal where the table is about persons; elsewhere it is what it holds.
    """
    if kind != "free_text":
        return KINDS[kind].pi(profile)
    about_persons = not frame.flags.isdisjoint({"person", "patient"})
    inside = [] if evidence is None else [KINDS[found].pi(profile) for found in embedded_kinds(evidence)]
    return reduce(graver, inside, KINDS[kind].pi(profile) if about_persons else "none")
