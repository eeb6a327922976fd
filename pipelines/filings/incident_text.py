"""Incidents and orders as tables for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import terminal
from ..messages import Texts, texts

Cite = Callable[[str], str]


def added(document: Mapping[str, Any], lang: str, cite: Cite) -> str:
    """Return what was recorded, the orders in force, and whom to tell."""
    says = texts(lang)
    (one,) = document["incidents"]
    parts: list[Any] = [terminal.line(says("incident.recorded", number=one["incident"], day=one["on"]), "bold")]
    parts += _orders([order for order in document["orders"] if not order["lifted"]], says)
    return terminal.printed([*parts, *_tell(document, says, lang, cite)])


def listed(document: Mapping[str, Any], lang: str, cite: Cite) -> str:
    """Return every incident and every order."""
    says = texts(lang)
    if not document["incidents"] and not document["orders"]:
        return says("incident.none")
    table = terminal.grid(
        *(says("incident." + head) for head in ("number", "on", "what", "concerns", "remedy", "reported"))
    )
    for one in document["incidents"]:
        concerns = [str(one.get("export", "")), *one.get("rows", ()), str(one.get("recipient", ""))]
        concerns += [says("incident.persons", persons=f"{one['persons']:,}")] if one.get("persons") else []
        risk = says("incident.risk") + " " if one.get("risk") else ""
        cells = (str(one["incident"]), one["on"], risk + one["what"], ", ".join(filter(None, concerns)))
        table.add_row(*map(terminal.line, (*cells, one.get("remedy", ""), one.get("reported_on", ""))))
    return terminal.printed([table, *_orders(document["orders"], says)])


def _orders(orders: list[Mapping[str, Any]], says: Texts) -> list[Any]:
    lines = []
    for order in orders:
        narrowed = [order.get("export"), *order.get("exports", ()), *order.get("rows", ()), order.get("recipient")]
        reach = ", ".join(str(each) for each in narrowed if each) or says("incident.everything")
        state = says("incident.lifted", at=order["lifted"][:10]) if order["lifted"] else says("incident.in_force")
        told = says("incident.order", order=order["order"], since=order["since"][:10], reach=reach, state=state)
        lines.append(terminal.line(told, "dim" if order["lifted"] else "bold red"))
    return lines


def _tell(document: Mapping[str, Any], says: Texts, lang: str, cite: Cite) -> list[Any]:
    lines = [terminal.line(says("incident.tell"), "bold")]
    for each in document["tell"]:
        who = each["who"][lang] + says("incident.colon") if each["who"] else ""
        lines.append(terminal.line(f"· {who}{each['duty'][lang]} ({cite(each['article'])})"))
    return lines
