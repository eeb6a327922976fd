"""Look at one dataset: profile every cell, judge every column, map it onto the list. No ledger, no manifest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import damaged, detection, mapping, profiling, sources, tagged
from .persons import estimate
from .results import ColumnVerdict, ListStatus, PersonEstimate, Placement, Scan

if TYPE_CHECKING:
    from ..field_maps.model import Edition

Progress = Callable[[int, int | None], None]
"""Called with the number of rows read so far and, where the source states it, the number there is."""


@dataclass(frozen=True)
class Lens:
    """What a dataset is looked at through: the edition of the list, the sensitivity profile, and where it belongs."""

    edition: Edition
    profile: str = "gbt45574"
    sector: str | None = None
    scenario: str | None = None


def scan(
    dataset: sources.Dataset,
    lens: Lens,
    *,
    sample: int | None = None,
    progress: Progress | None = None,
    persons: bool = True,
) -> Scan:
    """Return the scan of `dataset`.

    Every cell is judged unless `sample` rows are asked for; then the scan says that it is not exhaustive. `persons`
    also counts its natural persons. Raises SourceError when the dataset cannot be read to its end and ComponentError
    when the planted canary is not found.
    """
    told = (lambda rows: progress(rows, sample or dataset.rows)) if progress else None
    profile = profiling.profile(dataset, sample=sample, progress=told)
    table = detection.TableInput(
        name=_table_name(dataset),
        comment=tagged.table_comment_of(dataset.schema),
        columns=tuple(
            detection.ColumnInput(
                name=field.name,
                type=str(field.type),
                comment=tagged.comment_of(field),
                declared_type=sources.declared_type(field),
                evidence=profile[field.name],
            )
            for field in dataset.schema
        ),
    )
    judged = tagged.doubted(detection.judge(table, profile=lens.profile), dataset.schema)
    mapped, belongs = _mapped(judged, lens, table.name, table.comment)
    fields, verified, status = lens.edition.status()
    return Scan(
        source=dataset.label,
        name=dataset.name,
        rows=profile.rows,
        rows_scanned=profile.rows_scanned,
        exhaustive=profile.exhaustive,
        list=ListStatus(lens.edition.id, fields, verified, status),
        columns=mapped,
        persons=estimate(dataset, mapped) if persons and profile.exhaustive else PersonEstimate(),
        warnings=(
            *dataset.notes,
            *tagged.unfounded(mapped, dataset.schema),
            *damaged.warnings(profile, mapped),
        ),
        table_comment=table.comment,
        table=table.name,
        belongs=belongs,
    )


def mapped_again(scan: Scan, lens: Lens, columns: tuple[ColumnVerdict, ...]) -> Scan:
    """Return `scan` with `columns` as people decided them, on the rows of the list that this leaves."""
    if columns == scan.columns:
        return scan
    mapped, belongs = _mapped(columns, lens, scan.table or scan.name, scan.table_comment)
    return replace(scan, columns=mapped, belongs=belongs)


def mapped_together(scans: Sequence[Scan], lens: Lens) -> list[Scan]:
    """Return the scans of tables that are kept together, each mapped as one of them; one alone stays as it is."""
    if len(scans) < 2:
        return [*scans]
    tables = [(scan.columns, scan.table or scan.name, scan.table_comment) for scan in scans]
    mapped = mapping.map_tables(tables, lens.edition, lens.sector, lens.scenario)
    return [replace(scan, columns=columns, belongs=at) for scan, (columns, at) in zip(scans, mapped, strict=True)]


def _table_name(dataset: sources.Dataset) -> str:
    stated = (dataset.schema.metadata or {}).get(b"table", b"")
    return stated.decode("utf-8", "replace") or dataset.name


def _mapped(
    judged: tuple[ColumnVerdict, ...], lens: Lens, name: str, comment: str
) -> tuple[tuple[ColumnVerdict, ...], Placement | None]:
    return mapping.map_table(
        judged, lens.edition, sector=lens.sector, scenario=lens.scenario, table_name=name, table_comment=comment
    )
