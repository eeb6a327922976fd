"""Excel workbooks: every sheet that holds cells, hidden ones too.

Sheets with the same header are one table; otherwise a sheet's columns carry its name (``Staff.phone``). A formula
without a stored result is read as its own text, never as an empty cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any
from zipfile import ZipFile

import pyarrow as pa

from ..errors import ComponentError, SourceError
from .columns import unique_names
from .dataset import Piece
from .reading import FileKind, reading, unchanged

_DATA = re.compile(r"[0-9]{5,}|@")
"""What the words of titles and headers do not hold and values do."""
LOOKED_AT = 20
"""Rows that are looked at for the header and the width of a sheet."""
LAST_EXACT = 1e15
"""A workbook keeps fifteen digits of a number; a resident number typed as one has lost its end."""
_FORMULA = re.compile(rb"<(?:[A-Za-z]+:)?f[\s/>]")


@dataclass(frozen=True)
class ExcelReader:
    """A workbook; its sheets are its pieces.

    `places` says at which column each cell of a sheet goes, `titles` how many rows stand above its header.
    """

    kind: FileKind
    schema: pa.Schema
    sheets: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]
    titles: tuple[int, ...]
    has_formulas: bool
    notes: tuple[str, ...]
    rows: None = None

    def pieces(self) -> list[Piece]:
        """Return one piece per sheet."""
        name = self.kind.place.name
        return [
            Piece(f"{name}#{sheet}", None, partial(self._read, sheet, places, above))
            for sheet, places, above in zip(self.sheets, self.places, self.titles, strict=True)
        ]

    def _read(
        self,
        sheet: str,
        places: tuple[int, ...],
        above: int,
        indices: Sequence[int] | None,
        batch_rows: int,
        dictionaries: bool,
    ) -> Iterator[pa.RecordBatch]:
        with reading(self.kind.place.name):
            unchanged(self.kind)
            wanted = list(range(len(self.schema))) if indices is None else list(indices)
            schema = pa.schema([self.schema.field(index) for index in wanted])
            cell_of = {place: cell for cell, place in enumerate(places)}
            rows = islice(_rows(self.kind, sheet, self.has_formulas), above + 1, None)
            while block := list(islice(rows, batch_rows)):
                if max(map(_width, block)) > len(places):
                    what = f"has a row with cells behind the last column of its header (column {len(places)})"
                    raise SourceError(what, where=f"{self.kind.place.name}#{sheet}")
                arrays = [pa.array([_cell(row, cell_of.get(index)) for row in block], pa.string()) for index in wanted]
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def open_excel(kind: FileKind) -> ExcelReader:
    """Open a workbook by the first rows of each sheet; ComponentError without openpyxl."""
    with reading(kind.place.name):
        headers: dict[str, list[str]] = {}
        titles: dict[str, int] = {}
        has_formulas = _has_formulas(kind)
        for sheet in _workbook(kind, formulas=False).sheetnames:
            if head := list(islice(_rows(kind, sheet, has_formulas), LOOKED_AT)):
                titles[sheet] = _titles(head)
                headers[sheet] = _header(head[titles[sheet] :])
        if not headers:
            raise SourceError("holds no cells: not even a header, so nothing can be concluded", where=kind.place.name)
        alike = len({tuple(header) for header in headers.values()}) <= 1
        columns: dict[str, int] = {}
        places = []
        for sheet, header in headers.items():
            named = header if alike else [f"{sheet}.{name}" for name in header]
            places.append(tuple(columns.setdefault(name, len(columns)) for name in named))
        sheets = f"{kind.place.name}: {len(headers)} sheets are read: {', '.join(headers)}"
        notes = [sheets] if len(headers) > 1 else []
        notes += [
            f"{kind.place.name}: {sheet}: what stands above the header (rows: {count}) is a title and not read"
            for sheet, count in titles.items()
            if count
        ]
        schema = pa.schema([(name, pa.string()) for name in columns])
        return ExcelReader(
            kind, schema, tuple(headers), tuple(places), tuple(titles.values()), has_formulas, tuple(notes)
        )


def _header(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Return a name for every column that the first rows fill, by position where the header has none."""
    names = [_text(cell) or "" for cell in rows[0][: _width(rows[0])]]
    return unique_names([*names, *[""] * (max(map(_width, rows)) - len(names))])


def _titles(rows: Sequence[tuple[Any, ...]]) -> int:
    """Return how many rows of one cell stand above a full row of words: a title, not a header.

    A row that may hold somebody's data is neither skipped nor taken for a header.
    """
    wide = max(map(_width, rows))
    for place, row in enumerate(rows):
        filled = [cell for cell in row if cell is not None]
        if not all(isinstance(cell, str) and not _DATA.search(cell) for cell in filled):
            return 0
        if len(filled) > 1:
            return place if len(filled) == wide else 0
    return 0


def _width(row: tuple[Any, ...]) -> int:
    """Return the number of cells up to the last that holds anything."""
    return max((place for place, cell in enumerate(row, 1) if cell is not None), default=0)


def _workbook(kind: FileKind, *, formulas: bool) -> Any:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise ComponentError("Excel files need openpyxl", hint="pip install 'exportgate[excel]'") from None
    return load_workbook(kind.place.mapped(), read_only=True, data_only=not formulas, keep_links=False)


def _has_formulas(kind: FileKind) -> bool:
    """Whether a sheet holds a formula; where none does, one reading is enough."""
    with ZipFile(kind.place.mapped()) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as sheet:
                    rest = b""
                    while chunk := sheet.read(1 << 20):
                        if _FORMULA.search(rest + chunk):
                            return True
                        rest = chunk[-64:]
    return False


def _rows(kind: FileKind, sheet: str, has_formulas: bool) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that hold anything, a stored result before its formula."""
    pages = [_workbook(kind, formulas=flag)[sheet] for flag in ((False, True) if has_formulas else (False,))]
    if not hasattr(pages[0], "reset_dimensions"):  # a sheet of charts only
        return
    for page in pages:
        page.reset_dimensions()  # the stated size may be too small and would hide rows
    for readings in zip(*(page.iter_rows(values_only=True) for page in pages), strict=True):
        row = tuple(map(_first, *readings)) if has_formulas else readings[0]
        if any(cell is not None for cell in row):
            yield row


def _first(result: Any, formula: Any) -> Any:
    return formula if result is None else result


def _cell(row: tuple[Any, ...], at: int | None) -> str | None:
    return _text(row[at]) if at is not None and at < len(row) else None


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float) and abs(cell) >= LAST_EXACT:
        return _long_number(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell)


def _long_number(number: float) -> str:
    """Return a number of more than fifteen digits as the workbook shows it; digits that are all there are kept."""
    digits = str(number) if isinstance(number, int) else ""
    return digits if len(digits.rstrip("0")) > 15 else f"{float(number):.14E}"
