"""What speaks against a claim: words around an attribute that leave nothing of it, by the rules of `rules.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...recognizers.column_names import Reading
from ...recognizers.column_names_lexicon import Concept
from ...recognizers.data_files import read_yaml, words_of
from .frame import Frame

HEALTH = frozenset({"medication", "diagnosis", "lab_or_vital_sign", "medical_history_other"})
_FOREIGN_KEY_GROUPS = frozenset(
    {"contact", "address", "region", "purchase_bare", "medical_event", "bank", "insurance", "member_only", "tag",
     "free_text", "person_money", "person_only", "unit", "society", "geo", "spot", "track_only", "medical_document",
     "trip_point", "ip"}
)  # fmt: skip
_SOFT = frozenset({"warmth", "patient_only", "course_bare", "patient_soft", "body_part"})
_MARKED = re.compile("(?:scores?|marks|得分|分数)$", re.IGNORECASE)
_NO_FIRM_HAS = frozenset({"cn_resident_id", "passport", "face_image", "gender", "birth_date"})
_WHERE_DATES_TELL = frozenset({"health_record", "health_rich", "person", "patient", "person_key"})
_OF_A_BODY = frozenset(
    {"intrinsic", "age", "body", "height", "medical", "patient_only", "person_only", "medical_person", "body_part",
     "medical_document", "medical_event", "patient_soft"}
)  # fmt: skip
_SORTS_OF_PERSONS = frozenset(
    {"occupation_employer", "education", "religion", "ethnicity_race", "marital_status", "gender"}
)
_COST, _NO_COST = re.compile("[费款额]$"), re.compile("(?!)")
_REACHED_AT = frozenset({"phone", "email", "postal_address"})  # 电话费, 邮寄费
_STATES = frozenset({"status", "state", "type", "kind", "flag"})
ALSO_FIRMS = frozenset({"customer", "client", "driver", "policy_person", "recipient"})
OF_CARE = frozenset({"patient", "clinical", "health_record", "health_rich", "treated"})
_WITH_PERSONS = frozenset({"staff", "person_key", "order"})
_OF_THINGS_TOO = frozenset(
    {"income_assets", "financial_account_other", "insurance_account", "order_or_consumption_record", "postal_address"}
)
_SELLING = frozenset({"order", "company"})
_COUNTED = re.compile("(?:people|persons)$|人数$")
_WHETHER = re.compile("(?:have|has|with|any|no)_?[a-z]")
_FOR_CHILDREN = frozenset({"free_text", "order_or_consumption_record", "age", "medical_history_other"})
_PAPERS = frozenset({"document_word", "photo_bare", "photo"})
_SESSION = re.compile(r"(.*?)_?session_?(?:id|key|no)?$", re.IGNORECASE)
_LOGINS = frozenset({"", "user", "login", "php", "j", "web", "auth", "http", "cookie", "admin", "member"})
_ABOUT = frozenset({"person", "patient", "person_key", "health_record"})
_ENDS_OF_MANY = ("ies", "s", "y")
_LIVED_AT = frozenset({"address_person", "order_person", "person", "patient"})
_OWN_KEYED = HEALTH | {"genetic", "password_or_secret", "insurance_account"}
_THINGS = frozenset({"reference", "system"})  # fingerprints of services, files and screens
_DIGITAL = re.compile("digital|doc|file|shard|asset|browser|数字指纹|文件|文档|分片|资产|浏览器", re.IGNORECASE)
_OF_A_BODY_PART = re.compile("face|facial|iris|voice|palm|人脸|面部|虹膜|声纹|掌纹|静脉", re.IGNORECASE)
_AS_A_RULE = re.compile("default|默认|缺省", re.IGNORECASE)
_MOVED = {"aircraft": "an aircraft", "freight": "goods"}
_WHEREABOUTS = frozenset({"trajectory"})
_MEDIA = HEALTH | {"photo_avatar", "face_image", "biometric", "trajectory"}
_CODED = frozenset({"ethnicity_race", "marital_status", "gender", "religion", "education"})
_DOCUMENTS = frozenset({"face_image", "cn_resident_id", "passport", "other_id_document"})


@cache
def rules() -> dict[str, Any]:
    """Return how owner and table decide, by group of attribute, and the words of records."""
    return read_yaml("rules.yaml")


def against(reading: Reading, head: Concept, frame: Frame) -> str:
    """Why the words around an attribute leave nothing of it, or an empty string."""
    said = head.id.replace("_", " ")
    if why := _otherwise(reading, head, frame):
        return why
    if thing := _thing_of(reading, head, frame):
        return f"{said} of {thing}"
    if reading.undone and not _survives(rules()[head.group]["undone"], reading, frame):
        return f"only a type, state, count or time of {said}"
    if "locator" in reading.mods and head.kind not in _MEDIA and head.id != "social_account":
        return f"a link, not {said}"
    return f"a reference to {said}" if _is_foreign_key(head, reading) and not _is_coded(head, reading, frame) else ""


def _otherwise(reading: Reading, head: Concept, frame: Frame) -> str:
    """What pay or a secret is not: what a scheme is called, a default, the session of something."""
    if head.kind == "income_assets" and "name" in reading.mods:
        return "what a scheme of pay is called"
    if head.id == "id_document" and reading.owner is None and words_of("of_firms_too").search(reading.text):
        firms = "company" in frame and frame.flags.isdisjoint({"person", "patient", "staff"})
        return "a certificate of a firm" if firms else ""
    if head.id == "secret" and (session := _SESSION.search(reading.text)) and session[1].lower() not in _LOGINS:
        return "the session of something else than a login"
    if head.kind == "income_assets" and _AS_A_RULE.match(reading.text) and reading.owner is None:
        return "a default, which nobody is paid"
    return ""


def nobody(reading: Reading, head: Concept, frame: Frame, numeric: bool) -> str:
    """Why a role is nobody here, or an empty string: a firm, a topic, how many there are."""
    text = reading.text.lower()
    if head.id == "customer" and "firms" in frame:
        return "a customer that is a firm"
    if head.role == "patient" and text.endswith("subject") and not reading.mods and frame.flags.isdisjoint(OF_CARE):
        return "what a message, an examination or a log is about"
    if head.id == "clinician" and text.endswith("provider") and frame.flags.isdisjoint(OF_CARE | _WITH_PERSONS):
        return "who provides something else than care"
    if head.id == "young_child" and _WHETHER.match(text):
        return "whether there is any"
    return "how many they are" if numeric and _COUNTED.search(text) else ""


def is_firm(reading: Reading, head: Concept, frame: Frame) -> bool:
    """Whether a customer or owner, or who operates aircraft and premises, may be a firm."""
    if reading.mods:
        return False
    if head.id in ALSO_FIRMS:
        return not frame.flags.isdisjoint({"aircraft", "company"})
    runs = not frame.flags.isdisjoint({"registered", "company", "place"})
    return runs and words_of("also_firms").fullmatch(reading.text) is not None


def _thing_of(reading: Reading, head: Concept, frame: Frame) -> str:
    """What else than a person an attribute is of: an aircraft, goods, an animal, a file, the table itself."""
    if head.kind in _WHEREABOUTS and (moved := next((what for one, what in _MOVED.items() if one in frame), "")):
        return moved
    if head.kind == "biometric" and (not _THINGS.isdisjoint(frame.flags) or _is_of_file(reading)):
        return "a thing"
    if head.kind in _OWN_KEYED and reading.text.lower().replace("_", "") == f"{frame.own_word.removesuffix('s')}id":
        return "the table itself, whose key it is"
    if head.kind == "cn_resident_id" and "aircraft" in frame and "person" not in frame and reading.is_bare:
        return "an aircraft"
    return _row_of(reading, head, frame)


def _row_of(reading: Reading, head: Concept, frame: Frame) -> str:
    """What the rows of a table are, where an attribute of persons is theirs."""
    if head.kind == "member_id" and "firms" in frame:
        return "a firm"
    if head.kind in _SORTS_OF_PERSONS and _is_own_list(reading, frame):
        return "the list that the table is"
    if head.kind == "gender" and "reference" in frame and reading.is_bare:
        return "whom a study or a package is for"
    if shown := _entry_of(reading, head, frame):
        return shown
    of_body = head.group in _OF_A_BODY and not head.kind.endswith("_id") and not _is_persons(reading)
    return "an animal" if "animal" in frame and of_body else ""


def cost_of(kind: str) -> re.Pattern[str]:
    """What an unknown word ends in that makes money of how somebody is reached."""
    return _COST if kind in _REACHED_AT else _NO_COST


def _entry_of(reading: Reading, head: Concept, frame: Frame) -> str:
    """What an entry of a list or offer has, or the list itself: its picture, variant, state, name or price."""
    if head.kind == "photo_avatar" and "reference" in frame and "person" not in frame and reading.is_bare:
        return "an entry of a list"
    if head.kind == "genetic" and "variant" in reading.text.lower() and not frame.flags.isdisjoint(_SELLING):
        return "goods"
    if head.kind in _OF_THINGS_TOO and _is_own_state(reading, frame):
        return "the row"
    if head.kind in HEALTH and reading.text.lower() == frame.own_word and frame.flags <= {"clinical"}:
        return "the list that the table is"
    if (
        head.kind in _FOR_CHILDREN
        and reading.owner is not None
        and reading.owner.id == "young_child"
        and _is_offer(frame)
    ):
        return "what is offered for children"
    return ""


def _is_offer(frame: Frame) -> bool:
    return not frame.flags.isdisjoint({"company", "reference"}) and frame.flags.isdisjoint(
        {"person", "patient", "minor"}
    )


def _is_own_state(reading: Reading, frame: Frame) -> bool:
    """Whether a name is the table's own word and a state or sort: ``house_status`` of houses."""
    own, text = frame.own_word.removesuffix("s"), reading.text.lower().replace("_", "")
    return bool(own) and "person" not in frame and text.startswith(own) and text.removeprefix(own) in _STATES


