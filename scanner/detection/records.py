"""What a column that says little itself is in a record of one subject: of health, of pay, of faces enrolled.

A new system always brings words that no lexicon has. Who reads its tables judges by what stands around: in a record
of a patient's care, what is not machinery (keys, audit, firms, staff, money, workflow) was found, asked or done.
"""

from __future__ import annotations

import re

from ...recognizers import column_names_standards as standards
from ...recognizers.column_names import Reading, read
from ...recognizers.column_names_clauses import clauses
from ...recognizers.column_names_split import split
from ...recognizers.data_files import words_of
from .claims import NOTHING, Claim
from .claims_against import rules
from .content import is_about_row
from .frame import Frame
from .items import is_item, is_remark, is_told_as_item
from .names import Names
from .table import ColumnInput, is_numeric

_FLAG = ("int(1)", "tinyint(1)", "bit(1)", "char(1)", "varchar(1)")
_HEALTH = frozenset({"medication", "diagnosis", "lab_or_vital_sign", "medical_history_other"})
_FOUND = frozenset({"lab_or_vital_sign", "medical_history_other"})
_MONEY = frozenset({"income_assets", "financial_account_other"})
_DATED = ("date", "time")
_BYTES = ("blob", "longblob", "mediumblob", "binary", "varbinary", "bytea", "raw", "image", "large_binary")
_DOUBTED = frozenset(
    {"equipment", "people_count", "event_thing", "media_thing", "product", "animal", "aircraft", "education_bare",
     "body_part", "bedside", "purchase"}
)  # fmt: skip
_UNSURE = frozenset({"", "none", "free_text", "education", "order_or_consumption_record"})
_NEVER_ALONE = frozenset({"status", "current", "base", "start", "stop", "is"})
_MACHINE_MODS = frozenset({"id", "number", "locator"})
_AMOUNT = re.compile("decimal|numeric|double|float|real|money", re.IGNORECASE)
_RATE = re.compile("[系指]数$|比例|比率|税率")
_MEASURED = re.compile("(?:次数|频次|频率|天数|时长|数量|程度|情况|结果|方式|评分|得分)$")
_COMPARED = re.compile(r"similarity|liveness|相似度|比对(?:分|得分|结果)|活体", re.IGNORECASE)
_QUESTION = re.compile("..是否.{6}")
_TAKEN = re.compile("snap|capture|compare|reg_|register|抓拍|注册|比对|采集|识别|现场", re.IGNORECASE)
_NUMBERS = frozenset({"num", "number"})
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORT_KEY = re.compile("[a-z]{1,3}_?(?:id|no)", re.IGNORECASE)


def claim_of_standard(name: str, said: Names, frame: Frame) -> Claim:
    """Claim by the data standard the table follows, or by the framework that keeps it."""
    if said.is_added:
        return Claim("none", "certain", name, "a column that a framework adds to every table")
    if said.is_free:
        return Claim("none", "weak", name, "a column kept free for anything: its values tell")
    kind = standards.kind_of(frame.standard, name) if frame.standard else ""
    return Claim(kind, "certain", name, f"a variable of {frame.standard.upper()}") if kind else NOTHING


def claim_of_item(names: Names, frame: Frame, column: ColumnInput) -> Claim:
    """Claim by the number of a question, in a form filled in about a patient; what is written to it is history."""
    dated = (column.declared_type or column.type).lower().startswith(_DATED)
    if "questionnaire" not in frame or "reference" in frame or dated or column.comment or not is_item(column.name):
        return NOTHING
    kind = "medical_history_other" if is_remark(column.name) else "lab_or_vital_sign"
    return Claim(kind, "likely", names.name.text, "a numbered item of a form about a patient")


