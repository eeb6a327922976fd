"""What a basis may take out of the count: rulings on a manifest's exclusions, before anything is counted.

The bases, their evidence and their limits are data of the national rule (``field_maps/national/exclusions.yaml``).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from .. import field_maps
from ..field_maps import catalog, exclusion_files
from .counting_plan import Exclusion
from .errors import UsageError


@dataclass(frozen=True)
class Situation:
    """What the rulings depend on.

    `rows` are the threshold rows counted; `personal_columns` the PI columns that leave; `important_data` is ``none``,
    ``suspected`` or ``present``; `unofficial_columns` are PI columns whose field is not confirmed against the original.
    """

    rows: tuple[str, ...]
    personal_columns: tuple[str, ...] = ()
    important_data: str = "none"
    unofficial_columns: tuple[str, ...] = ()
    list_id: str = ""


@dataclass(frozen=True)
class Void:
    """An exclusion that takes nothing out, the article that says so, and why."""

    basis: str
    article: str
    why: str


@dataclass(frozen=True)
class Ruling:
    """The exclusions that apply, those that are void, and those that a person must review first.

    An exclusion under `review` applies unless the suspicion is confirmed: the gate evaluates both and exits 4 when
    they differ.
    """

    applied: tuple[Exclusion, ...]
    void: tuple[Void, ...] = ()
    review: tuple[Exclusion, ...] = ()


@cache
def provisions() -> Mapping[str, Any]:
    """Return the provisions on exclusions as data."""
    return exclusion_files.read(catalog.folder_of(field_maps.national_rule().id))


def no_personal_information() -> tuple[str, ...]:
    """Return the bases of data that hold no personal information at all."""
    asserts = "no-personal-information"
    return tuple(name for name, basis in provisions()["bases"].items() if basis.get("asserts") == asserts)


def minor_age(on: date) -> int:
    """Return the age in years below which every item of a person is sensitive."""
    known = [(day, years) for day, years in provisions()["minor"]["age"].items() if day <= on]
    return int(max(known)[1]) if known else int(min(provisions()["minor"]["age"].items())[1])


def rule(exclusions: Sequence[Exclusion], situation: Situation, where: str = "exclusions") -> Ruling:
    """Rule on every exclusion; UsageError, with the reason, when one may not be claimed at all."""
    applied, void, review = [], [], []
    for position, exclusion in enumerate(exclusions):
        basis = _basis(exclusion, f"{where}[{position}]")
        _claim(exclusion, basis, situation, f"{where}[{position}]")
        if basis.get("void_with_important_data") and situation.important_data == "present":
            reason = basis.get("void", provisions()["void"])
            void.append(Void(exclusion.basis, reason["article"], reason["why"]["en"]))
            continue
        applied.append(exclusion)
        if basis.get("void_with_important_data") and situation.important_data == "suspected":
            review.append(exclusion)
    return Ruling(tuple(applied), tuple(void), tuple(review))


def _basis(exclusion: Exclusion, where: str) -> Mapping[str, Any]:
    known, refused = provisions()["bases"], provisions()["refused"]
    if exclusion.basis in refused:
        no = refused[exclusion.basis]
        raise UsageError(f"{no['article']} is no exclusion: {no['why']['en']}", where=f"{where}.basis")
    if exclusion.basis not in known:
        near = difflib.get_close_matches(exclusion.basis, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(known)}"
        raise UsageError(f"no such basis: {exclusion.basis}", where=f"{where}.basis", hint=hint)
    found: Mapping[str, Any] = known[exclusion.basis]
    return found


def _claim(exclusion: Exclusion, basis: Mapping[str, Any], situation: Situation, where: str) -> None:
    """Raise UsageError when the basis cannot hold for this export."""
    article, evidence = basis["article"], {key: value for key, value in exclusion.evidence.items() if value}
    if not evidence:
        raise UsageError(f"{article} needs evidence", where=f"{where}.evidence")
    for keys in basis["evidence"]:
        if not any(key in evidence for key in keys):
            raise UsageError(f"{article} needs evidence of {keys[0]}", where=f"{where}.evidence.{keys[0]}")
    if basis.get("asserts") == "no-personal-information" and situation.personal_columns:
        columns = ", ".join(situation.personal_columns[:5])
        raise UsageError(
            f"{article} asserts a dataset without personal information, and columns hold it: {columns}", where=where
        )
    if basis.get("other_row_only") and evidence.get("row") in situation.rows:
        why = "persons below the floor of the row being counted still count"
        raise UsageError(f"{article} cannot be claimed for the row itself: {why}", where=f"{where}.evidence.row")
    if basis.get("official_fields_only") and situation.unofficial_columns:
        columns = ", ".join(situation.unofficial_columns[:5])
        why = f"the fields of these columns are not confirmed against the original list: {columns}"
        raise UsageError(f"{article} cannot be claimed: {why}", where=where, hint="exportgate list import")
