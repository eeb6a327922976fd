"""The class of a column under a profile: what its kind is, and for prose, what was found inside."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING

from ...recognizers.kinds import KINDS, graver
from .frame import Frame
from .names import Names
from .values import embedded_kinds

if TYPE_CHECKING:
    from ...recognizers.cells import ColumnEvidence


_OF_A_CHILD = frozenset(
    {"person_name", "gender", "birth_date", "age", "photo_avatar", "cn_resident_id", "passport", "other_id_document",
     "ethnicity_race", "education", "member_id", "pseudonymous_id", "free_text"}
)  # fmt: skip
_CHILD = re.compile("baby|child|infant|newborn", re.IGNORECASE)
_YOUNG = re.compile("student|pupil|child|baby|infant|学生|学员|幼儿|儿童|宝宝|孩子|小朋友", re.IGNORECASE)
_OTHERS = frozenset({"person", "staff", "contact", "org", "audit"})
_OWNED_ONLY = frozenset({"member_id"})  # beside a child's items the key is its parent's


def is_of_child(kind: str, said: Names, frame: Frame) -> bool:
    """Whether an item is of a young child by its words, or stands in a table of young children and is nobody else's.

    PIPL Art. 31 makes every item of a person under 14 sensitive; which rows are such a person birth dates tell, and
    where the words say so already, the column is.
    """
    if kind == "none":
        return False
    owners = [one for reading in said.readings for one in (reading.owner, reading.head) if one and one.role]
    if any(one.id == "young_child" for one in owners) or (kind == "subject_id" and _CHILD.match(said.name.text)):
        return True
    if kind not in _OF_A_CHILD:
        return False
    if "minor" not in frame:
        return False
    theirs = any(_YOUNG.search(reading.text) for reading in said.readings)
    return theirs or (kind not in _OWNED_ONLY and not any(one.role in _OTHERS for one in owners))


def class_of(kind: str, evidence: ColumnEvidence | None, frame: Frame, profile: str) -> str:
    """Return ``none``, ``personal`` or ``sensitive``.

    Prose is personal where the table is about persons; elsewhere it is what it holds.
    """
    if kind == "password_or_secret" and ("account_numbers" in frame or "lent" in frame):
        return "sensitive"  # of a financial account
    if kind != "free_text":
        return KINDS[kind].pi(profile)
    about = "none" if frame.flags.isdisjoint({"person", "patient"}) else KINDS[kind].pi(profile)
    inside = [] if evidence is None else [KINDS[found].pi(profile) for found in embedded_kinds(evidence)]
    return reduce(graver, inside, about)