def _is_own_list(reading: Reading, frame: Frame) -> bool:
    """Whether a table is called what a column is and nobody stands in it: ``religion`` of ``religions``."""
    own = next((frame.own_word.removesuffix(end) for end in _ENDS_OF_MANY if frame.own_word.endswith(end)), "")
    called = reading.text.lower().replace("_", "").startswith(own or frame.own_word or "\0")
    return called and frame.flags.isdisjoint(_ABOUT)


def _is_of_file(reading: Reading) -> bool:
    return _DIGITAL.search(reading.text) is not None and not _OF_A_BODY_PART.search(reading.text)


def is_image_of_document(reading: Reading, head: Concept, frame: Frame) -> bool:
    """A picture of a document, or where a document's file lies; in a table of papers, any picture or file."""
    if "papers" in frame and head.id in _PAPERS and not reading.undone:
        return head.id != "document_word" or not {"locator", "id"}.isdisjoint(reading.mods)
    if head.kind == "photo_avatar":
        return not reading.undone and any(_is_document(concept) for concept in reading.before)
    return _is_document(head) and "locator" in reading.mods and not reading.undone


def _is_no_firms(reading: Reading, head: Concept) -> bool:
    """Whether no firm has such a thing: its owner is whoever stands for the firm (商户身份证号, 供应商姓名)."""
    own = head.kind in _NO_FIRM_HAS or words_of("no_firms_name").search(reading.text) is not None
    return head.group == "intrinsic" and own


