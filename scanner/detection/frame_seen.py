"""What the columns of a table say alone, counted: kinds of attributes, roles, marks of what the table is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...recognizers.column_names import Reading
from ...recognizers.data_files import words_of
from .care import NAMED
from .names import Names

HEALTH_GROUPS = ("medical", "patient_only", "warmth", "medical_person", "height", "body", "body_part", "assessment")
_OWN_WORD = frozenset({"name_part", "mnemonic", "lifestyle"})
_ALSO_PROJECTS = frozenset({"assessment", "terse_course"})  # risks, goals and measures of anything
_PLAIN_ADDRESS = frozenset({"city", "zip", "zipcode", "zip_code", "postcode", "county"})
_CALLED_AS_FIRMS = re.compile("名称|全称|简称|name$", re.IGNORECASE)
_OF_PATIENT = ("patient", "患者", "病人", "受试者")
_TAKING = frozenset({"medication_shared", "taking"})
_TELLING = frozenset(
    {"intrinsic", "account", "geo", "contact", "vehicle_id", "device", "device_bare", "age", "society"}
)
_OF_A_FACE = frozenset({"biometric", "face_image"})
_FACE = re.compile("face|facial|人脸|面部", re.IGNORECASE)
HEALTH = ("lab_or_vital_sign", "medical_history_other", "diagnosis", "medication")
_TOPIC = re.compile("(?:^|_)subject$|(?<=[a-z])Subject$", re.IGNORECASE)
_NUMBERED = frozenset({"cn_resident_id"})
_REACHED = _NUMBERED | {"phone", "email"}
KEYS = frozenset({"member_id", "subject_id", "medical_record_no"})


def commonest(seen: dict[str, int]) -> str:
    """The kind of health data that most columns have."""
    counts = {kind: sum(seen.get(f"{group}:{kind}", 0) for group in HEALTH_GROUPS) for kind in HEALTH}
    return max(HEALTH, key=lambda kind: counts[kind]) if any(counts.values()) else "medical_history_other"


def said_by(names: Sequence[Names], own: str) -> dict[str, int]:
    """Count what the columns say alone: kinds of attributes, roles and marks; `keyed` counts references to tables."""
    seen: dict[str, int] = {}
    for column in names:
        if "id" in column.name.mods and not _is_own(column, own):
            seen["keyed"] = seen.get("keyed", 0) + 1
    for column in names:
        for said in _words_of(column):
            seen[said] = seen.get(said, 0) + 1
        if words_of("visit_keys").search(column.name.text) and not _is_own(column, own):
            seen["mark:visit"] = seen.get("mark:visit", 0) + 1
    return seen


def _is_own(column: Names, own: str) -> bool:
    return column.name.text.lower() in ("id", own + "id", own + "_id")


def _words_of(column: Names) -> set[str]:
    words: set[str] = set()
    if any(one.owner is not None and one.owner.role == "audit" for one in column.readings):
        return words  # who wrote a row down, and not whom it is about
    for reading in column.readings[:1] if _is_of_tree(column) or _is_key_of_firm(column) else column.readings:
        head = reading.head
        if head is None and not reading.unknown:
            words |= {f"bare:{mod}" for mod in reading.mods}
        if head is not None and head.kind in HEALTH and head.id not in _ALSO_PROJECTS:
            words |= {"medical_word", "taking" if head.id in _TAKING else ""}
        if head is not None and reading.drowned and head.group == "medical":
            words.add("health_column")
        if head is None or reading.undone or reading.drowned:
            continue
        owner = reading.owner.role if reading.owner else ""
        if head.is_attribute and owner not in ("org", "thing"):
            words.add(f"{head.group}:{head.kind}")
            words.add(head.kind if head.group in _TELLING else "")
            words.add("health_column" if head.kind in HEALTH and head.group in HEALTH_GROUPS else "")
            words.add("owned_patient" if owner == "patient" or reading.text.lower().startswith(_OF_PATIENT) else "")
            words.add("owned_person" if reading.owner and reading.owner.is_person else "")
            words.add("bank_words" if head.group == "bank" else "")
            words.add("owned_contact" if owner == "contact" and head.kind == "person_name" else "")
            words.add("faced" if head.kind in _OF_A_FACE and _FACE.search(reading.text) else "")
            words.add("pin" if reading.text.lower() == "pin" else "")
            words.add("insured" if head.group == "insurance" or head.id == "payer_exact" else "")
            words.add("address_words" if reading.text.lower() in _PLAIN_ADDRESS else "")
        if head.is_person:
            words |= _role_words(reading)
        words |= _words_of_firm(reading, owner)
        words.add("org_word" if "org" in (head.role, owner) else "")
        words.add("priced" if head.group == "purchase_bare" else "")
        words.add("org_name" if head.role == "org" and "name" in reading.mods else "")
        if "product" in (head.id, reading.owner.id if reading.owner else ""):
            words |= {"goods", "" if reading.text.lower().startswith("item") else "wares"}  # an item may be a report's
        words.add(f"mark:{head.marks}" if head.marks else "")
        words.add(head.id if head.group in ("geo", "spot", "track_only", "vehicle_use") or head.id in _OWN_WORD else "")
    return words - {""}


def _is_of_tree(column: Names) -> bool:
    """Whether a comment says that a key is of the entry above (``pid``: 父级), whoever else goes by such a name."""
    return column.comment.head is not None and column.comment.head.id == "tree_node"


def _is_key_of_firm(column: Names) -> bool:
    """Whether a comment says that a key is a firm's (``user_id``: 供应商ID), whatever the table it refers to."""
    told, called = column.comment.head, column.name.head
    keyed = "id" in column.comment.mods and told is not None and told.role == "org"
    return keyed and called is not None and (called.role == "person" or called.kind in KEYS)


