"""The names and comments of a table's columns, read alone; a front that all names share names the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ...recognizers import column_names_frameworks as frameworks
from ...recognizers.column_names import SILENT, Reading, read, read_comment
from ...recognizers.column_names_frames import frames
from ...recognizers.column_names_lexicon import Concept
from ...recognizers.column_names_split import is_initials
from ...recognizers.data_files import words_of
from .fronts import behind_common, common_front, without_fronts
from .slots import is_slot
from .table import ColumnInput, TableInput
from .trades import without_blocks


@dataclass(frozen=True)
class Names:
    """One column's name and comment, read alone.

    Silent where a framework added it to the table (`is_added`), or a system keeps it free for anything (`is_free`).
    """

    name: Reading
    comment: Reading
    is_added: bool = False
    is_free: bool = False

    @property
    def readings(self) -> tuple[Reading, Reading]:
        """The comment first: it is written for people."""
        return self.comment, self.name


_FRONT = 3
_TOLD = re.compile("[A-Za-z]{3}|[\u4e00-\u9fff]{2}")
_SIZES = frozenset({"width", "height"})
_PERSONAL = frozenset({"intrinsic", "contact", "address", "account", "bank", "secret"})
_OF_ANYBODY = frozenset({"intrinsic", "contact", "society"})
_OF_SOMEBODY = _PERSONAL | _OF_ANYBODY | {"medical", "geo", "vehicle_id"}
_ANNOTATED = re.compile(r"(?:^|\s|\\n)@[A-Z]\w+\s*\(.*", re.DOTALL)  # what a program is told behind what people are
_ADDED, _FREE = Names(SILENT, SILENT, is_added=True), Names(SILENT, SILENT, is_free=True)


def read_columns(table: TableInput) -> tuple[Names, ...]:
    """Read every column's name and comment alone; the table is one that `unwrapped` gave."""
    initials = _in_initials(table)
    front = common_front(table)
    written = [column.name.removeprefix(front) for column in table.columns]
    added = frameworks.added(written)
    bare = [_unwrapped(name) for name in behind_common(written, front, table)] if front else written
    bare = without_fronts(without_blocks(bare), table)
    if _is_in_pinyin(bare):
        bare = list(map(_cut_in_pinyin, bare))
    bare = _with_sizes(_with_longitude(bare))
    comments = [read_comment(_said_of(column)) for column in table.columns]
    alone = [read(name, initials) for name in bare]
    clinical = _is_clinical(table, alone, comments) and not (initials and _tells_who(alone))
    names = [Names(read(name, initials, clinical), comment) for name, comment in zip(bare, comments, strict=True)]
    names = [
        _with_front(said, column.name) if front else said for said, column in zip(names, table.columns, strict=True)
    ]
    free = [is_slot(column.name, column.comment) for column in table.columns]
    rows = zip(written, names, free, strict=True)
    return tuple(
        _FREE if slot else _ADDED if own in added and not _is_somebody(said.comment) else said
        for own, said, slot in rows
    )


def _is_somebody(comment: Reading) -> bool:
    """Whether a comment names something of a person, which no framework adds (``vID_``: 身份证号)."""
    return comment.head is not None and comment.head.is_attribute and comment.head.group in _PERSONAL


def _with_longitude(names: list[str]) -> list[str]:
    """``Long`` is a longitude beside a latitude, and ``to_log`` beside ``to_lat``, and how long something is elsewhere.

    >>> _with_longitude(["lat", "long"]), _with_longitude(["to_lat", "to_log"]), _with_longitude(["long", "call_log"])
    (['lat', 'longitude'], ['to_lat', 'to_longitude'], ['long', 'call_log'])
    """
    fronts = {match[1] for name in names if (match := _LATITUDE.fullmatch(name.lower()))}
    if not fronts:
        return names
    return [_as_longitude(name, fronts) for name in names]


def _as_longitude(name: str, fronts: set[str]) -> str:
    match = _HOW_LONG.fullmatch(name)
    if match is None or match[1].lower() not in fronts or name.lower() == "log":
        return name
    return f"{match[1]}longitude"


def _with_sizes(names: list[str]) -> list[str]:
    """How high something is beside how wide, as pictures and parcels are, and how heavy only where no body is told of.

    >>> _with_sizes(["Width", "HEIGHT"]), _with_sizes(["width", "height", "weight"])
    (['file_size', 'file_size'], ['width', 'height', 'weight'])
    """
    sized = {name.lower() for name in names}
    if not sized >= _SIZES or "weight" in sized:
        return names
    return ["file_size" if name.lower() in _SIZES else name for name in names]


def _with_front(said: Names, name: str) -> Names:
    """The number of what all names begin with (``policy_number``), read with the front where that tells more."""
    if said.name.head is not None or said.name.unknown or set(said.name.mods) != {"number"}:
        return said
    whole = read(name)
    return Names(whole, said.comment) if whole.head is not None and whole.head.is_attribute else said


def unwrapped(table: TableInput) -> TableInput:
    """Return the table with its columns called as they are without what programs put around their names.

    Where all of them begin with the same, that is no such thing, and taken from all of them as they are read.
    """
    if common_front(table):
        return table
    columns = (replace(one, name=_unwrapped(one.name)) for one in table.columns)
    return replace(table, columns=tuple(columns))


