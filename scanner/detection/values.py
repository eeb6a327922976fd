"""What a column's values say: chance decides, not a fixed share.

A shape that is checked (Luhn, MOD 11-2) counts by how much better its cells pass than random ones would: a column of
order numbers passes Luhn one time in ten and says nothing about bank cards. A shape without a check counts up to a cap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from ...recognizers import resident_id, vin
from ...recognizers.cells import ColumnEvidence, Hit
from ...recognizers.pack import Entity, entities
from .weights import cap_of, weights

_FIRST = 3  # cells of a rare shape that speak for it: further ones may have it for a reason of their own
_RARE = 0.012  # share of other columns' cells that have a shape, up to which a few cells stand out
_CHECKED = 0.12  # chance to pass a check, up to which a few cells stand out
_SHORTEST, _LONGEST = 10, 20  # digits of identifiers that are numbers
_DICTIONARY = 400  # a list of words with each word once, up to this many rows, is a dictionary


@dataclass(frozen=True)
class Seen:
    """What the values say for one entity: its kind, a score in natural-log units, and the counts behind it."""

    kind: str
    entity: str
    score: float
    hit: Hit
    weak: bool = False
    wrong: bool = False  # the shape is right, the check digits are not


def seen_in(evidence: ColumnEvidence | None) -> tuple[Seen, ...]:
    """Return what the values of a column say, the strongest first."""
    if evidence is None or not evidence.checked:
        return ()
    found = [_seen(entity, evidence) for name, entity in entities().items() if evidence.hit(name)]
    return tuple(sorted((seen for seen in found if seen.score > 0), key=lambda seen: (-seen.score, seen.entity)))


def _seen(entity: Entity, evidence: ColumnEvidence) -> Seen:
    hit = evidence.hit(entity.name)
    score = _score(entity, hit, evidence)
    if entity.name in weights()["closed"] and _is_dictionary(evidence):
        score = 0.0
    if entity.name == "IP_ADDRESS" and _is_version(evidence):
        score = 0.0
    if entity.name == "ICD10_CODE" and not any("." in value for value in evidence.sample):
        score *= 0.3  # a letter and two digits number anything: sites, types of vehicles, revisions
    if entity.name == "HASHED_ID" and _are_random(evidence):
        score = 0.0
    if entity.name in weights()["numbered"] and _is_sequence(evidence):
        score *= 0.2
    if score <= 0 and _is_wrong(entity, hit, evidence):
        return Seen(entity.kind, entity.name, _score_of_shape(entity, hit, evidence), hit, wrong=True)
    return Seen(entity.kind, entity.name, score, hit, entity.weak)


def _is_wrong(entity: Entity, hit: Hit, evidence: ColumnEvidence) -> bool:
    """Nearly all cells have the shape of an identifier with a check digit, and most fail it: typed or made-up data."""
    return entity.name in weights()["checked"] and hit.matched >= weights()["wrong_share"] * evidence.checked


def _score_of_shape(entity: Entity, hit: Hit, evidence: ColumnEvidence) -> float:
    """A shape without its check says little, but for those that no other number has by chance."""
    rare = {"CN_RESIDENT_ID": _are_births, "VEHICLE_VIN": _are_makes}.get(entity.name)
    known = weights()["shape_alone"]
    if rare is None or not rare(evidence.sample):
        return float(known["other"])
    return float(known[entity.name]) * hit.matched / evidence.checked


def _are_births(sample: Sequence[str]) -> bool:
    """Of numbers that carry a date: it spreads over a generation, and places of the country stand before it."""
    bare = [resident_id.compact(value) for value in sample]
    placed = [value for value in bare if value[:2].isdigit() and resident_id.is_province(value)]
    years = {value[6:10] for value in placed}
    return len(bare) >= 5 and len(placed) >= 0.9 * len(bare) and len(years) >= min(8, len(bare) // 2)


def _are_makes(sample: Sequence[str]) -> bool:
    """Of seventeen characters: letters stand behind the maker's three as well, as in no order number."""
    described = [value for value in sample if any(sign.isalpha() for sign in vin.compact(value)[3:11])]
    return len(sample) >= 5 and len(described) >= 0.9 * len(sample)


