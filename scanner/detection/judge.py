"""One verdict for each column of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...recognizers.column_names_clauses import enumerates, lists
from ...recognizers.column_names_lexicon import Concept
from ...recognizers.data_files import words_of
from ...recognizers.kinds import DEFAULT_PROFILE, KINDS, graver, known_profile
from ..mapping.learnt import MANY
from ..mapping.scoring import head_of
from ..mapping.spelling import is_initials_of
from ..results import ColumnVerdict, Evidence
from .claims import NOTHING, Claim, claim_of
from .claims_against import HEALTH
from .classes import class_of, is_of_child
from .companions import claim_of_companion
from .context import Context, contexts
from .digests import claim_of_digest
from .driving import claim_of_driving
from .frame import Frame, frame_of
from .fusion import decide
from .journeys import claim_of_journey
from .keys import claim_of_key
from .learnt import CERTAIN, Ruled, corrected, opinion_of
from .masking import masked_examples
from .names import Names, read_columns, unwrapped
from .records import claim_of_item, claim_of_standard, claim_of_topic
from .refuted import unless_refuted
from .table import ColumnInput, TableInput, is_key, is_numeric
from .trades import as_firms, as_rented, with_contact
from .types import fits_codes, fits_type


def judge(table: TableInput, profile: str = DEFAULT_PROFILE) -> tuple[ColumnVerdict, ...]:
    """Return one verdict per column, in order; ValueError for an unknown profile."""
    known_profile(profile)
    known = known_of(table)
    rows = zip(table.columns, known.names, known.learnt(), strict=True)
    return tuple(
        _judge(column, said, claim, known.frame, profile, place) for place, (column, said, claim) in enumerate(rows)
    )


_THEIR_OWN = frozenset({"phone", "email", "postal_address", "person_name", "cn_resident_id", "passport", "birth_date"})


@dataclass(frozen=True)
class Known:
    """What the rules make of a table without its values: names read, what it is about, claims, verdicts by them."""

    table: TableInput
    names: tuple[Names, ...]
    frame: Frame
    claims: tuple[tuple[Claim, str], ...]
    verdicts: tuple[ColumnVerdict, ...]

    def contexts(self) -> tuple[Context, ...]:
        """Return what is known of each column."""
        return contexts(self.table, self.names, [claim for claim, _ in self.claims], self.frame, self.verdicts)

    def ruled(self) -> Iterator[Ruled]:
        """Yield what the rules make of each column.

        What a framework added or a system keeps free stays nobody's, 监护人地址 in whatever table the guardian's.
        """
        rows = zip(self.table.columns, self.names, self.claims, self.verdicts, strict=True)
        small = len(self.table.columns) < MANY
        nobodys = all(verdict.pi == "none" for verdict in self.verdicts)
        for column, said, (claim, by), verdict in rows:
            kept = small or nobodys or said.is_added or said.is_free or _names_whose(claim)
            yield Ruled(column, claim, by, verdict, fixed=kept)

    def learnt(self) -> Iterator[tuple[Claim, str]]:
        """Yield what is claimed of each column, by the rules and by what labelled columns teach."""
        those = [*self.ruled()]
        if all(ruled.fixed for ruled in those):
            yield from self.claims
            return
        for ruled, context in zip(those, self.contexts(), strict=True):
            yield (ruled.claim, ruled.by) if ruled.fixed else corrected(ruled, opinion_of(context))


def _names_whose(claim: Claim) -> bool:
    """Whether words name both whose something is and how that person is reached or told from others."""
    return claim.certainty == CERTAIN and claim.role != "" and claim.kind in _THEIR_OWN


def known_of(table: TableInput) -> Known:
    """Return what the rules make of a table without its values."""
    simplified = unwrapped(table.simplified())
    plain = with_contact(as_firms(as_rented(simplified)))
    names = read_columns(plain)
    frame = frame_of(plain, names)
    claims = tuple(claim_for(column, said, frame) for column, said in zip(plain.columns, names, strict=True))
    bare = tuple(replace(column, evidence=None) for column in simplified.columns)
    rows = enumerate(zip(bare, names, claims, strict=True))
    verdicts = tuple(_judge(*row, frame, DEFAULT_PROFILE, place) for place, row in rows)
    return Known(replace(simplified, columns=bare), names, frame, claims, verdicts)


def _judge(
    column: ColumnInput, said: Names, claimed: tuple[Claim, str], frame: Frame, profile: str, place: int
) -> ColumnVerdict:
    claim, by = claimed
    claim = unless_refuted(claim, said, column.evidence)
    decision = decide(claim, by, column.evidence, frame)
    seen, least = column.evidence, _without_kind(said, decision.kind)
    young = is_of_child(decision.kind, said, frame)
    return ColumnVerdict(
        name=column.name,
        type=column.type,
        comment=column.comment,
        nulls=seen.nulls if seen else 0,
        distinct=seen.distinct if seen else 0,
        distinct_estimated=seen.distinct_estimated if seen else False,
        kind=decision.kind,
        entity=decision.entity or KINDS[decision.kind].entity,
        pi=_gravest(class_of(decision.kind, column.evidence, frame, profile), least, young),
        confidence=decision.confidence,
        decided_by=decision.decided_by,
        undecided=decision.undecided,
        evidence=_with_child(_with_nearest(decision.evidence, least, decision.kind), young),
        alternatives=decision.alternatives,
        masked_examples=masked_examples(column.evidence, decision.kind, place),
    )


def _gravest(own: str, least: Concept | None, young: bool) -> str:
    known = graver(own, least.pi if least else "none")
    return graver(known, "sensitive") if young else known


def _with_child(evidence: Evidence, young: bool) -> Evidence:
    if not young:
        return evidence
    return replace(
        evidence, explanation=f"{evidence.explanation}; of a child: any item of a person under 14 is sensitive"
    )


def _without_kind(said: Names, kind: str) -> Concept | None:
    """What the words speak of, where the closed vocabulary has no kind for it and `kind` is the nearest."""
    heads = (reading.head for reading in said.readings if reading.head)
    return next((head for head in heads if head.pi and head.kind == kind), None)


def _with_nearest(evidence: Evidence, least: Concept | None, kind: str) -> Evidence:
    if least is None:
        return evidence
    said = f"{least.id.replace('_', ' ')} has no kind of its own: {kind} is the nearest, {least.pi} in any case"
    return replace(evidence, explanation=f"{evidence.explanation}; {said}")


def claim_for(column: ColumnInput, said: Names, frame: Frame) -> tuple[Claim, str]:
    """Return what the words say of a column, and which of them spoke."""
    fixed = claim_of_standard(column.name, said, frame)
    fixed = fixed if fixed.kind else claim_of_item(said, frame, column)
    if fixed.kind:
        return fixed, "name"
    declared = column.declared_type or column.type
    numeric = is_numeric(declared) or (is_key(declared) and not _is_audited(said))
    by_name = NOTHING if is_initials_of(column.name, head_of(column.comment)) else claim_of(said.name, frame, numeric)
    by_comment = NOTHING if lists(column.comment) and by_name.kind else claim_of(said.comment, frame, numeric)
    claim, by = _stronger(by_comment, by_name)
    if _lists_roles(said, by_name, by_comment) or (by_comment.kind == "none" and _explains_name(said, by_name)):
        claim, by = by_name, "name"
    if by_name.kind == "person_name" and by_comment.role == "bare" and set(said.comment.mods) == {"name"}:
        claim, by = by_comment, "comment"  # 名称 is what things have
    if by_name.kind == "member_id" and by_comment.role in _STAFF and by_comment.kind in _THEMSELVES:
        claim, by = replace(by_name, kind="account_login_id", because=f"the key of {by_comment.role}"), "comment"
    key = claim_of_digest(claim, column.name, column.comment)
    if (key := key if key.kind else claim_of_key(claim, said, column, declared, frame)).kind:
        return key, by if by != "none" else "name"
    listed = enumerates(column.comment) or declared.lower().startswith(("enum(", "set("))
    if not fits_type(claim, declared) and "health_record" in frame:
        claim = NOTHING  # a flag among findings is one of them
    if not fits_type(claim, declared) and not (listed and fits_codes(claim.kind)):
        return Claim("none", "likely", claim.text, "the type cannot hold it"), "type"
    if claim.kind in HEALTH | {"", "none"} and words_of("switched").search(column.comment):
        return Claim("none", "likely", claim.text, "whether a row is in use, by its comment"), "comment"
    asked = said.name.asked and by == "comment" and is_numeric(declared)
    if (listed or asked) and not fits_codes(claim.kind):
        return Claim("none", "likely", claim.text, "a code of few states, by its comment or type"), "comment"
    topical = NOTHING if claim.role == "reached" else claim_of_topic(claim, said, frame, column)
    if not topical.kind:
        topical = claim_of_companion(claim, said, frame, column)
    topical = topical if topical.kind else claim_of_journey(claim, frame, column)
    topical = topical if topical.kind else claim_of_driving(claim, frame, column)
    return (topical, "neighbours") if topical.kind else (claim, by)


def _lists_roles(said: Names, name: Claim, comment: Claim) -> bool:
    """Whether a state or sort has for its comment the roles that it may be: ``status`` of 管理员，普通用户."""
    sorts = said.name.head is None and set(said.name.mods) == {"typed"} and name.role == "bare"
    return sorts and comment.role != "" and not said.comment.mods and comment.kind in _THEMSELVES | {"member_id"}


def _explains_name(said: Names, name: Claim) -> bool:
    """Whether a comment that ends in something else speaks of what the name says, and of more.

    ``date_of_birth``, 本人出生当天的公元纪年日期; ``open_id``, 平台唯一标识; ``cust_name``, 顾客姓名, 默认为…
    """
    told, called = said.comment, said.name
    if told.head is None or called.head is None or called.undone or name.kind in ("", "none"):
        return False
    within = told.head.role in ("org", "thing") and name.kind in {one.kind for one in told.before}
    keyed = called.head_group == "account" and name.certainty == "certain" and "id" in told.mods
    goes_on = told.drowned and (told.head.id == called.head.id or (within and not told.undone))
    return goes_on or (keyed and (told.drowned or within))


def _is_audited(said: Names) -> bool:
    """Whether a column tells who created or changed a row, of whom a key alone tells nothing."""
    return any(reading.head is not None and reading.head.role == "audit" for reading in said.readings)


def _stronger(comment: Claim, name: Claim) -> tuple[Claim, str]:
    """The comment, unless it says nothing or less than a name that is certain."""
    if not comment.kind and not name.kind:
        return NOTHING, "none"
    return (name, "name") if _name_wins(comment, name) else (comment, "comment")


_MONEY = frozenset({"income_assets", "financial_account_other", "insurance_account", "order_or_consumption_record"})
_THEMSELVES = frozenset({"person_name", "account_login_id"})
_STAFF = frozenset({"staff", "clinician", "audit"})
_TOLD_BY_NAME = frozenset(
    {"subject_id", "member_id", "gender", "birth_date", "vehicle_vin", "licence_plate"}
)  # 主键, 状态 0-男 1-女
_PLACES = frozenset({"precise_location", "trajectory"})


def _name_wins(comment: Claim, name: Claim) -> bool:
    if not comment.kind or not name.kind:
        return bool(name.kind)
    if "audit" in (comment.role, name.role):
        return comment.role != "audit"
    # days and times are no money
    counted = name.kind in _MONEY and words_of("how_often").search(comment.text) is not None
    if counted or name.kind == "none" or (name.kind, comment.kind) == ("postal_address", "precise_location"):
        return False  # where somebody was and not where somebody lives, says who writes for people
    if (name.kind, comment.kind) == ("photo_avatar", "person_name") or {comment.denied, name.kind} <= _PLACES:
        return True  # the picture of a signature; both speak of a place, and the name says which part of it
    if comment.kind == "none":
        bare = comment.role == "bare" and name.kind in _TOLD_BY_NAME and not comment.text.endswith("数")
        period = name.kind == "birth_date" and words_of("begins_or_ends").search(comment.text) is not None
        kept = name.kind in _TOLD_BY_NAME and words_of("kept_in").search(comment.text) is not None
        return name.certainty == "certain" and not period and (bare or kept or comment.certainty == "possible")
    return name.rank > comment.rank or (comment.kind == "free_text" and name.kind != "free_text")
