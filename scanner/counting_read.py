"""Read an export's datasets into a draft: keys, items, roles, exclusions, in one pass and without a raw value kept."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from . import identity
from .counting_distinct import Collected, distinct
from .counting_draft import MAX_ROLES, Draft
from .counting_plan import Plan, SourcePlan
from .counting_rows import Predicates, RowReader, Rows, crosswalk_source, slots_of
from .errors import UsageError
from .expressions_arrow import check_columns
from .identity_keys import Keys
from .side_by_side import mapped
from .sources.dataset import BATCH_BYTES, BATCH_ROWS, Dataset, Part, gathered
from .sources.unfolding import list_of, unfolded


class Readable(Protocol):
    """A dataset as `sources.open_source` gives it."""

    @property
    def name(self) -> str:
        """The dataset's name, as in `SourcePlan.name`."""
        ...

    @property
    def schema(self) -> Any:
        """Its Arrow schema."""
        ...

    def batches(self, columns: list[str] | None = None, batch_rows: int = 65536) -> Iterator[Any]:
        """Yield record batches."""
        ...


def read(plan: Plan, datasets: Sequence[Readable], keys: Keys) -> Draft:
    """Read `datasets` (those of `plan.sources` and `plan.crosswalks`, by name) and return their persons' draft.

    UsageError for a missing dataset or column, an unknown identity kind or a predicate that does not parse; SourceError
    when a dataset cannot be read to its end.
    """
    by_name = {dataset.name: dataset for dataset in datasets}
    sources = [*plan.sources, *(crosswalk_source(crosswalk) for crosswalk in plan.crosswalks)]
    _check(plan, sources, by_name)
    slots = slots_of(plan)
    bases = tuple(sorted({exclusion.basis for exclusion in plan.exclusions}))
    predicates = Predicates.of(plan, slots, bases)
    names = {name: tuple(dataset.schema.names) for name, dataset in by_name.items()}
    exported = {source.name: names[source.name] for source in plan.sources}
    for where, (_, expression) in _named(predicates):
        check_columns(expression, exported, where)
    collected = Collected(bases)
    for source in sources:
        reader = RowReader(plan, source, predicates, keys, names[source.name])
        root = _persons_in_lists(source, by_name[source.name].schema)
        needed = _columns(source) | (predicates.columns(source.name, names[source.name]) if source.items else set())
        counted = source in plan.sources and not source.further
        columns = [name for name in names[source.name] if name in needed]
        for rows in mapped(_Reading(reader, columns, root), _pieces(by_name[source.name], columns)):
            for one in rows:
                collected.add(one, counted=counted)
    return _draft(plan, keys, slots, bases, collected)


def _pieces(dataset: Readable, columns: list[str]) -> Iterator[Any]:
    """Yield what threads may read side by side: what was kept, the parts where there are several, or batches."""
    kept = dataset.kept(columns) if isinstance(dataset, Dataset) else None
    if kept is not None:
        yield from gathered(kept, BATCH_ROWS, BATCH_BYTES)
        return
    parts = dataset.parts() if isinstance(dataset, Dataset) else []
    if len(parts) > 1:
        yield from parts
    else:
        yield from dataset.batches(columns=columns)


@dataclass(frozen=True)
class _Reading:
    """Reads a part or a batch into rows."""

    reader: RowReader
    columns: list[str]
    root: str = ""

    def __call__(self, piece: Any) -> list[Rows]:
        batches: Iterable[Any] = [piece]
        if isinstance(piece, Part):
            batches = gathered(piece.batches(self.columns, dictionaries=True), BATCH_ROWS, BATCH_BYTES)
        return [self.reader.read(unfolded(batch, self.root) if self.root else batch) for batch in batches]