def _score(entity: Entity, hit: Hit, evidence: ColumnEvidence) -> float:
    share = hit.matched / evidence.checked
    if share < weights()["least_share"]:
        return 0.0
    gain = gain_of(entity, hit)
    if gain <= 0:
        return 0.0
    cap = cap_of(entity.name, entity.weak)
    says: float = cap * share ** weights()["mixed"] * (1 - exp(-gain / weights()["scale"]))
    return max(says, min(cap, float(weights()["among_others"]))) if stands_out(entity, hit, evidence) else says


def gain_of(entity: Entity, hit: Hit) -> float:
    """Log-likelihood of the passes and failures under real identifiers against random cells of the shape.

    A shape that few other cells have speaks as well, for its first cells, unless the check has spoken against it.
    """
    chance, failed, gain = entity.chance, hit.matched - hit.valid, 1.5 * hit.matched
    if chance < 1:
        real = max(weights()["true_share"], chance + 0.02)
        gain = hit.valid * log(real / chance) + failed * log((1 - real) / (1 - chance))
    return float(gain - min(hit.valid, _FIRST) * log(entity.shape) if gain > 0 else gain)


def stands_out(entity: Entity, hit: Hit, evidence: ColumnEvidence) -> bool:
    """Whether some cells are what they look like although most of the column is something else.

    Among numbers as long no shape of digits is rare; then the check alone must speak.
    """
    numbers = sum(count for length, count in evidence.lengths.items() if _SHORTEST <= length <= _LONGEST)
    numbers += evidence.classes.get("number", 0)
    among_numbers = entity.name in weights()["digits"] and numbers > 2 * hit.matched
    if among_numbers:
        entity = entity._replace(shape=1.0)
    checked = entity.chance <= _CHECKED and entity.name not in weights()["passing_only"]
    return (checked or entity.shape <= _RARE) and gain_of(entity, hit) >= weights()["scale"]


def _is_dictionary(evidence: ColumnEvidence) -> bool:
    """Each word once: a list of the words, not the words of persons."""
    return 4 <= evidence.checked <= _DICTIONARY and evidence.distinct >= evidence.checked


def _is_sequence(evidence: ColumnEvidence) -> bool:
    """Numbers that were counted out share their beginnings; numbers of persons do not."""
    values = [value.strip() for value in evidence.sample]
    return len(values) >= 12 and len({value[:-4] for value in values}) <= max(2, len(values) // 5)


def _is_version(evidence: ColumnEvidence) -> bool:
    """Versions have small parts (``4.2.10.1``); of a dozen addresses some part is large."""
    parts = [value.strip().split(".") for value in evidence.sample if value.count(".") == 3]
    return len(parts) >= 6 and all(len(part) < 3 for value in parts for part in value)


_RANDOM = re.compile(r"[0-9a-f]{12}[1-8][0-9a-f]{3}[89ab][0-9a-f]{15}", re.IGNORECASE)


def _are_random(evidence: ColumnEvidence) -> bool:
    """UUIDs without their hyphens: all carry a version and a variant where a digest has any digit (RFC 9562)."""
    values = [value.strip() for value in evidence.sample]
    return len(values) >= 6 and all(_RANDOM.fullmatch(value) for value in values)


def embedded_kinds(evidence: ColumnEvidence | None) -> tuple[str, ...]:
    """Return the kinds found in text, whole or inside, where a check confirms them or the shape needs none."""
    if evidence is None:
        return ()
    known = entities()
    return tuple(
        sorted(
            {
                known[name].kind
                for name, hit in evidence.hits.items()
                if name in known
                and (hit.embedded_valid or hit.valid)
                and not known[name].weak
                and known[name].kind != "none"
            }
        )
    )
