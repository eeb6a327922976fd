"""One person's identifier in one form: NFKC, no separators, 15-digit IDs made 18, no ``+86``, e-mail in lower case.

Also what is no value at all: placeholders (``N/A``, ``无``, a run of one digit) are neither an item nor an identifier,
dummies (13800000000, ``test@…``) are nobody's identifier, and masked (``138****1234``) and rounded values
(``3.50203E+17``, a floating number too long for its type) are items that identify no one. Everything is a kernel over a
whole Arrow column.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..recognizers import cells_arrow
from .identity import NAME_BIRTH_DATE, SCOPED, STRENGTH

PLACEHOLDERS: Final = (
    *("", "-", "--", "---", "—", "——", "_", "/", "\\", ".", "?", "??", "???", "*", "#", "0000-00-00", "[]", "{}"),
    *("n/a", "na", "n.a.", "n.a", "#n/a", "nan", "nat", "null", "(null)", "<null>", "\\n", "none", "nil", "undefined"),
    *("unknown", "unk", "missing", "not available", "not applicable", "not provided", "tbd", "xxx", "test"),
    *(
        "无",
        "无数据",
        "暂无",
        "没有",
        "空",
        "空白",
        "未知",
        "不详",
        "未填",
        "未填写",
        "未提供",
        "未登记",
        "待补充",
        "不适用",
        "匿名",
    ),
)


def _runs(least: int, zeros: int = 2) -> str:
    """A run of one character; zeros count from fewer."""
    return f"^(?:0{{{zeros},}}|" + "|".join(f"{digit}{{{least},}}" for digit in "123456789xX") + ")$"


_RUN_ITEM, _RUN_NUMBER, _RUN_SCOPED = _runs(7, 7), _runs(3), _runs(8)
"""Shortest runs that say nothing: in any item; in a document, phone or card; in a system's own running number."""
_DUMMIES: Final = {
    "phone": "^(?:1[3-9][0-9]0{8}|1380013800[0-9]|12345678901?|1234567|01234567890?|987654321[0-9]?)$",
    "email": (
        r"^(?:(?:test|tests|testing|noreply|no-reply|donotreply|none|null|na|n/a|nomail|noemail|unknown|anonymous|user|"
        r"example|abc|aaa|xxx|123|123456)@.*|.*@(?:example\.(?:com|org|net|cn)|test\.(?:com|cn)|localhost|none|null))$"
    ),
    "cn_resident_id": "^(?:123456789012345(?:67[8X])?|11010119000101[0-9]{3}[0-9X])$",
    "passport": "^(?:[A-Z]?(?:12345678|123456789|00000000))$",
    "payment_card": "^(?:1234567890[0-9]{3,9}|4111111111111111|6222000000000000)$",
    "bank_account": "^(?:1234567890[0-9]{3,9})$",
    "device_id": "^(?:0{8}(?:0{4}){3}0{12}|020000000000|00000000|9774D56D682E549C|123456789012345)$",
    "vehicle_vin": "^(?:1{17}|0{17}|12345678901234567)$",
}
_ROUNDED: Final = r"^[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2,3}$"
"""What a spreadsheet makes of a long number: its last digits are gone, and many persons' numbers look alike."""
_EXACT: Final = {pa.float64(): 2.0**53, pa.float32(): 2.0**24, pa.float16(): 2.0**11}
"""From here on a floating number cannot hold every whole number."""
_UPPER = frozenset({"cn_resident_id", "passport", "other_id_document", "vehicle_vin", "licence_plate", "device_id"})
_LOWER = frozenset({"email", "pseudonymous_id"})
_SEPARATORS: Final = {
    "cn_resident_id": r"[\s\p{Z}\-_.·'’]",
    "passport": r"[\s\p{Z}\-_.·()]",
    "other_id_document": r"[\s\p{Z}\-_.·()]",
    "phone": r"[\s\p{Z}\-_.·()/]",
    "bank_account": r"[\s\p{Z}\-_]",
    "payment_card": r"[\s\p{Z}\-_]",
    "vehicle_vin": r"[\s\p{Z}\-]",
    "licence_plate": r"[\s\p{Z}\-.·•・]",
    "device_id": r"[\s\p{Z}:\-]",
}
_ZERO_WIDTH = "[\u200b-\u200f\u2060\ufeff\u00ad]"
_ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_ID_CHECK = np.frombuffer(b"10X98765432", np.uint8)


