"""What labelled columns teach: whose a column is where the rules, which read one after the other, err.

Two logits over what is known of a column without its values (`context.py`), fitted by ``benchmarks/fit_detection.py``:
the class that a reviewer gives it, and the kind if it is somebody's. They never overrule values, which are weighed
against what they make of a claim; and as an export that should not have been is worse than one looked at twice, what
the rules call sensitive is freed only on stronger grounds, and what may be sensitive is found on weaker ones
(`weights.yaml`, ``learnt``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...recognizers.kinds import KINDS, graver
from ..mapping.learnt import word_weights
from ..results import ColumnVerdict
from .claims import Claim
from .claims_against import HEALTH
from .context import Context
from .table import ColumnInput
from .types import fits_type
from .weights import weights

CLASSES = ("none", "none?", "personal?", "personal", "sensitive?", "sensitive")
"""What a reviewer may say of a column; ``?`` where *none* is as right, or for *none* itself, anything else."""
OF_CLASSES, OF_KINDS = "fitted_classes.yaml", "fitted_kinds.yaml"
CERTAIN, BESIDE = "certain", "neighbours"
"""How sure the rules are where no table teaches another kind; what decided, where the whole table did."""


@dataclass(frozen=True)
class Ruled:
    """What the rules make of a column by words alone; `fixed` where no table teaches otherwise."""

    column: ColumnInput
    claim: Claim
    by: str
    verdict: ColumnVerdict
    fixed: bool = False


@dataclass(frozen=True)
class Opinion:
    """What labelled columns say of one: how probable each of `CLASSES` is, and each kind if it is somebody's."""

    classes: Mapping[str, float]
    kinds: Mapping[str, float]

    def is_somebodys(self, ruled: Ruled) -> bool:
        """Whether it is somebody's rather than nobody's; what the rules are sure of takes more to be otherwise."""
        said, by_rules = weights()["learnt"], ruled.verdict.pi
        gravity = said["sensitive"] if KINDS[self.kind()].pi() == "sensitive" else said["sensitive_otherwise"]
        for_it = said["perhaps"] * self.classes["personal?"] + gravity * self._sensitive
        for_it += self.classes["personal"]
        against = self.classes["none"] + said["idle"] * self.classes["none?"]
        if by_rules != "none":
            for_it *= said["sure"][ruled.claim.certainty] * (said["kept"] if by_rules == "sensitive" else 1.0)
        elif ruled.claim.kind == "none":
            against *= said["sure_not"][ruled.claim.certainty]
        return bool(for_it > against)

    def kind(self) -> str:
        """Return the likeliest kind, each as likely as its own probability and that of its gravity together."""
        personal = self.classes["personal"] + self.classes["personal?"]
        grave = {kind: KINDS[kind].pi() == "sensitive" for kind in self.kinds}
        return max(self.kinds, key=lambda kind: self.kinds[kind] * (self._sensitive if grave[kind] else personal))

    def is_rather(self, kind: str, ruled: ColumnVerdict) -> bool:
        """Whether a column of somebody's is of another kind than the rules say, not of a lesser one, nor as medical."""
        if {kind, ruled.kind} <= HEALTH:
            return False
        lesser = graver(KINDS[kind].pi(), ruled.pi) != KINDS[kind].pi()
        return not lesser and self.kinds[kind] > weights()["learnt"]["other"] * self.kinds.get(ruled.kind, 1.0)

    @property
    def _sensitive(self) -> float:
        return self.classes["sensitive"] + self.classes["sensitive?"]


def opinion_of(context: Context) -> Opinion:
    """Return what labelled columns say of one."""
    return Opinion(_shares(OF_CLASSES, context), _shares(OF_KINDS, context))


def _shares(name: str, context: Context) -> dict[str, float]:
    """Return how probable each place is of the weights that are shipped under `name`."""
    weighed = word_weights(__package__, name)
    speaks = weighed.says(context)
    odds = np.exp(speaks - speaks.max())
    return dict(zip(weighed.places, (odds / odds.sum()).tolist(), strict=True))


def corrected(ruled: Ruled, opinion: Opinion) -> tuple[Claim, str]:
    """Return what is claimed of a column that is not fixed, and who says so: the rules, unless its like differ."""
    claim, verdict = ruled.claim, ruled.verdict
    if not opinion.is_somebodys(ruled):
        return (claim, ruled.by) if verdict.pi == "none" else (_nobodys(claim), BESIDE)
    kind = opinion.kind()
    if verdict.pi != "none" and (claim.certainty == CERTAIN or not opinion.is_rather(kind, verdict)):
        return claim, ruled.by
    if verdict.pi == "none" and opinion.kinds[kind] < weights()["learnt"]["kind"]:
        return claim, ruled.by
    found = Claim(kind, "likely", claim.text, "columns like it are so in labelled tables")
    declared = ruled.column.declared_type or ruled.column.type
    return (found, BESIDE) if fits_type(found, declared) else (claim, ruled.by)


def _nobodys(claim: Claim) -> Claim:
    """Values may still say whose it is: nothing is denied."""
    return Claim("none", "possible", claim.text, "columns like it are nobody's in labelled tables", "bare")
