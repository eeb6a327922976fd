"""A dataset as it left in one export: its columns, what they hold, what changed since the last delivery, its papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ... import verdicts
from ...bookings import HANDLER, Booking
from ..page import Page, number, signed
from .exports import scenario_name, state_of

ORDER = {"sensitive": 0, "personal": 1, "none": 2}


@dataclass(frozen=True)
class ColumnLine:
    """A column that left. `change`: ``new``, ``kind`` (it was judged otherwise before), or nothing."""

    name: str
    kind: str
    pi: str
    pi_word: str
    field: str
    field_id: str
    provenance: str
    undecided: bool
    change: str
    before: str


def view(page: Page, name: str) -> dict[str, Any] | None:
    """Return what ``dataset.html.j2`` shows; None when no booking of the year has that id."""
    one = page.year.booking(name)
    if one is None:
        return None
    last = previous(page, one)
    columns = [_column(page, column, last) for column in one.columns]
    state = state_of(page, one)
    names = {column.name for column in columns}
    return {
        "one": one,
        "state": state,
        "state_name": page.t(f"state.{state}"),
        "scenario": scenario_name(page, one),
        "day": page.day(one.day),
        "reserved": page.moment(one.reserved_at),
        "voided": page.day(one.voided_on),
        "columns": sorted(columns, key=lambda column: (not column.undecided, ORDER.get(column.pi, 3))),
        "gone": [str(c["name"]) for c in last.columns if str(c["name"]) not in names] if last else [],
        "last": last,
        "last_link": page.link(f"/exports/{last.id}") if last else "",
        "last_day": page.day(last.day, short=True) if last else "",
        "changed": [column for column in columns if column.change],
        "counts": _counts(page, one),
        "verdicts": [_verdict(page, one, slot) for slot in _slots(one)],
        "approvals": [_approval(page, each) for each in one.described.get("approvals", ())],
        "exclusions": (one.facts.get("evidence") or {}).get("exclusions", ()),
        "excluded": one.facts.get("excluded", ()),
        "rows": number(one.facts.get("rows")),
        "nameless": number(one.facts.get("rows_without_identity")),
    }


def previous(page: Page, one: Booking) -> Booking | None:
    """Return the delivery before this one: an earlier version, or the last export of the same series."""
    earlier = [
        other
        for other in page.year.bookings
        if other is not one
        and (other.export == one.export or other.series == one.series)
        and (other.day, other.reserved_at) < (one.day, one.reserved_at)
        and other.state in ("committed", "open", "held")
    ]
    return max(earlier, key=lambda other: (other.day, other.reserved_at), default=None)


def _column(page: Page, column: Mapping[str, Any], last: Booking | None) -> ColumnLine:
    before = {str(c["name"]): c for c in last.columns} if last else {}
    was = before.get(str(column["name"]))
    change = "" if last is None else "new" if was is None else "kind" if was["kind"] != column["kind"] else ""
    listed = next((f for f in page.year.edition.fields if f.id == column.get("field")), None)
    return ColumnLine(
        str(column["name"]),
        page.texts.word("kinds", str(column["kind"])),
        str(column["pi"]),
        page.texts.word("pi", str(column["pi"])),
        (listed.name_zh if page.lang == "zh" else listed.name_en) if listed else "",
        str(column.get("field") or ""),
        page.texts.word("provenance", listed.provenance) if listed else "",
        bool(column.get("undecided")),
        change,
        page.texts.word("kinds", str(was["kind"])) if was and change == "kind" else "",
    )


def _slots(one: Booking) -> list[tuple[str, str]]:
    sector = str(one.described.get("sector", ""))
    return [(sector, row) for row in one.described.get("rows", ()) if f"{sector}/{row}" in one.facts["counts"]]


def _counts(page: Page, one: Booking) -> list[tuple[str, str, str, str]]:
    """Return (what, this export, new with it, the handler's year with it) for each set of persons."""
    found = []
    for name in ("any", "non_sensitive", "sensitive", "sensitive_with_accounts_or_diagnosis"):
        new = one.brought[HANDLER][name] if one.state == "committed" else int(one.facts["new_persons"][name])
        label = page.texts.word("counter", name)
        found.append((label, number(one.persons[name]), signed(new), number(one.facts["handler"][name])))
    return found


def _verdict(page: Page, one: Booking, slot: tuple[str, str]) -> dict[str, Any]:
    """Judge the export's row again from the counts and approvals on record, by the rules of the page's day."""
    counts = {"sector": slot[0], "row": slot[1], **one.facts["counts"]["/".join(slot)]}
    approvals = [
        {key: a[key] for key in a if key not in verdicts.OUTSIDE_FACTS} for a in one.described.get("approvals", ())
    ]
    judged = verdicts.judge(counts, one.facts["handler"], page.year.settings, page.year.day, approvals)
    return {"row": page.row(*slot), **page.verdict(judged)}


def _approval(page: Page, approval: Mapping[str, Any]) -> dict[str, str]:
    return {
        "path": page.t(f"approval.{approval['path']}"),
        "number": str(approval.get("number") or ""),
        "since": page.day(approval.get("opinion_date")),
        "until": page.day(approval.get("valid_until")),
        "status": str(approval.get("status") or ""),
    }
