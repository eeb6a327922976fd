"""The period as a workbook, one sheet per part. A text stays a text: nothing a stranger wrote is run as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..extras import need
from ..messages import Texts, texts

COUNTERS = ("any", "non_sensitive", "sensitive")
WIDEST = 60


def workbook(document: Mapping[str, Any], lang: str = "en") -> bytes:
    """Return ``exportgate.report/1`` as XLSX. MissingExtraError without the library that writes it."""
    with need("excel"):
        import openpyxl
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, heads, rows in _sheets(document, texts(lang), lang):
        _sheet(book.create_sheet(title[:31]), heads, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


Sheet = tuple[str, Sequence[str], Sequence[Sequence[Any]]]


def _sheets(report: Mapping[str, Any], says: Texts, lang: str) -> Iterator[Sheet]:
    yield _overview(report, says, lang)
    yield _persons(report, says, lang)
    for key, title, fields in (
        (
            "scenarios",
            "scenarios",
            ("name", "sector", "scenario", "exports", "new_persons", "largest_export", "recipients", "first", "last"),
        ),
        (
            "recipients",
            "recipients",
            ("name", "country", "exports", "new_persons", "largest_export", "scenarios", "modes", "first", "last"),
        ),
        (
            "exports",
            "every_export",
            (
                "day",
                "export",
                "version",
                "booking",
                "sector",
                "scenario",
                "recipient",
                "country",
                "mode",
                "purpose",
                "persons",
                "new_persons",
                "columns",
                "personal_columns",
                "sensitive_columns",
                "approvals",
            ),
        ),
        ("exclusions", "exclusions", ("basis", "article", "name", "exports", "persons", "rows", "evidence")),
        ("incidents", "incidents", ("incident", "on", "what", "export", "persons", "remedy", "reported_on")),
        ("orders", "orders", ("order", "since", "lifted", "why")),
        ("changes", "changes", ("day", "change", "export", "was", "now")),
        ("voids", "voids", ("on", "export", "booked_for", "booking", "why", "evidence")),
        ("filings", "filings", ("name", "number", "opinion", "opinion_date", "status", "valid_until", "exports")),
        ("dates", "dates", ("date", "what", "subject", "article", "note")),
    ):
        heads = [says.word("period_heads", field) for field in fields]
        yield says("period." + title), heads, [[_cell(one.get(field), lang) for field in fields] for one in report[key]]


def _overview(report: Mapping[str, Any], says: Texts, lang: str) -> Sheet:
    duty = report["duty"]
    rows: list[tuple[Any, Any]] = [
        (says("facts.handler"), report["handler"].get("name") or says("period.unnamed")),
        (says("facts.list"), report["list"]["title"][lang]),
        (says("period.days"), f"{report['period']['from']} – {report['period']['to']}"),
        *((says("period.sum." + key), value) for key, value in report["summary"].items()),
        *([(duty["article"], duty[lang])] if duty else []),
        ("", says("unknown.fields", verified=report["list"]["fields_verified"], **_known(report))),
        ("", report["list"]["disclaimer"][lang]),
        ("", says("foot.chain", **report["chain"])),
    ]
    return says("period.overview"), (says("period.title"), ""), rows


def _known(report: Mapping[str, Any]) -> dict[str, Any]:
    return {key: report["list"][key] for key in ("fields", "status")}


def _persons(report: Mapping[str, Any], says: Texts, lang: str) -> Sheet:
    keys = ("row", "counter", "new", "ytd", "lower", "upper", "tier")
    heads = [says("period_heads.year"), *(says("period." + key) for key in keys)]
    rows = []
    for year in report["years"]:
        for row in [*year["rows"], {**year["handler"], "name": {lang: says("period.handler")}, "tier": None}]:
            now = row["year_to_date"]
            tier = "" if row["tier"] is None else says("tier." + str(row["tier"]))
            rows += [
                (
                    year["year"],
                    row["name"][lang],
                    says.word("counter", each),
                    row["new"][each],
                    now[each],
                    now["lower"][each],
                    now["upper"][each],
                    tier,
                )
                for each in COUNTERS
            ]
    return says("period.persons_sheet"), heads, rows


def _cell(value: Any, lang: str) -> Any:
    if isinstance(value, Mapping):
        return value[lang] if lang in value else "; ".join(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return "\n".join(str(_cell(each, lang)) for each in value)
    return value


def _sheet(sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for at, row in enumerate([heads, *rows], start=1):
        for position, value in enumerate(row, start=1):
            cell = sheet.cell(at, position)
            _put(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > WIDEST)
            if at == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8ECEF")
            elif isinstance(value, int):
                cell.number_format = "#,##0" if position > 1 else "0"
    for position in range(1, len(heads) + 1):
        longest = max((_length(row[position - 1]) for row in [heads, *rows]), default=8)
        sheet.column_dimensions[get_column_letter(position)].width = min(WIDEST, longest + 2)
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: Any) -> None:
    if isinstance(value, str):
        cell.value = "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in value)
        cell.data_type = "s"
    else:
        cell.value = value


def _length(value: Any) -> int:
    text = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    return max((sum(2 if ord(sign) > 0x2E80 else 1 for sign in line) for line in text.split("\n")), default=0)
