"""The orders of an authority that stop an export until they are lifted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .consistency import Entry
from .free_text import plain


def suspended(
    orders: Iterable[Mapping[str, Any]], export: str, rows: Iterable[str], recipient: str = ""
) -> tuple[Entry, ...]:
    """Return a blocking entry for each order in force that reaches the export."""
    reached, entries = tuple(rows), []
    for order in orders:
        if not reaches(order, export, reached, recipient):
            continue
        message = f"an order suspends exports until it is lifted: {order['order']}"
        entries.append(Entry("suspended", True, message, {"order": order["order"], "since": order["since"]}))
    return tuple(entries)


def reaches(order: Mapping[str, Any], export: str, rows: Iterable[str], recipient: str) -> bool:
    """Tell whether an order concerns an export; what the order does not name, it does not narrow.

    >>> reaches({"order": "Q-7", "recipient": "Loyalty Hub"}, "m-1", ["membership"], "Another GmbH")
    False
    >>> reaches({"order": "Q-7"}, "m-1", ["membership"], "")
    True
    """
    if order.get("rows") and not set(order["rows"]) & set(rows):
        return False
    named = [*order.get("exports", ()), *([order["export"]] if order.get("export") else [])]
    if named and export not in named:
        return False
    # an export that does not say who receives it may go to the one the order names
    told = order.get("recipient")
    return not told or not recipient or plain(str(told)) == plain(recipient)
