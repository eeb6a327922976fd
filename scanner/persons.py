"""How many natural persons one dataset speaks of, on its own: what `scan` prints, before any ledger.

The keyed hashes are made with a key that is thrown away, so nothing here can be compared with a ledger or kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from . import counting, identity_columns
from .identity_keys import KEY_BYTES, Passing
from .results import ColumnVerdict, PersonEstimate

if TYPE_CHECKING:
    from .sources import Dataset

ANY_DAY = date(2000, 1, 1)
"""Distinct persons of one dataset do not depend on the day."""


def estimate(dataset: Dataset, columns: Sequence[ColumnVerdict]) -> PersonEstimate:
    """Count the distinct persons of a dataset by its most telling identifier.

    Linking several identifiers is the ledger's work (`check`); here a row without that identifier is nobody in the
    lower bound and a person of its own in the upper one.

    >>> import pyarrow as pa
    >>> from . import sources
    >>> table = pa.table({"mobile": ["13900000001", "13900000001", "13900000002"]})
    >>> column = ColumnVerdict("mobile", "string", kind="phone", pi="personal")
    >>> found = estimate(sources.open_source(table), [column])
    >>> (found.identity, found.lower, found.upper)
    (('phone',), 2, 2)
    """
    from .ledger import alone

    if not any(column.is_personal for column in columns):
        return PersonEstimate()
    identity = identity_columns.strongest(columns)
    named = {name for value in identity.values() for name in value.split("+")}
    named = named or {column.name for column in columns if column.is_personal}
    items = tuple(counting.Item(column.name, column.kind, "personal") for column in columns if column.name in named)
    source = counting.SourcePlan(dataset.name, items, identity)
    beside = [
        counting.SourcePlan(dataset.name, (counting.Item(name, kind, "personal"),), {kind: name}, further=True)
        for name, kind in identity_columns.further(columns, identity).items()
    ]
    plan = counting.Plan("", "", (source, *beside), ANY_DAY)
    draft = counting.read(plan, [dataset], Passing.derive(bytes(KEY_BYTES), ANY_DAY.year))
    found = alone(draft).lower.any
    others = draft.rows - draft.rows_with_identity if identity else sum(draft.unlinked.values())
    return PersonEstimate(tuple(identity), draft.rows_with_identity, found, found + others)
