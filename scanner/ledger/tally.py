"""How many persons hold which items: a histogram of item masks, from which every count of the year is read.

A mask has three bits for each threshold row (slot) of the year. A person's mask is the union of their facts' masks. A
few dozen different masks describe millions of persons, so any question, with or without a row, with or without another
row's persons, is answered from the histogram and never counted again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ...recognizers import cells_arrow
from ..counting_draft import ACCOUNTS, AGE_UNKNOWN, BITS_PER_ROLE, MINOR, NON_SENSITIVE, SENSITIVE
from .linking import Links
from .model import Counts, Figures, Slot

ITEMS = (1 << 60) - 1
_EVERY_N = sum(NON_SENSITIVE << (BITS_PER_ROLE * slot) for slot in range(20))
_BITS = {"non_sensitive": NON_SENSITIVE, "sensitive": SENSITIVE}


def person_masks(labels: Any, masks: Any) -> Any:
    """Return the items of each person: the union over their facts, all sensitive while the person is under 14.

    A fact that tells the person's age keeps its own answer (it was read at its own transfer date); a fact that does not
    follows what the person's other facts say.
    """
    masks = masks.astype(np.int64, copy=False)
    count = int(labels.max()) + 1
    unknown = masks & AGE_UNKNOWN > 0
    if unknown.all() or not unknown.any():  # then no fact follows another
        return _union(count, labels, masks & ITEMS)
    told = _union(count, labels[~unknown], masks[~unknown])
    untold = _union(count, labels[unknown], masks[unknown])
    minor = told & MINOR > 0
    raised = (untold & ~_EVERY_N) | ((untold & _EVERY_N) << 1)
    return (told | np.where(minor, raised, untold)) & ITEMS


def _union(count: int, labels: Any, masks: Any) -> Any:
    """Return the union of the masks of each label, below `count`."""
    found = np.zeros(count, np.int64)
    if not len(masks):
        return found
    kinds = cells_arrow.to_numpy(cells_arrow.from_numpy(masks).unique())
    if len(kinds) > _FEW_MASKS:
        np.bitwise_or.at(found, labels, masks)
        return found
    for mask in kinds.tolist():
        if len(kinds) == 1:
            found[labels] = mask
        else:
            found[labels[masks == mask]] |= mask
    return found


_FEW_MASKS = 48
"""So many different masks are joined one by one faster than row by row."""


def histogram(labels: Any, masks: Any) -> Counter[int]:
    """Count persons by mask; those without an item are not counted."""
    if not len(labels):
        return Counter()
    found = person_masks(labels, masks)
    counted = cells_arrow.from_numpy(found).value_counts()
    persons = zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True)
    return Counter({mask: count for mask, count in persons if mask})


@dataclass(frozen=True)
class Tally:
    """Persons by mask under both bounds, and the keys that were demoted."""

    upper: Counter[int] = field(default_factory=Counter)
    lower: Counter[int] = field(default_factory=Counter)
    demoted: int = 0

    @classmethod
    def of(cls, links: Links, masks: Any, bases: Any) -> Tally:
        """Tally linked facts; excluded facts (basis above 0) link and tell who is under 14, and hold nothing else."""
        above, below, same = links.upper, links.lower, links.upper is links.lower
        if bases.any():
            counted = (bases == 0) | (masks & MINOR > 0)
            masks = np.where(bases == 0, masks, masks & MINOR)[counted]
            above, below = above[counted], below[counted]
        upper = histogram(above, masks)
        return cls(upper, upper if same else histogram(below, masks), int(links.demoted.sum()))

    def __add__(self, other: Tally) -> Tally:
        """Return the sum of disjoint parts."""
        return Tally(_plus(self.upper, other.upper), _plus(self.lower, other.lower), self.demoted + other.demoted)

    def __sub__(self, other: Tally) -> Tally:
        """Return what is left when a part is taken out."""
        return Tally(
            _plus(self.upper, other.upper, -1), _plus(self.lower, other.lower, -1), self.demoted - other.demoted
        )

    def with_unlinked(self, rows: Iterable[Mapping[int, int]]) -> Tally:
        """Return the tally with rows without identity: a person each in `upper`, nobody in `lower`."""
        upper = Counter(self.upper)
        for masks in rows:
            for mask, count in masks.items():
                upper[mask & ITEMS] += count
        return replace(self, upper=upper)

    def to_dict(self) -> dict[str, Any]:
        """Return the tally as JSON-ready numbers."""
        return {
            "upper": {str(mask): count for mask, count in sorted(self.upper.items()) if count},
            "lower": {str(mask): count for mask, count in sorted(self.lower.items()) if count},
            "demoted": self.demoted,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Tally:
        """Read what `to_dict` gave."""
        upper, lower = (Counter({int(m): n for m, n in stored[side].items()}) for side in ("upper", "lower"))
        return cls(upper, lower, stored["demoted"])


def _plus(a: Counter[int], b: Counter[int], sign: int = 1) -> Counter[int]:
    result = Counter(a)
    for mask, count in b.items():
        result[mask] += sign * count
    return Counter({mask: count for mask, count in result.items() if count})


@dataclass(frozen=True)
class Histogram:
    """A tally with the meaning of its bits and the counting choices: answers in `Counts`."""

    tally: Tally
    slots: tuple[Slot, ...]
    persons_with_both: str = "both"
    unlinked: str = "upper"

    def union(self, selection: Mapping[Slot, tuple[str, ...]]) -> Counts:
        """Count the persons who hold any of the selected sets of the given rows."""
        bits = 0
        for slot, sets in selection.items():
            if slot in self.slots:
                bits |= sum(_BITS[name] for name in sets) << (BITS_PER_ROLE * self.slots.index(slot))
                bits |= (ACCOUNTS if "sensitive" in sets else 0) << (BITS_PER_ROLE * self.slots.index(slot))
        return Counts(self._figures(self.tally.lower, bits), self._figures(self.tally.upper, bits), self.unlinked)

    def over(self, slots: Iterable[Slot]) -> Counts:
        """Count the persons of the given rows together."""
        return self.union(dict.fromkeys(slots, ("non_sensitive", "sensitive")))

    def rows(self) -> dict[Slot, Counts]:
        """Return every row's counts."""
        return {slot: self.over([slot]) for slot in self.slots}

    def sectors(self) -> dict[str, Counts]:
        """Return the union over each sector's rows."""
        names = sorted({sector for sector, _ in self.slots})
        return {name: self.over([slot for slot in self.slots if slot[0] == name]) for name in names}

    def handler(self) -> Counts:
        """Return the union over everything."""
        return self.over(self.slots)

    def _figures(self, persons: Mapping[int, int], selected: int) -> Figures:
        sets = Counter[str]()
        for mask, count in persons.items():
            held = mask & selected
            n, s, a = (bool(held & (_EVERY_N * bit)) for bit in (NON_SENSITIVE, SENSITIVE, ACCOUNTS))
            sets["n"] += count * (n and not (s and self.persons_with_both == "sensitive-only"))
            sets["s"] += count * s
            sets["t"] += count * (n or s)
            sets["a"] += count * a
        return Figures(sets["n"], sets["s"], sets["t"], sets["a"])
