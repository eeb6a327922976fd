"""CSV and TSV: every column as text, so that no digit is lost; encoding and delimiter found by content and stated.

What programs write, the kernel cuts into columns; Arrow parses what is written otherwise, and says what is wrong.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.csv as pv

from ...recognizers.cells_kernel import kernel
from ..errors import SourceError
from ..numbers import number_of
from .columns import MAX_COLUMNS, unique_names
from .dataset import BATCH_BYTES, Piece, gathered
from .delimited_rows import Form, OddTextError, whole_rows
from .encoding import HEAD_BYTES, encoding_of, spoken
from .reading import UTF8, FileKind, open_bytes, open_text, reading, unchanged
from .utf8 import CheckedFile

BLOCK_BYTES, LARGE_BLOCK_BYTES = 1 << 20, 16 << 20
"""What is parsed at once: what stays in the processor's cache, or, where one row is larger, the most we take."""
WIDE_COLUMNS, MOST_BLOCKS = 100, 4
_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "vertical bar"}
_TOO_LARGE = "straddling"
"""Arrow's word for a row that does not fit into a block."""
_VALUE_IN_HEADER = re.compile(r"[0-9]{11,}|[0-9]{17}[Xx]|[^@\s]+@[^@\s]+\.[A-Za-z]+")
"""A header cell that can only be a person's value: the file has no header row."""


