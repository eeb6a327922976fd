"""What a column's name or comment says, read alone: which attribute, of whom, and whether something undoes it.

The last word that means something is the head (``emergency_contact_phone`` is a phone); the nearest role before it is
the owner (a contact: a person); grammar after the head can undo it (``phone_verified`` holds no phone). English labels
are turned round at *of* and *for* ("Date of Birth"). Nothing here knows the table: that is the scanner's part.

>>> reading = read("emergency_contact_phone")
>>> reading.head.id, reading.owner.role
('phone', 'contact')
>>> read("供应商电话").owner.role
'org'
>>> read("phone_verified").undone
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .column_names_clauses import begun, clauses, enumerates, turned
from .column_names_lexicon import Concept, lexicon
from .column_names_split import Item, split

_HEALTH = frozenset({"diagnosis", "medication", "lab_or_vital_sign", "medical_history_other"})
_RECORDS = frozenset({"info", "information", "data", "json", "detail", "details", "信息", "数据", "资料", "详情"})
_WHAT_FOR = ("用于", "便于", "以便", "为了", "方便", "防止", "避免", "供")  # and no name of what stands there
_WHETHER = frozenset({"是否", "有无", "能否"})
_TURN = frozenset({"of", "for"})
_ROMANCE = frozenset(  # of, in other languages; at the end of a name it says something else (``is_del``)
    {"de", "del", "do", "da", "du", "dos", "das", "des", "della", "dello", "di", "von"}
)
_NUMBER_OF = frozenset({"numberof", "noof", "numof"})  # how many, unless something stands before it
_AS_STORED = frozenset({"field", "norm", "normalized", "normalised"})
_QUOTED = re.compile(
    r"(['\"`])[\w -]+\1(?:\s*[,/|]\s*(['\"`])[\w -]+\2)+(?:\s*,? etc\.?)?\s*$"
)  # what the values may be
_LED = re.compile(r"([^:：,，;；(（]{1,20})[:：]([^:：,，;；。(（]{1,40})")
_HOW_NUMBERED = re.compile("(?:prefix|suffix|pad_?char|padding|format|pattern|start)(?:_?id)?$", re.IGNORECASE)
_PRICED = re.compile("(?:price|cost|fee|charge|rate|paid)s?$|[价费]|费用|金额|成本")
_SORTED_BY = frozenset({"sort", "order", "group", "filter", "search", "find", "list", "index", "partition", "split"})
_CALLED = frozenset({"name", "id", "number", "code"})
_CHANGED = re.compile(  # what a programmer noted of a change
    r"\b(?:19|20)[0-9]{6}\b.*\b(?:added|changed|modified|renamed|removed|new)\b|\b(?:TODO|FIXME)\b", re.IGNORECASE
)
_MONEY = frozenset({"income_assets", "financial_account_other", "insurance_account"})
_CARDED = frozenset({"social_security_no", "payment_card", "insurance_account"})
_PICTURED = _HEALTH | {"photo_avatar", "face_image", "biometric", "other_id_document"}
_TREATING = frozenset({"hospital", "clinic", "ward", "医院", "诊所", "病区"})
_BODILY = frozenset({"biometric", "face_image"})
_FILES = frozenset({"file", "path", "filepath", "filename", "文件", "文件路径", "路径", "文件名"})
_PERSONS_NUMBERS = frozenset({"member_id", "subject_id", "medical_record_no"})
_AROUND = frozenset(
    {"system", "event_thing"}
)  # numbers of persons there are persons' (HIS 系统患者编号, booking_user_id)
_WHOSE = frozenset(
    {"patient", "clinician", "relative", "customer", "client", "driver", "staff", "user", "passenger", "member"}
)
_THEIRS = frozenset({"contact", "intrinsic", "address", "region", "age", "geo", "secret"})
_NAMED_OR_SORTED = frozenset({"name", "typed"})
_UNDOING = frozenset({"null", "time", "typed"})
_ASPECTS = frozenset(
    {"site", "location", "region", "area", "part", "form", "product", "group", "series", "brand", "source", "model",
     "field", "label", "version", "event", "package", "batch", "lot", "plan", "activity",
     "部位", "区域", "方案", "计划", "产品", "批号", "批次"}
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """One name or comment, read. `head` None means that nothing known was said.

    `mods` are the grammar words after the head, `before` the concepts in front of it, `undone` whether the head is only
    counted, dated, typed or asked about, `drowned` whether an unknown word stands behind it, `is_record` whether
    it ends in "info" or "data", `guessed` whether the head is misspelt or glued.
    """

    text: str = ""
    head: Concept | None = None
    owner: Concept | None = None
    mods: tuple[str, ...] = ()
    before: tuple[Concept, ...] = ()
    undone: bool = False
    asked: bool = False
    drowned: bool = False
    unknown: int = 0
    owner_word: str = ""
    is_record: bool = False
    guessed: bool = False

    @property
    def head_group(self) -> str:
        """The group of the head, which says how owner and table decide."""
        return self.head.group if self.head else ""

    @property
    def is_bare(self) -> bool:
        """Whether nothing says whose the attribute is."""
        return self.owner is None


SILENT = Reading()


@lru_cache(maxsize=20000)
def read(text: str, initials: bool = False, clinical: bool = False) -> Reading:
    """Read a column name; `initials` tells that its table is written in pinyin initials, `clinical` of patients."""
    return _read_items(text, split(text, initials, clinical))


@lru_cache(maxsize=20000)
def read_comment(comment: str) -> Reading:
    """Read a comment: its first clause that says something."""
    comment = begun(comment)
    if comment[:1].isdigit() or _QUOTED.match(comment) or _CHANGED.search(comment):
        return SILENT
    if (led := _led(comment)) is not None:
        return led
    first, *others = clauses(comment)[: 1 if enumerates(comment) else 2] or [""]
    for clause in [first, *(one for one in others if not one.startswith(_WHAT_FOR))]:
        reading = _either(turned(clause))
        if reading.head is not None or reading.mods:
            return reading
    return SILENT


def _led(comment: str) -> Reading | None:
    """Read "客户：手机号", where somebody leads what is theirs; None where a comment begins otherwise."""
    if (said := _LED.match(comment)) is None:
        return None
    whose, what = read(said[1]), read(turned(said[2].strip()))
    leads = whose.head is not None and whose.head.is_person and not (whose.head.kind or whose.mods or whose.unknown)
    known = what.head is not None and what.head.is_attribute and not (what.unknown or what.undone)
    return read(f"{said[1]} {said[2].strip()}") if leads and known else None


def _either(clause: str) -> Reading:
    """Read "a/b" as a where b says nothing of a person (不良反应/事件), unless b goes on for both (诊断/检查标志)."""
    reading = read(clause)
    first, stroke, _ = clause.partition("/")
    goes_on = set(reading.mods) - {"name"} or (reading.undone and set(reading.mods) != {"name"})
    if not stroke or first.isascii() or goes_on or (reading.head and reading.head.kind):
        return reading
    other = read(first)
    return other if other.head and other.head.kind else reading


def _without_list_marks(items: tuple[Item, ...]) -> list[Item]:
    return [item for item in items if item.concept is None or item.concept.mod != "neutral"]


def _read_items(text: str, said: tuple[Item, ...]) -> Reading:
    items = _turn_names(_until_per(_without_list_marks(said)))
    is_record = bool(said) and said[-1].text in _RECORDS
    index, mods, drowned = _find_head(items)
    unknown = sum(item.concept is None for item in items)
    asked = any(item.concept and item.concept.id == "asking" for item in items[:2])
    asked |= any(item.text in _WHETHER for item in items)
    if index is None:
        return Reading(text, None, None, tuple(mods), (), bool(mods), asked, drowned, unknown)
    while (real := _real_head(items, index)) != index:
        index = real
    head = items[index].concept
    before = tuple(item.concept for item in items[:index] if item.concept and not item.concept.mod)
    owner, owner_word = _owner(items[:index], head)
    if owner is not None and owner.id in _AROUND and head is not None and head.kind in _PERSONS_NUMBERS:
        owner, owner_word = None, ""
    undone = bool(_UNDOING & set(mods)) or asked or _is_how_numbered(text, head)
    guessed = items[index].guessed
    return Reading(
        text, head, owner, tuple(mods), before, undone, asked, drowned, unknown, owner_word, is_record, guessed
    )


def _is_how_numbered(text: str, head: Concept | None) -> bool:
    """Whether a name says how numbers of persons are made (``subject_key_prefix``), and is none."""
    return head is not None and head.kind in _PERSONS_NUMBERS and _HOW_NUMBERED.search(text) is not None


def _owner(items: list[Item], head: Concept | None) -> tuple[Concept | None, str]:
    """Return whose the head is; what a hospital found or did is not the hospital's."""
    treated = head is not None and head.kind in _HEALTH
    for item in reversed(items):
        if item.concept and item.concept.role and not (treated and item.text in _TREATING):
            return item.concept, item.text
    return None, ""