def claim_of_topic(claim: Claim, names: Names, frame: Frame, column: ColumnInput) -> Claim:
    """In a table of one topic, content columns that say nothing themselves belong to the topic.

    ``days``, ``num`` or ``value`` in a table of prescriptions is part of what the patient takes.
    """
    declared, comment = column.declared_type or column.type, column.comment
    silent = claim.kind in ("", "free_text") or claim.role == "bare" or _is_content_of_itself(names.name, frame.topic)
    if "questionnaire" in frame and is_told_as_item(comment) and "reference" not in frame:
        return Claim("lab_or_vital_sign", "likely", comment[:2], "an item of a questionnaire about a patient")
    if kind := _kind_of_body(claim, names, frame, declared):
        return Claim(kind, "likely", names.name.text, f"beside {kind.replace('_', ' ')} data of a person")
    if "reference" in frame or "animal" in frame or declared.lower().startswith(_DATED):
        return NOTHING
    if silent and frame.topic in _HEALTH and "clinical" in frame and _is_content(names.name, frame.topic):
        said = f"content of a clinical table about {frame.topic.replace('_', ' ')}"
        return Claim(frame.topic, "possible", names.name.text, said)
    paid = claim.kind == "order_or_consumption_record" or words_of("pay").fullmatch(names.name.text) is not None
    if (silent or paid) and _is_pay(claim, names, frame, declared, comment):
        return Claim(frame.topic, "possible", names.name.text, "an amount on somebody's payslip or loan")
    return _claim_of_record(claim, names, frame, column)


def _kind_of_body(claim: Claim, names: Names, frame: Frame, declared: str) -> str:
    """The kind of what stands beside biometrics, or beside genes and their variants."""
    if "genetic" in frame and _is_of_variant(claim, names, declared):
        return "genetic"
    return _kind_of_biometric(claim, names, declared) if "biometric" in frame else ""


def _kind_of_biometric(claim: Claim, names: Names, declared: str) -> str:
    """Bytes beside biometrics are of the body, and a picture there is of a face."""
    compared = any(_COMPARED.search(reading.text) for reading in names.readings)
    if claim.kind in ("", "none") and (compared or declared.lower().startswith(_BYTES)):
        return "biometric"
    heads = {reading.head.id for reading in names.readings if reading.head}
    pictured = claim.denied == "photo_avatar"
    pictured |= claim.kind == "photo_avatar" and "photo_bare" in heads and any(map(_is_taken, names.readings))
    return "face_image" if pictured else ""


def _is_taken(reading: Reading) -> bool:
    return _TAKEN.search(reading.text) is not None


def _is_of_variant(claim: Claim, names: Names, declared: str) -> bool:
    """Whether a column is neither key nor date, and no firm's: where on a gene, how often, which change."""
    kept = claim.kind in ("", "none", "free_text", "insurance_account") and claim.role != "audit"
    concepts = [item.concept for reading in names.readings for item in split(reading.text) if item.concept]
    machinery = any(c.role in ("org", "staff", "audit", "person", "patient") or c.structural for c in concepts)
    said = [reading for reading in names.readings if reading.text.lower() != "ref"]
    keyed = any({"id", "time", "name"} & set(reading.mods) for reading in said)
    read_by = {item.text for one in names.readings for item in split(one.text)} & set(rules()["content"]["sequencing"])
    return kept and not machinery and not keyed and not read_by and not declared.lower().startswith(_DATED)


def _is_pay(claim: Claim, names: Names, frame: Frame, declared: str, comment: str) -> bool:
    """Whether a column is an amount that nobody knows on the payslip of a person, or any amount of a loan."""
    paid = frame.topic in _MONEY and "company" not in frame
    paid &= not frame.flags.isdisjoint({"person", "person_key", "lent"})
    told = frame.topic == "income_assets"
    alone = told and words_of("pay").fullmatch(names.name.text) is not None and not comment
    if not paid or not (alone or is_numeric(declared)) or _RATE.search(comment):
        return False
    told |= _AMOUNT.search(declared) is not None
    spent = "order_or_consumption_record" in (claim.denied, claim.kind)
    return alone or spent or (told and not claim.kind and _is_unknown(names, comment))