def _persons_in_lists(source: SourcePlan, schema: Any) -> str:
    """Return the list whose items are persons: its items have their own documents, or their own records.

    A plain list of telephones or addresses is one person's.
    """
    for kind, column in source.identity.items():
        name = column.split("+", 1)[0].strip()
        root = list_of(schema.field(name))
        if root and (name != root or identity.STRENGTH[kind] in (identity.STRONG, identity.SCOPED)):
            return root
    return ""


def _named(predicates: Predicates) -> Iterator[tuple[str, tuple[int, Any]]]:
    for part, found in (("roles", predicates.roles), ("exclusions", predicates.exclusions)):
        for position, expression in enumerate(found):
            yield f"{part}[{position}].where", expression


def _check(plan: Plan, sources: Sequence[SourcePlan], by_name: dict[str, Readable]) -> None:
    if len(slots_of(plan)) > MAX_ROLES:
        raise UsageError(f"more than {MAX_ROLES} threshold rows in one export", where="roles")
    for source in sources:
        if source.name not in by_name:
            raise UsageError(f"no such dataset: {source.name}")
        for kind in source.identity:
            if kind not in identity.STRENGTH:
                raise UsageError(
                    f"{kind} does not identify a person", where="identity", hint=_near(kind, identity.STRENGTH)
                )
        present = by_name[source.name].schema.names
        for column in sorted(_columns(source)):
            if column not in present:
                raise UsageError(f"no such column: {column}", where=source.name, hint=_near(column, present))


def _near(word: str, words: Any) -> str:
    near = difflib.get_close_matches(word, list(words), 1)
    return f"did you mean {near[0]}?" if near else ""


def _columns(source: SourcePlan) -> set[str]:
    found = {item.column for item in source.items}
    for kind, column in source.identity.items():
        parts = column.split("+", 1) if kind == identity.NAME_BIRTH_DATE else [column]
        if kind == identity.NAME_BIRTH_DATE and len(parts) != 2:
            raise UsageError("needs two columns: name+birth_date", where=f"identity.{kind}")
        found.update(part.strip() for part in parts)
    return found | ({source.birth_date} if source.birth_date else set())


def _draft(plan: Plan, keys: Keys, slots: Any, bases: tuple[str, ...], collected: Collected) -> Draft:
    facts = distinct(collected)
    kinds = {kind for source in plan.sources for kind in source.identity}
    draft = Draft(
        year=keys.year,
        sector=plan.sector,
        row=plan.row,
        roles=slots,
        spaces=facts.spaces,
        keys=keys.in_year(facts.keys, into=facts.keys),
        space_of=facts.space_of,
        offsets=facts.offsets,
        nodes=facts.nodes,
        masks=facts.masks,
        bases=facts.bases,
        rows=collected.rows,
        rows_with_identity=collected.rows_with_identity,
        rows_without_identity=sum(collected.unlinked.values()),
        unlinked=dict(sorted(collected.unlinked.items())),
        excluded_bases=bases,
        excluded_rows=collected.excluded_rows,
        excluded_unlinked=collected.excluded_unlinked,
        items=collected.items,
        minors=collected.minors,
        identity=tuple(sorted(kinds, key=identity.rank)),
    )
    return replace(draft, content=_digest(draft, collected.unlinked_digest))


def _digest(draft: Draft, unlinked: tuple[int, int]) -> str:
    """Digest what is counted, in one order: the same persons, items and bases give the same content."""
    state = hashlib.blake2b(digest_size=20)
    parts = (draft.year, draft.roles, [(s.kind, s.scope) for s in draft.spaces], draft.excluded_bases)
    state.update(
        repr((parts, sorted(draft.unlinked.items()), sorted(draft.excluded_unlinked.items()), unlinked)).encode()
    )
    for array, kind in (
        (draft.keys, "<u8"),
        (draft.space_of, "<u2"),
        (draft.offsets, "<i8"),
        (draft.nodes, "<i4"),
        (draft.masks, "<u8"),
        (draft.bases, "u1"),
    ):
        state.update(np.ascontiguousarray(array, kind).data)
    return state.hexdigest()
