"""Names that values refute: 200 telephones under ``create_time`` are telephones, whatever the header says.

A header slips by a column, or a field is put to another use than its name: a name that speaks of no person must not
hide the persons in its values. What overrules it is data (`weights.yaml`, ``refute``): numbers and names that chance
does not make, against any such name, even where they are few among other values; names of persons, addresses and
illnesses only against names of what has none of them (``status``, ``amount``), for a brand is called like a person, a
warehouse has an address and a price list has illnesses. A name that denies the very kind, as a supplier's phone does,
stands, and a number of orders may look like one of telephones.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from ...recognizers.cells import ColumnEvidence
from ...recognizers.kinds import KINDS, graver
from ...recognizers.pack import entities
from .claims import NOTHING, Claim
from .names import Names
from .values import stands_out
from .weights import weights

_KEYED = frozenset({"id", "number", "code", "time"})
_MOBILE = 11
"""Digits of a mobile number, and of many an order that begins with its day."""
_YEARS_FROM, _MONTHS, _DAYS = 2, range(1, 13), range(1, 32)
"""Where the month begins in a number that begins with two digits of a year."""


def unless_refuted(claim: Claim, said: Names, evidence: ColumnEvidence | None) -> Claim:
    """Return `claim`, or nothing where it speaks of no person and the values do, or where theirs is a graver kind."""
    limits = weights()["refute"]
    if not claim.kind or evidence is None or evidence.checked < limits["cells"]:
        return claim
    if claim.kind != "none":
        return NOTHING if _are_graver(claim, evidence) else claim
    denied = {claim.denied, *(limits["reaching"] if _reaches_a_firm(said) else ())}
    inside = [entity for entity in limits["few"] if _is_inside(entity, evidence)]
    if any(_may(entity, denied) for entity in inside):
        return NOTHING
    known = denied | set(limits["plain"] if _numbers_things(said) else ())
    few = any(_stands_out(entity, least, evidence) for entity, least in limits["few"].items() if _may(entity, known))
    against = [*limits["any"], *(limits["wordless"] if _holds_no_words(claim, said) else ())]
    return NOTHING if few or any(_fills(entity, evidence) for entity in against if _may(entity, known)) else claim


def are_somebodys(evidence: ColumnEvidence | None) -> bool:
    """Whether all that a column holds is somebody's: their numbers, names, addresses or illnesses."""
    if evidence is None or evidence.checked < weights()["refute"]["cells"]:
        return False
    return any(_fills(entity, evidence) for entity in (*weights()["refute"]["any"], *weights()["refute"]["wordless"]))


def _are_graver(claim: Claim, evidence: ColumnEvidence) -> bool:
    """Whether what is called personal holds only what is sensitive: illnesses under ``phone``, places under 地址."""
    own = KINDS[claim.kind].pi()
    kinds = {entity: KINDS[entities()[entity].kind] for entity in weights()["refute"]["wordless"]}
    return any(graver(own, of.pi()) != own and _fills(entity, evidence) for entity, of in kinds.items())


def _may(entity: str, known: Container[str]) -> bool:
    """Whether an entity may overrule a name that denies the kinds or entities `known`."""
    return entity not in known and entities()[entity].kind not in known


def _reaches_a_firm(said: Names) -> bool:
    """Whether a firm is named and how it is reached: by its hotline, its website."""
    firms = [reading for reading in said.readings if reading.head is not None and reading.head.role == "org"]
    return any(word in reading.text.lower() for reading in firms for word in weights()["refute"]["reached"])


def _numbers_things(said: Names) -> bool:
    """Whether a thing is named and its number: of an order, a part, a device."""
    return any(
        reading.head is not None and (reading.head.group == "purchase_number" or {"number", "code"} & set(reading.mods))
        for reading in said.readings
    )


def _holds_no_words(claim: Claim, said: Names) -> bool:
    """Whether what is named has no place or illness in it: a type, state, time, key, amount, or how a system works."""
    heads = [reading.head for reading in said.readings if reading.head is not None]
    counted = claim.denied in weights()["refute"]["counted"]
    keyed = any(_KEYED & set(reading.mods) for reading in said.readings)
    return counted or keyed or all(head.structural or head.id == "system" for head in heads)


def _fills(entity: str, evidence: ColumnEvidence) -> bool:
    hit, limits = evidence.hit(entity), weights()["refute"]
    if hit.valid < limits["share"] * evidence.checked:
        return False
    if entity in weights()["closed"]:
        return bool(limits["listed"] <= evidence.distinct <= limits["repeated"] * evidence.checked)
    dated = entity in weights()["numbered"] and _are_dated(evidence.sample)
    return bool(evidence.distinct >= limits["distinct"]) and not dated


def _stands_out(entity: str, least: int, evidence: ColumnEvidence) -> bool:
    """Whether some cells, however few among others, are identifiers of persons that chance does not make."""
    hit = evidence.hit(entity)
    dated = entity in weights()["numbered"] and _are_dated([one for one in evidence.sample if len(one) == _MOBILE])
    return hit.valid >= least and not dated and stands_out(entities()[entity], hit, evidence)


def _is_inside(entity: str, evidence: ColumnEvidence) -> bool:
    """Whether an identifier stands in a good share of cells of longer text."""
    limits, inside = weights()["refute"], evidence.hit(entity).embedded_valid
    often = inside >= limits["few"][entity] and inside >= limits["inside"] * evidence.checked
    return bool(often and evidence.avg_length >= limits["prose"])


def _are_dated(sample: Sequence[str]) -> bool:
    """Whether numbers begin with a day as numbers of orders do (``180115…``), which telephones do by chance only."""
    bare = [value.strip() for value in sample]
    return sum(_begins_with_day(value) for value in bare) > len(bare) / 2


def _begins_with_day(value: str) -> bool:
    month, day = value[_YEARS_FROM : _YEARS_FROM + 2], value[_YEARS_FROM + 2 : _YEARS_FROM + 4]
    return month.isdigit() and day.isdigit() and int(month) in _MONTHS and int(day) in _DAYS
