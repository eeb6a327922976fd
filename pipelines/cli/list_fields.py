"""The fields of an edition, chosen by what they say and written as a table, JSON, CSV or an Excel file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scanner.errors import UsageError
from . import list_text, options

if TYPE_CHECKING:
    from ...field_maps.model import Edition, Field

COLUMNS = (
    *("id", "sector", "scenario", "name_zh", "name_en", "category", "kinds", "sensitive", "sensitivity", "row", "item"),
    *("provenance", "source", "status", "definition", "definition_zh", "aliases"),
)
"""What a table for a spreadsheet holds of a field, in this order."""


def matching(fields: Iterable[Field], provenance: str | None, words: str | None) -> list[Field]:
    """Return the fields of a provenance that say `words`, in whatever case and width, in a name or its meaning."""
    from ...scanner.documents import nearest

    fields = list(fields)
    known = sorted({field.provenance for field in fields} | {"official"})
    if provenance and provenance not in known:
        hint = nearest(provenance, known)
        raise UsageError(f"no field of this provenance: {provenance}", where="--provenance", hint=hint)
    wanted = _folded(words or "").split()
    return [
        field
        for field in fields
        if provenance in (None, field.provenance) and all(word in _said(field) for word in wanted)
    ]


def _said(field: Field) -> str:
    return _folded(
        " ".join((field.id, field.name_zh, field.name_en, field.definition, field.definition_zh, *field.aliases))
    )


def _folded(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", text).casefold()


def write(edition: Edition, fields: Sequence[Field], form: str, lang: str, out: Path | None) -> None:
    """Write `fields` to `out`, or to standard output where the format is text."""
    if form == "xlsx":
        _excel(edition, fields, out)
    elif form == "csv":
        options.write(_csv(fields), out)
    elif form == "json":
        options.write(json.dumps(document(edition, fields), ensure_ascii=False, indent=2), out)
    else:
        options.write(list_text.fields(edition, list(fields), lang), out)


def document(edition: Edition, fields: Sequence[Field]) -> dict[str, Any]:
    """Return fields as ``exportgate.fields/1``."""
    from dataclasses import asdict

    count, verified, status = edition.status()
    known = {"id": edition.id, "fields": count, "fields_verified": verified, "status": status}
    rows = [{**asdict(field), "sensitive": _is_sensitive(field)} for field in fields]
    return {"schema": "exportgate.fields/1", "list": known, "fields": rows}


def _is_sensitive(field: Field) -> bool:
    return field.sensitivity == "sensitive"


def _cells(field: Field) -> list[str]:
    said = {**vars(field), "sensitive": "yes" if _is_sensitive(field) else "no"}
    values = (said[name] for name in COLUMNS)
    return ["; ".join(map(str, each)) if isinstance(each, tuple) else str(each or "") for each in values]


def _csv(fields: Sequence[Field]) -> str:
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_cells(field) for field in fields)
    return text.getvalue()


def _excel(edition: Edition, fields: Sequence[Field], out: Path | None) -> None:
    from ..extras import need

    if out is None:
        raise UsageError("an Excel file needs a name", where="--format xlsx", hint="add -o fields.xlsx")
    with need("excel"):
        import openpyxl
        from openpyxl.styles import Font
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = edition.id[:31]
    sheet.append(COLUMNS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for field in fields:
        sheet.append(_cells(field))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    for at, width in enumerate((38, 20, 24, 28, 34, 11, 28, 10, 11, 20, 30, 14, 40, 8, 60, 60)):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(at + 1)].width = width
    try:
        book.save(out)
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", where=str(out)) from None
