"""Draft the filing from what is known: configuration, manifests, a check of the sources, the ledger's year.

What is not known stays empty and is listed under ``blanks`` with what a person has to write there. Nothing is made up:
a figure comes from the ledger or from the check, a column from a scan, a name from the configuration or a manifest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ...scanner.filings import Filing
from ...scanner.filings.verification import listed
from ...scanner.ledger.model import FIGURES
from .blanks import APPLICATION, blanks
from .drafted_exports import of_check, of_year

if TYPE_CHECKING:
    from ...field_maps.model import Edition
    from ...scanner.check import Check
    from ...scanner.ledger import Book
    from ...scanner.manifest import Manifest
    from ..config import Settings
    from .recorded import Record


@dataclass(frozen=True)
class Known:
    """What a draft is made from; `checks` are those of sources that were given."""

    settings: Settings
    edition: Edition
    as_of: date
    record: Record
    counters: tuple[Mapping[str, Any], ...]
    handler_counts: Mapping[str, Any]
    manifests: tuple[Manifest, ...] = ()
    checks: tuple[Check, ...] = ()


def know(
    settings: Settings,
    book: Book,
    year: int,
    as_of: date,
    *,
    manifests: Sequence[Manifest] = (),
    checks: Sequence[Check] = (),
) -> Known:
    """Read the ledger's year up to a day, for the draft."""
    from ... import field_maps
    from .. import api, verdicts
    from .recorded import record

    until = min(as_of, date(year, 12, 31))
    status = verdicts.status(book, settings, year, until)
    return Known(
        settings,
        field_maps.load(settings.list),
        as_of,
        record(book, date(year, 1, 1), until, api.now()),
        tuple(status["counters"]),
        status["handler"],
        tuple(manifests),
        tuple(checks),
    )


def draft(known: Known) -> Filing:
    """Return the filing as far as it can be written; `Filing.to_dict` is ``exportgate.filing/1``."""
    read = zip(known.manifests, known.checks, strict=False)
    exports = [of_check(known, manifest, check) for manifest, check in read] or of_year(known)
    approvals = [approval for export in exports for approval in export.pop("approvals")]
    filing = _the_filing(approvals, known.edition)
    document = {
        "schema": "exportgate.filing/1",
        "list": known.edition.id,
        **filing,
        "handler": _handler(known),
        "application": _application(known, exports),
        "exports": exports,
        "volumes": _volumes(known, exports),
        "prepared": _prepared(known),
    }
    document["blanks"] = blanks(document, known.edition)
    document["notes"] = [{"en": known.edition.disclaimer.en, "zh": known.edition.disclaimer.zh}]
    return Filing.from_dict(document)


def _handler(known: Known) -> dict[str, Any]:
    handler = known.settings.config.handler
    return {
        "name": handler.name or None,
        "uscc": handler.uscc or None,
        "ftz_area": handler.ftz_area,
        "exports_from_ftz": handler.exports_from_ftz,
        "ciio": handler.ciio,
    }


def _application(known: Known, exports: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    paper = known.edition.filing.paper(APPLICATION) if known.edition.filing else None
    found: dict[str, Any] = {}
    for part in paper.parts if paper else ():
        found[part.id] = {"text": None}
        if part.years:
            found[part.id] |= {
                "from": _years_before(known.as_of, part.years).isoformat(),
                "to": known.as_of.isoformat(),
            }
    return found


def _years_before(day: date, years: int) -> date:
    from ...field_maps.calendars import add_years

    return add_years(day, -years)


def _prepared(known: Known) -> dict[str, Any]:
    fields, verified, status = known.edition.status()
    return {
        "as_of": known.as_of.isoformat(),
        "year": known.record.start.year,
        "ledger": known.record.chain,
        "sources": [scan.name for check in known.checks for scan in check.scans],
        "manifests": [manifest.export.id for manifest in known.manifests],
        "fields": {"fields": fields, "verified": verified, "status": status},
    }


def _the_filing(approvals: Sequence[Mapping[str, Any]], edition: Edition) -> dict[str, Any]:
    """Return number, opinion and its date where the exports agree on them."""
    filed = [approval for approval in approvals if approval["path"] in listed(edition)]
    found: dict[str, Any] = {}
    for key in ("number", "opinion", "opinion_date", "valid_until"):
        values = {str(approval[key]) for approval in filed if approval.get(key)}
        found[key] = values.pop() if len(values) == 1 else None
    return found


def _volumes(known: Known, exports: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the persons of every threshold row of the exports: with the checked exports, or as the ledger has them."""
    counted = {(counter["sector"], counter["row"]): counter for counter in known.counters}
    for check in known.checks:
        counted |= {slot: counts.to_dict() for slot, counts in check.projection.rows.items()}
    slots = dict.fromkeys((export["sector"], row) for export in exports for row in export["rows"])
    return [
        {"sector": sector, "row": row, "persons": _persons(counted[sector, row])}
        for sector, row in slots
        if (sector, row) in counted
    ]


def _persons(counts: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: counts[name] for name in FIGURES[:3]}
    for bound in ("lower", "upper"):
        found[bound] = {name: counts[bound][name] for name in FIGURES[:3]}
    return found
