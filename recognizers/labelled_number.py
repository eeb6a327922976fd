"""Numbers that only their label tells: cards of the army and the police, records of patients, accounts, secrets.

Eight digits may be anything; eight digits behind 台胞证 are a permit. In prose the label stands before the number,
at times with 号, 号码 or 编号, 为 or 是, a colon or a space between. In a table the header is the label.

Source: the names and forms of the documents, from general knowledge.

>>> validate("住院号：00123456"), validate("QQ号903013545")
('00123456', '903013545')
>>> is_valid("00123456")
False
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial
from typing import NamedTuple

from .cells_block import DIGIT, Block
from .cells_face import Face, Match
from .cells_labelled import Reader
from .errors import InvalidFormat
from .presidio_form import Form, passes


class Label(NamedTuple):
    """Words before a number, in Chinese and English (as regular expressions), and how the number behind them looks."""

    entity: str
    chinese: str
    english: str
    number: str


_CODE = r"(?=[A-Z_-]*[0-9])[A-Z0-9][A-Z0-9_-]{3,23}"
_SERIAL = r"[军軍兵士文武政后装参南北沈兰济广成海空]字第[0-9]{6,8}[号號]"
_ACCOUNT = r"[0-9](?:[ -]?[0-9]){8,29}"
_IDENTITY = r"[0-9]{17}[0-9X]|[0-9]{15}|[0-9]{6}\*{4,10}[0-9]{3}[0-9X]|[A-Z]{1,2}[0-9]{7,10}"
LABELS = (
    Label(
        "CN_ID_DOCUMENT",
        "身份[证證]件?|身分證|公民身份|[证證]件",
        "id card|identity card|national id|id number",
        _IDENTITY,
    ),
    Label(
        "CN_ID_DOCUMENT",
        "台胞[证證]|台湾居民来往大陆通行证|[台臺]灣居民來往大陸通行證",
        "",
        r"[0-9]{10}\([0-9A-Z]\)|[0-9]{10}[A-Z]?|[0-9]{8}",
    ),
    Label(
        "CN_ID_DOCUMENT",
        "军官证|士兵证|文职干部证|军人证|军官退休证|武警证|警官证|人民警察证|警号",
        "military id|police id",
        rf"{_SERIAL}|[0-9]{{6,8}}",
    ),
    Label("CN_ID_DOCUMENT", "驾驶证档案|驾照档案|驾驶证", "driving licen[cs]e|driver'?s licen[cs]e", r"[0-9]{12}"),
    Label("CN_PASSPORT", "护照|護照", "passport", r"(?=[A-Z]{0,3}[0-9])[A-Z0-9]{2}[0-9]{4,7}[0-9A-Z]"),
    Label(
        "CN_SOCIAL_SECURITY",
        "社保卡?|社会保障卡?|社会保险|医保卡?|医疗保险卡?|健保卡?|勞保",
        "social security|medical insurance",
        r"[A-Z]?[0-9]{8,18}",
    ),
    Label("ACCOUNT_LOGIN", "QQ", "qq", r"[1-9][0-9]{4,10}"),
    Label("ACCOUNT_LOGIN", "微信", "wechat", r"(?=[A-Z-]*[0-9_])[A-Z][A-Z0-9_-]{5,19}"),
    Label("ACCOUNT_LOGIN", "openid|unionid", "openid|unionid", r"o[A-Z0-9_-]{27,28}"),
    Label(
        "ACCOUNT_LOGIN",
        "登录名|用户名|登录账号|登入帳號|使用者名稱",
        "username|user name|login",
        r"(?=[A-Z.-]*[0-9_])[A-Z][A-Z0-9_.-]{2,30}",
    ),
    Label("ACCOUNT_LOGIN", "工[号號]|[员員]工", "employee|staff", _CODE),
    Label(
        "CN_BANK_ACCOUNT",
        "银行账[号户]|开户账[号户]|对公账[号户]|收款账[号户]|账号|銀行[帳賬][號戶]|收款[帳賬][號戶]|[帳賬]號",
        "bank account|account",
        _ACCOUNT,
    ),
    Label("CN_BANK_ACCOUNT", "银行卡|信用卡|储蓄卡|銀行卡|金融卡|卡", "credit card|debit card|card", _ACCOUNT),
    Label(
        "LABELLED_PHONE",
        "电话|手机|座机|联系方式|联系电话|電話|手機|聯絡方式|聯[絡繫]電話",
        "phone|mobile|telephone|tel|cell",
        r"(?:\+?[0-9]{2,4}[ -])?\(?[0-9]{2,4}\)?(?:[ -]?[0-9]{3,4}){1,3}|[0-9]{7,12}",
    ),
    Label(
        "MEDICAL_RECORD_NO",
        "病历|病案|住院|门诊|就诊卡?|诊疗卡|检验|影像|病理|登记|标本|样本|处方|挂号|床位?|病歷|門診|就診卡?|檢驗|標本|處方|掛號",
        "medical record|patient|inpatient|admission|accession|encounter|chart|hospital|specimen|visit",
        _CODE,
    ),
    Label("MEDICAL_RECORD_NO", "", "mrn", _CODE),
    Label("SUBJECT_ID", "受[试試]者|筛选|随机|入组|篩選|隨機", "subject|screening|randomi[sz]ation", _CODE),
    Label(
        "MEMBER_ID",
        "会员卡?|积分卡|里程卡|常旅客卡?|客户|會員卡?|客戶",
        "member|membership|loyalty|customer|frequent flyer",
        _CODE,
    ),
    Label("INSURANCE_POLICY", "保单|投保单|保险单|保單|保險單", "policy", _CODE),
    Label(
        "SECRET",
        "密[码碼]|口令",
        "password|passwd|pwd",
        r"[0-9A-Z!@#$%^&*_+?~-][0-9A-Z!@#$%^&*_+?~.-]{2,62}[0-9A-Z!@#$%^&*_+?~-]",
    ),
)
# Between label and number; a bare word that is no document's own name (住院, 随机) must say that a number follows.
_JOINT = r"[\"'”’』」】)\]]?[:=\s]{0,3}[\"'“‘「『【〔(\[<《/|]?"  # quoted, in brackets, as a field of JSON
_NUMBERED = rf"(?:字?[号號][码碼]?|[编編][号號]|[码碼])(?:[为為]|是)?{_JOINT}"
_SAID = rf"(?:字?[号號][码碼]?|[编編][号號]|[码碼])?(?:[为為]|是)?{_JOINT}"
_IS = r"(?: on file| on record)?(?: is)?"
_QUOTE = r"[\"'(\[<]?"
_ENGLISH = rf"(?:[ _-]?(?:number|no\.?|id|#))?{_IS}[\"']?[:#=\s]{{1,3}}{_QUOTE}"
_ENGLISH_NUMBERED = rf"(?:[ _-]?(?:number|no\.?|id|#){_IS}[\"']?[:#=\s]{{1,3}}{_QUOTE}|[\"']?\s?[:#=]\s{{0,2}}{_QUOTE})"
_BARE = frozenset({"MEDICAL_RECORD_NO", "SUBJECT_ID", "MEMBER_ID", "INSURANCE_POLICY"})


def _before(label: Label) -> str:
    """What stands before the number: the label, and what says that a number follows."""
    if label.entity == "SECRET":
        chinese = rf"(?:{label.chinese})[\"'”]?(?:[为為是][:\s]?|[:=]\s?)?"
        said = rf"{chinese}[\"'“‘「『【〔(\[]|{chinese}(?<=[为為是:=\s])"
        return rf"{said}|(?<![A-Za-z])(?:{label.english})[\"']?\s?[:=]\s?[\"']?"
    bare = label.entity in _BARE or label.chinese.endswith("|卡")
    said = rf"(?:{label.chinese}){_NUMBERED if bare else _SAID}" if label.chinese else ""
    loose = label.entity not in _BARE or label.english == "mrn"
    english = rf"(?<![A-Za-z])(?:{label.english}){_ENGLISH if loose else _ENGLISH_NUMBERED}" if label.english else ""
    return "|".join(part for part in (said, english) if part)


def _starts(label: Label) -> str:
    """Only a number of digits may touch the letters of its label: QQ12345."""
    return "(?<![0-9])" if label.number.startswith("[1-9]") else "(?<![0-9A-Za-z_])"


def _ends(label: Label) -> str:
    return r"(?![0-9A-Za-z!@#$%^&*_+?~-])" if label.entity == "SECRET" else r"(?![0-9A-Za-z_-])"


def compact(value: str) -> str:
    """Trim, and narrow what is written wide."""
    return unicodedata.normalize("NFKC", value).strip()


def validate(value: str) -> str:
    """Return the number behind a label, or raise a `ValidationError` where text is no label with its number."""
    value = compact(value)
    for pattern in _whole():
        if found := pattern.fullmatch(value):
            return found["number"]
    raise InvalidFormat


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the text."""
    return passes(validate, value)


