"""What stands beside the sensitive items of a record and is no machinery: when, of which sort, which product.

A record of somebody's care is the record whole: under GB/T 45574 all that arises in the course of care is medical and
health data, the day of a visit or the sort of an activity as well as the finding. The validity of a bank card and its
sort are part of the account. Keys, audit, states of rows, organisations, staff and money are not.
"""

from __future__ import annotations

import re

from ...recognizers.column_names import Reading
from ...recognizers.column_names_clauses import clauses
from ...recognizers.column_names_lexicon import Concept
from ...recognizers.data_files import words_of
from .claims import NOTHING, Claim
from .content import is_about_row
from .frame import Frame
from .names import Names, half_of_point
from .records import is_workflow
from .table import ColumnInput, is_numeric

_KEYS = frozenset({"id", "number"})
_HEALTH = frozenset({"medication", "diagnosis", "lab_or_vital_sign", "medical_history_other"})
_ACCOUNT = frozenset({"payment_card", "bank_account"})
_ROW_TOLD = re.compile(
    "操作|创建|添加|更新|修改|变更|录入|填表|填报|登记|作成|最终(?:更新|登录|ログイン)|导入|同步|上传|归档|打印|删除|注册|审核|审批|提交|建档|发布|推送|入库|抽取|签"
)
_NO_CONTENT = frozenset({"org", "staff", "audit", "contact", "person", "patient"})
_SORTS = frozenset({"event_thing", "product", "clinical_act", "free"})
_OTHERWISE = frozenset({"study_frame", "vehicle_state", "aircraft_parameter"})  # words that a record of care has too
_OF_NOBODY = frozenset({"reference", "animal", "system"})
_NOT_OF_TRACK = frozenset({"company", "aircraft", "reference", "place", "order", "person"})
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_STATE = re.compile("状态|stat(?:e|us)$", re.IGNORECASE)
_DEVICES = frozenset({"equipment", "product"})
_MONEY = frozenset({"purchase_bare", "purchase", "purchase_number", "invoice", "person_money", "insurance"})
_PLACES = frozenset({"address", "region", "geo", "unit", "track_only", "contact", "account", "device", "member_only"})


def claim_of_companion(claim: Claim, names: Names, frame: Frame, column: ColumnInput) -> Claim:
    """Return what a column that claims nothing is as a part of the sensitive record it stands in."""
    if (placed := _claim_of_point(claim, names, frame, column)).kind:
        return placed
    if claim.kind not in ("", "none"):
        return NOTHING
    if "account_numbers" in frame and (kind := _of_account(names)):
        return Claim(kind, "possible", names.name.text, f"what a {kind.replace('_', ' ')} is valid for, beside it")
    if frame.standard or not frame.flags.isdisjoint(_OF_NOBODY):
        return NOTHING
    if "minor" in frame and not frame.flags.isdisjoint({"person_key", "patient"}):
        return _of_a_child(claim, names, column)
    return _of_care(names, frame, column)


def _is_of_device(names: Names) -> bool:
    """Whether a column tells which device it is: its sort, name or number."""
    heads = {reading.head.id for reading in names.readings if reading.head}
    return not heads.isdisjoint(_DEVICES) or any(words_of("told_apart").search(one.text) for one in names.readings)


def _of_care(names: Names, frame: Frame, column: ColumnInput) -> Claim:
    if "worn" in frame and _is_of_device(names):
        return Claim("medical_history_other", "possible", names.name.text, "which device somebody has")
    if not {"health_record", "clinical"} <= frame.flags or not _is_part_of_care(names, column):
        return NOTHING
    return Claim(_kind_of_care(names, frame), "possible", names.name.text, "part of a record of somebody's care")


def _claim_of_point(claim: Claim, names: Names, frame: Frame, column: ColumnInput) -> Claim:
    if _is_of_point(claim, names, frame, column):
        return Claim("precise_location", "likely", names.name.text, "the place of a position beside it")
    if _is_half_of_point(claim, frame, column):
        kind = "trajectory" if "track" in frame else "precise_location"
        return Claim(kind, "likely", names.name.text, "half of a position, beside the other")
    if _is_when_there(claim, names, frame, column):
        return Claim("trajectory", "possible", names.name.text, "when somebody's vehicle or device was there")
    return NOTHING


def _is_when_there(claim: Claim, names: Names, frame: Frame, column: ColumnInput) -> bool:
    """Whether a time that says nothing more is that of a position: a track tells where somebody was and when."""
    if "track" not in frame or not frame.flags.isdisjoint(_NOT_OF_TRACK) or claim.kind not in ("", "none"):
        return False
    of_row = is_about_row(column.name) and words_of("moment").search(column.name) is None
    plain = claim.role in ("", "bare") and not of_row and not _is_of_row(column.comment)
    plain &= words_of("of_machine").search(f"{column.name} {column.comment}") is None
    return plain and any("time" in reading.mods for reading in names.readings)


