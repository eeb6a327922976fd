"""Where the bytes of a file lie: on this machine, or wherever someone else can open them.

The readers need little of a place: its name, its state, and a file that can be read at any position. Anything that
gives this can be read as a source: object stores, which are opened above this floor, take the same way as files.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from ..errors import SourceError


@dataclass(frozen=True)
class Stamp:
    """What must not change between two readings: size in bytes and time of last change in ns, or the store's tag."""

    size: int
    changed: int | str


class Place(Protocol):
    """Somewhere the bytes of one file lie."""

    @property
    def name(self) -> str:
        """The file's name, with its endings and without its folder."""
        ...

    @property
    def remote(self) -> bool:
        """Whether a reading costs a round trip, so that few large ones are better than many small ones."""
        ...

    def stamp(self) -> Stamp:
        """Return the file's present state; SourceError when it is not there."""
        ...

    def open(self) -> pa.NativeFile:
        """Open the bytes for reading at any position; every call gives a handle of its own."""
        ...

    def mapped(self) -> pa.NativeFile:
        """Open the bytes, in memory that is shared with the file where the machine can do that."""
        ...


@dataclass(frozen=True)
class LocalFile:
    """A file on this machine."""

    path: Path

    remote = False

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def stamp(self) -> Stamp:
        """Return size and time of last change; SourceError when it is missing or not a regular file."""
        try:
            state = self.path.stat()
        except OSError as error:
            what = "no such file or folder" if isinstance(error, FileNotFoundError) else "cannot be opened"
            raise SourceError(what, where=str(self.path)) from None
        if not stat.S_ISREG(state.st_mode):
            raise SourceError("is not a regular file", where=self.name)
        return Stamp(state.st_size, state.st_mtime_ns)

    def open(self) -> pa.NativeFile:
        """Open the file."""
        return pa.OSFile(str(self.path), "rb")

    def mapped(self) -> pa.NativeFile:
        """Map the file into memory."""
        return pa.memory_map(str(self.path))


def place_of(place: Path | Place) -> Place:
    """Return a path as a place."""
    return LocalFile(place) if isinstance(place, Path) else place


def endings(name: str) -> list[str]:
    """Return a name's endings in lower case.

    >>> endings("members.csv.GZ")
    ['.csv', '.gz']
    """
    return [ending.lower() for ending in Path(name).suffixes]
