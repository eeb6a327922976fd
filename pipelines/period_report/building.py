"""Put a period together: the years' persons, who received what, what was taken out, what went wrong, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ...scanner.ledger.desk import day_of
from ..filings import dates, incidents
from ..filings.recorded import Record, record
from ..period import Period
from . import changes, flows, persons

if TYPE_CHECKING:
    from ...field_maps.model import Edition
    from ...scanner.ledger import Book
    from ..config import Settings


@dataclass(frozen=True)
class PeriodReport:
    """The material of one period; `document` is ``exportgate.report/1``."""

    document: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return ``exportgate.report/1``."""
        return dict(self.document)

    def to_json(self) -> str:
        """Return the document as JSON."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_html(self, lang: str = "en") -> str:
        """Return one page that loads nothing."""
        from .page import page

        return page(self.document, lang)

    def to_xlsx(self, lang: str = "en") -> bytes:
        """Return a workbook, one sheet per part. MissingExtraError without the library that writes it."""
        from .workbook import workbook

        return workbook(self.document, lang)


def build(settings: Settings, book: Book, period: Period, now: datetime) -> PeriodReport:
    """Read a period from the ledger."""
    from ... import field_maps

    edition = field_maps.load(settings.list)
    kept = record(book, period.start, period.end, now)
    left = [booking for booking in kept.bookings if booking.state == "committed"]
    years = [persons.of_year(book, settings, edition, period.part(year)) for year in period.years]
    document: dict[str, Any] = {
        "schema": "exportgate.report/1",
        "list": _list(edition),
        "handler": settings.config.handler.model_dump(),
        "period": {"from": period.start.isoformat(), "to": period.end.isoformat()},
        "duty": _duty(edition),
        "years": years,
        "scenarios": flows.scenarios(left, edition),
        "recipients": flows.recipients(left),
        "exports": [flows.export(booking) for booking in left],
        "exclusions": flows.exclusions(left),
        **_incidents(kept, period),
        "changes": changes.changes(kept.entries, period),
        "voids": flows.voids(kept.entries, period),
        "filings": flows.filings(left, edition),
        "dates": [entry.to_dict() for entry in dates.of_history(kept.entries, edition)],
        "unsettled": [flows.waiting(booking) for booking in kept.bookings if booking.state in ("open", "held")],
        "chain": kept.chain,
    }
    document["summary"] = _summary(document)
    return PeriodReport(document)


def _list(edition: Edition) -> dict[str, Any]:
    fields, verified, status = edition.status()
    title = {"en": edition.title.en, "zh": edition.title.zh}
    disclaimer = {"en": edition.disclaimer.en, "zh": edition.disclaimer.zh}
    known = {"fields": fields, "fields_verified": verified, "status": status}
    return {"id": edition.id, "title": title, **known, "disclaimer": disclaimer}


def _duty(edition: Edition) -> dict[str, Any] | None:
    """Return whose duty the report is, where the edition says so."""
    rule = edition.rules.get("reporting")
    return {"en": rule.text.en, "zh": rule.text.zh, "article": rule.article} if rule else None


def _incidents(kept: Record, period: Period) -> dict[str, Any]:
    """Return the incidents of the period, and the orders that were in force in it."""
    first, last = period.start.isoformat(), period.end.isoformat()
    every, orders = incidents.on_record(kept.entries)
    return {
        "incidents": [each for each in every if first <= each["on"] <= last],
        "orders": [each for each in orders if _began(each) <= period.end and _ended(each, period) >= period.start],
    }


def _began(order: Mapping[str, Any]) -> date:
    return day_of(order["since"])


def _ended(order: Mapping[str, Any], period: Period) -> date:
    return day_of(order["lifted"]) if order["lifted"] else period.end


def _summary(document: Mapping[str, Any]) -> dict[str, Any]:
    last: Mapping[str, Any] = document["years"][-1]
    return {
        "exports": len(document["exports"]),
        "scenarios": len(document["scenarios"]),
        "recipients": len(document["recipients"]),
        "countries": len({each["country"] for each in document["recipients"] if each["country"]}),
        "new_persons": sum(year["handler"]["new"]["any"] for year in document["years"]),
        "year_to_date": last["handler"]["year_to_date"]["any"],
        "excluded_persons": sum(each["persons"] for each in document["exclusions"]),
        "incidents": len(document["incidents"]),
        "changes": len(document["changes"]),
        "voids": len(document["voids"]),
        "unsettled": len(document["unsettled"]),
    }