@dataclass(frozen=True)
class DelimitedReader:
    """A delimited text file."""

    kind: FileKind
    encoding: str
    delimiter: str
    schema: pa.Schema
    skipped: int
    """Lines above the rows: the header, and the empty ones above it, which Arrow counts where it is to skip rows."""
    has_rows: bool
    notes: tuple[str, ...]
    rows: None = None

    def pieces(self) -> list[Piece]:
        """Return the file as one piece: where a quoted cell may hold a line break, only the start is a safe start."""
        return [Piece(self.kind.place.name, None, self._read)]

    def _read(self, indices: Sequence[int] | None, batch_rows: int, dictionaries: bool) -> Iterator[pa.RecordBatch]:
        if not self.has_rows:
            return
        where = self.kind.place.name
        places = range(len(self.schema)) if indices is None else indices
        given = 0
        with reading(where):
            with suppress(OddTextError):
                for batch in self._cut(places, batch_rows):
                    given += batch.num_rows
                    yield batch
                unchanged(self.kind)
                return
            parsed = self._parsed([self.schema.names[place] for place in places], given)
            yield from parsed if dictionaries else gathered(parsed, batch_rows, BATCH_BYTES)
            unchanged(self.kind)

    def _cut(self, places: Sequence[int], batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the columns at some places as the kernel cuts them out."""
        schema = pa.schema([self.schema.field(place) for place in places])
        form = Form(len(self.schema), self.delimiter, self.skipped > 0)
        stream: Any = open_text(self.kind, self.encoding)
        with closing(CheckedFile(stream, self.kind.place.name) if self.encoding in UTF8 else stream) as checked:
            yield from whole_rows(checked, form, places, schema, batch_rows, BATCH_BYTES)

    def _parsed(self, wanted: list[str], given: int) -> Iterator[pa.RecordBatch]:
        """Yield the rows behind some as Arrow parses them."""
        where, names = self.kind.place.name, self.schema.names
        bad: list[tuple[int | None, int, int]] = []

        def note_bad_row(row: pv.InvalidRow) -> str:
            bad.append((row.number, row.actual_columns, row.expected_columns))
            return "error"

        for block in (_block_bytes(len(names)), LARGE_BLOCK_BYTES):
            try:
                with self._open(names, wanted, note_bad_row, block) as reader:
                    for batch in _after(given, reader):
                        given += batch.num_rows
                        yield batch
                break
            except pa.ArrowInvalid as error:
                if bad:
                    raise SourceError(_ragged(*bad[0]), where=where) from None
                if _TOO_LARGE not in str(error) or block == LARGE_BLOCK_BYTES:
                    raise

    def _open(
        self, names: list[str], wanted: list[str], note_bad_row: object, block_bytes: int
    ) -> pv.CSVStreamingReader:
        stream, checked = _stream(self.kind, self.encoding)
        return pv.open_csv(
            stream,
            # One thread: only then does the parser know the number of a bad row. Parts of a folder run side by side.
            read_options=pv.ReadOptions(
                column_names=names,
                skip_rows_after_names=self.skipped,
                block_size=block_bytes,
                use_threads=False,
            ),
            parse_options=pv.ParseOptions(
                delimiter=self.delimiter, newlines_in_values=True, invalid_row_handler=note_bad_row
            ),
            convert_options=pv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=wanted,
                check_utf8=not checked,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )


def open_delimited(kind: FileKind) -> DelimitedReader:
    """Open a CSV or TSV file; SourceError when its header cannot be read."""
    where = kind.place.name
    encoding = encoding_of(kind)
    with reading(where), open_text(kind, encoding) as stream:
        raw = stream.read(HEAD_BYTES)
    head = raw.decode("utf-8-sig", "ignore")
    if "\n" not in head:
        head = head.replace("\r", "\n")  # line ends of the old Macintosh
    delimiter = _delimiter(head, ".tsv" in kind.place.name.lower())
    header = _header(head, delimiter, where)
    has_header = not any(_VALUE_IN_HEADER.fullmatch(cell.strip()) for cell in header)
    names = unique_names(header if has_header else [""] * len(header))
    if len(names) > MAX_COLUMNS:
        raise SourceError(f"has {len(names)} columns; more than {MAX_COLUMNS} are not read", where=where)
    notes = [] if encoding == "utf-8" else [f"{where}: read as {spoken(encoding)}"]
    if delimiter not in ",\t":
        notes.append(f"{where}: read as delimited by {_DELIMITERS[delimiter]}")
    if not has_header:
        notes.append(f"{where}: the first row holds data, not names; columns are named by position")
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    has_rows = not has_header or len(raw) >= HEAD_BYTES or _rows_in(head, delimiter) > 1
    skipped = _empty_above(head) + 1 if has_header else 0
    return DelimitedReader(kind, encoding, delimiter, schema, skipped, has_rows, tuple(notes))


def _empty_above(head: str) -> int:
    r"""Return how many empty lines stand above the first that is not.

    >>> _empty_above("\r\n\r\na,b"), _empty_above("\n\ra"), _empty_above("a\n\nb")
    (2, 2, 0)
    """
    above = head[: len(head) - len(head.lstrip("\r\n"))]
    return len(above) - above.count("\r\n")


def _block_bytes(columns: int) -> int:
    """Return how much is parsed at once: more of a wide table, where an array of a few cells costs more than its cells.

    >>> [_block_bytes(columns) >> 20 for columns in (20, 200, 5000)]
    [1, 2, 4]
    """
    return BLOCK_BYTES * min(max(columns // WIDE_COLUMNS, 1), MOST_BLOCKS)


def _stream(kind: FileKind, encoding: str) -> tuple[pa.NativeFile, bool]:
    """Return the file as UTF-8, and whether that is certain; else Arrow looks at every cell of it."""
    if encoding not in UTF8:
        return open_text(kind, encoding), True  # what is transcoded is
    if kernel() is None:
        return open_text(kind, encoding), False
    return pa.PythonFile(CheckedFile(open_bytes(kind), kind.place.name), mode="r"), True


def _after(given: int, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the batches without the first `given` rows."""
    for batch in batches:
        yield batch.slice(given) if given else batch
        given = max(0, given - batch.num_rows)


def _delimiter(head: str, tabs: bool) -> str:
    """Return the delimiter that cuts the first rows into the most cells of one number."""
    if tabs:
        return "\t"
    return max(_DELIMITERS, key=lambda candidate: _columns_by(head, candidate))


def _columns_by(head: str, delimiter: str) -> tuple[int, int]:
    try:
        rows = [row for row in islice(csv.reader(io.StringIO(head), delimiter=delimiter), 20) if row]
    except csv.Error:
        return (0, 0)
    if not rows:
        return (0, 0)
    steady = sum(len(row) == len(rows[0]) for row in rows[1:] or rows)
    # The last row may be cut by the end of the head.
    return (len(rows[0]) if steady >= len(rows[1:]) - 1 else 1, len(rows[0]))


def _header(head: str, delimiter: str, where: str) -> list[str]:
    try:
        header = next((row for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row), [])
    except csv.Error:
        raise SourceError("has a first row that cannot be read: is a quotation mark left open?", where=where) from None
    if not header:
        raise SourceError("has no header row", where=where)
    return header


def _rows_in(head: str, delimiter: str) -> int:
    """Return 2 where more than a header is there: a header that no line end follows is no row to Arrow."""
    try:
        return sum(1 for _ in islice((row for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row), 2))
    except csv.Error:
        return 2


def _ragged(number: int | None, actual: int, expected: int) -> str:
    place = "a row" if number is None else f"row {number}"
    return f"{place} has {number_of(actual, 'cell')} where the header has {expected}"
