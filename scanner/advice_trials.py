"""Apply a change to an export and ask the gate: the real rules, on columns and rows that really stay behind.

Nothing is scanned again: a change takes away columns, persons or obstacles, and adds no cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .. import field_maps
from . import gate, sources
from .advice import Answer, Change, Room, Suggestion
from .check import Check
from .errors import ExportgateError
from .examination import Examination
from .manifest import Approval, Manifest
from .tiers.routes import OFF_LIST

if TYPE_CHECKING:
    from ..field_maps.model import ApprovalKind
    from .results import ColumnVerdict, Scan

MAX_ROWS = 5_000_000
"""Leaving persons out is searched in memory: above so many rows it is not offered."""


@dataclass(frozen=True)
class Trials:
    """An export that has been checked, and what becomes of it under a change."""

    examination: Examination
    checked: Check

    def __call__(self, change: Change) -> Answer:
        """Return what the gate says of the changed export; one that cannot be evaluated does not pass."""
        try:
            found = gate.conclude(self.changed(change))
        except ExportgateError:
            return Answer(False, None, "")
        return Answer(found.may_go, found.verdict.tier, found.verdict.path)

    def changed(self, change: Change) -> Examination:
        """Return the examination of the changed export."""
        datasets = self.examination.datasets
        if change.persons is not None:
            kept = dict(self.narrowed(change))
            datasets = [kept.get(dataset.name, dataset) for dataset in datasets]
        return replace(self.examination, datasets=datasets, manifest=self.manifest(change))

    def manifest(self, change: Change) -> Manifest:
        """Return the manifest of the changed export."""
        manifest = self.examination.manifest
        obtained = tuple(self._approval(kind) for kind in change.approvals)
        export = manifest.export
        if change.dropped:
            export = export.model_copy(update={"columns": tuple(n for n in self.leaving if n not in change.dropped)})
        return manifest.model_copy(update={"export": export, "approvals": (*manifest.approvals, *obtained)})

    def room(self) -> Room:
        """Return what may be changed."""
        blocking = {str(entry.facts.get("column", "")) for entry in self.checked.consistency if entry.blocks}
        open_columns = {
            name: column
            for name, column in self.leaving.items()
            if column.is_personal or column.undecided or column.name in blocking
        }
        return Room(
            personal=tuple(open_columns),
            sensitive=tuple(name for name, column in open_columns.items() if column.pi == "sensitive"),
            filled={name: self._filled(name, column) for name, column in open_columns.items()},
            persons=self.persons,
            approvals=tuple(kind.id for kind in self._useful()),
        )

    @cached_property
    def leaving(self) -> dict[str, ColumnVerdict]:
        """The columns that leave, by the name that a manifest calls them."""
        wanted = self.examination.manifest.export.columns
        named = {}
        for scan in self.checked.scans:
            for column in scan.columns:
                full = f"{scan.name}.{column.name}"
                if wanted is None or column.name in wanted or full in wanted:
                    named[full if self._is_shared(column.name) else column.name] = column
        return named

    def _is_shared(self, name: str) -> bool:
        return sum(column.name == name for scan in self.checked.scans for column in scan.columns) > 1

    def _filled(self, name: str, column: ColumnVerdict) -> int:
        rows = [s.rows for s in self.checked.scans if name in (f"{s.name}.{column.name}", *(c.name for c in s.columns))]
        return max(0, (rows[0] if rows else 0) - column.nulls)

    def _useful(self) -> Iterator[ApprovalKind]:
        """Yield the approvals that satisfy a required route, leaving out those that take more than is required."""
        verdict = self.checked.verdict
        required = {*verdict.paths, *(() if verdict.usable else (verdict.fallback["path"],))} - set(verdict.held)
        kinds = field_maps.national_rule().approvals
        helping = [kind for kind in kinds if required & set(kind.satisfies)]
        for kind in kinds:
            lighter = [other for other in helping if set(other.satisfies) < set(kind.satisfies)]
            same = [other for other in lighter if required & set(other.satisfies) == required & set(kind.satisfies)]
            if (kind in helping and not same) or (kind.makes_usable and not verdict.usable):
                yield kind

    def _approval(self, kind_id: str) -> Approval:
        kind = next(kind for kind in field_maps.national_rule().approvals if kind.id == kind_id)
        rows = tuple(dict.fromkeys([self.examination.row, *(role.row for role in self.examination.manifest.roles)]))
        if kind.makes_usable:
            return Approval(path=kind.id, rows=rows, opinion=OFF_LIST, opinion_date=self.examination.as_of)
        return Approval(path=kind.id, rows=rows)

    def table(self, scan: Scan, change: Change) -> Any:
        """Return one dataset of the changed export: the columns and persons that leave."""
        import pyarrow.compute as pc

        table = self._tables[scan.name]
        if change.persons is not None and self._ranks:
            table = table.filter(pc.less(self._ranks[0][scan.name], change.persons))
        return table.select([column.name for column in scan.columns if self._stays(change, scan.name, column.name)])

    def _stays(self, change: Change, dataset: str, column: str) -> bool:
        names = {column, f"{dataset}.{column}"}
        return bool(names & set(self.leaving)) and not names & set(change.dropped)

    @property
    def persons(self) -> int:
        """How many persons one identity column tells apart in every dataset of the export; 0 when none does."""
        return self._ranks[1] if self._ranks else 0

    def narrowed(self, change: Change) -> Iterator[tuple[str, Any]]:
        """Yield each dataset of the export with the rows of the persons who still leave."""
        import pyarrow.compute as pc

        assert self._ranks is not None and change.persons is not None
        for name, ranks in self._ranks[0].items():
            stay = pc.less(ranks, change.persons)
            yield name, sources.open_source(self._tables[name].filter(stay), name=name)

    @cached_property
    def _identity(self) -> dict[str, str] | None:
        """One identity column per dataset, all of one kind; None when there is no such kind."""
        chosen = {name: dict(columns) for name, columns in self.checked.identity.items()}
        first = next(iter(chosen.values()), {})
        for kind in first:
            if all(kind in columns and "+" not in columns[kind] for columns in chosen.values()):
                return {name: columns[kind] for name, columns in chosen.items()}
        return None

    @cached_property
    def _tables(self) -> dict[str, Any]:
        import pyarrow as pa

        scanned = {scan.name for scan in self.checked.scans}
        return {
            dataset.name: pa.Table.from_batches(dataset.batches(), schema=dataset.schema)
            for dataset in self.examination.datasets
            if dataset.name in scanned
        }

    @cached_property
    def _ranks(self) -> tuple[dict[str, Any], int] | None:
        """Each row's person by order of appearance, and how many there are; a row without identity is a person."""
        if self._identity is None or sum(scan.rows for scan in self.checked.scans) > MAX_ROWS:
            return None
        seen: dict[Any, int] = {}
        ranks, alone = {}, 0
        for name, column in self._identity.items():
            cells = self._tables[name].column(column).to_pylist()
            ranks[name] = [None if cell is None else seen.setdefault(cell, len(seen)) for cell in cells]
            alone += sum(cell is None for cell in cells)
        unknown = iter(range(len(seen), len(seen) + alone))
        numbered = {name: _numbers(found, unknown) for name, found in ranks.items()}
        return numbered, len(seen) + alone


