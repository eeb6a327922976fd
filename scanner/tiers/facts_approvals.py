"""Reading what was filed and which approvals are held: an opinion or an approval that cannot exist is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from ...field_maps.model import Edition
from ...field_maps.nodes import Node
from .editions import Editions
from .facts import Approval, Filing

OPINIONS = ("off-list", "on-list", "not-applicable")
STATUSES = ("valid", "pending", "suspended", "terminated")
APPROVAL_KEYS = (
    "number",
    "opinion",
    "opinion_date",
    "status",
    "material_change",
    "valid_from",
    "valid_until",
    "rows",
    "columns",
    "max_persons",
    "recipient",
)


def filing(node: Node, as_of: dt.date, edition: Edition) -> Filing:
    """Return the opinion of the zone on a filing; UsageError for one that cannot exist on `as_of`."""
    node.keys(optional=("opinion", "opinion_date", "status", "material_change", "number"))
    return Filing(
        opinion=node.at("opinion").word(OPINIONS, "opinion") if node.at("opinion").given else "",
        opinion_date=_opinion_date(node.at("opinion_date"), as_of, edition),
        status=node.at("status").word(STATUSES, "status") if node.at("status").given else "",
        material_change=node.at("material_change").flag(False),
    )


def _opinion_date(node: Node, as_of: dt.date, edition: Edition) -> dt.date | None:
    if not node.given:
        return None
    day = node.date()
    if day > as_of:
        node.fail(f"an opinion dated {day} does not exist on {as_of}")
    if day < edition.issued:
        node.fail(f"an opinion dated {day} is older than the list, issued on {edition.issued}")
    return day


def approval(node: Node, as_of: dt.date, row_name: Callable[[Node], str], editions: Editions) -> Approval:
    """Return an approval; `row_name` reads the row of the list it names. UsageError for one that cannot exist."""
    node.keys(required=("path",), optional=APPROVAL_KEYS)
    kinds = {kind.id: kind for kind in editions.national.approvals}
    kind = kinds[node.at("path").word(list(kinds), "path")]
    days = {key: node.at(key).date() if node.at(key).given else None for key in ("valid_from", "valid_until")}
    first, last = days["valid_from"], days["valid_until"]
    if first and last and last < first:
        node.at("valid_until").fail(f"an approval cannot end on {last}, before it begins on {first}")
    opinion_date = node.at("opinion_date")
    if kind.makes_usable:
        _opinion_date(opinion_date, as_of, editions.list)
    return Approval(
        path=kind.id,
        status=node.at("status").word(STATUSES, "status", STATUSES[0]),
        opinion=node.at("opinion").word(OPINIONS, "opinion") if node.at("opinion").given else "",
        opinion_date=opinion_date.date() if opinion_date.given else None,
        material_change=node.at("material_change").flag(False),
        rows=tuple(row_name(n) for n in node.at("rows").items()) if node.at("rows").given else None,
        max_persons=node.at("max_persons").whole() if node.at("max_persons").given else None,
        **days,
    )
