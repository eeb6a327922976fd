"""From facts to a verdict: the rules under the readings chosen, and under every other answer beside it.

The verdict rests on the chosen answers. Each open reading is then answered the other way, and each uncertain item
taken as met: where the outcome differs, `review` shows it. Only uncertain facts (and a certification whose reach is
open) make a verdict undecided; an open reading of the law does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...field_maps.model import Reading
from . import notices, outcome
from .answers import Outcome
from .case import Case
from .facts import Facts
from .important import State
from .verdict import Verdict


def evaluate(facts: Facts | Mapping[str, Any], readings: Mapping[str, str] | None = None) -> Verdict:
    """Return the verdict on `facts` under the chosen `readings` (unset ones have their default).

    UsageError for facts that cannot be true, an unknown reading or an unknown answer.
    """
    known = facts if isinstance(facts, Facts) else Facts.from_dict(facts)
    case = Case.of(known, {**known.readings, **(readings or {})})
    base = outcome.run(case)
    review: list[dict[str, Any]] = []
    others = [*_uncertain(case, base, review)]
    others += _doubted(case, base)
    _answers(case, base, review)
    review += notices.entries(case, base)
    undecided = any((other.tier, other.allowed) != (base.tier, base.allowed) for other in others)
    return Verdict(
        regime=base.regime,
        tier=base.tier,
        path=base.path,
        paths=base.paths,
        fallback={"tier": base.fallback.tier, "path": base.fallback_path},
        usable=base.usable,
        allowed=base.allowed,
        undecided=undecided,
        reasons=tuple(reason.to_dict() for reason in base.reasons),
        headroom=base.headroom,
        duties=notices.duties(case),
        warnings=tuple(dict.fromkeys(notices.warnings(case, base))),
        review=tuple(review),
        held=base.held,
        may_go_if_read_so=any(other.allowed for other in others),
    )


def _uncertain(case: Case, base: Outcome, review: list[dict[str, Any]]) -> list[Outcome]:
    """Take each uncertain item as met, and all of them together."""
    unknown = [one for one in base.judged if one.state is State.UNKNOWN]
    others = []
    for one in unknown:
        other = outcome.run(case.assuming(one.index))
        others.append(other)
        note = f"{one.item.name.en}: not known: {one.missing} ({one.item.article})"
        review.append(_entry(one.item.id, State.NOT_MET.value, other, note))
    if len(unknown) > 1:
        others.append(outcome.run(case.assuming(*(one.index for one in unknown))))
    return others


def _doubted(case: Case, base: Outcome) -> list[Outcome]:
    """Return the outcome in which a certification of open reach is accepted, when the answer turns on it."""
    reading = case.reading("certification-band")
    if not base.certification_only or reading is None or case.acts(reading.mechanism):
        return []
    return [outcome.run(case.flipped(reading))]


def _answers(case: Case, base: Outcome, review: list[dict[str, Any]]) -> None:
    """Answer each open reading the other way."""
    for reading in case.editions.readings.values():
        if reading.mechanism == "renewal-window":
            continue  # concerns dates, not routes: see notices.entries
        other = outcome.run(case.flipped(reading))
        if other.key != base.key or _turns(reading, base):
            review.append(_entry(reading.id, case.answers[reading.id], other, _note(reading, base, other)))


def _turns(reading: Reading, base: Outcome) -> bool:
    return reading.mechanism == "certification-band" and base.certification_only


def _entry(reading: str, chosen: str, other: Outcome, note: str) -> dict[str, Any]:
    return {"reading": reading, "chosen": chosen, "other": {"tier": other.tier, "path": other.path}, "note": note}


def _note(reading: Reading, base: Outcome, other: Outcome) -> str:
    note = f"{reading.question.en} ({reading.article})"
    if base.allowed != other.allowed:
        note += f"; read the other way the export {'may go' if other.allowed else 'must not go'}"
    return note