def _numbers(ranks: Iterable[int | None], unknown: Iterator[int]) -> Any:
    import pyarrow as pa

    return pa.array([next(unknown) if rank is None else rank for rank in ranks], pa.int64())


@dataclass(frozen=True)
class Advice:
    """The suggestions for an export that was checked, each of them tried."""

    trials: Trials
    suggestions: tuple[Suggestion, ...]

    @property
    def checked(self) -> Check:
        """The export as it is."""
        return self.trials.checked

    def to_dict(self) -> dict[str, Any]:
        """Return the ``exportgate.advice/1`` document."""
        return {
            "schema": "exportgate.advice/1",
            "export": self.checked.export["id"],
            "as_of": self.checked.as_of.isoformat(),
            "may_go": self.checked.may_go,
            "exit_code": int(self.checked.exit_code),
            "tier": self.checked.verdict.tier,
            "path": self.checked.verdict.path,
            "suggestions": [self._line(suggestion) for suggestion in self.suggestions],
        }

    def _line(self, suggestion: Suggestion) -> dict[str, Any]:
        change, persons = suggestion.change, self.trials.persons
        return {
            "kinds": list(change.kinds),
            "obtain": list(change.approvals),
            "drop": list(change.dropped),
            "columns": [name for name in self.trials.leaving if name not in change.dropped] if change.dropped else None,
            "persons": None if change.persons is None else {"leave": change.persons, "stay": persons - change.persons},
            "tier": suggestion.answer.tier,
            "path": suggestion.answer.path,
            "cells_lost": round(suggestion.cells_lost, 6),
            "persons_lost": round(suggestion.persons_lost, 6),
            "loss": round(suggestion.loss, 6),
        }

    def reduced(self, suggestion: Suggestion) -> list[tuple[str, Any]]:
        """Return the changed export's datasets as Arrow tables: what may leave, and nothing else."""
        return [(scan.name, self.trials.table(scan, suggestion.change)) for scan in self.checked.scans]
