"""The tables of a document, whatever its format: rows of text with the place of each, and merged cells filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...scanner.errors import UsageError
from ..extras import need

HINT = "a list is an .xlsx, .docx, .pdf or .csv file with a table of scenarios and fields"
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")


@dataclass(frozen=True)
class Line:
    """One row of a table; `place` says where a reader finds it, `under` what sheet or heading it stands under."""

    place: str
    cells: tuple[str, ...]
    under: str = ""


Grid = list[Line]


def read_grids(path: Path) -> list[Grid]:
    """Return the tables of the file `path`; UsageError when it is missing, unreadable or of another format."""
    reader = _READERS.get(path.suffix.lower())
    if not path.is_file():
        raise UsageError("no such file", where=str(path))
    if reader is None:
        raise UsageError(f"not a format lists come in: {path.suffix or 'no ending'}", where=str(path), hint=HINT)
    with need("import"):
        try:
            grids = reader(path)
        except ModuleNotFoundError:
            raise
        except Exception as error:
            what = f"cannot be read as {path.suffix.lower()} ({type(error).__name__})"
            raise UsageError(what, where=str(path), hint=HINT) from error
    return [grid for grid in grids if grid]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _xlsx(path: Path) -> list[Grid]:
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    return [_sheet(sheet) for sheet in book.worksheets]


def _sheet(sheet: Any) -> Grid:
    filled: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        value = _text(sheet.cell(area.min_row, area.min_col).value)
        filled.update(dict.fromkeys(area.cells, value))
    return [
        Line(
            f"sheet {sheet.title}, row {number}",
            tuple(filled.get((number, at), _text(value)) for at, value in enumerate(row, start=1)),
            sheet.title,
        )
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
    ]


def _docx(path: Path) -> list[Grid]:
    import docx

    grids: list[Grid] = []
    heading = ""
    for block in docx.Document(str(path)).iter_inner_content():
        if hasattr(block, "rows"):
            place = f"table {len(grids) + 1}, row"
            rows = enumerate(block.rows, start=1)
            grids.append([Line(f"{place} {at}", tuple(_text(c.text) for c in row.cells), heading) for at, row in rows])
        else:
            heading = _text(block.text) or heading
    return grids


def _pdf(path: Path) -> list[Grid]:
    import pdfplumber

    lines: Grid = []
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages, start=1):
            rows: Iterable[list[str | None]] = (row for table in page.extract_tables() for row in table)
            for at, row in enumerate(rows, start=1):
                cells = tuple(_text(cell).replace("\n", "") for cell in row)
                lines.append(Line(f"page {number}, row {at}", cells))
    return [lines]


def _csv(path: Path) -> list[Grid]:
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:4096]
        separator = max(",\t;", key=sample.count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [[Line(f"row {at}", tuple(cell.strip() for cell in row)) for at, row in enumerate(rows, start=1)]]
    raise ValueError("no known encoding")


_READERS: dict[str, Callable[[Path], list[Grid]]] = {
    ".xlsx": _xlsx,
    ".docx": _docx,
    ".pdf": _pdf,
    ".csv": _csv,
    ".tsv": _csv,
}
