"""What a name or comment claims for its column once the table is known.

The rules are data (`recognizers/data/rules.yaml`): by group of attribute, what a named owner makes of it (a supplier's
phone is no person's), what the table makes of it, and what grammar behind it undoes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...recognizers.column_names import Reading
from ...recognizers.column_names_lexicon import Concept
from ...recognizers.column_names_split import is_initials, split
from ...recognizers.data_files import words_of
from ...recognizers.kinds import KINDS
from .claims_against import (
    ALSO_FIRMS,
    HEALTH,
    OF_CARE,
    against,
    cost_of,
    is_firm,
    is_image_of_document,
    nobody,
    rule_of,
)
from .frame import Frame

CERTAINTIES = ("weak", "possible", "likely", "certain")
_REFERS = frozenset({"id", "number", "code"})


@dataclass(frozen=True)
class Claim:
    """A kind (``none`` when the words speak against a person, empty when they say nothing), how certain, and why.

    `role` says whose it is (``audit`` for who created a record) or that it is ``bare`` grammar; `denied` is the kind
    that the words name only to deny it: a supplier's phone looks like a phone and is none.
    """

    kind: str = ""
    certainty: str = "weak"
    text: str = ""
    because: str = ""
    role: str = ""
    denied: str = ""

    @property
    def rank(self) -> int:
        """Place of the certainty, least first."""
        return CERTAINTIES.index(self.certainty)


NOTHING = Claim()
_SENT = frozenset({"contact", "address", "region", "intrinsic", "account"})
_CLINICAL_ONLY = frozenset({"patient_only", "course_bare", "patient_soft"})
_THINGS = frozenset({"reference", "company", "vehicle", "aircraft", "order", "track"})
_GENERAL = frozenset({"purchase_bare", "person_only"})
_DIGESTED = frozenset({"system", "product", "event_thing", "media_thing"})  # of a file, not of a phone
_FEW = 4  # letters
_OF_FAMILY = frozenset({"relative", "young_child"})
_CARDS = {"patient": "medical_record_no", "person": "member_id", "staff": "account_login_id"}
_EVENT = re.compile("(?:^|[^a-z])event(?!s)|事件", re.IGNORECASE)
_NUMBERED = frozenset({"id", "number", "code", "time", "date", "locator"})
_WHEN = re.compile("(?:creat|updat|modifi|delet)ed_?(?:at|on|date)", re.IGNORECASE)
_COUNTED = re.compile(r"[a-z]s_?(?:num|number|no)$", re.IGNORECASE)
_CALLED = frozenset({"contact", "contacts"})
_OWN_KEYS = frozenset({"id", "identifier", "unique_identifier", "label", "code"})
_NUMBERS = frozenset({"identifier", "code", "no", "number", "编号", "编码"})
_OWN_NUMBERS = {"patient": "subject_id", "person": "member_id", "staff": "account_login_id"}


def claim_of(reading: Reading, frame: Frame, numeric: bool = False) -> Claim:
    """Return what a reading claims in a table; `numeric` tells a person's number from a person's name."""
    head = reading.head
    if head is None:
        return _claim_of_grammar(reading, frame)
    if head.structural:
        return Claim("none", "likely", reading.text, f"{head.id.replace('_', ' ')} is technical")
    claim = (
        _claim_of_attribute(reading, head, frame)
        if head.is_attribute
        else _claim_of_role(reading, head, frame, numeric)
    )
    if _is_guessed(reading, claim, frame):
        return NOTHING
    ending = words_of("place_or_money") if claim.kind in HEALTH else cost_of(claim.kind)
    if reading.drowned and ending.search(reading.text):
        return Claim("none", "likely", reading.text, f"a place, money or code of {head.id.replace('_', ' ')}")
    return _less_certain(claim, reading)


def _less_certain(claim: Claim, reading: Reading) -> Claim:
    """A claim of a word that is a part of another, or that somebody misspelt."""
    if reading.guessed and claim.certainty == "certain":
        return replace(claim, certainty="likely")
    if reading.drowned and claim.kind not in ("", "none"):
        return Claim(claim.kind, "possible", claim.text, claim.because, claim.role)
    return claim


def _is_guessed(reading: Reading, claim: Claim, frame: Frame) -> bool:
    """Whether a few initials alone say something clinical (TJSJ, XY, JCH) where nothing speaks of patients."""
    clinical = claim.kind in HEALTH or claim.kind == "medical_record_no"
    return clinical and frame.flags.isdisjoint(OF_CARE) and len(reading.text) <= _FEW and is_initials(reading.text)


def _claim_of_grammar(reading: Reading, frame: Frame) -> Claim:
    """A name made of grammar alone: ``name``, ``id``, ``status``."""
    if not reading.mods or reading.unknown:
        if reading.undone and not reading.drowned:
            return Claim("none", "possible", reading.text, "only a type, state, count or time", "bare")
        return NOTHING
    if kind := _key_of_somebody(reading.text.lower(), frame):
        return Claim(kind, "likely", reading.text, "the key or number of somebody in a table of persons")
    if set(reading.mods) == {"name"}:
        return _claim_of_bare_name(reading, frame)
    return Claim("none", "likely", reading.text, "a key, type, state or time", "bare")


def _claim_of_bare_name(reading: Reading, frame: Frame) -> Claim:
    """``name`` alone: whose, the table tells."""
    if "person" in frame and "company" not in frame and "animal" not in frame:
        return Claim("person_name", "likely", reading.text, "a name in a table about persons")
    if "reached" in frame:
        return Claim("person_name", "possible", reading.text, "a name beside how somebody is reached", "reached")
    known = frame.flags & _THINGS
    denied, certainty = ("person_name", "likely") if known else ("", "possible")
    return Claim("none", certainty, reading.text, "a name in a table not known to be about persons", "bare", denied)


def _key_of_somebody(text: str, frame: Frame) -> str:
    """The kind of a table of persons' own key (of patients only) and own number."""
    if text == "id" and "login_is_id" in frame:
        return "account_login_id"  # what somebody logs in with
    if frame.said == "patient" and (text in _OWN_KEYS or text.endswith("label")):
        return "subject_id"
    return _OWN_NUMBERS.get(frame.said, "") if text in _NUMBERS else ""