def _is_of_point(claim: Claim, names: Names, frame: Frame, column: ColumnInput) -> bool:
    """Whether an address or a place's name has the front of a position (``start_address`` beside ``start_lat``)."""
    if not column.name.lower().startswith(frame.points or "\0") or frame.flags.isdisjoint({"point", "person_key"}):
        return False
    placed = claim.kind == "postal_address" or claim.denied in ("postal_address", "precise_location")
    placed |= not claim.kind and "name" in (*names.name.mods, *names.comment.mods)
    return placed and frame.flags.isdisjoint({"company", "aircraft", "reference", "track"})


def _is_half_of_point(claim: Claim, frame: Frame, column: ColumnInput) -> bool:
    """Whether an unread name is one of two that end as latitude and longitude do (``NextLat``, ``NextLong``)."""
    unread = claim.kind in ("", "none") and claim.role in ("", "bare") and not claim.denied
    halves = unread and half_of_point(column.name) in frame.points
    return halves and frame.flags.isdisjoint({"company", "aircraft", "reference", "place", "occurrence"})


def _of_a_child(claim: Claim, names: Names, column: ColumnInput) -> Claim:
    """What stands in the record of a young child and is no machinery is of the child."""
    if claim.denied == "photo_avatar":
        return Claim("photo_avatar", "possible", names.name.text, "a picture in a young child's record")
    named = "name" in (*names.name.mods, *names.comment.mods)
    if not named and not _is_part_of_care(names, column) and not _is_word_of_its_own(names, column):
        return NOTHING
    return Claim("minor_flag", "possible", names.name.text, "part of a young child's record")


def _is_word_of_its_own(names: Names, column: ColumnInput) -> bool:
    """Whether a column without comment is a word that nobody knows, and nothing about the row."""
    unknown = not column.comment and names.name.head is None and names.name.unknown > 0 and not names.name.mods
    return unknown and not is_about_row(column.name) and not column.name.lower().endswith("id")


def _of_account(names: Names) -> str:
    """The kind of account whose sort or validity a column gives."""
    for reading in names.readings:
        if reading.head is not None and reading.head.kind not in _ACCOUNT | {"", "order_or_consumption_record"}:
            return ""  # of something else, by its comment
        kinds = [one.kind for one in (*reading.before, reading.head) if one and one.kind in _ACCOUNT]
        if kinds and reading.undone and "asking" not in reading.mods and not _STATE.search(reading.text):
            return kinds[-1]
    return ""


def _is_part_of_care(names: Names, column: ColumnInput) -> bool:
    said = names.comment if names.comment.head or names.comment.mods else names.name
    if is_about_row(column.name) or _is_of_row(column.comment):
        return False
    if any(_KEYS & set(reading.mods) for reading in names.readings):
        return False
    if any(_is_elsewhere(one) for reading in names.readings for one in (*reading.before, reading.head) if one):
        return False
    if any(reading.asked and (reading.head is None or reading.head.kind not in _HEALTH) for reading in names.readings):
        return False
    declared = column.declared_type or column.type
    timed = "time" in said.mods and (said.head is not None or said.unknown > 0 or not is_numeric(declared))
    timed |= declared.lower().startswith(("date", "time"))
    told = not names.comment.text and _WORDS.match(column.comment) is not None  # words that no list has
    return timed or told or (said.head is not None and _is_content(said, said.head))


def _is_of_row(comment: str) -> bool:
    return is_workflow(comment) or any(_ROW_TOLD.search(clause) for clause in clauses(comment)[:1])


def _is_elsewhere(concept: Concept) -> bool:
    if concept.role in _NO_CONTENT or concept.group in _MONEY | _PLACES:
        return True
    return concept.structural and concept.id not in _OTHERWISE


def _is_content(reading: Reading, head: Concept) -> bool:
    if _STATE.search(reading.text):
        return False
    if head.id == "study_frame":
        return "typed" in reading.mods
    if head.id in _OTHERWISE:
        return reading.unknown > 0
    if head.id == "occupation_bare":
        return reading.text.lower().endswith("title")
    about = any(one.kind in _HEALTH for one in reading.before)
    return head.id in _SORTS or head.kind in _HEALTH or (reading.undone and about)


def _kind_of_care(names: Names, frame: Frame) -> str:
    """The kind its own words name, that of goods in a record of care, or history."""
    concepts = [one for reading in names.readings for one in (reading.head, *reading.before) if one]
    if kind := next((one.kind for one in concepts if one.kind in _HEALTH), ""):
        return kind
    if frame.topic not in _HEALTH and any(one.id == "product" for one in concepts):
        return "medication"
    return frame.topic if frame.topic in _HEALTH else "medical_history_other"
