"""What a key or number is by its name, type or length: of the table's own row, of another table, of a resident."""

from __future__ import annotations

import re

from .care import PERSONS
from .claims import NOTHING, Claim
from .claims_against import HEALTH
from .digests import is_key_of_row
from .frame import Frame
from .names import Names
from .table import ColumnInput, is_key, is_numeric

_KEY_ENDS = ("标识", "主键", "序号", "项编号")
_OWN_RECORD = HEALTH | {"genetic", "insurance_account"}
_PERSONS_KEYS = frozenset({"member_id", "subject_id", "account_login_id"})
_EIGHTEEN = re.compile(r"n?(?:var)?char2?\s*\(18(?: char| byte)?\)", re.IGNORECASE)
_ONE_MORE = 2  # unknown words
_AMOUNTS = frozenset({"income_assets", "insurance_account"})
_KEYED = frozenset({"order_or_consumption_record", "vehicle_vin"})
_FOREIGN = re.compile("外键|关联[^，。]{0,16}(?:主键|表)|foreign key|(?<![a-z])fk(?![a-z])", re.IGNORECASE)
_SMALL = re.compile("(?:small|medium|tiny)?int(?:eger)?(?![a-z0-9])|serial", re.IGNORECASE)
_UNITS = frozenset({"education", "occupation_employer"})
_MEASURED = re.compile(r"(?:[_\W]|(?<=[a-z]))units?$|单位$", re.IGNORECASE)


def _is_own(name: str, frame: Frame) -> bool:
    """Whether a key has the last word of its table's name (``CarID`` of ``Cars``)."""
    return name.lower().replace("_", "") == f"{frame.own_word.removesuffix('s')}id"


def _is_own_row(name: str, claim: Claim, frame: Frame) -> bool:
    """Whether a key has the whole name of its table (``doctorAdviceId``), and rows are no persons."""
    if not frame.own_keys & {name.lower().replace("_", "")}:
        return False
    bought = claim.kind == "order_or_consumption_record" and "clinical" in frame
    return claim.kind in _OWN_RECORD or bought or (claim.kind in _PERSONS_KEYS and frame.said not in PERSONS)


def claim_of_key(claim: Claim, said: Names, column: ColumnInput, declared: str, frame: Frame) -> Claim:
    """What a number is that is only a key: of the table itself or another, of a resident, of a school or department."""
    name = column.name
    if reason := _is_no_more_than(claim, column):
        return Claim("none", "likely", claim.text, reason)
    if (number := _claim_of_number(claim, said, column, declared, frame)).kind:
        return number
    numbered = claim.kind in _KEYED and (name.lower() == "id" or (is_key(declared) and _is_own(name, frame)))
    if numbered or _is_own_row(name, claim, frame):
        return Claim("none", "likely", claim.text, "the key of the table itself", "bare")
    if claim.kind == "cn_resident_id" and _SMALL.match(declared) and said.name.text.lower().startswith("resident"):
        return Claim("member_id", "likely", claim.text, "a resident's key: the type holds no resident number")
    heads = {
        reading.head.group if reading.head.kind != "education" else "unit" for reading in said.readings if reading.head
    }
    if (
        "unit" in heads
        and claim.kind in _UNITS
        and "id" in said.name.mods
        and is_numeric(declared)
        and "list" not in name.lower()
    ):
        return Claim("none", "likely", claim.text, "the key of a school or department")
    return NOTHING


def _is_no_more_than(claim: Claim, column: ColumnInput) -> str:
    """Return what a column only is by its name or comment, where it sounds like a finding or a secret."""
    if claim.kind == "lab_or_vital_sign" and _MEASURED.search(claim.text):
        return "the unit that is measured in"
    if claim.kind == "password_or_secret" and is_key_of_row(column.name, column.comment):
        return "the key of a row, by its comment"
    return ""


def _claim_of_number(claim: Claim, said: Names, column: ColumnInput, declared: str, frame: Frame) -> Claim:
    """What a key is by its length or type: a resident number, or the key of an insurance or of a template of a face."""
    if _EIGHTEEN.fullmatch(declared) and _is_of_resident(claim, said, frame):
        return Claim("cn_resident_id", "likely", column.name, "a key of 18 characters of somebody")
    if claim.kind == "biometric" and is_numeric(declared) and said.name.text.lower().endswith("id"):
        return Claim("none", "likely", claim.text, "a number holds no feature of a body")
    if claim.kind == "insurance_account" and is_numeric(declared) and said.name.text.lower().endswith("id"):
        return Claim("none", "likely", claim.text, "the key of an insurance")
    if claim.kind in HEALTH and is_numeric(declared) and _is_foreign(said, column.comment):
        return Claim("none", "likely", claim.text, "the key of a row of another table")
    if claim.kind in _AMOUNTS and "id" in said.name.mods and is_numeric(declared):
        return Claim("none", "likely", claim.text, "the key of a row that has it")
    return NOTHING


def _is_of_resident(claim: Claim, said: Names, frame: Frame) -> bool:
    """Whether a key has the length of a resident number and is of a person: their own, or of whom an order is for."""
    of_somebody = not frame.flags.isdisjoint({"person", "patient", "order", "person_key"})
    own = said.name.head is None and "id" in said.name.mods and said.name.unknown < _ONE_MORE
    kept = claim.kind in ("", "none") and claim.role in ("", "bare") and not said.comment.text
    keyed = claim.kind in ("member_id", "subject_id") and said.name.text.lower().endswith("id")
    return of_somebody and ((own and kept) or keyed)


def _is_foreign(said: Names, comment: str) -> bool:
    """Whether a comment says that a number is the key of another table, or the name ends in what only keys end in."""
    marked = said.name.text.lower().endswith("id") and comment.partition(";")[0].endswith(_KEY_ENDS)
    return marked or _FOREIGN.search(comment) is not None
