"""One verdict for each column of a table."""

from __future__ import annotations

from ...recognizers.kinds import DEFAULT_PROFILE, KINDS, known_profile
from ..results import ColumnVerdict, Evidence
from .claims import NOTHING, Claim, claim_of, claim_of_standard
from .frame import Frame, Names, frame_of, is_numeric, read_columns
from .table import ColumnInput, TableInput

_CONFIDENCE = {"weak": 0.55, "possible": 0.7, "likely": 0.88, "certain": 0.96}
_DATES = ("date", "time", "timestamp")
_KINDS_OF_DATES = frozenset(
    {"birth_date", "age", "occupation_employer", "education", "medical_history_other", "order_or_consumption_record",
     "trajectory", "insurance_account", "other_id_document", "medication", "none", "diagnosis", "driving_behaviour"}
)  # fmt: skip


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
    if kind == "free_text" and not frame.flags & {"person", "patient", "person_key"}:
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
    numeric = is_numeric(column.declared_type or column.type)
    by_comment = claim_of(said.comment, frame, numeric)
    by_name = claim_of(said.name, frame, numeric)
    claim, by = _stronger(by_comment, by_name)
    if not _fits_type(claim.kind, column.declared_type or column.type):
        return Claim("none", "likely", claim.text, "the type cannot hold it"), "type"
    return claim, by


def _stronger(comment: Claim, name: Claim) -> tuple[Claim, str]:
    """The comment, unless it says nothing or only speaks against a name that is certain."""
    if not comment.kind:
        return (name, "name") if name.kind else (NOTHING, "none")
    if not name.kind:
        return comment, "comment"
    if comment.kind == "none" and name.kind != "none" and name.certainty == "certain" and comment.rank < name.rank:
        return (name, "name") if comment.certainty == "possible" else (comment, "comment")
    if comment.kind == "free_text" and name.kind not in ("none", "free_text"):
        return name, "name"
    if name.rank > comment.rank and name.kind != "none":
        return name, "name"
    return comment, "comment"


def _fits_type(kind: str, declared: str) -> bool:
    lowered = declared.lower()
    if any(lowered.startswith(word) for word in _DATES):
        return kind in _KINDS_OF_DATES or not kind
    if lowered in ("bit(1)", "tinyint(1)", "bool", "boolean"):
        return kind not in (
            "phone",
            "email",
            "person_name",
            "postal_address",
            "cn_resident_id",
            "bank_account",
            "photo_avatar",
            "password_or_secret",
            "account_login_id",
            "member_id",
            "ip_address",
            "device_id",
            "occupation_employer",
            "free_text",
        )
    return True