def _claim_of_role(reading: Reading, head: Concept, frame: Frame, numeric: bool) -> Claim:
    """A role is the last word: ``driver_name``, ``patient_id``, ``creator``, ``supplier``."""
    said = head.id.replace("_", " ")
    if not head.is_person and head.role != "audit":
        return _claim_of_thing(reading, head, frame)
    told = reading.undone or "locator" in reading.mods or _WHEN.match(reading.text) is not None
    if told or _COUNTED.search(reading.text):
        return Claim("none", "likely", reading.text, "only a type, state, count or time")
    if why := nobody(reading, head, frame, numeric):
        return Claim("none", "likely", reading.text, why)
    if reading.drowned or _is_many(reading, head, frame):
        return NOTHING
    if is_firm(reading, head, frame):
        return Claim("none", "possible", reading.text, f"{said} may be a firm here")
    role = "audit" if head.role == "audit" else head.id
    certainty = "likely" if not reading.mods or role == "audit" else "certain"
    return Claim(_kind_of_role(reading, head, frame, numeric), certainty, reading.text, f"{said} in the name", role)


def _claim_of_thing(reading: Reading, head: Concept, frame: Frame) -> Claim:
    """A thing or an organisation is the last word: nobody, unless it is where the staff of the table work."""
    if _is_workplace(reading, head, frame):
        return Claim("occupation_employer", "possible", reading.text, "where the staff of the table work")
    if _befell(reading, frame):
        return Claim(frame.mostly, "possible", reading.text, "what befell a patient")
    denied = "pseudonymous_id" if head.id in _DIGESTED else ""
    said = head.id.replace("_", " ")
    return Claim("none", "likely", reading.text, f"about {said}, not a person", denied=denied)


def _befell(reading: Reading, frame: Frame) -> bool:
    """Whether an event is one of a patient's health: 事件 in a record of it, ``event`` where much else is of health."""
    if not _EVENT.search(reading.text) or _NUMBERED & set(reading.mods) or "log" in frame:
        return False
    return {"patient", "health_record" if "事件" in reading.text else "health_rich"} <= frame.flags


def _is_workplace(reading: Reading, head: Concept, frame: Frame) -> bool:
    """Whether a hospital or clinic is named (and not referred to) in a table of its staff."""
    if head.role != "org" or frame.said != "staff" or reading.undone or {"id", "number", "code"} & set(reading.mods):
        return False
    return "person" in frame and any(words_of("workplaces").fullmatch(item.text) for item in split(reading.text))


def _is_many(reading: Reading, head: Concept, frame: Frame) -> bool:
    """``customers`` is how many, not who; ``physicians`` of a patient are who."""
    return (
        not (head.role == "staff" and not frame.flags.isdisjoint({"patient", "clinical"}))
        and not reading.mods
        and re.search("[^s]s$|children$", reading.text.lower()) is not None
        and head.role != "contact"
    )


