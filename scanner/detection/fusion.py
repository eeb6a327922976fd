"""Words and values together: one kind, how sure, what else it may be, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from ...recognizers.cells import ColumnEvidence
from ...recognizers.pack import entities
from ..results import Alternative, Evidence
from .claims import NOTHING, Claim
from .frame import Frame
from .prose import prose_in
from .refuted import are_somebodys
from .values import Seen, seen_in
from .weights import weights

_NUMBERED = frozenset({"phone", "email", "cn_resident_id", "member_id", "payment_card", "bank_account", "device_id"})
_WRITTEN = frozenset(
    {"person_name", "postal_address", "phone", "email", "occupation_employer", "education", "free_text"}
)
_NAMES_OF_ACCOUNTS = frozenset({"email", "phone"})
_REFERENCE = frozenset({"reference", "company"})


@dataclass(frozen=True)
class Decision:
    """The outcome for one column."""

    kind: str
    entity: str
    confidence: float
    decided_by: str
    undecided: bool
    evidence: Evidence
    alternatives: tuple[Alternative, ...]


def decide(claim: Claim, by: str, evidence: ColumnEvidence | None, frame: Frame) -> Decision:
    """Weigh what the words claim against what the values show."""
    claim, seen = weighed(claim, evidence, frame)
    scores = scores_of(claim, seen, weights())
    shares = shares_of(scores)
    kind = next(iter(shares))
    best = next((one for one in seen if one.kind == kind), None)
    told = best or next((one for one in seen if one.wrong and kind == "none"), None)
    return Decision(
        kind=kind,
        entity=best.entity if best else "",
        confidence=round(shares[kind], 4),
        decided_by=_decided_by(kind, claim, by, best),
        undecided=shares[kind] < weights()["undecided_below"],
        evidence=_evidence(claim, told, evidence),
        alternatives=tuple(Alternative(k, round(p, 4)) for k, p in list(shares.items())[1:4] if p >= 0.01),
    )


def weighed(claim: Claim, evidence: ColumnEvidence | None, frame: Frame) -> tuple[Claim, list[Seen]]:
    """Return what words and values bring to the scales: the claim as the values correct it, and what they show."""
    if evidence is not None and evidence.checked > 1 and _names_no_person(claim, evidence):
        claim = Claim("none", "possible", claim.text, f"{claim.because}, but of no person", "bare")
    claim = NOTHING if _of_nothing_known(claim) and _are_told(evidence) else _corrected(claim, evidence)
    seen = [one for one in seen_in(evidence) if _admitted(one, claim, frame)]
    if claim.kind not in ("", "none", "free_text"):
        return claim, seen
    prose = prose_in(evidence, frame, described=claim.kind == "free_text")
    return claim, [*seen, prose] if prose else seen


def _corrected(claim: Claim, evidence: ColumnEvidence | None) -> Claim:
    """What the values make of a claim: a hashed phone is a pseudonym, a key in place of a name is a reference."""
    if evidence is None or evidence.checked < 2 or claim.kind in ("", "none"):
        return claim
    if claim.kind in _NUMBERED and _all(evidence, "HASHED_ID"):
        return Claim("pseudonymous_id", claim.certainty, claim.text, f"{claim.because}, hashed", claim.role)
    if claim.kind == "cn_resident_id" and (other := _other_document(evidence)):
        return Claim(other, claim.certainty, claim.text, f"{claim.because}, of another document", claim.role)
    if claim.kind in _WRITTEN and _all(evidence, "UUID"):
        return Claim("none", "likely", claim.text, f"{claim.because}, but the values are keys of another table", "bare")
    if claim.kind in _WRITTEN | _NUMBERED and _only_flags(evidence):
        return Claim("none", "likely", claim.text, f"{claim.because}, but the values are flags")
    return claim


def _names_no_person(claim: Claim, evidence: ColumnEvidence) -> bool:
    """What stands beside a telephone may be a shop: then its names are none of a person's."""
    hits = max(evidence.hit(name).matched for name in ("CN_PERSON_NAME", "PERSON_NAME_LATIN"))
    return claim.role == "reached" and hits < weights()["least_share"] * evidence.checked


def _of_nothing_known(claim: Claim) -> bool:
    """``name`` or ``s.name`` in a table of nothing known: less than silence, for a person's name is a ``name`` too."""
    return (claim.kind, claim.certainty, claim.role, claim.denied) == ("none", "possible", "bare", "")


