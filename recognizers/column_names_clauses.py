"""The clauses of a column's comment: which of them may name the column, and what only lists its values."""

from __future__ import annotations

import re

from .data_files import words_of

_MEASURE = "年(?![检度报])|月|周|天|次|根|支|杯|元|分(?![公行支部])|秒|米|个(?!人)|小时|毫|千[克米]|公[里斤]|[%℃/]"
_SIGN = "(?:ml|kg|cm|mm|mg|g|L|h|min|s|km|m|kWh)(?![A-Za-z])|mmol|mmHg"
_UNIT = rf"|单位[:：为是]?(?={_MEASURE}|{_SIGN})"
_CLAUSE = re.compile(
    r"[:：,，;；、(（【\[{\n。|]|--|->|=|\s[0-9]|(?<=[^\x00-\x7f])[0-9]|(?<=[^\x00-\x7f])\s(?![A-Za-z]{2,3}(?:[^A-Za-z]|$))"
    + _UNIT
)
_DAY = re.compile(
    r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}|(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])"
    r"|(?:[Yy]{2,4}|[Dd]{2}|[Mm]{1,2})[-/.年][Mm]{1,2}[-/.月]?(?:[Dd]{1,2}|[Yy]{2,4})?日?|[Hh]{1,2}:[Mmi]{1,2}(?::[Ss]{1,2})?"
)
_CODE = re.compile(r"(?<![0-9A-Za-z.])[0-9A-Z]{1,2}\s*(?:->|[-:：=、.]|(?=[\u4e00-\u9fff]))")
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
_BRACKET = re.compile(r"[(（\[【:：]")


def clauses(comment: str) -> list[str]:
    """Return the parts of a comment that may name the column: before enumerations, brackets and explanations.

    >>> clauses("性别：0->未知；1->男")[0], clauses("饮酒量单位ml")[0], clauses("单位ID"), clauses("单位公积金")
    ('性别', '饮酒量', ['单位ID'], ['单位公积金'])
    """
    return [part.strip() for part in _CLAUSE.split(comment) if part and part.strip()]


def enumerates(comment: str) -> bool:
    """Whether a comment lists codes and what they stand for.

    >>> enumerates("支付方式：0->未支付；1->支付宝"), enumerates("生日：1996-10-10")
    (True, False)
    >>> enumerates('出生日期，格式为"YYYY-MM-DD HH:MM:SS"'), enumerates("下单时间 (yyyy-MM-dd HH:mm)")
    (False, False)
    >>> enumerates("上课时间（如08:30-09:15）"), enumerates("0:否 1:是")
    (False, True)
    """
    return len(_CODE.findall(_DAY.sub("", comment))) >= 2


def lists(comment: str) -> bool:
    """Whether a comment is only a list of what the values may be.

    >>> lists("投保人、被保人、受益人"), lists("投保人姓名"), lists("护理级别（一级/二级/三级）")
    (True, False, False)
    """
    if _BRACKET.search(comment):
        return False
    parts = re.split(r"[、/，,]", comment)
    return len(parts) >= 3 and all(0 < len(part.strip()) <= 8 or _CONSTANT.fullmatch(part.strip()) for part in parts)


def turned(clause: str) -> str:
    """Turn "date of birth of patient" into "patient birth date"; cut what only says where or how.

    >>> turned("date of birth of patient"), turned("身份证照片上传到oss的链接")
    ('patient birth date', '身份证照片链接')
    >>> turned("phone number of the user that he gave"), turned("Patient date of birth"), turned("手机号字段")
    ('the user phone number', 'Patient birth date', '手机号')
    """
    clause = words_of("sentence_goes_on").sub("", clause)
    if not clause.isascii():
        return words_of("stored").sub("", clause)
    if " " not in clause:
        return clause
    clause = words_of("of_what").sub(r"\2 \1", clause)
    head = re.split(r"\s(?:in|by|from|per|due|with|on|to|as|at)\s", clause, maxsplit=1)[0]
    return " ".join(reversed(re.split(r"\s(?:of|for)\s", head)))


def begun(comment: str) -> str:
    """Return a comment without the number of a list, or the words before what it names, that it begins with.

    >>> begun("1.手机号"), begun("This field holds the customer name"), begun("1.男 2.女"), begun("0-否 1-是")
    ('手机号', 'customer name', '1.男 2.女', '0-否 1-是')
    """
    return comment if enumerates(comment) else words_of("sentence_begins").sub("", comment, count=1)
