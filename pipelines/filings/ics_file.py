"""The dates as an iCalendar file: one day-long event per known date, a task for each that is not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from ..extras import need

if TYPE_CHECKING:
    from ...field_maps.model import Edition
    from ...scanner.filing_calendar import Entry

AHEAD = (timedelta(days=30), timedelta(days=7))
"""How long before a day that is to come a reader is reminded."""


def ics(entries: Iterable[Entry], edition: Edition, as_of: date, lang: str) -> str:
    """Return the entries as iCalendar text (RFC 5545); the same entries always give the same text.

    MissingExtraError without the library that writes it.
    """
    with need("filing"):
        import icalendar
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//exportgate//filing calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("name", edition.title.in_(lang))
    calendar.add("x-wr-calname", edition.title.in_(lang))
    for entry in entries:
        calendar.add_component(_component(icalendar, entry, edition, as_of, lang))
    return str(calendar.to_ical().decode("utf-8").replace("\r\n", "\n"))


def _component(icalendar: Any, entry: Entry, edition: Edition, as_of: date, lang: str) -> Any:
    found = icalendar.Event() if entry.day else icalendar.Todo()
    name = f"{edition.id}/{entry.event}/{entry.subject}/{entry.note.en}"
    found.add("uid", f"{uuid5(NAMESPACE_URL, f'exportgate:{name}')}@exportgate")
    found.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    what = entry.what.in_(lang)
    found.add("summary", f"{what} · {entry.subject}" if entry.subject else what)
    article = edition.citation(entry.article, lang)
    notes = [article, entry.note.in_(lang), entry.missing.in_(lang)]
    found.add("description", "\n".join(note for note in notes if note))
    found.add("categories", [entry.event])
    if entry.day:
        found.add("dtstart", entry.day)
        found.add("dtend", entry.day + timedelta(days=1))
        found.add("transp", "TRANSPARENT")
        if entry.day >= as_of:
            for ahead in AHEAD:
                found.add_component(_alarm(icalendar, ahead, what))
    return found


def _alarm(icalendar: Any, ahead: timedelta, what: str) -> Any:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", -ahead)
    return alarm
