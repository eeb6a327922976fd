"""Which encoding a text file has, by its content; a wrong guess would turn names into noise and hide them."""

from __future__ import annotations

import codecs
import struct

import pyarrow as pa

from ..errors import SourceError
from .reading import FileKind, open_bytes, reading

HEAD_BYTES = 1 << 20
WHOLE_CHECK_BYTES = 64 << 20
_CHECKED_AT_ONCE = 1 << 20


def encoding_of(kind: FileKind) -> str:
    """Return a text file's encoding by content: a byte order mark, else UTF-16 by its zeros, else UTF-8, else GB18030.

    The first 64 MiB are checked completely and one MiB in every further 64; a reader still fails loudly beyond.
    """
    where = kind.place.name
    with reading(where), open_bytes(kind) as stream:
        head = stream.read(HEAD_BYTES)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    if b"\x00" in head:
        return _utf16_without_mark(head, where)
    for name in ("utf-8", "gb18030"):
        if _decodes(kind, name):
            return name
    raise SourceError("is neither UTF-8, UTF-16 nor GBK/GB18030 text", where=where, hint="save it as UTF-8")


def spoken(encoding: str) -> str:
    """Return an encoding's name as a person says it."""
    return {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with BOM", "gb18030": "GBK/GB18030"}.get(encoding, encoding.upper())


def _utf16_without_mark(head: bytes, where: str) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > 20 * min(even, odd) and max(even, odd) * 50 > len(head):
        name = "utf-16-le" if odd > even else "utf-16-be"
        try:
            codecs.getincrementaldecoder(name)().decode(head)
        except UnicodeDecodeError:
            pass
        else:
            return name
    raise SourceError("holds binary data (null bytes): it is not text", where=where)


def _decodes(kind: FileKind, encoding: str) -> bool:
    """Whether the checked stretches of the file are valid; a stretch may start and end inside a character."""
    check = _Utf8Check() if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)()
    with reading(kind.place.name), open_bytes(kind) as stream:
        checked = 0
        while checked < WHOLE_CHECK_BYTES:
            chunk = stream.read(_CHECKED_AT_ONCE)
            checked += len(chunk)
            try:
                check.decode(chunk, final=not chunk)
            except (UnicodeDecodeError, pa.ArrowInvalid):
                return False
            if not chunk:
                return True
    return encoding != "utf-8" or kind.compression is not None or _later_is_utf8(kind)


class _Utf8Check:
    """Checks UTF-8 in pieces, as an incremental decoder would, and makes no text of it: ten times as fast."""

    def __init__(self) -> None:
        self._rest = b""

    def decode(self, chunk: bytes, final: bool) -> None:
        """Raise ArrowInvalid where the bytes so far are no UTF-8; the last few may be the start of a character."""
        whole = self._rest + chunk
        end = len(whole) if final else max(len(whole) - 3, 0)
        while not final and end < len(whole) and whole[end] & 0xC0 == 0x80:
            end += 1
        ends = pa.py_buffer(struct.pack("<qq", 0, end))
        pa.LargeBinaryArray.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(whole)]).cast(
            pa.large_string()
        )
        self._rest = whole[end:]


def _later_is_utf8(kind: FileKind) -> bool:
    with reading(kind.place.name), kind.place.open() as file:
        for at in range(WHOLE_CHECK_BYTES, kind.stamp.size, WHOLE_CHECK_BYTES):
            if not _stretch_is_utf8(file, at):
                return False
    return True


def _stretch_is_utf8(file: pa.NativeFile, at: int) -> bool:
    file.seek(at)
    stretch = file.read(HEAD_BYTES)
    start = next((index for index in range(min(4, len(stretch))) if stretch[index] & 0xC0 != 0x80), 0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(stretch[start:])
    except UnicodeDecodeError:
        return False
    return True
