"""What stands before the words of a table's columns and says whose they are: ``club_card_``, ``paName``, ``szAlipay``.

A front that all names repeat names the table. One that some repeat is a letter or two of the table's word, of whom the
columns are about, or of the type they have in the code; the rest is read for itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from os.path import commonprefix

from ...recognizers.column_names import read
from ...recognizers.column_names_frames import frames
from ...recognizers.column_names_lexicon import lexicon
from ...recognizers.column_names_split import split
from ...recognizers.data_files import read_yaml
from .table import TableInput

_FRONT = re.compile(r"([A-Za-z]+_|[A-Z](?=[A-Z][a-z])|[a-z]+(?=[A-Z]))")
_LETTERED, _OWNED = 3, 1  # columns
_BEHIND = ("behind", "behind_staff")
_BEDSIDE = frozenset({"clinical", "patient"})
_SHORT_FRONT = re.compile("([A-Za-z]{1,4}?)(?:_|(?=[A-Z][a-z]))(.{2,})")
_MOST, _LEAST_REST = 4, 3  # letters


def common_front(table: TableInput) -> str:
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


def without_fronts(names: list[str], table: TableInput) -> list[str]:
    """Take from `names` the letters before words that are known only without them, or put in full whose they are."""
    helped: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for front, rest in _cuts(name):
            if _is_cut(rest) or _is_behind(name, rest):
                helped.setdefault(front, []).append(place)
    found = list(names)
    bedside = bool(helped) and _is_bedside(table)
    for front, places in sorted(helped.items(), key=lambda one: len(one[1])):
        whose = _whose(front, table, bedside)
        if len(places) >= (_OWNED if whose else _LETTERED):
            for place in places:
                rest = names[place][len(front) :].lstrip("_")
                found[place] = f"{whose}_{_in_full(rest, whose)}" if whose else rest
    return found


def behind_common(names: list[str], front: str, table: TableInput) -> list[str]:
    """Put in full what is cut short behind a front that all names share and that is somebody's (``emp_add``)."""
    whose = _whose(front.strip("_").lower(), table, _is_bedside(table)) if front else ""
    return [_in_full(name, whose) for name in names] if whose else names


def _cuts(name: str) -> Iterator[tuple[str, str]]:
    """The short fronts that a name may have, in lower case: before an underscore or a capital, or glued to the word."""
    if match := _SHORT_FRONT.match(name):
        yield match[1].lower(), match[2]
    elif name.isascii() and name.replace("_", "").islower():
        cuts = ((name[:at], name[at:]) for at in range(1, min(_MOST, len(name) - _LEAST_REST) + 1))
        yield from ((front, rest) for front, rest in cuts if _begins_telling(rest))


def _begins_telling(rest: str) -> bool:
    """Whether the first word says something of a person: no letters that a word has lost (``file`` of ``profile``)."""
    word = rest.partition("_")[0]
    head = read(word).head if len(word) >= _LEAST_REST else None
    return read(word).mods == ("name",) or (head is not None and (head.is_attribute or head.is_person))


def _is_behind(name: str, rest: str) -> bool:
    """Whether a name is not known whole, and the rest is, an attribute or a name."""
    whole, after = read(name), read(rest)
    if not (whole.head is None or whole.drowned or whole.guessed or whole.unknown) or after.unknown or after.guessed:
        return False
    glued = name.endswith(rest) and name[: -len(rest)][-1:] != "_" and rest.islower()
    if after.head is None:
        return bool(after.mods) and (not glued or set(after.mods) == {"name"})
    return (after.head.is_attribute or after.head.is_person) and (not glued or len(rest) >= _LEAST_REST)


def _is_cut(rest: str) -> bool:
    return any(rest.lower() in cuts for cuts in _cut_short().values())


def _in_full(rest: str, whose: str) -> str:
    """What a word cut short means behind somebody's letters, or the word itself."""
    concept = lexicon().words.get(whose)
    if concept is None or not concept.is_person:
        return rest
    cuts = _cut_short()["behind"] | (_cut_short()["behind_staff"] if concept.role == "staff" else {})
    return cuts.get(rest.lower(), rest)


@cache
def _cut_short() -> dict[str, dict[str, str]]:
    """Words cut short behind the letters of anybody, and of staff."""
    rows = read_yaml("headers/fronts.yaml")
    return {whose: {cut: word for word, cuts in rows[whose].items() for cut in cuts} for whose in _BEHIND}


def _whose(front: str, table: TableInput, bedside: bool) -> str:
    """The word that a front stands for: of whom the table is by its name, or what such letters stand for anywhere."""
    own = [
        item for item in split(table.name) if item.concept and (item.concept.is_person or item.concept.role == "org")
    ]
    if word := next((item.text for item in own if item.text.startswith(front) and item.text != front), ""):
        return word
    known = _stands_for().get(front, ("", False))
    return known[0] if known[1] or bedside else ""


def _is_bedside(table: TableInput) -> bool:
    """Whether a table's name, or a column that needs no table, speaks of patients, who treats them or their health."""
    if not _BEDSIDE.isdisjoint(frames(table.name, table.comment)):
        return True
    heads = [head for column in table.columns if (head := read(column.name).head)]
    return any(head.id == "clinician" or head.group == "medical" for head in heads)


@cache
def _stands_for() -> dict[str, tuple[str, bool]]:
    """What a front stands for, and whether it does so in any table or only where patients are treated."""
    rows = read_yaml("headers/fronts.yaml")
    found = {front: (word, False) for word, fronts in rows["clinical"].items() for front in fronts}
    return found | {front: (word, True) for word, fronts in rows["words"].items() for front in fronts}


def _longer_front(names: list[str], front: str) -> str:
    """The longest front of whole words that all names share."""
    shared = commonprefix(names)  # noqa: RUF071
    return shared[: shared.rfind("_") + 1] or front
