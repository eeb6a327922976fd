"""Which encoding a text file has, by its content; a wrong guess would turn names into noise and hide them."""

from __future__ import annotations

import codecs

import pyarrow as pa

from ..errors import SourceError
from .reading import FileKind, open_bytes, reading
from .utf8 import NotUtf8Error, Utf8Check

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
    check = Utf8Check() if encoding == "utf-8" else _Decoder(encoding)
    with reading(kind.place.name), open_bytes(kind) as stream:
        checked = 0
        try:
            while checked < WHOLE_CHECK_BYTES:
                chunk = stream.read_buffer(_CHECKED_AT_ONCE)
                if not chunk.size:
                    check.finish()
                    return True
                check.take(chunk)
                checked += chunk.size
        except (UnicodeDecodeError, NotUtf8Error):
            return False
    return encoding != "utf-8" or kind.compression is not None or _later_is_utf8(kind)


class _Decoder:
    """Any other encoding, looked at as `Utf8Check` does."""

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def take(self, chunk: pa.Buffer) -> None:
        self._decoder.decode(chunk)

    def finish(self) -> None:
        self._decoder.decode(b"", final=True)


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
