"""What an occurrence of somebody's driving is made of: its sort, how grave it was, how long it lasted, its force.

A table of driving behaviour whose rows have a driver, a vehicle or a trip tells how somebody drives in each column that
says of which sort or how much. Words are those of `data/rules.yaml`, ``driving_told``, ``driven`` and ``of_driving``.
"""

from __future__ import annotations

from ...recognizers.data_files import words_of
from .claims import NOTHING, Claim
from .claims_against import HEALTH
from .frame import Frame
from .table import ColumnInput

_NOBODYS = frozenset({"aircraft", "company", "reference", "freight"})


def claim_of_driving(claim: Claim, frame: Frame, column: ColumnInput) -> Claim:
    """Claim what tells of an occurrence of driving and says itself nothing of a person."""
    if "of_driving" not in frame or not frame.flags.isdisjoint(_NOBODYS) or claim.kind not in HEALTH | {"", "none"}:
        return NOTHING
    if words_of("of_driving").fullmatch(column.name) is None:
        return NOTHING
    return Claim("driving_behaviour", "possible", column.name, "part of an occurrence of somebody's driving")
