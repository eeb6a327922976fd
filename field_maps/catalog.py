"""Finding editions: those that come along, those another package registers, and anyone's own folder.

An edition is a folder with an ``edition.yaml``. It is found by its id (built in, or entry point group
``exportgate.lists`` whose value names a package that holds the files) or by the path of the folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from . import yaml_files
from .errors import FieldMapError
from .model import Edition
from .nodes import nearest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "exportgate.lists"
HOME = Path(__file__).parent
_LOADED: dict[str, Edition] = {}


def entry_points(group: str) -> Iterable[EntryPoint]:
    """Return what installed packages register under `group`; asked late, because looking costs time."""
    from importlib.metadata import entry_points as registered

    return registered(group=group)


@lru_cache(maxsize=32)
def load(id_or_path: str | Path) -> Edition:
    """Return the edition called `id_or_path`, or standing in that folder; FieldMapError names file and dotted path."""
    from .edition_files import read_edition

    edition = read_edition(folder_of(id_or_path))
    _LOADED[edition.id] = edition
    return edition


def find(edition_id: str) -> Edition | None:
    """Return the edition of this id: one that was loaded before, from wherever, or one that is known; else None."""
    if edition_id not in _LOADED and edition_id in known_ids():
        load(edition_id)
    return _LOADED.get(edition_id)


def default_id() -> str:
    """Return the id of the list that speaks when nobody names one."""
    return yaml_files.read(HOME / "editions.yaml").at("default").text()


def national_rule() -> Edition:
    """Return the national rule, which is evaluated beside every list."""
    return load(yaml_files.read(HOME / "editions.yaml").at("national").text())


def known_ids() -> tuple[str, ...]:
    """Return the ids of the editions that can be loaded by id."""
    return tuple(sorted({*_built_in(), *(point.name for point in entry_points(group=GROUP))}))


def folder_of(id_or_path: str | Path) -> Path:
    """Return the folder of an edition."""
    name = str(id_or_path)
    if name in _built_in():
        return _built_in()[name]
    for point in entry_points(group=GROUP):
        if point.name == name:
            return _package_folder(point.value, name)
    path = Path(id_or_path)
    if (path / "edition.yaml").is_file():
        return path
    if isinstance(id_or_path, Path) or "/" in name or path.exists():
        raise FieldMapError("no edition here: edition.yaml is missing", where=name)
    raise FieldMapError(f"no such list: {name}", hint=nearest(name, known_ids()))


@lru_cache(maxsize=1)
def _built_in() -> dict[str, Path]:
    return {path.parent.name.replace("_", "-"): path.parent for path in sorted(HOME.glob("*/edition.yaml"))}


def _package_folder(module: str, name: str) -> Path:
    try:
        spec = find_spec(module)
    except ImportError:
        spec = None
    places = list(spec.submodule_search_locations or []) if spec else []
    if not places:
        raise FieldMapError(f"list {name}: its package {module} cannot be found")
    return Path(places[0])
