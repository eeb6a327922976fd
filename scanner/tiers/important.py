"""Important data: what is declared or suspected, and what the unified rule makes of the persons a handler holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ...field_maps.model import Item
from .case import Case
from .facts import Declared
from .findings import Reason

SUSPECTED, NOTIFIED = "suspected", "notified"


class State(Enum):
    """Whether an item's conditions are met; unknown is a matter for a person, never a no."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Judged:
    """One declared item and what became of it; `missing` says what nobody told us."""

    index: int
    item: Item
    declared: Declared
    state: State
    threshold: int | None
    missing: str = ""
    taken_as_false: str = ""


def judge(case: Case) -> tuple[Judged, ...]:
    """Judge every declared item; what is assumed met in this case counts as met."""
    items = case.editions.items
    judged = []
    for index, declared in enumerate(case.facts.important_data):
        found = _judge(case, index, items[declared.item], declared)
        if found.state is State.UNKNOWN and index in case.assumed:
            found = Judged(index, found.item, declared, State.MET, found.threshold)
        judged.append(found)
    return tuple(judged)


def _judge(case: Case, index: int, item: Item, declared: Declared) -> Judged:
    minimum = item.condition.minimum.on(case.facts.as_of) if item.condition.minimum else None
    volume, missing, taken = _volume(item, declared, minimum)
    for need in item.condition.needs:
        flag = declared.flags.get(need, True if need == "undisclosed" else None)
        if flag is False:
            volume = State.NOT_MET
        elif flag is None and volume is not State.NOT_MET:
            volume, missing = State.UNKNOWN, missing or need
    if item.only_ciio and not case.ciio:
        volume = State.NOT_MET
    if declared.basis == SUSPECTED and volume is State.MET:
        volume, missing = State.UNKNOWN, "whether it is what it is suspected to be"
    return Judged(index, item, declared, volume, minimum, missing if volume is State.UNKNOWN else "", taken)


def _volume(item: Item, declared: Declared, minimum: int | None) -> tuple[State, str, str]:
    """Return whether the volume is reached, what is missing, and which silence was taken as a no."""
    if item.condition.minimum is None:
        return State.MET, "", ""
    if any(declared.flags.get(flag) for flag in item.condition.instead):
        return State.MET, "", ""
    if minimum is None:  # what an authority has notified needs no list
        known = declared.basis == NOTIFIED
        return (State.MET, "", "") if known else (State.UNKNOWN, "a volume that holds on this day", "")
    if declared.quantity is None:
        return State.UNKNOWN, "quantity", ""
    if declared.quantity >= minimum:
        return State.MET, "", ""
    silent = [flag for flag in item.condition.instead if flag not in declared.flags]
    return State.NOT_MET, "", ", ".join(silent)


def unified(case: Case) -> list[tuple[Item, int, int]]:
    """Return the unified rule's grounds that the persons held reach: item, persons, line. Zone handlers only."""
    if not case.zone_rules:
        return []
    found = []
    for item in case.editions.list.unified:
        if not item.held or item.condition.minimum is None or (item.only_ciio and not case.ciio):
            continue
        line = item.condition.minimum.on(case.facts.as_of)
        persons = case.held(item.counter)
        if line is not None and persons >= line:
            found.append((item, persons, line))
    return found


def reasons(judged: tuple[Judged, ...], path: str) -> list[Reason]:
    """Return the reasons of declared items: what met its conditions takes `path`."""
    effects = {State.MET: path, State.NOT_MET: "not-important-data", State.UNKNOWN: "review"}
    found = []
    for one in judged:
        counted = one.threshold is not None and one.declared.quantity is not None
        reached = counted and (one.declared.quantity or 0) >= (one.threshold or 0)
        found.append(
            Reason(
                rule=one.item.rule,
                article=one.item.article,
                effect=effects[one.state],
                observed=one.declared.quantity if counted else None,
                comparison=(">=" if reached else "<") if counted else None,
                threshold=one.threshold if counted else None,
            )
        )
    return found