def _words_of_firm(reading: Reading, owner: str) -> set[str]:
    """What tells customers that are firms from persons: 客户名称 or a company's name, against somebody's own name."""
    head = reading.head
    assert head is not None
    named = "name" in reading.mods and _CALLED_AS_FIRMS.search(reading.text) is not None
    called = (head.id == "customer" and not reading.text.isascii()) or head.id in ("occupation_unit", "company")
    return {
        "firm_name" if named and called else "",
        "own_name" if head.id == "person_name_full" and not owner else "",
    }


def _role_words(reading: Reading) -> set[str]:
    head = reading.head
    assert head is not None
    words = {f"role:{head.role}", "clinician" if head.id == "clinician" else ""}
    if _TOPIC.search(reading.text) and not reading.mods:
        return set()  # of a message, an examination or a log
    words.add("moved" if head.id == "recipient" and not reading.mods and len(reading.before) == 0 else "")
    counted = not reading.mods and reading.text.lower().endswith("s")
    if counted and head.role == "patient":
        return set()  # how many a study is to have, and no key of one
    if head.role == "staff" and (counted or {"id", "number", "code"} & set(reading.mods)):
        words.add("unnamed_staff")  # how many they are, or a key of one
    if {"id", "number", "code"} & set(reading.mods):
        words.add(head.ids)
    elif "name" in reading.mods:
        words |= {"named_person", "named_patient" if head.role == "patient" else ""}
    elif head.alone in KEYS:
        words |= {head.alone, "keyed"}
    return words


def reach_flags(lead: str, flags: set[str], seen: dict[str, int]) -> set[str]:
    """Whether a name stands beside how somebody is reached, or beside nothing that says how."""
    if not lead and flags <= {"person_key"} and not (_NUMBERED if flags else _REACHED).isdisjoint(seen):
        return {"reached"}
    if "person" in flags:
        named = not (NAMED | {"bare:name"}).isdisjoint(seen)
        return {"unphoned"} if named and "phone" not in seen else set()
    treated = lead == "clinical" and "bare:name" in seen and "org_word" not in seen
    treated &= not {"phone", "age", "gender", "birth_date", "cn_resident_id"}.isdisjoint(seen)
    return {"reached"} if treated else set()
