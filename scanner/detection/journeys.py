"""What somebody booked to travel: where from and to, when, in which seat, at which fare.

A booking, reservation or ticket that has a seat or a fare, and a record locator, a number of a ticket or somebody who
travels, is one person's journey: also where no key of anybody stands in it. Words are those of `data/rules.yaml`,
``journey``.
"""

from __future__ import annotations

from ...recognizers.data_files import words_of
from .claims import NOTHING, Claim
from .frame import Frame
from .table import ColumnInput

_NOBODYS = frozenset({"aircraft", "company", "reference", "freight"})


def claim_of_journey(claim: Claim, frame: Frame, column: ColumnInput) -> Claim:
    """Claim what stands in a booked journey and says itself nothing of a person."""
    unsaid = claim.kind in ("", "none") or (claim.role == "reached" and words_of("of_journey").search(column.name))
    if "travelled" not in frame or not frame.flags.isdisjoint(_NOBODYS) or not unsaid:
        return NOTHING
    told = words_of("journey").search(column.name) or words_of("of_journey").search(column.name)
    said = "part of a journey that somebody booked"
    return Claim("order_or_consumption_record", "possible", column.name, said) if told else NOTHING
