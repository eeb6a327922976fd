"""What lies in a source: objects and tables with an identity that changes when their content does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scanner.errors import SourceError
from .. import addresses, databases, object_stores
from .patterns import pattern
from .settings import SourceSpec

if TYPE_CHECKING:
    from ...scanner.sources import Dataset


@dataclass(frozen=True)
class Listed:
    """An object or table. `path` is seen from the source; `identity` is empty where nobody can tell a change."""

    source: str
    path: str
    size: int | None
    rows: int | None
    identity: str
    changed: datetime | None
    described: str = field(default="", kw_only=True)
    """The state of the sidecar that describes it: another description is judged anew, as another manifest is."""
    open: Callable[[str], tuple[Dataset, str]] = field(repr=False, compare=False)
    """Opens it; takes the mark up to which it was read before, and returns the mark it now reaches."""


def listed(spec: SourceSpec) -> list[Listed]:
    """Return what a source holds and its patterns take, by path; SourceError when it cannot be listed."""
    return sorted(_found(spec), key=lambda one: one.path)


def wanted(spec: SourceSpec, paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths that the patterns of a source take."""
    for path in paths:
        taken = any(pattern(text).matches(path) for text in spec.include)
        if taken and not any(pattern(text).matches(path) for text in spec.exclude):
            yield path


def _found(spec: SourceSpec) -> Iterator[Listed]:
    if not addresses.is_address(spec.url):
        return _files(spec, Path(spec.url))
    address = addresses.parse(spec.url)
    if address.scheme == "file":
        return _files(spec, Path(address.path))
    if databases.is_database(address) or spec.options.get("kind") == "database":
        return _tables(spec, address)
    return _objects(spec, address)


def _files(spec: SourceSpec, root: Path) -> Iterator[Listed]:
    from ...scanner import sources
    from ...scanner.sources.sidecar import is_sidecar, sidecar_of

    if not root.is_dir():
        raise SourceError("no such folder", where=spec.name)
    paths = {
        file.relative_to(root).as_posix(): file
        for file in root.rglob("*")
        if file.is_file()
        and not is_sidecar(file.name)
        and not any(part.startswith((".", "_")) for part in file.relative_to(root).parts)
    }
    for path in wanted(spec, paths):
        state, sidecar = paths[path].stat(), sidecar_of(paths[path])

        def opened(mark: str, file: Path = paths[path], path: str = path) -> tuple[Dataset, str]:
            dataset = sources.dataset_of(
                [(sources.LocalFile(file), _partition(spec, path))], sources.plain_name(file.name), path
            )
            dataset.schema = sources.described(dataset.schema, file)
            return dataset, ""

        moment = datetime.fromtimestamp(state.st_mtime, UTC)
        said = _state(sidecar.stat()) if sidecar else ""
        yield Listed(spec.name, path, state.st_size, None, _state(state), moment, opened, described=said)


def _state(found: os.stat_result) -> str:
    return f"{found.st_size}/{found.st_mtime_ns}"


def _objects(spec: SourceSpec, address: addresses.Address) -> Iterator[Listed]:
    store, root = object_stores.open_store(address, spec.options)
    everything = store.find(root)
    sidecars = {one.key: one for one in everything if object_stores.is_sidecar(one.key)}
    found = {one.key.removeprefix(root).lstrip("/"): one for one in everything if object_stores.is_data(one.key, root)}
    for path in wanted(spec, found):
        one = found[path]

        def opened(mark: str, one: object_stores.Stored = one, path: str = path) -> tuple[Dataset, str]:
            return object_stores.one_dataset(store, one, _partition(spec, path), frozenset(sidecars)), ""

        beside = sidecars.get(object_stores.sidecar_key(one.key, sidecars))
        said = f"{beside.size}/{beside.tag}" if beside else ""
        identity = f"{one.size}/{one.tag}"
        yield Listed(spec.name, path, one.size, None, identity, one.changed, opened, described=said)


def _tables(spec: SourceSpec, address: addresses.Address) -> Iterator[Listed]:
    database = databases.open_database(address)
    try:
        tables = {info.name: info for info in database.tables()}
        chosen = {name: _high_water(spec, name) for name in wanted(spec, tables)}
        told = {
            name: tables[name].identity or (database.fingerprint(name) if column is None else "")
            for name, column in chosen.items()
        }
    finally:
        database.close()
    for name, column in chosen.items():
        info = tables[name]

        def opened(mark: str, name: str = name, column: str | None = column) -> tuple[Dataset, str]:
            own = databases.open_database(address)
            if column is None:
                return databases.open_relation(own, databases.Relation(name)), ""
            reached = own.mark(databases.Relation(name), column) or mark
            above = (column, mark) if mark else None
            return databases.open_relation(own, databases.Relation(name, above=above)), reached

        yield Listed(spec.name, name, info.bytes, info.rows, told[name], None, opened)


def _partition(spec: SourceSpec, path: str) -> dict[str, str]:
    from ...scanner import sources

    return sources.partition(path.split("/")[:-1]) if spec.partitioning == "hive" else {}


def _high_water(spec: SourceSpec, table: str) -> str | None:
    return next((column for text, column in spec.high_water.items() if pattern(text).matches(table)), None)


def shown(spec: SourceSpec) -> dict[str, Any]:
    """Return a source as reports show it."""
    return {"name": spec.name, "url": addresses.shown(spec.url)}
