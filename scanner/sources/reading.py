"""Opening bytes safely: what a file really is, how it is compressed and encoded, whether it is whole.

The first and last bytes decide, not the name; a name that claims something else is an error. Libraries put cells into
their messages, so none of their text passes: `reading` translates every failure into one sentence of ours.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pyarrow as pa

from ..errors import ExportgateError, SourceError, UnavailableError
from .places import Place, Stamp, endings, place_of

MAX_EXPANSION = 1_100
"""Gzip cannot expand further than 1,032 times; text that does is a bomb, not data."""
FREE_EXPANSION_BYTES = 256 << 20
REMOTE_BLOCK_BYTES = 8 << 20

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PAR1", "Parquet"),
    (0, b"PARE", "encrypted Parquet"),
    (0, b"ORC", "ORC"),
    (0, b"ARROW1", "Arrow"),
    (0, b"FEA1", "Feather"),
    (0, b"\xff\xff\xff\xff", "Arrow stream"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"\x89PNG", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF8", "a GIF picture"),
    (0, b"Obj\x01", "Avro"),
    (0, b"\x89HDF", "HDF5"),
    (0, b"HEADER RECORD***", "a SAS transport file"),
    (0, b"$FL2", "SPSS data"),
    (0, b"<stata_dta>", "Stata data"),
    (257, b"ustar", "a tar archive"),
    (0, b"\xd0\xcf\x11\xe0", "old Excel (.xls)"),
    (0, b"%PDF", "PDF"),
    (0, b"SQLite format 3\x00", "SQLite"),
    (8, b"DUCK", "DuckDB"),
)
_CLAIMS = {
    ".parquet": "Parquet", ".pq": "Parquet", ".orc": "ORC", ".arrow": "Arrow", ".feather": "Arrow", ".ipc": "Arrow",
    ".arrows": "Arrow", ".xlsx": "XLSX", ".xlsm": "XLSX", ".csv": "CSV", ".tsv": "CSV", ".tab": "CSV", ".txt": "CSV",
    ".jsonl": "JSON Lines", ".ndjson": "JSON Lines", ".json": "JSON Lines",
}  # fmt: skip
_SQUEEZED = {".gz": "gzip", ".gzip": "gzip", ".zst": "zstd", ".zstd": "zstd", ".bz2": "bz2"}
_SIGNS = (
    (("utf8", "utf-8", "codec can't", "illegal multibyte"), "holds bytes that are no text in its encoding"),
    (("straddling", "increase block size"), "has a row of more than 16 MiB: is a quotation mark left open?"),
    (("truncated", "unexpected end", "end of file", "eof", "incomplete", "not a parquet", "out of sync",
      "expected to"),
     "is cut short or damaged"),
    (("permission", "access denied", "access_denied", "http status 403", "forbidden"),
     "cannot be opened: permission denied"),
    (("no such file",), "disappeared while it was being read"),
)  # fmt: skip
_PASSING = (
    "network_connection", "curlcode", "connection reset", "connection refused", "timed out", "timeout", "http status 5",
    "http status 429", "slow_down", "slowdown", "service_unavailable", "internal_failure", "throttl",
    "too many requests", "temporarily",
)  # fmt: skip
"""What object stores and their clients say of a fault that passes."""
UTF8 = ("utf-8", "utf-8-sig")
"""The encodings that need no transcoding."""
READABLE = "CSV, TSV, JSON Lines, Parquet, ORC, Arrow/Feather and XLSX, plain or gzip/zstd"


@dataclass(frozen=True)
class FileKind:
    """What a file is by content: format, compression (None when plain) and its state when it was opened."""

    place: Place
    format: str
    compression: str | None
    stamp: Stamp


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Turn any library's failure into a SourceError that names the place and never a cell."""
    try:
        yield
    except ExportgateError:
        raise
    except (pa.ArrowException, OSError, ValueError, EOFError, KeyError, BadZipFile, struct.error, zlib.error) as error:
        text = str(error).lower()
        if isinstance(error, TimeoutError | ConnectionError) or (
            isinstance(error, OSError) and any(sign in text for sign in _PASSING)
        ):
            raise UnavailableError("the server could not be reached or was too busy", where=where) from None
        raise SourceError(_sentence(error), where=where) from None


def identify(path: Path | Place) -> FileKind:
    """Say what a file is; SourceError when it is missing, empty, cut short, mislabelled or of no known kind."""
    place = place_of(path)
    where, stamp = place.name, place.stamp()
    if stamp.size == 0:
        raise SourceError("is empty (0 bytes): not even a header, so nothing can be concluded", where=where)
    with reading(where), place.open() as file:
        head = file.read(300)
        file.seek(max(0, stamp.size - 8))
        tail = file.read(8)
    found = next((name for at, magic, name in _MAGIC if head[at:].startswith(magic)), "text")
    compression = found if found in ("gzip", "zstd", "bz2") else None
    claim, last = _claim(where), (endings(where) or [""])[-1]
    if compression:
        found = _inside(place, compression)
    elif last in _SQUEEZED:
        raise SourceError(f"is named {last} but is not compressed that way: it holds {found}", where=where)
    if found == "zip":
        found = _in_zip(place, stamp.size)
    _complete(where, found, tail)
    form = _agreed(where, claim, found, head)
    return FileKind(place, form, compression, stamp)


