"""Which working row each row of the original is: by its name, by an alias, by likeness; doubtful ones are listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...field_maps import Field
from .original import OriginalRow, plain

LIKELY, CLOSE = 0.42, 0.06
"""Least likeness of a renamed row; a second candidate nearer than this makes it a question for a person."""

Place = tuple[str, str]


@dataclass
class Matches:
    """What was matched to what: pairs of row number and working row, with how; and what is left."""

    pairs: dict[int, tuple[Field, str]] = field(default_factory=dict)
    ambiguous: dict[int, tuple[Field, ...]] = field(default_factory=dict)

    def taken(self) -> set[str]:
        """Return the ids of working rows already matched."""
        return {found.id for found, _ in self.pairs.values()}


def match(
    rows: Sequence[OriginalRow],
    places: Sequence[Place | None],
    fields: Sequence[Field],
    decided: dict[str, str] | None = None,
) -> Matches:
    """Return which of `fields` each of `rows` is.

    `places` are the rows' scenarios, `decided` a person's answers by place.
    """
    found = Matches()
    _decided(found, rows, fields, decided or {})
    _by_name(found, rows, places, fields)
    _moved(found, rows, places, fields)
    _alias(found, rows, places, fields)
    _likeness(found, rows, places, fields, decided or {})
    return found


def _decided(found: Matches, rows: Sequence[OriginalRow], fields: Sequence[Field], decided: dict[str, str]) -> None:
    by_id = {each.id: each for each in fields}
    for at, row in enumerate(rows):
        if decided.get(row.place) in by_id:
            found.pairs[at] = (by_id[decided[row.place]], "decided")


def _open(found: Matches, rows: Sequence[OriginalRow], fields: Sequence[Field]) -> tuple[list[int], list[Field]]:
    taken = found.taken()
    return [at for at in range(len(rows)) if at not in found.pairs], [each for each in fields if each.id not in taken]


def _by_name(
    found: Matches, rows: Sequence[OriginalRow], places: Sequence[Place | None], fields: Sequence[Field]
) -> None:
    table = {
        (each.sector, each.scenario, plain(name)): each for each in fields for name in (each.name_en, each.name_zh)
    }
    taken = found.taken()
    for at, row in enumerate(rows):
        place = places[at]
        mine = table.get((*place, plain(row.field))) if place and at not in found.pairs else None
        if mine and mine.id not in taken:
            found.pairs[at] = (mine, "name")
            taken.add(mine.id)


def _moved(
    found: Matches, rows: Sequence[OriginalRow], places: Sequence[Place | None], fields: Sequence[Field]
) -> None:
    """Match rows that stand under another scenario now: the same name, and nobody else's."""
    left, free = _open(found, rows, fields)
    elsewhere: dict[str, list[Field]] = defaultdict(list)
    for each in free:
        elsewhere[plain(each.name_zh)].append(each)
        if plain(each.name_en) != plain(each.name_zh):
            elsewhere[plain(each.name_en)].append(each)
    for at in left:
        place = places[at]
        candidates = [each for each in elsewhere.get(plain(rows[at].field), ()) if each.id not in found.taken()]
        near = [each for each in candidates if place and each.sector == place[0]] or candidates
        if len(near) == 1:
            found.pairs[at] = (near[0], "moved")
        elif near:
            best = max(near, key=lambda each: _description(rows[at], each))
            found.pairs[at] = (best, "moved")


def _alias(
    found: Matches, rows: Sequence[OriginalRow], places: Sequence[Place | None], fields: Sequence[Field]
) -> None:
    left, free = _open(found, rows, fields)
    claims: dict[tuple[str, str, str], list[Field]] = defaultdict(list)
    for each in free:
        for alias in each.aliases:
            claims[each.sector, each.scenario, plain(alias)].append(each)
    for at in left:
        place = places[at]
        owners = claims.get((*place, plain(rows[at].field)), []) if place else []
        if len(owners) == 1 and owners[0].id not in found.taken():
            found.pairs[at] = (owners[0], "alias")


def _likeness(
    found: Matches,
    rows: Sequence[OriginalRow],
    places: Sequence[Place | None],
    fields: Sequence[Field],
    decided: dict[str, str],
) -> None:
    left, free = _open(found, rows, fields)
    for place in dict.fromkeys(places[at] for at in left):
        mine = [at for at in left if places[at] == place and rows[at].place not in decided]
        ours = [each for each in free if (each.sector, each.scenario) == place and each.id not in found.taken()]
        if place and mine and ours:
            _assign(found, rows, mine, ours, _neighbours(found, rows, places, fields, place))


def _assign(
    found: Matches, rows: Sequence[OriginalRow], mine: list[int], ours: list[Field], near: dict[tuple[int, str], float]
) -> None:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    alike = np.array([[_alike(rows[at], each) + near.get((at, each.id), 0.0) for each in ours] for at in mine])
    for row, column in zip(*linear_sum_assignment(-alike), strict=True):
        at, score = mine[row], alike[row, column]
        rivals = [other for other in range(len(ours)) if other != column and alike[row, other] > score - CLOSE]
        if score < LIKELY:
            continue
        if rivals:
            found.ambiguous[at] = (ours[column], *(ours[other] for other in rivals))
        else:
            found.pairs[at] = (ours[column], "likeness")


def _neighbours(
    found: Matches, rows: Sequence[OriginalRow], places: Sequence[Place | None], fields: Sequence[Field], place: Place
) -> dict[tuple[int, str], float]:
    """Return a bonus for rows that stand between the same neighbours as a working row does: lists keep their order."""
    here = [at for at in range(len(rows)) if places[at] == place]
    ours = [each.id for each in fields if (each.sector, each.scenario) == place]
    names = {at: found.pairs[at][0].id for at in here if at in found.pairs}
    bonus: dict[tuple[int, str], float] = {}
    for position, at in enumerate(here):
        before = names.get(here[position - 1], "") if position else "^"
        after = names.get(here[position + 1], "") if position + 1 < len(here) else "$"
        for index, each in enumerate(ours):
            was_before = ours[index - 1] if index else "^"
            was_after = ours[index + 1] if index + 1 < len(ours) else "$"
            bonus[at, each] = 0.2 * (bool(before) and before == was_before) + 0.2 * (bool(after) and after == was_after)
    return bonus


def _alike(row: OriginalRow, ours: Field) -> float:
    from rapidfuzz import fuzz

    theirs = plain(row.field)
    name = max(fuzz.ratio(theirs, plain(other)) for other in (ours.name_zh, ours.name_en, *ours.aliases[:12])) / 100
    return 0.75 * name + 0.35 * _description(row, ours)


def _description(row: OriginalRow, ours: Field) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(plain(row.description), plain(ours.definition)) / 100 if row.description else 0.0
