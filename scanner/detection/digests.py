"""Identifiers of persons under a digest or a cipher: ``idcard_sha256``, ``mobile_ciphertext``, 身份证信息的加密字段.

Who has the same list, or the key, knows the person again: pseudonymous, not anonymous (PIPL Art. 73).
"""

from __future__ import annotations

import re

from ...recognizers.column_names import read
from ...recognizers.data_files import words_of
from .claims import NOTHING, Claim

_HUMP = re.compile("(?<=[a-z0-9])(?=[A-Z])")
_IDENTIFYING = frozenset(
    {"phone", "email", "cn_resident_id", "passport", "other_id_document", "payment_card", "bank_account",
     "social_security_no", "medical_record_no", "device_id", "vehicle_vin", "licence_plate", "account_login_id"}
)  # fmt: skip


def claim_of_digest(claim: Claim, name: str, comment: str) -> Claim:
    """Claim a pseudonym for an identifier's word beside a digest's, or beside a cipher's where nothing else is said.

    >>> claim_of_digest(NOTHING, "idcard_sha256", "").kind, claim_of_digest(NOTHING, "file_sha256", "").kind
    ('pseudonymous_id', '')
    >>> claim_of_digest(Claim("biometric"), "passport_fingerprint", "").kind
    'pseudonymous_id'
    """
    printed = claim.kind == "biometric" and words_of("printed").search(name) is not None
    told = claim.kind not in ("", "none") and not printed
    for text in (_HUMP.sub("_", name), comment):
        rest, found = words_of("hashed" if told else "ciphered").subn("", text)
        head = read(rest.strip("_- ")).head if found and rest else None
        if head is not None and head.kind in _IDENTIFYING and (not told or head.kind == claim.kind):
            said = f"a digest or cipher of {head.id.replace('_', ' ')}"
            return Claim("pseudonymous_id", "likely", text, said)
    return NOTHING


def is_key_of_row(name: str, comment: str) -> bool:
    """Whether a token is told to be the key of a row, and is none that opens anything.

    >>> is_key_of_row("scene_token", "Foreign key. Which scene."), is_key_of_row("access_token", "Foreign key.")
    (True, False)
    """
    lower = name.lower()
    if not lower.endswith("token") or words_of("credential").search(lower):
        return False
    return words_of("token_key").match(comment) is not None
