"""Which columns together identify a natural person, when the manifest does not say.

One column per identifier kind is chosen: the most confident one that speaks of the row's own person. A further column
of the same kind (an emergency contact's telephone, a guardian's resident number) belongs to somebody else in the row;
it stays personal information but must not link two persons into one. Where it is a document of which everybody has one,
whoever it names is counted as a person of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ..recognizers.kinds import KINDS
from .results import ColumnVerdict

COMPOSITE = "name_birth_date"
_COMPOSITE_PARTS = ("person_name", "birth_date")
ONE_EACH = frozenset({"cn_resident_id", "passport"})
"""Documents of which a person has one: a second number in the row is a second person."""
_SOMEBODY_ELSE = re.compile(
    r"emergency|guardian|parent|spouse|contact_?person|referr|operator|creat|updat|doctor|physician|invest|staff|agent"
    r"|紧急|监护|家属|家长|配偶|推荐人|经办|操作|创建|更新|医生|医师|研究者|陪同|同住",
    re.IGNORECASE,
)


def choose(verdicts: Iterable[ColumnVerdict]) -> dict[str, str]:
    """Return identifier kind → column for one dataset, strongest kinds first.

    A composite of name and birth date is chosen only when there is no other identifier.
    """
    best: dict[str, ColumnVerdict] = {}
    naming = [one for one in verdicts if one.is_personal and KINDS[one.kind].identity not in {"none", "composite"}]
    for verdict in [one for one in naming if not _of_somebody_else(one)] or naming:
        if verdict.kind not in best or _rank(verdict) > _rank(best[verdict.kind]):
            best[verdict.kind] = verdict
    order = ("strong", "scoped", "weak")
    chosen = sorted(best.values(), key=lambda verdict: order.index(KINDS[verdict.kind].identity))
    return {verdict.kind: verdict.name for verdict in chosen}


def further(verdicts: Iterable[ColumnVerdict], identity: Mapping[str, str]) -> dict[str, str]:
    """Return column → kind of the columns that name somebody else in the row, by a document everybody has one of."""
    return {
        one.name: one.kind
        for one in verdicts
        if one.is_personal
        and one.kind in ONE_EACH
        and one.name not in identity.values()
        and (one.kind in identity or (identity and _of_somebody_else(one)))
    }


def of_dataset(verdicts: Sequence[ColumnVerdict]) -> dict[str, str]:
    """Return the identity of a dataset: its identifiers, or name and birth date joined when it has none."""
    chosen = choose(verdicts)
    pair = None if chosen else composite(verdicts)
    return {COMPOSITE: "+".join(pair)} if pair else chosen


def strongest(verdicts: Sequence[ColumnVerdict]) -> dict[str, str]:
    """Return the one identifier that tells persons apart best; name and birth date joined when there is none."""
    return dict([next(iter(identity.items()))]) if (identity := of_dataset(verdicts)) else {}


def composite(verdicts: Iterable[ColumnVerdict]) -> tuple[str, str] | None:
    """Return the name column and the birth-date column, when the dataset has both."""
    found: dict[str, ColumnVerdict] = {}
    for verdict in verdicts:
        if verdict.kind in _COMPOSITE_PARTS and verdict.is_personal:
            known = found.get(verdict.kind)
            found[verdict.kind] = verdict if known is None or _rank(verdict) > _rank(known) else known
    if len(found) < len(_COMPOSITE_PARTS):
        return None
    return found["person_name"].name, found["birth_date"].name


def best(verdicts: Iterable[ColumnVerdict]) -> ColumnVerdict:
    """Return the verdict that most likely speaks of the row's own person."""
    return max(verdicts, key=_rank)


def _of_somebody_else(verdict: ColumnVerdict) -> bool:
    return bool(_SOMEBODY_ELSE.search(f"{verdict.name} {verdict.comment}"))


def _rank(verdict: ColumnVerdict) -> tuple[bool, float, float]:
    filled = 1.0 - verdict.nulls / max(1, verdict.evidence.checked + verdict.nulls)
    return not _of_somebody_else(verdict), verdict.confidence, filled
