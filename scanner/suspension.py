"""The orders of an authority that stop an export until they are lifted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .consistency import Entry


def suspended(orders: Iterable[Mapping[str, Any]], export: str, rows: Iterable[str]) -> tuple[Entry, ...]:
    """Return a blocking entry for each order in force that reaches the export."""
    entries = []
    for order in orders:
        if order.get("rows") and not set(order["rows"]) & set(rows):
            continue
        if order.get("export") and order["export"] != export:
            continue
        message = f"an order suspends exports until it is lifted: {order['order']}"
        entries.append(Entry("suspended", True, message, {"order": order["order"], "since": order["since"]}))
    return tuple(entries)
