"""One batch of rows: which items each row holds, whose row it is, what excludes it, and its keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from ..recognizers.cells_arrow import from_numpy, text, truth
from . import expressions, identity, identity_values
from .counting_draft import ACCOUNTS, AGE_UNKNOWN, BITS_PER_ROLE, MINOR, NON_SENSITIVE, SENSITIVE, Space
from .counting_exclusions import minor_age
from .counting_plan import Crosswalk, Item, Plan, SourcePlan
from .expressions_arrow import applies_to, is_true
from .expressions_tree import Expression
from .identity_hash import Hasher, hash_column
from .identity_keys import Keys
from .identity_reading import NO_DAY, Days, Identified, birth_days, has_item, identify, of_texts

Keyed = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Predicates:
    """The parsed predicates of a plan: roles as (slot index, predicate), exclusions as (basis index, predicate)."""

    roles: tuple[tuple[int, Expression], ...]
    exclusions: tuple[tuple[int, Expression], ...]

    @classmethod
    def of(cls, plan: Plan, slots: tuple[tuple[str, str], ...], bases: tuple[str, ...]) -> Predicates:
        """Parse every `where` of the plan; an empty one is true for every row."""
        roles = [
            (slots.index((plan.sector, role.row)), expressions.parse(role.where, f"roles[{i}].where"))
            for i, role in enumerate(plan.roles)
        ]
        exclusions = [
            (bases.index(exclusion.basis), expressions.parse(exclusion.where or "true", f"exclusions[{i}].where"))
            for i, exclusion in enumerate(plan.exclusions)
        ]
        return cls(tuple(roles), tuple(exclusions))

    def columns(self, source: str, names: tuple[str, ...]) -> set[str]:
        """Return the columns of `source` that its predicates read."""
        every = [expression for _, expression in (*self.roles, *self.exclusions)]
        return {name for expression in every if applies_to(expression, source, names) for name in expression.columns}


@dataclass(frozen=True)
class Rows:
    """One batch read: items, exclusions and keys of each row. `keys` maps a space to (valid rows, their keys)."""

    masks: npt.NDArray[np.uint64]
    bases: npt.NDArray[np.uint8]
    keys: dict[Space, tuple[npt.NDArray[np.bool_], Keyed]]
    items: int
    minors: int
    unlinked_digest: tuple[int, int]

    @property
    def linked(self) -> npt.NDArray[np.bool_]:
        """The rows with at least one key."""
        found = np.zeros(len(self.masks), bool)
        for valid, _ in self.keys.values():
            found |= valid
        return found


class RowReader:
    """Reads the batches of one dataset of a plan."""

    def __init__(
        self, plan: Plan, source: SourcePlan, predicates: Predicates, keys: Keys, names: tuple[str, ...]
    ) -> None:
        self.plan, self.source, self.keys = plan, source, keys
        self.names = names
        self.roles = [(i, e) for i, e in predicates.roles if applies_to(e, source.name, names)]
        self.exclusions = [(i, e) for i, e in predicates.exclusions if applies_to(e, source.name, names)]
        self.slots = slots_of(plan)
        self.young = _years_before(plan.transfer_on, minor_age(plan.transfer_on))
        spaces = {kind: self._space(kind) for kind in source.identity}
        self.hashers = {kind: Hasher(keys.of(space.kind, space.scope)) for kind, space in spaces.items()}

    def read(self, batch: Any) -> Rows:
        """Read one record batch."""
        found = {kind: self._identified(batch, kind, column) for kind, column in self.source.identity.items()}
        minor, known = self._ages(batch, found)
        bits, items = self._items(batch)
        bits = np.where(minor & (bits & NON_SENSITIVE > 0), (bits & ~np.uint64(NON_SENSITIVE)) | SENSITIVE, bits)
        masks = bits << (np.uint64(BITS_PER_ROLE) * self._role(batch))
        masks |= np.where(minor, np.uint64(MINOR), 0).astype(np.uint64)
        masks |= np.where(known, 0, np.uint64(AGE_UNKNOWN)).astype(np.uint64)
        masks[bits == 0] &= np.uint64(MINOR)
        keys = {self._space(kind): (one.valid, one.keys) for kind, one in found.items()}
        rows = Rows(masks, self._basis(batch), keys, items, int(np.count_nonzero(minor)), (0, 0))
        return Rows(rows.masks, rows.bases, keys, items, rows.minors, self._alone(batch, ~rows.linked & (bits > 0)))

    def _space(self, kind: str) -> Space:
        return Space(kind, identity.space_scope(kind, self.source.scope or self.source.name))

    def _identified(self, batch: Any, kind: str, column: str) -> Identified:
        hasher = self.hashers[kind]
        if kind == identity.NAME_BIRTH_DATE:
            name, birth = (batch.column(part.strip()) for part in column.split("+", 1))
            return of_texts(identity_values.name_and_birth_date(name, birth), hasher)
        return identify(kind, batch.column(column), hasher)

    def _items(self, batch: Any) -> tuple[npt.NDArray[np.uint64], int]:
        bits, items = np.zeros(batch.num_rows, np.uint8), 0
        for item in self.source.items:
            present = has_item(batch.column(item.column))
            bits |= present.view(np.uint8) * np.uint8(_bits(item))
            items += int(np.count_nonzero(present))
        return bits.astype(np.uint64), items

    def _role(self, batch: Any) -> npt.NDArray[np.uint64]:
        slot = np.full(batch.num_rows, self.slots.index((self.plan.sector, self.plan.row)), np.uint64)
        for index, expression in reversed(self.roles):
            slot[truth(is_true(expression, batch))] = index
        return slot

    def _basis(self, batch: Any) -> npt.NDArray[np.uint8]:
        basis = np.zeros(batch.num_rows, np.uint8)
        for index, expression in reversed(self.exclusions):
            basis[truth(is_true(expression, batch))] = index + 1
        return basis

    def _ages(self, batch: Any, found: dict[str, Identified]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Tell which rows' persons are under 14 at the transfer, and which rows tell an age."""
        births: Days = np.full(batch.num_rows, NO_DAY)
        if self.source.birth_date is not None:
            births = birth_days(batch.column(self.source.birth_date))
        resident = found.get("cn_resident_id")
        if resident is not None and resident.births is not None:
            births = np.where(resident.births == NO_DAY, births, resident.births)
        known = (births != NO_DAY) & (births <= _day(self.plan.transfer_on))
        return known & (births > _day(self.young)), known

    def _alone(self, batch: Any, rows: npt.NDArray[np.bool_]) -> tuple[int, int]:
        """Return a keyed sum over the rows without identity: it tells other rows from the same rows read again."""
        if not rows.any():
            return 0, 0
        part = batch.take(from_numpy(np.flatnonzero(rows)))
        columns = [pc.fill_null(identity_values.as_text(part.column(item.column)), "") for item in self.source.items]
        joined = pc.binary_join_element_wise(*columns, text("\x1f"))
        sums = hash_column(joined, self.keys.of("row", "")).sum(axis=0, dtype=np.uint64)
        return int(sums[0]), int(sums[1])


def crosswalk_source(crosswalk: Crosswalk) -> SourcePlan:
    """Return a crosswalk as a source without items: its rows link and count nobody."""
    return SourcePlan(crosswalk.name, (), crosswalk.identity, crosswalk.scope)


def slots_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the threshold rows a plan can count under, sorted."""
    return tuple(sorted({(plan.sector, plan.row), *((plan.sector, role.row) for role in plan.roles)}))


def _bits(item: Item) -> int:
    if item.pi != "sensitive":
        return NON_SENSITIVE
    return SENSITIVE | (ACCOUNTS if item.accounts_or_diagnosis else 0)


def _day(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February: the birthday of a common year is 1 March
        return day.replace(year=day.year - years, day=28)
