"""An object as a place of bytes: read by ranges where it is large, fetched once and kept where it is small."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ...scanner.errors import SourceError
from ...scanner.sources import Stamp
from .store import Store, Stored

if TYPE_CHECKING:
    import pyarrow as pa

KEEP_BYTES = 16 << 20
"""Up to this size an object is fetched with one request, and every reading of it is from memory."""
BLOCK_BYTES = 8 << 20
FRESH_SECONDS = 1.0
"""So long a handle that was opened to look at the object's state may serve to read it: one question less."""


class StoredFile:
    """One object of a store."""

    remote = True

    def __init__(self, store: Store, stored: Stored) -> None:
        self.store, self.stored = store, stored
        self._lock = threading.Lock()
        self._kept: pa.Buffer | None = None
        self._spooled: Path | None = None
        self._opened = False
        self._ready: tuple[float, pa.NativeFile] | None = None

    @property
    def name(self) -> str:
        """The object's name, without the folders of its key."""
        return self.stored.key.rpartition("/")[2]

    def stamp(self) -> Stamp:
        """Return size and tag, asked for again once the object has been opened; SourceError when it changed."""
        if self._opened and self._kept is None:
            handle = self._handle()
            with self._lock:
                self._ready = (time.monotonic(), handle)
        return Stamp(self.stored.size, self.stored.tag)

    def open(self) -> pa.NativeFile:
        """Open the object for reading by ranges; SourceError when it is no longer the one that was listed."""
        import pyarrow as pa

        if self.stored.size > KEEP_BYTES:
            with self._lock:
                ready, self._ready = self._ready, None
            fresh = ready and time.monotonic() - ready[0] < FRESH_SECONDS
            return ready[1] if ready and fresh else self._handle()
        with self._lock:
            if self._kept is None:
                with self._handle() as handle:
                    self._kept = handle.read_buffer()
        return pa.BufferReader(self._kept)

    def mapped(self) -> pa.NativeFile:
        """Open the whole object: a large one is fetched into a file that has no name and goes with its last reader."""
        import pyarrow as pa

        if self.stored.size <= KEEP_BYTES:
            return self.open()
        with tempfile.NamedTemporaryFile(prefix="exportgate-") as file:
            with self._handle() as handle:
                while block := handle.read(BLOCK_BYTES):
                    file.write(block)
            file.flush()
            return pa.memory_map(file.name)

    def _handle(self) -> pa.NativeFile:
        self._opened = True
        handle = self.store.reading.open_input_file(self.stored.key)
        tag = (handle.metadata() or {}).get("ETag", b"") if self.store.is_s3 else b""
        other = tag and tag.decode("ascii", "replace").strip('"') != self.stored.tag
        if other or handle.size() != self.stored.size:
            raise SourceError("changed while it was being read; run again on a finished file", where=self.name)
        return handle
