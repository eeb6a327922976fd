"""Does what leaves match what was filed?

An approval (a filing, a contract, a certification, an assessment) counts only within its rows, recipient, columns and
cap; what falls outside is an entry that blocks, as the consistency spot-checks of the list's Measures would find it.
A person's decision about a column that the column's own values contradict blocks as well, unless it says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .free_text import plain
from .manifest import Approval, Decision, Recipient
from .results import ColumnVerdict

STOPPED = ("suspended", "terminated")
"""What an authority makes of an approval when exports are not what was filed: nothing leaves under it."""


@dataclass(frozen=True)
class Entry:
    """One inconsistency: what, whether it blocks, a sentence, and the facts it rests on (never a cell's value)."""

    issue: str
    blocks: bool
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as it stands in ``exportgate.check/1``."""
        return {"issue": self.issue, "blocks": self.blocks, "message": self.message, **self.facts}


@dataclass(frozen=True)
class Shipment:
    """What actually leaves: threshold rows with their persons of the year, recipient, columns that are personal."""

    rows: Mapping[str, int]
    recipient: str
    columns: Collection[str]
    as_of: date
    country: str = ""


def held(approvals: Sequence[Approval], shipment: Shipment) -> tuple[tuple[Approval, ...], tuple[Entry, ...]]:
    """Return the approvals that cover the shipment, and an entry for everything that falls outside.

    An approval that does not cover a row gives no entry when another one of the same path does. Where there are
    approvals, each row must be named by one of them: persons of a row nobody filed are not what was filed.
    """
    counting: list[Approval] = []
    entries: list[Entry] = []
    for path in dict.fromkeys(approval.path for approval in approvals):
        found = [(each, tuple(_faults(each, shipment))) for each in approvals if each.path == path]
        covering = [approval for approval, faults in found if not faults]
        counting += covering
        for row in shipment.rows:
            if not any(_names(approval, row) for approval in covering):
                entries += _why_not(row, found, covering)
    unnamed = [row for row in shipment.rows if approvals and not any(_names(each, row) for each in approvals)]
    if unnamed and counting:
        message = f"no approval covers the persons of {', '.join(unnamed)}"
        entries.append(Entry("row-not-filed", True, message, {"rows": unnamed}))
    return tuple(counting), _once(entries)


def _names(approval: Approval, row: str) -> bool:
    return approval.rows is None or row in approval.rows


def _why_not(
    row: str, found: Sequence[tuple[Approval, tuple[Entry, ...]]], covering: Collection[Approval]
) -> tuple[Entry, ...]:
    """Return the faults of the approval of a path that comes nearest to covering a row."""
    near = [faults for approval, faults in found if faults and _names(approval, row)]
    if not near and not covering:
        near = [faults for _, faults in found]
    return min(near, key=len, default=())


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        seen.setdefault(f"{entry.issue} {entry.message}", entry)
    return tuple(seen.values())


def contradicted(decisions: Mapping[str, Decision], judged: Iterable[ColumnVerdict]) -> tuple[Entry, ...]:
    """Return an entry for each human ``kind: none`` against values that validate as an identifier.

    `judged` are the verdicts before the decisions were applied. A decision that says why does not block.
    """
    entries = []
    for verdict in judged:
        decision = decisions.get(verdict.name)
        if decision is None or decision.kind != "none" or not verdict.is_personal or not verdict.evidence.valid:
            continue
        facts = {"column": verdict.name, "kind": verdict.kind, "valid": verdict.evidence.valid, "by": decision.by}
        message = (
            f"{decision.by} declared column {verdict.name} to hold no personal information, "
            f"but {verdict.evidence.valid:,} of its values validate as {verdict.kind}"
        )
        reason = f"; stated reason: {decision.why}" if decision.why else ""
        entries.append(Entry("decision-contradicts-values", not decision.why, message + reason, facts))
    return tuple(entries)


def rejudged(before: Iterable[Mapping[str, Any]], columns: Iterable[ColumnVerdict]) -> tuple[Entry, ...]:
    """Return an entry for each machine verdict that is no longer what it was when the export was last booked.

    `before` are columns as the ledger keeps them. What a person decided holds and is not a change.
    """
    known = {column["name"]: column for column in before}
    entries = []
    for column in columns:
        then = known.get(column.name)
        if then is None or column.decided_by == "human":
            continue
        was, now = _judgement(then), _judgement({"kind": column.kind, "pi": column.pi, "field": column.field_id})
        if was != now:
            message = f"column {column.name} was judged {was} when this export was last booked, and is judged {now} now"
            entries.append(Entry("verdict-changed", False, message, {"column": column.name, "before": was, "now": now}))
    return tuple(entries)


def _judgement(column: Mapping[str, Any]) -> str:
    field = column.get("field")
    return f"{column['kind']} ({column['pi']})" + (f" on {field}" if field else "")


def _faults(approval: Approval, shipment: Shipment) -> Iterable[Entry]:
    title = f"{approval.path} {approval.number}".strip()
    facts = {"path": approval.path, "number": approval.number}
    outside = [row for row in shipment.rows if approval.rows is not None and row not in approval.rows]
    if outside and len(outside) == len(shipment.rows):
        yield Entry("row-not-filed", True, f"{title} does not cover {', '.join(outside)}", {**facts, "rows": outside})
    if approval.recipient_name and plain(approval.recipient_name) != plain(shipment.recipient):
        message = f"{title} names another recipient than {shipment.recipient or 'the unnamed one of this export'}"
        yield Entry("recipient-not-filed", True, message, {**facts, "filed": approval.recipient_name})
    told = approval.recipient.country if isinstance(approval.recipient, Recipient) else ""
    if told and shipment.country and plain(told) != plain(shipment.country):
        message = f"{title} names a recipient in {told}, this export goes to {shipment.country}"
        yield Entry("recipient-not-filed", True, message, {**facts, "filed": told})
    if approval.columns is not None:
        for column in shipment.columns:
            if column not in approval.columns:
                yield Entry(
                    "column-not-filed", True, f"{title} does not name column {column}", {**facts, "column": column}
                )
    if approval.max_persons is not None:
        for row, persons in shipment.rows.items():
            if persons > approval.max_persons and (approval.rows is None or row in approval.rows):
                message = f"{persons:,} persons of the year are more than the {approval.max_persons:,} filed ({title})"
                yield Entry("volume-over-filed", True, message, {**facts, "row": row, "persons": persons})
    yield from _out_of_time(approval, title, shipment.as_of, facts)


def _out_of_time(approval: Approval, title: str, as_of: date, facts: Mapping[str, Any]) -> Iterable[Entry]:
    if approval.status in STOPPED:
        yield Entry(f"approval-{approval.status}", True, f"{title} is {approval.status}", facts)
    if approval.valid_until is not None and approval.valid_until < as_of:
        yield Entry("approval-expired", True, f"{title} was valid until {approval.valid_until}", facts)
    if approval.valid_from is not None and approval.valid_from > as_of:
        yield Entry("approval-not-yet-valid", True, f"{title} is valid from {approval.valid_from}", facts)
