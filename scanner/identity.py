"""Identity: which kinds of column tell one natural person from another, and how far they may link rows.

==========  ==============================================================================================
strong      an identity document: two different numbers of one kind are two persons, whatever else they share
scoped      a number given by one system: as strong as a document inside its scope
weak        something a person uses and may share, lend or hand on: links until it meets two persons
composite   name and birth date together: links only rows that have nothing better
==========  ==============================================================================================

>>> STRENGTH["phone"], rank("cn_resident_id") < rank("phone")
('weak', True)
"""

from __future__ import annotations

from typing import Final

STRONG, SCOPED, WEAK, COMPOSITE = "strong", "scoped", "weak", "composite"
STRENGTHS: Final = (STRONG, SCOPED, WEAK, COMPOSITE)
NAME_BIRTH_DATE = "name_birth_date"

STRENGTH: Final[dict[str, str]] = {
    "cn_resident_id": STRONG,
    "passport": STRONG,
    "other_id_document": STRONG,
    "member_id": SCOPED,
    "subject_id": SCOPED,
    "medical_record_no": SCOPED,
    "social_security_no": SCOPED,
    "account_login_id": SCOPED,
    "pseudonymous_id": SCOPED,
    "phone": WEAK,
    "email": WEAK,
    "bank_account": WEAK,
    "payment_card": WEAK,
    "device_id": WEAK,
    "vehicle_vin": WEAK,
    "licence_plate": WEAK,
    NAME_BIRTH_DATE: COMPOSITE,
}
"""Every identity kind and its strength, the most telling first."""

_ORDER = {kind: position for position, kind in enumerate(STRENGTH)}


def rank(kind: str) -> int:
    """Return how telling a kind is: 0 is the most telling."""
    return _ORDER[kind]


def level(kind: str) -> int:
    """Return the strength of a kind as a number: 0 strong, 1 scoped, 2 weak, 3 composite."""
    return STRENGTHS.index(STRENGTH[kind])


def space_scope(kind: str, scope: str) -> str:
    """Return the scope that names a kind's space: only scoped kinds have one."""
    return scope if STRENGTH[kind] == SCOPED else ""
