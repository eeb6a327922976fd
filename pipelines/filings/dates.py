"""The calendar of a handler: dates of the list, of its filings, of the approvals and years on record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scanner import filing_calendar
from ...scanner.filing_calendar import Entry
from ...scanner.ledger.desk import day_of

if TYPE_CHECKING:
    from ...field_maps.model import ApprovalKind, Edition
    from ..config import Settings

HEADS = {
    "en": ("date", "what", "concerns", "article", "note"),
    "zh": ("日期", "事项", "对象", "条款", "说明"),
}


def on_record(settings: Settings, ledger_url: str | None, edition: Edition, window: str = "") -> tuple[Entry, ...]:
    """Return the dates of the approvals and years in the ledger; none where no ledger was ever made."""
    from .. import api

    place = ledger_url or settings.ledger_url
    if ledger_url is None and (settings.file is None or ("://" not in place and not Path(place).exists())):
        return ()
    return of_history(api.open_ledger(ledger_url, config=settings).history(), edition, window)


def of_history(entries: Iterable[Any], edition: Edition, window: str = "") -> tuple[Entry, ...]:
    """Return the dates that follow from a ledger's history."""
    approvals: list[Mapping[str, Any]] = []
    years: set[int] = set()
    closed: dict[int, date] = {}
    for entry in entries:
        if "year" in entry.body:
            years.add(int(entry.body["year"]))
        if entry.kind == "closed":
            closed[int(entry.body["year"])] = day_of(entry.at)
        elif entry.kind == "reopened":
            closed.pop(int(entry.body["year"]), None)
        elif entry.kind == "reserved":
            export = (entry.body.get("evidence") or {}).get("export") or {}
            approvals += export.get("approvals", ())
    found = filing_calendar.of_approvals(edition, kinds_of(edition), approvals, window)
    return filing_calendar.in_order([*found, *filing_calendar.of_years(sorted(years), closed)])


def of_filings(filings: Iterable[Path], edition: Edition, window: str = "") -> list[Entry]:
    """Return the dates of filings given as files, and of the legal documents they name."""
    from ...scanner.filings import read

    held: list[dict[str, Any]] = []
    for path in filings:
        filing = read(path)
        usable = next(kind.id for kind in kinds_of(edition) if kind.makes_usable)
        held.append({"path": usable, **filing.model_dump(include={"number", "opinion_date", "valid_until"})})
        held += [each.model_dump() for export in filing.exports for each in export.documents or ()]
    return list(filing_calendar.of_approvals(edition, kinds_of(edition), held, window))


def kinds_of(edition: Edition) -> Sequence[ApprovalKind]:
    """Return the kinds of approval an edition knows; what it does not say comes from the national rule."""
    from ... import field_maps

    return edition.approvals or field_maps.national_rule().approvals


def written(dates: Sequence[Entry], edition: Edition, as_of: date, form: str, lang: str) -> str:
    """Return the dates as a table, as ``exportgate.filing-calendar/1`` or as an iCalendar file."""
    if form == "ics":
        from .ics_file import ics

        return ics(dates, edition, as_of, lang)
    if form == "json":
        document = {
            "schema": "exportgate.filing-calendar/1",
            "list": edition.id,
            "dates": [entry.to_dict() for entry in dates],
        }
        return json.dumps(document, ensure_ascii=False, indent=2)
    from .. import terminal

    table = terminal.grid(*HEADS[lang])
    for entry in dates:
        cells = (entry.when(lang), entry.what.in_(lang), entry.subject, edition.citation(entry.article, lang))
        table.add_row(*map(terminal.line, (*cells, entry.note.in_(lang))))
    return terminal.printed([table])
