"""What is different since an object was read before: new personal columns, other kinds, leaps in volume."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LEAP = 2.0
"""A volume that doubles or halves is a leap."""


def drift_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the differences between two readings of one object; nothing when it was never read before.

    >>> drift_of({"columns": []}, {"columns": [{"name": "tel", "kind": "phone"}]})
    [{'kind': 'new-personal-column', 'column': 'tel', 'now': 'phone'}]
    """
    if "columns" not in before:
        return []
    old = {column["name"]: column for column in before["columns"]}
    new = {column["name"]: column for column in after["columns"]}
    found: list[dict[str, Any]] = [
        {"kind": "new-personal-column", "column": name, "now": column["kind"]}
        for name, column in new.items()
        if name not in old
    ]
    found += [
        {"kind": "kind-changed", "column": name, "before": old[name]["kind"], "now": column["kind"]}
        for name, column in new.items()
        if name in old and old[name]["kind"] != column["kind"]
    ]
    found += [
        {"kind": "personal-column-gone", "column": name, "before": column["kind"]}
        for name, column in old.items()
        if name not in new
    ]
    was, now = int(before.get("rows") or 0), int(after.get("rows") or 0)
    if was and now and not 1 / LEAP < now / was < LEAP:
        found.append({"kind": "volume", "before": was, "now": now})
    return found
