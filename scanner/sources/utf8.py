"""Whether bytes are UTF-8, told while they stream by: once for the file, not again for each of its cells.

A delimiter, a quotation mark and a line end are ASCII, so a file that is UTF-8 has cells that are.

>>> check = Utf8Check()
>>> check.take("患者".encode()[:4]), check.take("患者".encode()[4:]), check.finish()
(None, None, None)
>>> try:
...     check.take(b"abc\\xff")
... except NotUtf8Error as error:
...     error.args
(9,)
"""

from __future__ import annotations

import struct
from typing import Any

import pyarrow as pa

from ...recognizers.cells_kernel import Kernel, kernel
from ..errors import SourceError

_LONGEST = 4
"""No character has more bytes."""


class NotUtf8Error(ValueError):
    """The bytes are no UTF-8; its argument says from which one on, counted from 0."""


class Utf8Check:
    """Takes bytes in pieces of any length, which may end inside a character."""

    def __init__(self) -> None:
        self._kernel = kernel()
        self._whole = 0
        self._rest = b""

    def take(self, chunk: bytes | pa.Buffer) -> None:
        """Look at the next bytes; NotUtf8Error where they go on as no UTF-8 does."""
        taken = 0
        if self._rest:
            size = len(self._rest)
            start = bytes(memoryview(chunk)[:_LONGEST])
            if not (whole := self._characters(self._rest + start)):
                self._put_off(self._rest + start)
                return
            self._whole, taken = self._whole + whole, whole - size
        rest = pa.py_buffer(chunk).slice(taken)
        whole = self._characters(rest)
        self._whole += whole
        self._put_off(bytes(memoryview(rest)[whole : whole + _LONGEST]))

    def finish(self) -> None:
        """Say that this was all; NotUtf8Error where it ended inside a character."""
        if self._rest:
            raise NotUtf8Error(self._whole)

    def _put_off(self, rest: bytes) -> None:
        """Keep what may be the start of a character until more is there."""
        self._rest = rest
        if rest and not _may_go_on(rest):
            raise NotUtf8Error(self._whole)

    def _characters(self, chunk: bytes | pa.Buffer) -> int:
        """Return how many bytes are whole characters, up to the first that is none or is cut."""
        buffer = pa.py_buffer(chunk)
        return _by_kernel(self._kernel, buffer) if self._kernel else _by_arrow(buffer)


class CheckedFile:
    """A file for Arrow to read, whose bytes are looked at as they pass."""

    def __init__(self, raw: pa.NativeFile, where: str) -> None:
        self._raw, self._where, self._check = raw, where, Utf8Check()

    @property
    def closed(self) -> bool:
        """Whether nothing more can be read."""
        return bool(self._raw.closed)

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()

    def read_buffer(self, size: int) -> pa.Buffer:
        """Return the next bytes, none at the end; SourceError where they are no UTF-8."""
        found = self._raw.read_buffer(size)
        self._look_at(found)
        return found

    def read(self, size: int) -> bytes:
        """Return the same as Python has them."""
        return bytes(self.read_buffer(size))

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with the same, as far as they go, and say how far."""
        size = int(self._raw.readinto(buffer))
        self._look_at(pa.py_buffer(buffer[:size]))
        return size

    def _look_at(self, found: pa.Buffer) -> None:
        try:
            self._check.take(found) if found.size else self._check.finish()
        except NotUtf8Error as error:
            at = f"from byte {error.args[0] + 1:,} on"
            raise SourceError(f"holds bytes that are no text in its encoding, {at}", where=self._where) from None


def _may_go_on(rest: bytes) -> bool:
    """Whether bytes that are no whole character may be the start of one."""
    try:
        rest.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def _by_kernel(compiled: Kernel, buffer: pa.Buffer) -> int:
    return int(compiled.characters(buffer.address, buffer.size, compiled.wide)) if buffer.size else 0


def _by_arrow(buffer: pa.Buffer) -> int:
    """Let Arrow look at all but the last character; it does not say where the fault is."""
    end: int = buffer.size - _LONGEST + 1
    while 0 < end < buffer.size and buffer[end] & 0xC0 == 0x80:
        end += 1
    if end > 0:
        bounds = pa.py_buffer(struct.pack("<qq", 0, end))
        text = pa.LargeBinaryArray.from_buffers(pa.large_binary(), 1, [None, bounds, buffer])
        try:
            text.cast(pa.large_string())
        except pa.ArrowInvalid:
            return _by_python(buffer)
    return max(end, 0) + _by_python(buffer.slice(max(end, 0)))


def _by_python(buffer: pa.Buffer) -> int:
    try:
        buffer.to_pybytes().decode()
    except UnicodeDecodeError as error:
        return int(error.start)
    return int(buffer.size)