def as_text(column: Any) -> Any:
    """Return any Arrow column as large strings: whole floats without ``.0``, dictionaries decoded, lists as text."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if pa.types.is_floating(array.type):
        return _float_text(array)
    if pa.types.is_decimal(array.type):
        return pc.replace_substring_regex(pc.cast(array, pa.large_string()), r"\.0+$", "")
    if pa.types.is_nested(array.type):
        return pa.array([None if value is None else str(value) for value in array.to_pylist()], pa.large_string())
    if pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type):
        return _binary_text(array)
    return pc.cast(array, pa.large_string())


def _binary_text(array: Any) -> Any:
    try:
        return pc.cast(array, pa.large_string())
    except pa.ArrowInvalid:
        return pa.array([None if value is None else value.hex() for value in array.to_pylist()], pa.large_string())


def _float_text(array: Any) -> Any:
    array = pc.if_else(pc.is_nan(array), None, array)
    whole = pc.and_(pc.equal(pc.floor(array), array), pc.less(pc.abs(array), 9.0e18))
    integers = pc.cast(pc.cast(pc.if_else(whole, array, 0), pa.int64()), pa.large_string())
    return pc.if_else(whole, integers, pc.cast(array, pa.large_string()))


def without_rounded(column: Any) -> Any:
    """Return a column with null for the floating numbers that have lost digits: two numbers may have become one."""
    if column.type not in _EXACT:
        return column
    whole = pc.less(pc.abs(column), pa.scalar(_EXACT[column.type], column.type))
    return pc.if_else(whole, column, pa.scalar(None, column.type))


def plain(texts: Any) -> Any:
    """Return the column in NFKC without zero-width characters and outer spaces; broken UTF-8 becomes U+FFFD."""
    try:
        return _plain(texts)
    except pa.ArrowInvalid:
        raw = pc.cast(texts, pa.large_binary()).to_pylist()
        return _plain(pa.array([None if v is None else v.decode("utf-8", "replace") for v in raw], pa.large_string()))


def _plain(texts: Any) -> Any:
    if not pc.all(pc.string_is_ascii(texts), min_count=0).as_py():
        texts = pc.utf8_normalize(texts, form="NFKC")
        texts = pc.replace_substring_regex(texts, _ZERO_WIDTH, "")
    return pc.utf8_trim_whitespace(texts)


@cache
def _placeholders() -> Any:
    return cells_arrow.of_strings([word.encode() for word in PLACEHOLDERS]).cast(pa.large_string())


def is_placeholder(texts: Any, run: str = _RUN_ITEM) -> Any:
    """Tell, cell by cell, which values of `plain` text say nothing; null stays null."""
    words = pc.is_in(pc.utf8_lower(texts), value_set=_placeholders())
    runs = pc.match_substring_regex(texts, run)
    return pc.or_kleene(pc.and_(words, pc.is_valid(texts)), runs)


_MASKED = r"\*\*|[*＊•●×]{2}|##|(?i:x{4})"


def normalise(kind: str, column: Any) -> Any:
    """Return the identifiers of a column in their one form, as large strings; null where a cell identifies nobody."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    texts = plain(as_text(without_rounded(array)))
    rounded = pc.match_substring_regex(texts, _ROUNDED)
    if kind in _SEPARATORS:
        texts = pc.replace_substring_regex(texts, _SEPARATORS[kind], "")
    if kind in _UPPER:
        texts = pc.utf8_upper(texts)
    elif kind in _LOWER:
        texts = pc.utf8_lower(texts)
    texts = _OF_KIND.get(kind, _unchanged)(texts)
    run = _RUN_SCOPED if STRENGTH[kind] == SCOPED else _RUN_NUMBER
    nobody = pc.or_kleene(is_placeholder(texts, run), pc.match_substring_regex(texts, _MASKED))
    nobody = pc.or_kleene(nobody, rounded)
    if kind in _DUMMIES:
        nobody = pc.or_kleene(nobody, pc.match_substring_regex(texts, _DUMMIES[kind]))
    return pc.if_else(nobody, cells_arrow.text(None), texts)


