"""Who received what under which scenario and on what ground, what was taken out, what never left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...scanner.counting_exclusions import provisions
from ...scanner.free_text import without_identifiers
from ...scanner.ledger.desk import day_of
from ...scanner.ledger.model import Entry
from ..bookings import HANDLER, Booking
from ..filings.dates import kinds_of

if TYPE_CHECKING:
    from ...field_maps.model import Edition
    from ..period import Period

SAID_OF_APPROVAL = ("opinion", "opinion_date", "status", "valid_until")


def export(booking: Booking) -> dict[str, Any]:
    """Return one export of the period."""
    said, facts = booking.described, booking.facts
    classes = [column["pi"] for column in booking.columns]
    return {
        "day": booking.day.isoformat(),
        "export": booking.export,
        "booking": booking.id,
        "version": booking.version,
        "sector": said.get("sector", ""),
        "scenario": said.get("scenario", ""),
        "rows": list(said.get("rows", ())),
        "recipient": _receiver(booking)[0],
        "country": facts.get("country", ""),
        "mode": facts.get("mode", ""),
        "purpose": without_identifiers(str(said.get("purpose", ""))),
        "persons": booking.persons["any"],
        "new_persons": new(booking),
        "columns": len(classes),
        "personal_columns": classes.count("personal"),
        "sensitive_columns": classes.count("sensitive"),
        "approvals": [_title(approval) for approval in said.get("approvals", ())],
        "renewed_from": booking.renewed_from or None,
    }


def new(booking: Booking) -> int:
    """Return how many persons of the handler's year an export added when it was booked."""
    return booking.brought.get(HANDLER, {}).get("any", 0)


def scenarios(left: Sequence[Booking], edition: Edition) -> list[dict[str, Any]]:
    """Return the scenarios under which something left."""
    found = []
    for (sector, scenario), mine in _grouped(left, _place).items():
        first, last = _days(mine)
        found.append(
            {
                "sector": sector,
                "scenario": scenario,
                "name": scenario_name(edition, sector, scenario),
                "rows": list(dict.fromkeys(row for one in mine for row in one.described.get("rows", ()))),
                "exports": len(mine),
                "new_persons": sum(map(new, mine)),
                "largest_export": max(one.persons["any"] for one in mine),
                "recipients": list(dict.fromkeys(_receiver(one)[0] for one in mine)),
                "first": first,
                "last": last,
            }
        )
    return found


def scenario_name(edition: Edition, sector: str, scenario: str) -> dict[str, str]:
    """Return a scenario's name in both languages; what the edition does not know is shown as it is."""
    for place, each in edition.scenarios:
        if (place.id, each.id) == (sector, scenario):
            return {"en": each.name.en, "zh": each.name.zh}
    for place, row in edition.rows:
        if (place.id, row.id) == (sector, scenario):
            return {"en": row.name.en, "zh": row.name.zh}
    return {"en": scenario or "?", "zh": scenario or "?"}


def recipients(left: Sequence[Booking]) -> list[dict[str, Any]]:
    """Return who received data; a person in two exports is in both, so only new persons may be added up."""
    found = []
    for (name, country), mine in _grouped(left, _receiver).items():
        first, last = _days(mine)
        found.append(
            {
                "name": name,
                "country": country,
                "exports": len(mine),
                "new_persons": sum(map(new, mine)),
                "largest_export": max(one.persons["any"] for one in mine),
                "scenarios": list(dict.fromkeys("/".join(_place(one)) for one in mine)),
                "modes": list(dict.fromkeys(str(one.facts.get("mode", "")) for one in mine)),
                "first": first,
                "last": last,
            }
        )
    return sorted(found, key=lambda each: -each["new_persons"])


def exclusions(left: Sequence[Booking]) -> list[dict[str, Any]]:
    """Return what was not counted, by basis, with the evidence held. Persons are distinct within each export."""
    known = provisions()["bases"]
    found: dict[str, dict[str, Any]] = {}
    for one in left:
        for excluded in one.facts.get("excluded", ()):
            basis = str(excluded["basis"])
            rule = known.get(basis, {})
            entry = found.setdefault(
                basis,
                {
                    "basis": basis,
                    "article": rule.get("article", ""),
                    "name": dict(rule.get("name", {"en": "", "zh": ""})),
                    "exports": 0,
                    "persons": 0,
                    "rows": 0,
                    "evidence": [],
                },
            )
            entry["exports"] += 1
            entry["persons"] += int(excluded["persons"])
            entry["rows"] += int(excluded["rows"])
            entry["evidence"] += _evidence(one, basis)
    return list(found.values())


def _evidence(one: Booking, basis: str) -> list[dict[str, Any]]:
    claimed = (one.facts.get("evidence") or {}).get("exclusions", ())
    return [
        {
            "export": one.export,
            "day": one.day.isoformat(),
            "held": {str(key): without_identifiers(str(value)) for key, value in each["evidence"].items()},
        }
        for each in claimed
        if str(each["basis"]) == basis
    ]


def voids(entries: Iterable[Entry], period: Period) -> list[dict[str, Any]]:
    """Return what was taken back in the period, with reason and evidence."""
    found, days = [], {}
    for entry in entries:
        body = entry.body
        if entry.kind == "committed":
            days[body["booking"]] = body["on"]
        elif entry.kind == "void" and period.start <= day_of(entry.at) <= period.end:
            held = {str(key): without_identifiers(str(value)) for key, value in body["evidence"].items()}
            found.append(
                {
                    "on": day_of(entry.at).isoformat(),
                    "booked_for": days.get(body["booking"], ""),
                    "export": body["export"],
                    "booking": body["booking"],
                    "why": without_identifiers(str(body["why"])),
                    "evidence": held,
                }
            )
    return found


def filings(left: Sequence[Booking], edition: Edition) -> list[dict[str, Any]]:
    """Return the routes on which the exports relied."""
    kinds = {kind.id: kind for kind in kinds_of(edition)}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in left:
        for approval in one.described.get("approvals", ()):
            key = (str(approval["path"]), str(approval.get("number", "")))
            kind = kinds.get(key[0])
            entry = found.setdefault(
                key,
                {
                    "path": key[0],
                    "number": key[1],
                    "name": {"en": kind.name.en, "zh": kind.name.zh} if kind else {"en": key[0], "zh": key[0]},
                    "exports": 0,
                    **dict.fromkeys(SAID_OF_APPROVAL),
                },
            )
            entry |= {name: approval[name] for name in SAID_OF_APPROVAL if approval.get(name)}
            entry["exports"] += 1
    return list(found.values())


def waiting(booking: Booking) -> dict[str, Any]:
    """Return an export that may have left: nobody has said whether it did."""
    return {"day": booking.day.isoformat(), "export": booking.export, "booking": booking.id, "state": booking.state}


def _grouped(left: Sequence[Booking], key: Any) -> dict[tuple[str, str], list[Booking]]:
    found: dict[tuple[str, str], list[Booking]] = {}
    for one in left:
        found.setdefault(key(one), []).append(one)
    return found


def _place(one: Booking) -> tuple[str, str]:
    said = one.described
    return str(said.get("sector", "")), str(said.get("scenario", ""))


def _receiver(one: Booking) -> tuple[str, str]:
    return without_identifiers(str(one.facts.get("recipient", ""))), str(one.facts.get("country", ""))


def _days(mine: Sequence[Booking]) -> tuple[str, str]:
    days = [one.day for one in mine]
    return min(days).isoformat(), max(days).isoformat()


def _title(approval: Mapping[str, Any]) -> str:
    return " ".join(str(approval[key]) for key in ("path", "number") if approval.get(key))
