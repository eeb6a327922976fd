"""From scans and a manifest to a counting plan: what leaves, who is identified by what, which rows do not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..recognizers.kinds import KINDS
from . import counting, identity_columns
from .decisions import check_columns
from .documents import nearest
from .errors import UsageError
from .manifest import Manifest
from .results import ColumnVerdict, Scan

CROSSWALK = "crosswalk"
"""The name under which the crosswalk's dataset is opened."""


@dataclass(frozen=True)
class Leaving:
    """One dataset of the export: its scan and the columns of it that leave."""

    scan: Scan
    columns: tuple[ColumnVerdict, ...]

    @property
    def personal(self) -> tuple[ColumnVerdict, ...]:
        """The personal columns that leave."""
        return tuple(column for column in self.columns if column.is_personal)


def leaving(scans: Sequence[Scan], manifest: Manifest, where: str) -> tuple[Leaving, ...]:
    """Return what leaves of each dataset; UsageError for a column that no dataset has."""
    wanted = manifest.export.columns
    if wanted is None:
        return tuple(Leaving(scan, scan.columns) for scan in scans)
    check_columns(wanted, _names(scans), where=f"{where}: export.columns")
    return tuple(
        Leaving(scan, tuple(c for c in scan.columns if c.name in wanted or f"{scan.name}.{c.name}" in wanted))
        for scan in scans
    )


def identity_of(part: Leaving, manifest: Manifest, scans: Sequence[Scan], where: str) -> dict[str, str]:
    """Return identifier kind → column of one dataset, declared or inferred from all of its columns."""
    present = {column.name for column in part.scan.columns}
    if manifest.identity is None:
        return identity_columns.of_dataset(part.scan.columns)
    declared = {}
    for kind, named in manifest.identity.items():
        _known_kind(kind, f"{where}: identity.{kind}")
        columns = named.split("+")
        check_columns(columns, _names(scans), where=f"{where}: identity.{kind}")
        own = [column.removeprefix(f"{part.scan.name}.") for column in columns]
        if all(column in present for column in own):
            declared[kind] = "+".join(own)
    return declared


def plan(
    parts: Sequence[Leaving],
    identities: Mapping[str, Mapping[str, str]],
    manifest: Manifest,
    *,
    row: str,
    transfer_on: date,
    exclusions: Iterable[counting.Exclusion],
) -> counting.Plan:
    """Return the counting plan of an export."""
    return counting.Plan(
        sector=manifest.export.sector,
        row=row,
        sources=tuple(
            source for part in parts for source in _sources(part, identities[part.scan.name], manifest.scope or "")
        ),
        transfer_on=transfer_on,
        roles=tuple(counting.Role(role.row, role.where) for role in manifest.roles),
        exclusions=tuple(exclusions),
        crosswalks=_crosswalks(manifest, identities),
    )


def _sources(part: Leaving, identity: Mapping[str, str], scope: str) -> Iterator[counting.SourcePlan]:
    """Yield how a dataset is read: for its rows' own persons, then for those whom a further document names."""
    items = {column.name: _item(column) for column in part.personal}
    born = _birth_date(part.scan.columns)
    yield counting.SourcePlan(part.scan.name, tuple(items.values()), identity, scope, born)
    for name, kind in identity_columns.further(part.personal, identity).items():
        yield counting.SourcePlan(part.scan.name, (items[name],), {kind: name}, scope, further=True)


def _crosswalks(manifest: Manifest, identities: Mapping[str, Mapping[str, str]]) -> tuple[counting.Crosswalk, ...]:
    if manifest.crosswalk is None:
        return ()
    columns = manifest.crosswalk.columns
    return (counting.Crosswalk(CROSSWALK, columns, manifest.scope or _scope_of(columns, identities)),)


def _scope_of(columns: Mapping[str, str], identities: Mapping[str, Mapping[str, str]]) -> str:
    """Return the namespace a crosswalk speaks of when none is named: that of the one source whose numbers it holds."""
    scoped = {kind for kind in columns if kind in KINDS and KINDS[kind].identity == "scoped"}
    sources = [name for name, identity in identities.items() if scoped & set(identity)]
    if len(sources) > 1:
        what = f"the crosswalk's {min(scoped)} may be that of {' or '.join(sources)}"
        raise UsageError(what, where="scope", hint="name the scope they share; `handler` when it is one numbering")
    return sources[0] if sources else ""


def _item(column: ColumnVerdict) -> counting.Item:
    kind = KINDS[column.kind]
    return counting.Item(column.name, column.kind, column.pi, kind.accounts_or_diagnosis and column.pi == "sensitive")


def _birth_date(columns: Iterable[ColumnVerdict]) -> str | None:
    found = [column for column in columns if column.kind == "birth_date" and not column.undecided]
    return identity_columns.best(found).name if found else None


def _known_kind(kind: str, where: str) -> None:
    identifying = [name for name, known in KINDS.items() if known.identity not in {"none", "composite"}]
    if kind not in identifying and kind != identity_columns.COMPOSITE:
        names = [*identifying, identity_columns.COMPOSITE]
        raise UsageError(f"{kind!r} does not identify a person", where=where, hint=nearest(kind, names))


def _names(scans: Sequence[Scan]) -> list[str]:
    plain = [column.name for scan in scans for column in scan.columns]
    return [*dict.fromkeys(plain), *(f"{scan.name}.{column.name}" for scan in scans for column in scan.columns)]