def _real_head(items: list[Item], index: int) -> int:
    """A description or a web address of something is that something: ``injury_description``, 头像地址."""
    head = items[index].concept
    previous = items[index - 1].concept if index else None
    if head is None or previous is None or not previous.is_attribute:
        return index
    described = head.group == "free_text" and previous.group not in ("free_text", "account", "points")
    described &= previous.kind not in ("face_image", "photo_avatar")
    counted = head.group == "purchase_bare" and not _PRICED.search(items[index].text)
    described |= previous.kind in _HEALTH and (
        counted or head.group in ("member_only", "track_only") or head.kind == "photo_avatar"
    )
    described |= head.group == "purchase_bare" and previous.kind in _MONEY
    described |= previous.kind == head.kind == "photo_avatar" or items[index].text in _AS_STORED
    linked = head.group == "address" and previous.kind in _PICTURED
    described |= previous.kind in _BODILY and head.id == "system" and items[index].text in _FILES
    described |= previous.kind == "password_or_secret" and head.group == "free_text"
    described |= previous.id == "social_account" and head.kind == "member_id"
    described |= head.group == "card_bare" and previous.kind in _CARDED
    described |= head.id == "login" and previous.group == "bank"
    described |= head.kind == "password_or_secret" and previous.kind == "biometric"
    tested = previous.kind == "genetic" and head.kind == "lab_or_vital_sign"
    placed = previous.kind in _HEALTH | {"genetic"} and (
        items[index].text in _ASPECTS or head.group in ("person_only", "unit")
    )
    return index - 1 if described or linked or tested or placed else index


