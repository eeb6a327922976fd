"""Which kinds a declared type can hold: a date is no phone, a flag is no name."""

from __future__ import annotations

import re

from .claims import Claim

_WHOLE = re.compile(
    r"(?<![a-z])(?:(?:tiny|small|medium|big)?int(?:eger)?[0-9]*|number|decimal|numeric|double|float)(?![a-z])",
    re.IGNORECASE,
)
_INITIAL = re.compile("init(?:ial)?s?$|minit|(?:^|_)mi$", re.IGNORECASE)
_NAMING = frozenset({"person_name", "precise_location", "phone", "email"})
_DATES = ("date", "time", "timestamp")
_DATED = frozenset(
    {"birth_date", "age", "occupation_employer", "education", "medical_history_other", "order_or_consumption_record",
     "trajectory", "insurance_account", "lab_or_vital_sign", "other_id_document", "medication", "diagnosis",
     "marital_status", "religion", "payment_card", "financial_account_other", "genetic", "minor_flag"}
)  # fmt: skip
_CODED = frozenset(
    {"gender", "marital_status", "ethnicity_race", "education", "occupation_employer", "religion", "age", "minor_flag",
     "diagnosis", "medication", "lab_or_vital_sign", "medical_history_other", "genetic", "driving_behaviour",
     "cn_resident_id", "income_assets", "insurance_account", "trajectory", "financial_account_other"}
)  # fmt: skip
_FLAGGED = frozenset(
    {"gender", "marital_status", "minor_flag", "diagnosis", "medication", "lab_or_vital_sign", "medical_history_other",
     "driving_behaviour", "genetic", "trajectory", "religion", "financial_account_other", "income_assets"}
)  # fmt: skip


def fits_type(claim: Claim, declared: str) -> bool:
    """Whether a column of a declared type can hold what is claimed."""
    if claim.kind == "person_name" and claim.role != "audit" and _WHOLE.search(declared):
        return False
    lowered = declared.lower().replace(" ", "")
    if claim.kind in _NAMING and lowered.startswith("tinyint"):
        return False
    if claim.kind in ("", "none") or (claim.kind == "person_name" and _is_initial(claim)):
        return True
    if lowered.startswith(_DATES):
        return claim.kind in _DATED and claim.role != "state"
    if lowered in ("bit(1)", "tinyint(1)", "bool", "boolean", "bit", "char(1)", "varchar(1)", "nchar(1)"):
        return claim.kind in _FLAGGED
    return True


def _is_initial(claim: Claim) -> bool:
    """Whether a single letter is what is said: a middle initial."""
    return _INITIAL.search(claim.text) is not None


def fits_codes(kind: str) -> bool:
    """Whether a column that is only a code of a few states can be of a kind."""
    return kind in _CODED or kind in ("", "none")