def _kind_of_role(reading: Reading, head: Concept, frame: Frame, numeric: bool) -> str:
    if reading.is_record:
        return "free_text"
    if head.role == "audit" and numeric:
        return "none"
    if kind := _kind_by_table(reading, head, frame):
        return kind
    if numeric and not reading.mods and head.id == "recipient" and "transferred" in frame:
        return "bank_account"  # from which number to which
    if _REFERS & set(reading.mods) or (not reading.mods and numeric):
        return "subject_id" if head.id in _OF_FAMILY and frame.said == "patient" else head.ids
    return head.names if "name" in reading.mods else head.alone


def _kind_by_table(reading: Reading, head: Concept, frame: Frame) -> str:
    """What a role is in a table of one sort only, or an empty string."""
    if head.id == "relative" and not reading.mods and frame.topic == "medical_history_other":
        return frame.topic  # what a parent had, in a history of a family
    if head.id == "client" and "health_record" in frame and "name" not in reading.mods:
        return "subject_id"  # of a clinic that says client for patient
    if head.id == "contact" and "unphoned" in frame and reading.text.lower() in _CALLED:
        return "phone"  # nothing else tells how somebody is reached
    return "subject_id" if head.id == "person" and frame.said == "patient" and "name" not in reading.mods else ""


def _claim_of_attribute(reading: Reading, head: Concept, frame: Frame) -> Claim:
    """An attribute is the last word: ``emergency_contact_phone``, ``diagnosis``."""
    if (picture := _claim_of_picture(reading, head, frame)).kind:
        return picture
    if why := against(reading, head, frame):
        return Claim("none", "likely", reading.text, why)
    said = head.id.replace("_", " ")
    owner = _real_owner(reading, frame)
    if owner is not None and _gives_to_person(owner, head):
        kind = _CARDS.get(owner.role, head.kind) if head.group == "card_bare" else head.kind
        if head.group == "account_bare" and ("bank_words" in frame or owner.id == "policy_person"):
            kind = "bank_account"
        return Claim(_moving(kind, frame), "certain", reading.text, f"{said} of {owner.id}", owner.role)
    rule = rule_of(reading, head, frame)
    if owner is not None and owner.marks == "aircraft":
        return _outcome("drop", reading, head, f"{said} of an aircraft")
    if owner is not None and owner.role in rule["owner"]:
        return _outcome(rule["owner"][owner.role], reading, head, f"{said} of {owner.id.replace('_', ' ')}")
    flag, outcome = next((f, o) for f, o in rule["tables"].items() if f == "else" or f in frame)
    if outcome == "trajectory" and head.group == "address" and words_of("lived_at").search(reading.text):
        outcome = "certain"
    if head.group == "body_part" and outcome in CERTAINTIES and frame.mostly == "diagnosis":
        outcome = frame.mostly  # what a part of the body has, among illnesses
    return _outcome(
        outcome, reading, head, said if flag == "else" else f"{said} in a table with {flag.replace('_', ' ')}"
    )


def _claim_of_picture(reading: Reading, head: Concept, frame: Frame) -> Claim:
    if is_image_of_document(reading, head, frame):
        return Claim("face_image", "certain", reading.text, "an image of a face or of an identity document")
    if head.kind == "face_image" and "name" in reading.mods:
        return Claim("person_name", "likely", reading.text, "the name that goes with a face")
    return NOTHING


def _gives_to_person(owner: Concept, head: Concept) -> bool:
    """Whether an owner alone makes the attribute a person's; shared medical words need a patient."""
    if owner.id == "addressee_prefix" and head.group not in _SENT:
        return False
    return owner.role == "patient" if head.group in _CLINICAL_ONLY else owner.is_person or owner.role == "audit"


def _real_owner(reading: Reading, frame: Frame) -> Concept | None:
    owner = reading.owner
    if owner is None or owner.is_person:
        return None if owner is not None and owner.id in ALSO_FIRMS and "firms" in frame else owner
    return None if owner.kind in HEALTH or _is_own(reading, frame) else owner


def _is_own(reading: Reading, frame: Frame) -> bool:
    """Whether the owner is the table itself (``partner_email`` in a table of partners), or a person's own unit."""
    assert reading.owner is not None
    own = reading.owner_word == frame.own_word or reading.owner.group in ("person_only", "unit")
    return own and "person" in frame


def _moving(kind: str, frame: Frame) -> str:
    return "trajectory" if kind == "precise_location" and "track" in frame else kind


def _outcome(outcome: str, reading: Reading, head: Concept, because: str) -> Claim:
    if outcome == "silent":
        return NOTHING
    if outcome == "drop":
        role = "bare" if head.group in _GENERAL and reading.is_bare else ""
        certainty = "possible" if reading.unknown else "likely"
        return Claim("none", certainty, reading.text, because + ": not a person's", role, head.kind)
    if outcome in KINDS:
        return Claim(outcome, "likely", reading.text, because)
    return Claim(head.kind, outcome, reading.text, because)