def _is_persons(reading: Reading) -> bool:
    return reading.owner is not None and reading.owner.is_person


def _is_document(concept: Concept) -> bool:
    return concept.kind in _DOCUMENTS and concept.group == "intrinsic"


def _is_coded(head: Concept, reading: Reading, frame: Frame) -> bool:
    """Whether a key of a short list is how an attribute of a person is written: ``nationID`` of a passenger."""
    if head.group == "region" and set(reading.mods) == {"id"} and not frame.flags.isdisjoint(_LIVED_AT):
        return True
    of_somebody = not frame.flags.isdisjoint({"person", "patient"})
    listed = "list" in reading.text.lower()  # a key of a list, and not of a school
    return (
        head.kind in _CODED | ({"occupation_employer"} if listed else set())
        and of_somebody
        and set(reading.mods) == {"id"}
    )


def _is_foreign_key(head: Concept, reading: Reading) -> bool:
    if reading.text.endswith("标识") and head.kind in HEALTH:
        return False  # whether it was done
    if head.kind == "lab_or_vital_sign" and words_of("what_was_measured").search(reading.text):
        return False  # says what of somebody was examined, like the key of a medicine
    counted = head.group in ("society", "purchase_bare") or head.kind in ("email", "postal_address")
    keys = {"id", "number"} if counted else {"id"}
    refers = (
        head.group in _FOREIGN_KEY_GROUPS
        or head.group == "patient_only"
        or head.kind in ("medical_history_other", "lab_or_vital_sign")
    )
    return refers and bool(keys & set(reading.mods))


def _survives(rule: str, reading: Reading, frame: Frame) -> bool:
    if rule == "track":
        return "track" in frame and "time" in reading.mods
    if rule == "typed":
        return not {"null", "time"} & set(reading.mods) and not frame.flags.isdisjoint({"person", "patient"})
    dated = "time" in reading.mods and frame.flags.isdisjoint(_WHERE_DATES_TELL)
    return rule == "keep" and (not dated or (reading.head_group == "insurance" and "patient" in frame))


def rule_of(reading: Reading, head: Concept, frame: Frame) -> dict[str, Any]:
    """Return what an attribute's owner and table make of it.

    Two words that are medical only beside a patient make one that is medical anywhere: 甲状腺检查结果. A score is of
    schooling only where nothing else is scored: a patient's state, or what nobody knows.
    """
    group = head.group
    if group in _SOFT and any(one.kind in HEALTH for one in reading.before):
        group = "medical"
    elif _is_no_firms(reading, head):
        group = "no_firm_has"
    elif head.id == "education_bare" and _MARKED.search(reading.text) and (reading.unknown or "patient" in frame):
        group = "score"
    found: dict[str, Any] = rules()[group]
    return found