def unchanged(kind: FileKind) -> None:
    """Raise SourceError when the file changed since it was opened: counts of two readings would not match."""
    if kind.place.stamp() != kind.stamp:
        raise SourceError("changed while it was being read; run again on a finished file", where=kind.place.name)


def open_bytes(kind: FileKind) -> pa.NativeFile:
    """Open the plain bytes of a file, decompressed on the way and guarded against bombs."""
    raw = kind.place.open()
    if kind.place.remote:
        raw = pa.BufferedInputStream(raw, REMOTE_BLOCK_BYTES)
    if kind.compression is None:
        return raw
    inner = pa.CompressedInputStream(raw, kind.compression)
    return pa.PythonFile(io.BufferedReader(_Metered(inner, kind), 1 << 20), mode="r")


def open_text(kind: FileKind, encoding: str) -> pa.NativeFile:
    """Open a text file as UTF-8 bytes, whatever its encoding."""
    raw = open_bytes(kind)
    return raw if encoding in UTF8 else pa.transcoding_input_stream(raw, encoding, "utf-8")


class _Metered(io.RawIOBase):
    """Decompressed bytes, counted: stops a bomb before it is unpacked."""

    def __init__(self, inner: pa.NativeFile, kind: FileKind) -> None:
        self._inner, self._where = inner, kind.place.name
        self._given, self._limit = 0, max(FREE_EXPANSION_BYTES, kind.stamp.size * MAX_EXPANSION)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self._inner.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._given += len(chunk)
        if self._given > self._limit:
            raise SourceError(
                f"unpacks to more than {MAX_EXPANSION} times its size: refused as a bomb", where=self._where
            )
        return len(chunk)


def _claim(name: str) -> str:
    suffixes = endings(name)
    if suffixes and suffixes[-1] in _SQUEEZED:
        suffixes.pop()
    return _CLAIMS.get(suffixes[-1], "") if suffixes else ""


def _inside(place: Place, compression: str) -> str:
    with reading(place.name), pa.CompressedInputStream(place.open(), compression) as stream:
        head = stream.read(16)
    if not head:
        raise SourceError(f"holds nothing once unpacked ({compression})", where=place.name)
    found = next((name for at, magic, name in _MAGIC if head[at:].startswith(magic)), "text")
    if found != "text":
        raise SourceError(f"holds {found} inside {compression}", where=place.name, hint="unpack it first")
    return found


def _in_zip(place: Place, packed: int) -> str:
    with reading(place.name), ZipFile(place.open()) as archive:
        infos = archive.infolist()
        if not any(info.filename.startswith("xl/") for info in infos):
            return "a zip archive"
        size = sum(info.file_size for info in infos)
        if size > max(FREE_EXPANSION_BYTES, packed * MAX_EXPANSION):
            raise SourceError(f"unpacks to {size >> 20} MiB: refused as a bomb", where=place.name)
    return "XLSX"


def _complete(where: str, found: str, tail: bytes) -> None:
    ends = {"Parquet": b"PAR1", "Arrow": b"ARROW1", "Feather": b"FEA1", "Arrow stream": bytes(4)}
    if found in ends and not tail.endswith(ends[found]):
        raise SourceError(f"is cut short: it starts as {found} but does not end as one", where=where)


def _agreed(where: str, claim: str, found: str, head: bytes) -> str:
    if found == "encrypted Parquet":
        raise SourceError("is encrypted Parquet; decrypt it first", where=where)
    family = "Arrow" if found in ("Arrow stream", "Feather") else found
    if found == "text":
        if claim in ("CSV", "JSON Lines"):
            return claim
        if claim:
            raise SourceError(f"is named as {claim} but its first bytes are not {claim}'s", where=where)
        return "JSON Lines" if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else "CSV"
    if family not in ("Parquet", "ORC", "Arrow", "XLSX"):
        raise SourceError(f"is {found}, which is not read", where=where, hint=f"read are {READABLE}")
    if claim and claim != family:
        raise SourceError(f"is named as {claim} but its content is {family}", where=where, hint="rename it")
    return found


def _sentence(error: Exception) -> str:
    """Say what failed without repeating the library's words, which may hold cells."""
    text = str(error).lower()
    for words, sentence in _SIGNS:
        if any(word in text for word in words):
            return sentence
    return f"is damaged and cannot be read to its end ({type(error).__name__})"