@cache
def _whole() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a label with its number; made late, because a scan does without."""
    return tuple(re.compile(f"(?:{_before(label)})(?P<number>{label.number})", re.IGNORECASE) for label in LABELS)


def _form(entity: str) -> Form:
    """One recognizer of an entity: the label is looked for behind, so a find is the number alone."""
    own = [label for label in LABELS if label.entity == entity]
    sure = 0.4 if entity == "LABELLED_PHONE" else 0.6  # below those that know the number itself
    patterns = tuple(
        ("behind its label", rf"{_starts(label)}(?<={_before(label)})(?:{label.number}){_ends(label)}", sure)
        for label in own
    )
    if entity == "CN_ID_DOCUMENT":
        patterns = (*patterns, ("card of the army", rf"(?<![初终执行]){_SERIAL}", 0.5))
    name = "".join(part.capitalize() for part in entity.split("_"))
    return Form(f"{name}LabelledRecognizer", entity, patterns)


FORMS = tuple(_form(entity) for entity in dict.fromkeys(label.entity for label in LABELS))
_READER = Reader(
    tuple(label.entity for label in LABELS),
    tuple(f"{label.chinese}|{label.english}" for label in LABELS),
    tuple(rf"(?:{_before(label)}){_starts(label)}(?:{label.number}){_ends(label)}" for label in LABELS),
)


def match(entity: str, cells: Block) -> Match | None:
    """Answer for a block of cells: which are a label with its number as a whole, which hold one."""
    return _READER.match(entity, cells)


FACES = tuple(
    Face(entity, partial(match, entity), needs=() if entity == "SECRET" else (DIGIT,), shortest_cell=8)
    for entity in dict.fromkeys(label.entity for label in LABELS)
    if entity != "CN_PASSPORT"
)
