"""The names and comments of a table's columns, read alone; a front that all names share names the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from os.path import commonprefix

from ...recognizers.column_names import Reading, read, read_comment
from ...recognizers.column_names_frames import frames
from ...recognizers.column_names_lexicon import Concept
from ...recognizers.column_names_split import is_initials, split
from .table import ColumnInput, TableInput


@dataclass(frozen=True)
class Names:
    """One column's name and comment, read alone."""

    name: Reading
    comment: Reading

    @property
    def readings(self) -> tuple[Reading, Reading]:
        """The comment first: it is written for people."""
        return self.comment, self.name


def read_columns(table: TableInput) -> tuple[Names, ...]:
    """Read every column's name and comment alone."""
    initials = _in_initials(table)
    front = len(_common_front(table))
    bare = _without_letter([column.name[front:] for column in table.columns])
    if _is_in_pinyin(bare):
        bare = list(map(_cut_in_pinyin, bare))
    comments = [read_comment(_said_of(column)) for column in table.columns]
    clinical = _is_clinical(table, [read(name, initials) for name in bare], comments)
    names = [read(name, initials, clinical) for name in bare]
    return tuple(map(Names, names, comments))


def _said_of(column: ColumnInput) -> str:
    """A column's comment; ``id`` is the table's own key, whatever its comment calls the table (不良反应ID)."""
    return "" if column.name.lower() == "id" and _OWN_KEY.search(column.comment) else column.comment


def fronts_of_points(table: TableInput) -> tuple[str, ...]:
    """What stands before the two halves of a position (``start_location`` of ``start_location_lat``)."""
    found = Counter(match[1].lower() for column in table.columns if (match := _HALF.fullmatch(column.name)))
    return tuple(front for front, count in found.items() if count == 2)


def _is_clinical(table: TableInput, names: Sequence[Reading], comments: Sequence[Reading]) -> bool:
    """Whether the table's name or comment, or some of its columns, speak of patients and their health."""
    if not _BEDSIDE.isdisjoint(frames(table.name, table.comment)) or any(_is_care_key(name) for name in names):
        return True
    said = sum(
        any(_is_of_patient(concept) for concept in _concepts(pair)) for pair in zip(names, comments, strict=True)
    )
    return said >= max(2, len(names) // 6)


def _is_care_key(reading: Reading) -> bool:
    return reading.head is not None and reading.head.marks == "care"


def _concepts(readings: Iterable[Reading]) -> list[Concept]:
    return [concept for one in readings for concept in (*one.before, one.head) if concept]


def _is_of_patient(concept: Concept) -> bool:
    return concept.role == "patient" or concept.group in ("medical", "bedside") or concept.kind in _PATIENT_KEYS


def _common_front(table: TableInput) -> str:
    """The front that most columns repeat (``club_card_``, ``pi_``, ``F``): it names the table, not the column."""
    names = [column.name for column in table.columns]
    fronts = Counter(match[1] for name in names if (match := _FRONT.match(name)))
    front, count = fronts.most_common(1)[0] if fronts else ("", 0)
    if len(names) >= 4 and not front and len({name[:1] for name in names}) == 1:
        return _one_letter_front(names)
    if count < max(4, 0.8 * len(names)) or any(not name[len(front) :] for name in names):
        return ""
    longer = _longer_front(names, front)
    known = {item.concept.id for item in split(longer) if item.concept and not item.concept.mod}
    own = {item.concept.id for item in split(table.name) if item.concept}
    return longer if known <= own and all(name.startswith(longer) for name in names) else ""


def _one_letter_front(names: list[str]) -> str:
    """A letter before every word (``sname``, ``ssex``, ``sage``), where the words are known only without it."""
    with_it = sum(not read(name).drowned for name in names)
    without = sum(not read(name[1:]).drowned for name in names)
    return names[0][:1] if without >= with_it + 3 else ""


def _without_letter(names: list[str]) -> list[str]:
    """Take the letter of the table (``ename``, ``esalary``, ``eaddress``) from names that are words only without it."""
    helped = Counter(name[0] for name in names if _is_behind_letter(name))
    letter, count = helped.most_common(1)[0] if helped else ("", 0)
    if count < _LETTERED:
        return names
    return [name[1:] if name[:1] == letter and _is_behind_letter(name) else name for name in names]


def _is_behind_letter(name: str) -> bool:
    """Whether a name says nothing, and without its first letter is an attribute whole."""
    if len(name) < 4 or not name.isascii() or not name[1:].replace("_", "").islower():
        return False
    whole, rest = read(name), read(name[1:])
    return (
        (whole.head is None or whole.drowned) and rest.head is not None and rest.head.is_attribute and not rest.unknown
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


def _longer_front(names: list[str], front: str) -> str:
    """The longest front of whole words that all names share."""
    shared = commonprefix(names)  # noqa: RUF071
    return shared[: shared.rfind("_") + 1] or front


_OWN_KEY = re.compile("^[^0-9a-z\\s]{1,12}(?:ID|Id|id|主键|标识)$")
_LETTERED = 3  # columns
_SPELLED, _LONGEST = 6, 48  # letters
_SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]ang|iong|uai|uan|iao|ian|ang|eng|ing|ong|ai|ei|ao|ou|an|en|in|un|i[aeu]|u[aeio]|ue"
    "|er|[aeiouv])(?![aeiou])|[aeo]"
)
_HALF = re.compile("(.{3,}?)_?(?:lati?|lng|long?|latitude|longitude)", re.IGNORECASE)
_BEDSIDE = frozenset({"clinical", "patient"})
_PATIENT_KEYS = frozenset({"subject_id", "medical_record_no"})
_FRONT = re.compile(r"([A-Za-z]+_|[A-Z](?=[A-Z][a-z])|[a-z]+(?=[A-Z]))")


def _in_initials(table: TableInput) -> bool:
    """Whether the table is written in pinyin initials, so that two letters may be a word."""
    return sum(is_initials(column.name) for column in table.columns) >= max(3, len(table.columns) // 4)
