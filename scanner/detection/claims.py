"""What a name or comment claims for its column once the table is known.

The rules are data (`recognizers/data/rules.yaml`): by group of attribute, what a named owner makes of it (a supplier's
phone is no person's), what the table makes of it, and what grammar behind it undoes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from ...recognizers import column_names_standards as standards
from ...recognizers.column_names import Reading
from ...recognizers.column_names_lexicon import Concept, read_yaml
from ...recognizers.kinds import KINDS
from .frame import Frame

CERTAINTIES = ("weak", "possible", "likely", "certain")
_REFERS = frozenset({"id", "number", "code"})
_FOREIGN_KEY_GROUPS = frozenset(
    {"contact", "region", "purchase_bare", "medical_event", "photo", "bank", "insurance", "member_only", "free_text",
     "person_money"}
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """A kind (``none`` when the words speak against a person, empty when they say nothing), how certain, and why."""

    kind: str = ""
    certainty: str = "weak"
    text: str = ""
    because: str = ""
    role: str = ""

    @property
    def rank(self) -> int:
        """Place of the certainty, least first."""
        return CERTAINTIES.index(self.certainty)


NOTHING = Claim()


@cache
def _rules() -> dict[str, Any]:
    return read_yaml("rules.yaml")


def claim_of_standard(name: str, frame: Frame) -> Claim:
    """Claim by the data standard the table follows."""
    kind = standards.kind_of(frame.standard, name) if frame.standard else ""
    return Claim(kind, "certain", name, f"a variable of {frame.standard.upper()}") if kind else NOTHING


def claim_of(reading: Reading, frame: Frame, numeric: bool = False) -> Claim:
    """Return what a reading claims in a table; `numeric` tells a person's number from a person's name."""
    head = reading.head
    if head is None:
        return _claim_of_grammar(reading, frame)
    if head.structural:
        return Claim("none", "likely", reading.text, f"{head.id.replace('_', ' ')} is technical")
    claim = (
        _claim_of_attribute(reading, head, frame)
        if head.is_attribute
        else _claim_of_role(reading, head, frame, numeric)
    )
    if reading.drowned and claim.kind not in ("", "none"):
        return Claim(claim.kind, "possible", claim.text, claim.because, claim.role)
    return claim


def _claim_of_grammar(reading: Reading, frame: Frame) -> Claim:
    """A name made of grammar alone: ``name``, ``id``, ``status``."""
    if not reading.mods or reading.unknown:
        if reading.undone and not reading.drowned:
            return Claim("none", "possible", reading.text, "only a type, state, count or time")
        return NOTHING
    if set(reading.mods) == {"name"}:
        if "person" in frame and "company" not in frame:
            return Claim("person_name", "likely", reading.text, "a name in a table about persons")
        return Claim("none", "likely", reading.text, "a name in a table that is not about persons")
    return Claim("none", "likely", reading.text, "a key, type, state or time")


def _claim_of_role(reading: Reading, head: Concept, frame: Frame, numeric: bool) -> Claim:
    role = "audit" if head.role == "audit" else head.id
    if not head.is_person and head.role != "audit":
        return Claim("none", "likely", reading.text, f"about {head.id.replace('_', ' ')}, not a person")
    if reading.undone:
        return Claim("none", "likely", reading.text, "only a type, state, count or time")
    if reading.drowned:
        return NOTHING
    if _REFERS & set(reading.mods) or (not reading.mods and numeric):
        kind = head.ids
    else:
        kind = head.names if "name" in reading.mods else head.alone
    if role == "audit" and numeric:
        kind = "none"
    certainty = "likely" if not reading.mods or role == "audit" else "certain"
    return Claim(kind, certainty, reading.text, f"{head.id.replace('_', ' ')} in the name", role)


def _claim_of_attribute(reading: Reading, head: Concept, frame: Frame) -> Claim:
    rule = _rules()[head.group]
    said = head.id.replace("_", " ")
    if reading.undone and not _survives(rule["undone"], reading, frame):
        return Claim("none", "likely", reading.text, f"only a type, state, count or time of {said}")
    if head.group in _FOREIGN_KEY_GROUPS and "id" in reading.mods:
        return Claim("none", "likely", reading.text, f"a reference to {said}")
    owner = reading.owner
    if owner is not None and (owner.is_person or owner.role == "audit"):
        return Claim(_moving(head.kind, frame), "certain", reading.text, f"{said} of {owner.id}", owner.role)
    if owner is not None and owner.role in rule["owner"]:
        return _outcome(rule["owner"][owner.role], reading, head, f"{said} of {owner.id.replace('_', ' ')}")
    for flag, outcome in rule["tables"].items():
        if flag == "else" or flag in frame:
            where = "" if flag == "else" else f" in a table with {flag.replace('_', ' ')}"
            return _outcome(outcome, reading, head, said + where)
    return NOTHING


def _survives(rule: str, reading: Reading, frame: Frame) -> bool:
    if rule == "track":
        return "track" in frame and "time" in reading.mods
    return rule == "keep" and "time" not in reading.mods


def _moving(kind: str, frame: Frame) -> str:
    return "trajectory" if kind == "precise_location" and "track" in frame else kind


def _outcome(outcome: str, reading: Reading, head: Concept, because: str) -> Claim:
    if outcome == "drop":
        return Claim("none", "likely", reading.text, because + ": not a person's")
    if outcome in KINDS:
        return Claim(outcome, "likely", reading.text, because)
    return Claim(head.kind, outcome, reading.text, because)