def name_and_birth_date(names: Any, births: Any) -> Any:
    """Return the composite identifier of a name column and a birth-date column; null when either is missing."""
    name = pc.replace_substring_regex(pc.utf8_lower(plain(as_text(names))), r"[\s\p{Z}·•・.]", "")
    name = pc.if_else(is_placeholder(name), cells_arrow.text(None), name)
    birth = pc.cast(birth_days(births), pa.large_string())
    return pc.binary_join_element_wise(name, birth, cells_arrow.text("\x1f"))


def birth_days(column: Any) -> Any:
    """Return a column's dates as date32; null where a cell holds no date (years 1900 to 2100)."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_temporal(array.type):
        return pc.cast(
            pc.cast(array, pa.timestamp("s"), safe=False) if not pa.types.is_date(array.type) else array,
            pa.date32(),
            safe=False,
        )
    texts = plain(as_text(array))
    texts = pc.replace_substring_regex(texts, "[年月/.]", "-")
    texts = pc.replace_substring_regex(texts, "日.*$|[T ].*$", "")
    dated = pc.extract_regex(texts, r"^(?P<y>(?:19|20)[0-9]{2})-?(?P<m>[01]?[0-9])-?(?P<d>[0-3]?[0-9])$")
    return _dates(dated)


def _dates(parts: Any) -> Any:
    year, month, day = (pc.cast(pc.struct_field(parts, name), pa.int32()) for name in ("y", "m", "d"))
    known = pc.and_(
        pc.is_valid(year),
        pc.and_(pc.is_in(month, cells_arrow.from_numpy(np.arange(1, 13, dtype=np.int32))), pc.greater(day, 0)),
    )
    base = np.array(pc.fill_null(year, 1970), "int64") - 1970
    months = base * 12 + np.array(pc.fill_null(month, 1), "int64") - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    dates = first + (np.array(pc.fill_null(day, 1), "int64") - 1)
    fits = (dates.astype("datetime64[M]").astype("int64") == months) & np.array(pc.fill_null(known, False))
    return pa.array(dates, pa.date32(), mask=~fits)


def resident_births(numbers: Any) -> Any:
    """Return the birth dates inside normalised resident IDs as date32; null where there is none."""
    return _dates(
        pc.extract_regex(numbers, r"^[0-9]{6}(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})[0-9]{3}[0-9X]$")
    )


def _unchanged(texts: Any) -> Any:
    return texts


def _resident_id(texts: Any) -> Any:
    """Make 15-digit numbers 18: the century inserted, the check character of GB 11643 added."""
    short = pc.fill_null(pc.match_substring_regex(texts, "^[0-9]{15}$"), False)
    if not pc.any(short).as_py():
        return texts
    grown = pc.replace_substring_regex(pc.filter(texts, short), "^([0-9]{6})", r"\119")
    digits = np.frombuffer("".join(grown.to_pylist()).encode(), np.uint8).reshape(-1, 17)
    check = _ID_CHECK[((digits - 48) * _ID_WEIGHTS).sum(1) % 11]
    full = np.column_stack([digits, check]).tobytes()
    upgraded = pa.array([full[i : i + 18].decode() for i in range(0, len(full), 18)], pa.large_string())
    return pc.replace_with_mask(texts, short, upgraded)


def _phone(texts: Any) -> Any:
    texts = pc.replace_substring_regex(texts, r"^(?:\+?0{0,2}86|0)(1[3-9][0-9]{9})$", r"\1")
    return pc.replace_substring_regex(texts, r"^(?:\+|00)([1-9][0-9]{6,})$", r"+\1")


def _permit(texts: Any) -> Any:
    """Key a mainland travel permit on its lifelong nine characters: the last two only count re-issues."""
    return pc.replace_substring_regex(texts, r"^([HM][0-9]{8})[0-9]{2}$", r"\1")


_OF_KIND: Final = {"cn_resident_id": _resident_id, "phone": _phone, "passport": _permit, "other_id_document": _permit}

__all__ = [
    "NAME_BIRTH_DATE",
    "PLACEHOLDERS",
    "as_text",
    "birth_days",
    "is_placeholder",
    "name_and_birth_date",
    "normalise",
    "plain",
    "resident_births",
]