def _are_told(evidence: ColumnEvidence | None) -> bool:
    return _are_names(evidence) or are_somebodys(evidence)


def _are_names(evidence: ColumnEvidence | None) -> bool:
    return evidence is not None and 1 < evidence.checked <= evidence.hit("CN_PERSON_NAME").valid / 0.9


def _all(evidence: ColumnEvidence, entity: str) -> bool:
    return evidence.hit(entity).matched >= 0.9 * evidence.checked


def _other_document(evidence: ColumnEvidence) -> str:
    """The kind of the cards that fill a column in place of resident numbers: those of the south, permits."""
    known = entities()
    cards = [name for name in weights()["cards"] if evidence.hit(name).valid >= 0.8 * evidence.checked]
    return known[cards[0]].kind if cards else ""


def _only_flags(evidence: ColumnEvidence) -> bool:
    """A handful of single characters over many cells."""
    return evidence.checked >= 8 and evidence.distinct <= 3 and set(evidence.lengths) <= {1}


def _admitted(one: Seen, claim: Claim, frame: Frame) -> bool:
    """Whether the values' word counts: not for a kind the words deny, nor for word lists in a reference table."""
    if claim.denied and one.kind == claim.denied:
        return False
    if claim.kind == "financial_account_other" and one.kind in _NAMES_OF_ACCOUNTS:
        return False  # an account of payments goes by its owner's e-mail or telephone
    if one.entity in weights()["closed"] and "reference" in frame:
        return False
    return not (one.weak and claim.kind != one.kind)


def scores_of(claim: Claim, seen: Sequence[Seen], said: Mapping[str, Any]) -> dict[str, float]:
    """Return the evidence for each kind, in natural-log units, under the weights `said`."""
    scores: dict[str, float] = {"none": said["nothing_said"]}
    for one in seen:
        scores[one.kind] = max(scores.get(one.kind, 0.0), one.score)
    if claim.kind:
        table = said["against" if claim.kind == "none" else "name"]
        agreed = said["agreement"] if scores.get(claim.kind, 0.0) > 1 and claim.kind != "none" else 0.0
        scores[claim.kind] = scores.get(claim.kind, 0.0) + table[claim.certainty] + agreed
        if claim.kind != "none":
            scores["none"] = 0.0
    return scores


def shares_of(scores: dict[str, float]) -> dict[str, float]:
    """Probabilities, the likeliest first; a tie goes to `none`."""
    total = sum(exp(score) for score in scores.values()) + 0.5
    ranked = sorted(scores, key=lambda kind: (-scores[kind], kind != "none", kind))
    return {kind: exp(scores[kind]) / total for kind in ranked}


def _decided_by(kind: str, claim: Claim, by: str, best: Seen | None) -> str:
    spoke = best is not None and best.score > 0.8
    if claim.kind == kind:
        return "values+name" if spoke and by in ("name", "comment") else by
    return "values" if spoke else "none"


def _evidence(claim: Claim, best: Seen | None, evidence: ColumnEvidence | None) -> Evidence:
    checked = evidence.checked if evidence else 0
    if best is None:
        return Evidence(
            checked=checked, name=claim.text, explanation=_sentence(claim, None, checked), details=_details(claim)
        )
    hit = best.hit
    return Evidence(
        checked=checked,
        matched=hit.matched,
        valid=hit.valid,
        embedded=hit.embedded,
        name=claim.text,
        explanation=_sentence(claim, best, checked),
        details=_details(claim),
    )


def _details(claim: Claim) -> dict[str, str]:
    return {"role": claim.role} if claim.role not in ("", "bare") else {}


def _sentence(claim: Claim, best: Seen | None, checked: int) -> str:
    parts = [claim.because] if claim.because else []
    if best is not None and best.hit.embedded and not best.hit.matched:
        parts.append(f"{best.hit.embedded} times something of a person inside longer text")
    elif best is not None:
        check = entities()[best.entity].check
        passed = f", {best.hit.valid} pass ({check})" if check else ""
        wrong = ": the shape is right, the checksum wrong" if best.wrong else ""
        parts.append(f"{best.hit.matched} of {checked} cells look like {best.entity}{passed}{wrong}")
    return "; ".join(parts) or "nothing in name, comment, type or values speaks of a person"
