"""Objects as datasets: one object, or all below a folder as one, with sidecars and ``key=value`` folders."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ...scanner.errors import SourceError
from ..addresses import Address
from .files import StoredFile
from .store import Store, Stored, open_store

if TYPE_CHECKING:
    from ...scanner.sources import Dataset

MAGIC = "*?["


def open_dataset(address: Address, name: str | None = None) -> Dataset:
    """Open the object, the folder or the pattern at an address as one dataset."""
    store, key = open_store(address)
    found = None if address.path.endswith("/") else store.info(key)
    if found is not None:
        return dataset(store, [found], key.rpartition("/")[0], key, name=name)
    pattern = any(sign in key for sign in MAGIC)
    objects = store.glob(key) if pattern else store.find(key)
    if not objects:
        raise SourceError("no such bucket, folder or object", where=str(address))
    root = key.partition("*")[0].rpartition("/")[0] if pattern else key
    return dataset(store, objects, root, key, name=name, folder=True)


def expand(address: Address) -> list[str]:
    """Return the addresses of the objects that a pattern matches, or the address itself."""
    if not any(sign in address.path for sign in MAGIC):
        return []
    store, key = open_store(address)
    if store.info(key) is not None:
        return []
    found = [one for one in store.glob(key) if is_data(one.key, "")]
    if not found:
        raise SourceError("no object matches", where=str(address))
    parameters = "&".join(f"{name}={value}" for name, value in address.parameters.items())
    return [f"{store.shown(one.key)}{'?' + parameters if parameters else ''}" for one in found]


def is_data(key: str, root: str) -> bool:
    """Whether an object is data: names that start with ``.`` or ``_`` and sidecars are not, nor are folder markers."""
    from ...scanner.sources.sidecar import is_sidecar

    parts = key.removeprefix(root).strip("/").split("/")
    return not key.endswith("/") and not is_sidecar(key) and not any(part.startswith((".", "_")) for part in parts)


def dataset(
    store: Store, objects: Sequence[Stored], root: str, where: str, *, name: str | None = None, folder: bool = False
) -> Dataset:
    """Return objects as one dataset with the comments of their sidecar; `root` is the folder they are seen from."""
    from ...scanner.sources import dataset_of, partition, plain_name, tagged

    chosen = [one for one in objects if is_data(one.key, root)] if folder else list(objects)
    if not chosen:
        raise SourceError("holds no objects", where=store.shown(where))
    places = [(StoredFile(store, one), partition(one.key.removeprefix(root).split("/")[:-1])) for one in chosen]
    last = [part for part in where.rstrip("/").split("/") if plain_name(part)]
    opened = dataset_of(places, name or plain_name(last[-1] if last else ""), store.shown(where))
    opened.schema = _described(opened, store, where, objects if folder else ())
    if len(chosen) == 1:
        opened.schema = tagged(opened.schema, store.tags(chosen[0].key))
    return opened


def one_dataset(store: Store, one: Stored, constants: dict[str, str], sidecars: frozenset[str]) -> Dataset:
    """Return one object of a listing as a dataset; `sidecars` are the keys of all sidecars that were listed."""
    from ...scanner.sources import dataset_of, plain_name, tagged
    from ...scanner.sources.sidecar import described_by

    last = one.key.rpartition("/")[2]
    opened = dataset_of([(StoredFile(store, one), constants)], plain_name(last), last)
    key = sidecar_key(one.key, sidecars)
    if key:
        opened.schema = described_by(opened.schema, store.content(key), key.rpartition("/")[2])
    opened.schema = tagged(opened.schema, store.tags(one.key))
    return opened


def sidecar_key(key: str, sidecars: Container[str]) -> str:
    """Return the key of the sidecar beside an object among those that were listed; empty when it has none."""
    from ...scanner.sources.sidecar import names_beside

    folder, _, last = key.rpartition("/")
    return next((beside for name in names_beside(last) if (beside := f"{folder}/{name}") in sidecars), "")


def _described(opened: Dataset, store: Store, where: str, inside: Iterable[Stored]) -> Any:
    """Return the dataset's schema with the comments of a sidecar beside the object or inside the folder."""
    from ...scanner.sources.sidecar import NAMES_INSIDE, described_by, is_sidecar, names_beside

    within = {one.key for one in inside}
    key = next((f"{where.rstrip('/')}/{name}" for name in NAMES_INSIDE if f"{where.rstrip('/')}/{name}" in within), "")
    if not key and not within:
        folder, _, last = where.rpartition("/")
        stem = last.partition(".")[0]
        beside = {one.key.rpartition("/")[2] for one in store.beside(folder, stem) if is_sidecar(one.key)}
        found = next((name for name in names_beside(last) if name in beside), "")
        key = f"{folder}/{found}" if found else ""
    return described_by(opened.schema, store.content(key), key.rpartition("/")[2]) if key else opened.schema