def _says_whose(first: Item, last: Item) -> bool:
    """Whether somebody stands behind what is theirs, as in Romance languages: ``tel_patient``, ``nom_medecin``."""
    attribute, owner = first.concept, last.concept
    if first.text == "id":
        return owner is not None and owner.is_person
    if attribute is None or owner is None or attribute.role or owner.id not in _WHOSE:
        return False
    theirs = attribute.group in _THEIRS or attribute.mod in _NAMED_OR_SORTED
    return theirs or (owner.role == "patient" and attribute.kind in _HEALTH)


def _calls(item: Item) -> bool:
    return item.concept is not None and item.concept.mod in _CALLED


def _turn_names(items: list[Item]) -> list[Item]:
    """Turn ``name_of_patient``, ``tel_patient`` and ``id_client`` round; keep the front of ``gender_by_face``.

    ``by`` is somebody.
    """
    if len(items) > 1 and items[-1].text == "by":
        return [Item(items[-1].text, lexicon().words["人"])]
    if len(items) > 2 and items[-2].text == "by" and _calls(items[-1]) and items[-3].text not in _SORTED_BY:
        return [Item(items[-2].text, lexicon().words["人"]), items[-1]]
    if place := _place_of_of(items):
        return items[place + 1 :] + items[:place]
    if len(items) > 1 and (_says_whose(items[0], items[-1]) or _says_whose(items[-2], items[-1])):
        return [items[-1], *items[:-1]]
    return _turned_at_link(items)


def _turned_at_link(items: list[Item]) -> list[Item]:
    """Turn what stands before *of* and *for* behind what follows; of other small words keep an attribute before."""
    for index, item in enumerate(items[1:-1], start=1):
        if item.concept and (item.concept.mod == "link" or item.text == "at"):
            if item.text in _TURN:
                return items[index + 1 :] + items[:index]
            if any(before.concept and before.concept.is_attribute for before in items[:index]):
                return items[:index]
    return [item for item in items if not (item.concept and item.concept.mod == "link")]


def _place_of_of(items: list[Item]) -> int | None:
    """Return where the last *of*, in any language, stands, if somebody or something known owns what is before it."""
    places = [place for place, item in enumerate(items[1:-1], start=1) if item.text in _ROMANCE | _NUMBER_OF]
    owner = items[-1].concept if places else None
    owned = owner is not None and owner.role and not owner.kind
    return places[-1] if owned and items[places[-1] - 1].concept is not None else None


def _until_per(items: list[Item]) -> list[Item]:
    """What stands before *per*: a limit per user is a limit."""
    cut = next((place for place, item in enumerate(items) if place and item.text == "per"), len(items))
    return items[:cut]


def _find_head(items: list[Item]) -> tuple[int | None, list[str], bool]:
    """Index of the last word that is no grammar, the grammar behind it, whether an unknown word stands behind it."""
    mods: list[str] = []
    drowned = False
    for index in range(len(items) - 1, -1, -1):
        concept = items[index].concept
        if concept is None or (drowned and len(items[index].text) == 1 and not items[index].text.isascii()):
            drowned = True  # one character in front of an unknown word is a part of it: 脾区叩诊
        elif concept.mod:
            mods.insert(0, concept.mod)
        else:
            return index, mods, drowned
    ends_unknown = bool(items) and items[-1].concept is None
    return None, mods, ends_unknown