def _claim_of_record(claim: Claim, names: Names, frame: Frame, column: ColumnInput) -> Claim:
    """In a health record, words that are unknown, or content whose subject nobody names, are health data."""
    declared, comment = column.declared_type or column.type, column.comment
    keeps = {"health_record", "clinical"} <= frame.flags
    if keeps and not comment and (kind := _kind_of_content(claim, names.name, frame, declared)):
        return Claim(kind, "possible", names.name.text, "content of a health record")
    owners = {one.owner.id for one in names.readings if one.owner}
    kept = "treated" in frame or (frame.said == "clinical" and frame.topic == "medical_history_other")
    keeps |= kept and claim.kind == "free_text"
    urgent = "emergency_prefix" in owners  # of a case, not of a contact
    if keeps and claim.kind == "free_text" and "clinician" in owners and not _is_place_or_money(comment):
        return Claim(
            "medical_history_other", "possible", names.name.text, "what a clinician wrote of somebody's health"
        )
    if (
        keeps
        and claim.kind == "free_text"
        and (claim.role in ("", "patient") or urgent)
        and not _is_machinery(names, comment)
    ):
        return Claim("medical_history_other", "possible", names.name.text, "written in a record of somebody's health")
    if keeps and claim.kind not in _HEALTH and _is_asked(names, comment):
        return Claim("medical_history_other", "possible", names.name.text, "asked in a record of somebody's health")
    unsaid = not claim.kind or (claim.kind == "free_text" and "health_record" in frame)
    unsaid |= claim.kind == "none" and frame.topic in _HEALTH and is_numeric(declared) and _is_only_told(names, comment)
    measured = not names.comment.mods or _MEASURED.search(comment)
    unsaid |= claim.role == "bare" and bool(names.comment.unknown) and bool(measured)
    unsaid &= not _is_flag(declared) and not comment.endswith("状态")
    unsaid &= bool(comment) or not is_about_row(column.name)
    records = not frame.flags.isdisjoint({"health_record", "health_rich"})
    records |= frame.topic in _FOUND and "clinical" in frame
    if (records and unsaid and _is_unknown(names, comment)) or (keeps and _is_doubtful(claim, names, comment)):
        return Claim(_kind_of(claim, frame, declared), "possible", names.name.text, "among health data of a person")
    return NOTHING


def _kind_of_content(claim: Claim, said: Reading, frame: Frame, declared: str) -> str:
    """The kind of a column without comment that is content by its name alone, or an empty string."""
    silent = claim.kind in ("", "free_text") or claim.role == "bare"
    of_nobody = "person" not in frame
    if silent and (_is_content(said, frame.mostly) or (of_nobody and _is_named_thing(said))):
        return frame.mostly
    part = of_nobody and claim.kind in ("", "none") and _is_part(said)
    return _kind_of(claim, frame, declared) if part else ""


def _kind_of(claim: Claim, frame: Frame, declared: str) -> str:
    """The kind that the table is about; else numbers are measured, and what is asked or written is history."""
    if claim.kind == "free_text":
        return "medical_history_other"
    if frame.topic in _HEALTH:
        return frame.topic
    if _is_flag(declared) or "text" in declared.lower() or "bool" in declared.lower():
        return "medical_history_other"
    if is_numeric(declared):
        return "lab_or_vital_sign"
    return frame.mostly if frame.mostly == "lab_or_vital_sign" else "medical_history_other"


def is_workflow(comment: str) -> bool:
    """Whether a comment's first clause ends in a place or in money, or speaks of how the record is handled."""
    return _is_place_or_money(comment)


def _is_flag(declared: str) -> bool:
    return declared.lower().replace(" ", "") in _FLAG


def _is_doubtful(claim: Claim, names: Names, comment: str) -> bool:
    """Whether a word that is known may be a part of one that is not: 器械 in 器械助产, ``mode`` in ``vent_mode``."""
    first = clauses(comment)[:1]
    said = read(first[0]) if first else names.name
    if not said.unknown or "time" in said.mods or claim.kind not in _UNSURE:
        return False
    return _is_weak(said) and not _is_machinery(names, comment)


