"""Files and folders: a folder or a glob is one dataset, and no file in it is passed over in silence."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

from ..errors import SourceError
from .dataset import Dataset, Reader
from .places import LocalFile, Place, endings
from .reading import FileKind, identify
from .sidecar import described, is_sidecar

MAX_FILES = 100_000
_READERS = {
    "CSV": ("delimited", "open_delimited"),
    "JSON Lines": ("jsonlines", "open_json_lines"),
    "Parquet": ("columnar", "open_parquet"),
    "ORC": ("columnar", "open_orc"),
    "Arrow": ("columnar", "open_arrow"),
    "Arrow stream": ("columnar", "open_arrow"),
    "Feather": ("columnar", "open_arrow"),
    "XLSX": ("excel", "open_excel"),
}
_COMPRESSED = (".gz", ".gzip", ".zst", ".zstd", ".bz2", ".snappy")
_TEXT = (".csv", ".tsv", ".tab", ".txt", ".jsonl", ".ndjson", ".json")
_COLUMNAR = (".parquet", ".pq", ".orc", ".arrow", ".arrows", ".feather", ".ipc", ".xlsx", ".xlsm")
_ENDINGS = frozenset((*_COMPRESSED, *_TEXT, *_COLUMNAR))


def open_path(path: Path, name: str | None) -> Dataset:
    """Open a file, folder or glob as one dataset."""
    if "://" in str(path) or ":/" in str(path).partition("/")[0] + "/":
        raise SourceError("is not a path on this machine", where=str(path).partition("?")[0])
    notes: list[str] = []
    if path.is_dir():
        files = _in_folder(path, notes)
    elif not path.exists() and glob.has_magic(str(path)):
        files = sorted(Path(found) for found in glob.glob(str(path), recursive=True))  # noqa: PTH207 - the pattern may be absolute
        files = [file for found in files for file in (_in_folder(found, notes) if found.is_dir() else [found])]
        files = [file for file in files if not is_sidecar(file.name)]
    else:
        return _described(path, dataset_of([(LocalFile(path), {})], name or plain_name(path.name), str(path), notes))
    if not files:
        raise SourceError("holds no files", where=str(path))
    if len(files) > MAX_FILES:
        raise SourceError(f"holds more than {MAX_FILES} files", where=str(path))
    members = [(LocalFile(file), partition(_folders(file, path))) for file in files]
    label = name or plain_name(path.name) or path.parent.name or "data"
    return _described(path, dataset_of(members, label, str(path), notes))


def dataset_of(
    files: Sequence[tuple[Place, dict[str, str]]], name: str, where: str, notes: Sequence[str] = ()
) -> Dataset:
    """Return files, each with the columns its folders spell out, as one dataset; `where` is what errors call it."""
    notes, members = list(notes), []
    for file, constants in files:
        if len(files) > 1 and _is_empty_text(file):
            notes.append(f"{file.name}: is empty (0 bytes) and gives no rows")
            continue
        members.append((open_file(identify(file)), constants))
    if not members:
        raise SourceError("holds only empty files, so nothing can be concluded", where=where)
    return Dataset(name or "data", members, notes)


def _described(path: Path, dataset: Dataset) -> Dataset:
    dataset.schema = described(dataset.schema, path)
    return dataset


def open_file(kind: FileKind) -> Reader:
    """Open one file by what it is."""
    module, function = _READERS[kind.format]
    reader: Reader = getattr(import_module(f".{module}", __package__), function)(kind)
    return reader


def plain_name(name: str) -> str:
    """Return a file's name without its endings; empty for a bare pattern.

    >>> [plain_name(name) for name in ("members.csv.gz", "v1.2-members.parquet", "*.csv")]
    ['members', 'v1.2-members', '']
    """
    while Path(name).suffix.lower() in _ENDINGS:
        name = Path(name).stem
    return name.strip("*?[]. ")


def _in_folder(folder: Path, notes: list[str]) -> list[Path]:
    """Return the data files below a folder in order; names that start with ``.`` or ``_`` are not data."""
    files = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(inner for inner in folders if not inner.startswith((".", "_")))
        linked = [inner for inner in folders if (Path(parent) / inner).is_symlink()]
        if linked:
            raise SourceError(
                f"holds a link to another folder: {linked[0]}", where=str(folder), hint="name that folder itself"
            )
        found = [Path(parent) / name for name in sorted(names) if not name.startswith((".", "_"))]
        files += [file for file in found if not is_sidecar(file.name)]
    return files


def _folders(file: Path, root: Path) -> Sequence[str]:
    return file.relative_to(root).parts[:-1] if root.is_dir() else file.parts[:-1]


def partition(folders: Sequence[str]) -> dict[str, str]:
    """Return the columns that a file's folders spell out.

    >>> partition(["outbound", "dt=2026-01-01"])
    {'dt': '2026-01-01'}
    """
    pairs = (part.partition("=") for part in folders if "=" in part)
    return {key: unquote(value) for key, _, value in pairs if key}


def _is_empty_text(file: Place) -> bool:
    # Writers leave a file without bytes for a partition without rows; for Parquet and its kin it means a broken write.
    text = endings(file.name)[-1:] in ([".csv"], [".tsv"], [".txt"], [".jsonl"], [".json"])
    return text and file.stamp().size == 0