def _unwrapped(name: str) -> str:
    """Take from a name what programs put around it, where the rest is somebody's.

    >>> _unwrapped("x_studio_id_card"), _unwrapped("form_birthday"), _unwrapped("form_address"), _unwrapped("api_key")
    ('id_card', 'birthday', 'form_address', 'api_key')
    >>> _unwrapped("result.items[].phone"), _unwrapped("items.price")
    ('phone', 'items.price')
    """
    for part, groups in (("wrapped", _OF_SOMEBODY), ("wrapped_of", _OF_ANYBODY)):
        rest = words_of(part).sub("", name)
        head = read(rest).head if rest != name else None
        if head is not None and head.is_attribute and head.group in groups:
            return rest
    return name


def _said_of(column: ColumnInput) -> str:
    """A column's comment, unless it says only how to fill the column in (If other, please specify).

    ``id`` is the table's own key, whatever its comment calls the table (不良反应ID).
    """
    how = words_of("only_told").match(column.comment) is not None
    own = column.name.lower() == "id" and _OWN_KEY.search(column.comment)
    return "" if how or own else _without_name(_ANNOTATED.sub("", column.comment), column.name)


def _without_name(comment: str, name: str) -> str:
    """Cut a column's own name and what it is a part of from before a colon.

    >>> _without_name("24 MEDREIMB_IP DESYNPUF: Inpatient sum", "medreimb_ip"), _without_name("phone: mobile", "phone")
    ('Inpatient sum', 'mobile')
    """
    front, colon, rest = comment.partition(":")
    said = front.split()
    named = name.lower() in [word.lower() for word in said[:2]]
    return rest.strip() if colon and named and len(said) <= _FRONT and _TOLD.search(rest) else comment


def fronts_of_points(table: TableInput) -> tuple[str, ...]:
    """What stands before the two halves of a position (``start_location`` of ``start_location_lat``)."""
    found = Counter(front for column in table.columns if (front := half_of_point(column.name)))
    return tuple(front for front, count in found.items() if count == 2)


def half_of_point(name: str) -> str:
    """Return what stands before latitude or longitude in a name; empty where it is neither.

    >>> half_of_point("start_location_lat"), half_of_point("EffectiveLong"), half_of_point("translate")
    ('start_location', 'effective', '')
    """
    match = _HALF.fullmatch(name)
    return match[1].lower() if match else ""


def _is_clinical(table: TableInput, names: Sequence[Reading], comments: Sequence[Reading]) -> bool:
    """Whether the table's name or comment, or some of its columns, speak of patients and their health."""
    if not _BEDSIDE.isdisjoint(frames(table.name, table.comment)) or any(_is_care_key(name) for name in names):
        return True
    if {column.name.lower().replace("_", "") for column in table.columns} >= _WHO_AND_WHOM:
        return True
    said = sum(
        any(_is_of_patient(concept) for concept in _concepts(pair)) for pair in zip(names, comments, strict=True)
    )
    return said >= max(2, len(names) // 6)


def _tells_who(names: Iterable[Reading]) -> bool:
    """Whether initials name somebody's sex, birth or document, so that ``xl`` beside them is schooling and no pulse."""
    return any(one.head is not None and one.head.kind in _WHO for one in names)


def _is_care_key(reading: Reading) -> bool:
    return reading.head is not None and reading.head.marks == "care"


def _concepts(readings: Iterable[Reading]) -> list[Concept]:
    return [concept for one in readings for concept in (*one.before, one.head) if concept]


def _is_of_patient(concept: Concept) -> bool:
    return (
        concept.role == "patient"
        or concept.group in ("medical", "medical_event", "bedside")
        or concept.kind in _PATIENT_KEYS
    )


def _is_in_pinyin(names: Sequence[str]) -> bool:
    """Whether most names are nothing but syllables of pinyin."""
    return sum(len(name) >= _SPELLED and bool(_syllables(name)) for name in names) > len(names) / 2


def _cut_in_pinyin(name: str) -> str:
    """Part what the lexicon knows from syllables before it that it does not: ``kouchu_gongjijin``."""
    known = read(name)
    if known.head is not None and not known.unknown:
        return name
    cuts = list(accumulate(map(len, _syllables(name))))[:-1]
    rests = ((cut, read(name[cut:])) for cut in cuts if len(name) - cut >= _SPELLED - 1)
    return next((f"{name[:cut]}_{name[cut:]}" for cut, rest in rests if rest.head and not rest.unknown), name)


def _syllables(name: str) -> list[str]:
    """The syllables of a name that is nothing but pinyin, or none."""
    found = _SYLLABLE.findall(name[:_LONGEST])
    return found if "".join(found) == name else []


_OWN_KEY = re.compile("^[^0-9a-z\\s]{1,12}(?:ID|Id|id|主键|标识)$")
_SPELLED, _LONGEST = 6, 48  # letters
_SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]ang|iong|uai|uan|iao|ian|ang|eng|ing|ong|ai|ei|ao|ou|an|en|in|un|i[aeu]|u[aeio]|ue"
    "|er|[aeiouv])(?![aeiou])|[aeo]"
)
_LATITUDE = re.compile("(.*?)(?:lat|latitude)")
_HOW_LONG = re.compile("(.*?)(long|log)", re.IGNORECASE)
_HALF = re.compile("(.{3,}?)_?(?:lati?|lng|long?|latitude|longitude)", re.IGNORECASE)
_BEDSIDE = frozenset({"clinical", "patient"})
_WHO = frozenset({"gender", "birth_date", "cn_resident_id", "ethnicity_race", "marital_status"})
_WHO_AND_WHOM = frozenset({"did", "pid"})  # a doctor and a patient
_PATIENT_KEYS = frozenset({"subject_id", "medical_record_no"})


def _in_initials(table: TableInput) -> bool:
    """Whether the table is written in pinyin initials, so that two letters may be a word."""
    return sum(is_initials(column.name) for column in table.columns) >= max(3, len(table.columns) // 4)