def _is_weak(said: Reading) -> bool:
    head = said.head
    if head is None or (head.role == "patient" and said.drowned):
        return True
    return head.id in _DOUBTED or head.group in _DOUBTED


def _is_machinery(names: Names, comment: str) -> bool:
    """Whether a name or comment speaks of keys, audit, firms, staff, places, money or workflow."""
    if not comment and (_SHORT_KEY.fullmatch(names.name.text) or is_about_row(names.name.text)):
        return True
    items = [item for reading in names.readings for item in split(reading.text)]
    concepts = [item.concept for item in items if item.concept]
    technical = any(c.structural or c.role in ("org", "staff", "audit") or c.id == "system" for c in concepts)
    keyed = any(_MACHINE_MODS & set(reading.mods) for reading in names.readings)
    never = {item.text for item in items} & (set(rules()["content"]["never"]) - _NEVER_ALONE)
    return technical or keyed or bool(never) or _is_place_or_money(comment)


def _is_place_or_money(comment: str) -> bool:
    return any(
        words_of("place_or_money").search(clause) or words_of("workflow").search(clause)
        for clause in clauses(comment)[:1]
    )


def _is_asked(names: Names, comment: str) -> bool:
    """Whether a comment asks a question of more words than one: 疫情期间是否去过疫区, and no flag of a row."""
    if _QUESTION.search(comment):
        return words_of("workflow").search(comment) is None
    return names.comment.asked and names.comment.unknown > 0 and not _is_machinery(names, comment)


def _is_only_told(names: Names, comment: str) -> bool:
    """Whether a comment has words that no list has, so that the name may be a thing of another field (``oil``: 油)."""
    return not names.comment.text and _HAN.match(comment) is not None


def _is_unknown(names: Names, comment: str) -> bool:
    """Whether the words are ones we do not know, and not only the machinery of a table."""
    if _is_only_told(names, comment) and not _is_place_or_money(comment):
        return not any("id" in reading.mods for reading in names.readings)
    words = {item.text for reading in names.readings for item in split(reading.text)}
    words -= {"is"} if names.comment.unknown else set()
    unknown = any(reading.unknown for reading in names.readings)
    unknown &= bool(comment) or not _SHORT_KEY.fullmatch(names.name.text)
    return unknown and not _is_place_or_money(comment) and not words & set(rules()["content"]["never"])


def _is_part(said: Reading) -> bool:
    """Whether a name ends in a word that is a part of an illness or its care, and is no number or time."""
    items = split(said.text)
    ends = bool(items) and items[-1].text in rules()["content"]["care"] and not _SHORT_KEY.fullmatch(said.text)
    owned = any(
        item.concept and item.concept.role in ("org", "staff", "audit", "person", "contact") for item in items[:-1]
    )
    return ends and not owned and not {"id", "time", "number"} & set(said.mods)


def _is_content_of_itself(said: Reading, topic: str) -> bool:
    """Whether a name is a word of programs elsewhere and of this topic's records here (``method`` of taking)."""
    of_program = said.head is not None and said.head.id == "system"
    return of_program and said.text.lower() in rules()["content"].get(topic, [])


def _is_named_thing(said: Reading) -> bool:
    """Whether a name is the name or code of something that nobody knows (``OB_ITM_NM``)."""
    return (
        said.head is None and said.unknown > 0 and "name" in said.mods and not {"id", "time", "null"} & set(said.mods)
    )


def _is_content(reading: Reading, topic: str) -> bool:
    words = {item.text for item in split(reading.text)}
    content = words & {*rules()["content"].get(topic, []), *rules()["content"]["any"]}
    if reading.unknown and content <= _NUMBERS:
        return False  # the number of something that nobody knows
    return bool(content) and not words & set(rules()["content"]["never"])
