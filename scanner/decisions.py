"""A person's decision about a column: it survives re-runs and is shown as such."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ..recognizers.kinds import KINDS
from .documents import nearest
from .errors import UsageError
from .manifest import Decision
from .results import ColumnVerdict


def apply(
    verdicts: Iterable[ColumnVerdict], decisions: Mapping[str, Decision], *, profile: str, where: str = "manifest"
) -> tuple[ColumnVerdict, ...]:
    """Return the verdicts with the decisions in place; UsageError for a kind or column that does not exist."""
    judged = tuple(verdicts)
    check_columns(decisions, [verdict.name for verdict in judged], where=f"{where}: columns")
    return tuple(
        _decided(verdict, decisions[verdict.name], profile, where) if verdict.name in decisions else verdict
        for verdict in judged
    )


def identified(
    verdicts: Iterable[ColumnVerdict],
    identity: Mapping[str, str] | None,
    decisions: Mapping[str, Decision],
    *,
    source: str,
    profile: str,
) -> tuple[ColumnVerdict, ...]:
    """Return the verdicts with the manifest's identity columns taken at its word: what identifies is an item.

    Only columns whose values left them undecided or without a personal kind are changed, and none a person decided.
    """
    named: dict[str, str] = {}
    for kind, column in (identity or {}).items():
        if kind in KINDS:
            named[column.removeprefix(f"{source}.")] = kind
    return tuple(
        _declared(verdict, named[verdict.name], profile)
        if verdict.name in named and verdict.name not in decisions and (not verdict.is_personal or verdict.undecided)
        else verdict
        for verdict in verdicts
    )


def _declared(verdict: ColumnVerdict, kind: str, profile: str) -> ColumnVerdict:
    explanation = f"the manifest names it as the {kind} that identifies a person; the scan said {verdict.kind}"
    return replace(
        verdict,
        kind=kind,
        entity=verdict.entity if kind == verdict.kind else KINDS[kind].entity,
        pi=KINDS[kind].pi(profile),
        confidence=1.0,
        decided_by="human",
        undecided=False,
        evidence=replace(verdict.evidence, explanation=explanation),
    )


def check_columns(named: Iterable[str], present: Collection[str], *, where: str) -> None:
    """Raise UsageError for the first of `named` columns that no dataset has."""
    for name in named:
        if name not in present:
            raise UsageError(f"no such column: {name}", where=where, hint=nearest(name, present))


def _decided(verdict: ColumnVerdict, decision: Decision, profile: str, where: str) -> ColumnVerdict:
    if decision.kind not in KINDS:
        place = f"{where}: columns.{verdict.name}.kind"
        raise UsageError(f"unknown kind {decision.kind!r}", where=place, hint=nearest(decision.kind, list(KINDS)))
    kind = KINDS[decision.kind]
    why = f" ({decision.why})" if decision.why else ""
    explanation = f"decided by {decision.by} on {decision.on}{why}; the scan said {verdict.kind}"
    return replace(
        verdict,
        kind=decision.kind,
        entity=verdict.entity if decision.kind == verdict.kind else kind.entity,
        pi=kind.pi(profile),
        confidence=1.0,
        decided_by="human",
        undecided=False,
        evidence=replace(verdict.evidence, explanation=explanation),
    )
