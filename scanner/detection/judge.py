"""One verdict for each column of a table."""

from __future__ import annotations

from ...recognizers.column_names import enumerates
from ...recognizers.kinds import DEFAULT_PROFILE, KINDS, known_profile
from ..results import ColumnVerdict, Evidence
from .claims import NOTHING, Claim, claim_of, claim_of_standard, claim_of_topic
from .frame import Frame, Names, frame_of, is_numeric, read_columns
from .table import ColumnInput, TableInput
from .types import fits_codes, fits_type

_CONFIDENCE = {"weak": 0.55, "possible": 0.7, "likely": 0.88, "certain": 0.96}


def judge(table: TableInput, profile: str = DEFAULT_PROFILE) -> tuple[ColumnVerdict, ...]:
    """Return one verdict per column, in order; ValueError for an unknown profile."""
    known_profile(profile)
    names = read_columns(table)
    frame = frame_of(table, names)
    return tuple(_judge(column, said, frame, profile) for column, said in zip(table.columns, names, strict=True))


def _judge(column: ColumnInput, said: Names, frame: Frame, profile: str) -> ColumnVerdict:
    claim, by = _claim(column, said, frame)
    kind = claim.kind or "none"
    pi = KINDS[kind].pi(profile)
    if kind == "free_text" and not frame.flags & {"person", "patient"}:
        pi = "none"
    return ColumnVerdict(
        name=column.name,
        type=column.type,
        comment=column.comment,
        kind=kind,
        entity=KINDS[kind].entity,
        pi=pi,
        confidence=_CONFIDENCE[claim.certainty] if claim.kind else 0.8,
        decided_by=by if claim.kind else "none",
        evidence=Evidence(name=claim.text, explanation=claim.because),
    )


def _claim(column: ColumnInput, said: Names, frame: Frame) -> tuple[Claim, str]:
    fixed = claim_of_standard(column.name, frame)
    if fixed.kind:
        return fixed, "name"
    declared = column.declared_type or column.type
    numeric = is_numeric(declared)
    claim, by = _stronger(claim_of(said.comment, frame, numeric), claim_of(said.name, frame, numeric))
    if not fits_type(claim, declared):
        return Claim("none", "likely", claim.text, "the type cannot hold it"), "type"
    if enumerates(column.comment) and not fits_codes(claim.kind):
        return Claim("none", "likely", claim.text, "a code of few states, by its comment"), "comment"
    topical = claim_of_topic(claim, said, frame, declared)
    return (topical, "neighbours") if topical.kind else (claim, by)


def _stronger(comment: Claim, name: Claim) -> tuple[Claim, str]:
    """The comment, unless it says nothing or less than a name that is certain."""
    if not comment.kind and not name.kind:
        return NOTHING, "none"
    return (name, "name") if _name_wins(comment, name) else (comment, "comment")


def _name_wins(comment: Claim, name: Claim) -> bool:
    if not comment.kind or not name.kind:
        return bool(name.kind)
    if "audit" in (comment.role, name.role):
        return comment.role != "audit"
    if name.kind == "none":
        return False
    if comment.kind == "none":
        return name.certainty == "certain" and comment.certainty == "possible"
    return name.rank > comment.rank or (comment.kind == "free_text" and name.kind != "free_text")
