"""Incidents on record, the orders they brought, and whom to tell: each duty with its article, from the edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...scanner.errors import UsageError
from ...scanner.free_text import found, without_identifiers

if TYPE_CHECKING:
    from ...field_maps.model import Edition, Text
    from ...scanner.ledger.model import Entry

INCIDENT = "incident"
DUTY = "report-incidents"
KEPT = ("export", "rows", "recipient", "persons", "remedy", "risk", "reported_on")
"""What an incident's entry may hold besides its day and what happened."""


@dataclass(frozen=True)
class Tell:
    """Somebody to tell, and the duty to do so. `who` is None where the law names nobody by name."""

    who: Text | None
    duty: Text
    article: str

    def to_dict(self) -> dict[str, Any]:
        """Return the entry of ``exportgate.incident/1``."""
        who = {"en": self.who.en, "zh": self.who.zh} if self.who else None
        return {"who": who, "duty": {"en": self.duty.en, "zh": self.duty.zh}, "article": self.article}


def whom_to_tell(edition: Edition, area: str | None, national: Edition) -> tuple[Tell, ...]:
    """Return whom an incident is reported to: the area's agency (every area's, when none is configured), and others."""
    told: list[Tell] = []
    rule = edition.rules.get(INCIDENT)
    agencies = edition.filing.agencies if edition.filing else ()
    inside = area in edition.areas if area else True
    if rule and inside:
        named = [agency for agency in agencies if not area or agency.area == area]
        told += [Tell(agency.name, rule.text, rule.article) for agency in named] or [
            Tell(None, rule.text, rule.article)
        ]
    told += [Tell(None, duty.text, duty.article) for duty in national.duties if duty.id == DUTY]
    return tuple(told)


def require_no_person(text: str, where: str) -> None:
    """Raise UsageError when a text holds what validates as a person's identifier: the ledger keeps none."""
    kinds = found(text)
    if kinds:
        hint = "describe it without a person's data; name the export or the ticket"
        raise UsageError(
            f"the text holds what looks like personal data ({', '.join(sorted(set(kinds)))})", where=where, hint=hint
        )


def on_record(entries: Iterable[Entry]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the incidents and the orders of a history, oldest first; an order says when it was lifted."""
    from .recorded import orders_of

    kept = list(entries)
    incidents = [_incident(entry) for entry in kept if entry.kind == INCIDENT]
    orders = [
        {
            "order": order.order,
            "since": order.since,
            "lifted": order.until,
            "why": without_identifiers(str(order.body.get("what", ""))),
            **{key: order.body[key] for key in ("export", "exports", "rows", "recipient") if order.body.get(key)},
        }
        for order in orders_of(kept)
    ]
    return incidents, orders


def _incident(entry: Entry) -> dict[str, Any]:
    body: Mapping[str, Any] = entry.body
    found: dict[str, Any] = {"incident": body["incident"], "at": entry.at, "on": body["on"]}
    found["what"] = without_identifiers(str(body["what"]))
    for key in KEPT:
        if body.get(key):
            value = body[key]
            found[key] = without_identifiers(value) if isinstance(value, str) else value
    return found


def document(entries: Iterable[Entry], edition: Edition, area: str | None, national: Edition) -> dict[str, Any]:
    """Return ``exportgate.incident/1``: what is on record, the orders, and whom to tell."""
    incidents, orders = on_record(entries)
    return {
        "schema": "exportgate.incident/1",
        "incidents": incidents,
        "orders": orders,
        "tell": [each.to_dict() for each in whom_to_tell(edition, area, national)],
    }
