"""Compare one export that left with what was filed, heading by heading. Each function yields what differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ...field_maps.model import Edition
from ..booked_facts import column_name
from ..free_text import plain, without_identifiers
from ..suspension import reaches
from .actual import Left, Order
from .document import Column, FiledExport, Filing, LegalDocument

CLASSES = ("none", "personal", "sensitive")
NEAR = 90
"""From which likeness (0 to 100) two wordings of a purpose are taken to a person instead of being called another."""


@dataclass(frozen=True)
class Finding:
    """Something that differs: a word of ``issues.yaml``, what it is about, what was filed and what is."""

    issue: str
    subject: str = ""
    filed: Any = ""
    actual: Any = ""
    left: Left | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two findings the same."""
        return (self.issue, self.subject, str(self.filed), str(self.actual), *map(str, self.facts.items()))


def same_scenario(one: Left, filed: FiledExport, edition: Edition) -> bool:
    """Tell whether an export falls under a filed one; a row's own id stands for every scenario that counts under it."""
    if one.sector != filed.sector:
        return False
    if one.scenario == filed.scenario:
        return True
    rows = edition.sector(one.sector).row_ids
    if one.scenario not in rows and filed.scenario not in rows:
        return False
    counted = one.scenario if one.scenario in rows else (one.rows or ("",))[0]
    return edition.row_for(filed.sector, filed.scenario).id == counted


def no_scenario(one: Left) -> Finding:
    """Say that nothing was filed for the export's scenario."""
    name = f"{one.sector}/{one.scenario}"
    return Finding("scenario-not-filed" if one.scenario else "scenario-not-recorded", name, "", name, one)


def export(one: Left, filed: FiledExport, edition: Edition) -> list[Finding]:
    """Compare scenario, columns, recipient, purpose and method."""
    return [
        *_rows(one, filed, edition),
        *_columns(one, filed),
        *_recipient(one, filed),
        *_purpose(one, filed),
        *_mode(one, filed),
    ]


def _rows(one: Left, filed: FiledExport, edition: Edition) -> Iterator[Finding]:
    told = rows_of(filed, edition)
    for row in one.rows:
        if row not in told:
            yield Finding("row-not-filed", row, list(told), row, one)


def rows_of(filed: FiledExport, edition: Edition) -> tuple[str, ...]:
    """Return the threshold rows a filed export speaks of: those it names, or its scenario's."""
    named = filed.rows or (filed.scenario,)
    return tuple(edition.row_for(filed.sector, name).id for name in named)


def _columns(one: Left, filed: FiledExport) -> Iterator[Finding]:
    if filed.columns is None:
        yield Finding("columns-not-stated", left=one)
        return
    if not one.columns:
        yield Finding("columns-not-recorded", left=one)
        return
    named = {plain(column_name(at, column.name)): column for at, column in enumerate(filed.columns, start=1)}
    there = {plain(str(column["name"])) for column in one.columns}
    free = [column for name, column in named.items() if name not in there]
    for column in one.columns:
        match = named.get(plain(str(column["name"])))
        yield from _column(one, column, match) if match else _unfiled(one, column, free)


def _unfiled(one: Left, column: Mapping[str, Any], free: list[Column]) -> Iterator[Finding]:
    name, kind, pi = str(column["name"]), str(column["kind"]), str(column["pi"])
    renamed = next((each for each in free if each.kind == kind and each.pi == pi and kind != "none"), None)
    if renamed:
        free.remove(renamed)
        yield Finding("column-renamed", name, renamed.name, kind, one)
    elif pi != "none" or column.get("field"):
        yield Finding("column-not-filed", name, "", kind, one)
    else:
        yield Finding("other-column-not-filed", name, "", kind, one)


def _column(one: Left, column: Mapping[str, Any], filed: Column) -> Iterator[Finding]:
    name, kind, pi = str(column["name"]), str(column["kind"]), str(column["pi"])
    was, now = CLASSES.index(filed.pi) if filed.pi else None, CLASSES.index(pi)
    if column.get("undecided"):
        yield Finding("column-undecided", name, filed.kind, kind, one)
    elif was is not None and now > was:
        yield Finding("column-more-sensitive", name, filed.pi, pi, one)
    elif was is not None and now < was:
        yield Finding("column-less-sensitive", name, filed.pi, pi, one)
    elif filed.kind and filed.kind != kind:
        yield Finding("column-kind-changed", name, filed.kind, kind, one)


def _recipient(one: Left, filed: FiledExport) -> Iterator[Finding]:
    told, actual = without_identifiers(filed.recipient.name), without_identifiers(one.recipient)
    if not told:
        yield Finding("recipient-not-stated", left=one)
    elif not actual:
        yield Finding("recipient-not-recorded", "", told, "", one)
    elif plain(actual) != plain(told):
        yield Finding("recipient-not-filed", actual, told, actual, one)
    elif filed.recipient.country and one.country and plain(filed.recipient.country) != plain(one.country):
        yield Finding("recipient-country-changed", actual, filed.recipient.country, one.country, one)


def _purpose(one: Left, filed: FiledExport) -> Iterator[Finding]:
    told, actual = [without_identifiers(each) for each in filed.purpose], without_identifiers(one.purpose).strip()
    if not told:
        yield Finding("purpose-not-stated", "", "", actual, one)
    elif not actual:
        yield Finding("purpose-not-recorded", "", told, "", one)
    elif plain(actual) not in map(plain, told):
        from rapidfuzz import fuzz

        near = max(fuzz.ratio(plain(actual), plain(each)) for each in told)
        yield Finding("purpose-reworded" if near >= NEAR else "purpose-not-filed", "", told, actual, one)


def _mode(one: Left, filed: FiledExport) -> Iterator[Finding]:
    if filed.mode is None:
        yield Finding("method-not-stated", "", "", one.mode, one)
    elif one.mode != filed.mode:
        yield Finding("method-not-filed", "", filed.mode, one.mode, one)


def documents(one: Left, filing: Filing, filed: FiledExport | None, listed: Collection[str]) -> Iterator[Finding]:
    """Compare the documents the export relied on with those filed; `listed` kinds are the filing itself."""
    relied = [approval for approval in one.approvals if approval["path"] not in listed]
    for approval in one.approvals:
        yield from _in_force(one, approval)
        number = str(approval.get("number") or "")
        if approval["path"] in listed and filing.number and number and plain(number) != plain(filing.number):
            yield Finding("document-changed", approval["path"], filing.number, _title(approval), one)
    if filed is None:
        return
    if filed.documents is None:
        if relied:
            yield Finding("documents-not-stated", "", "", [_title(each) for each in relied], one)
        return
    for approval in relied:
        yield from _document(one, approval, filed.documents)
    for document in filed.documents:
        if document.path not in {approval["path"] for approval in relied}:
            yield Finding("document-missing", document.path, _title(document.model_dump()), "", one)


def _document(one: Left, approval: Mapping[str, Any], filed: Sequence[LegalDocument]) -> Iterator[Finding]:
    same = [document for document in filed if document.path == approval["path"]]
    match = [each for each in same if plain(each.number) == plain(str(approval.get("number", "")))]
    if not same:
        yield Finding("document-not-filed", approval["path"], "", _title(approval), one)
    elif not match:
        told = [_title(document.model_dump()) for document in same]
        yield Finding("document-changed", approval["path"], told, _title(approval), one)
    elif match[0].valid_until and match[0].valid_until < one.day:
        yield Finding("document-expired", _title(approval), match[0].valid_until.isoformat(), "", one)
    elif match[0].valid_until and approval.get("valid_until") and str(match[0].valid_until) != approval["valid_until"]:
        until = match[0].valid_until.isoformat()
        yield Finding("document-term-changed", _title(approval), until, approval["valid_until"], one)


def _in_force(one: Left, approval: Mapping[str, Any]) -> Iterator[Finding]:
    if approval.get("status", "valid") != "valid":
        yield Finding("document-not-valid", _title(approval), "valid", approval["status"], one)
    if approval.get("valid_until") and date.fromisoformat(approval["valid_until"]) < one.day:
        yield Finding("document-expired", _title(approval), approval["valid_until"], "", one)


def period(one: Left, filing: Filing, expires: date | None) -> Iterator[Finding]:
    """Compare the day with the opinion's validity."""
    if filing.status in ("suspended", "terminated"):
        yield Finding("filing-not-valid", "", filing.status, "", one)
    elif filing.status == "pending":
        yield Finding("filing-pending", left=one)
    if filing.opinion not in (None, "off-list"):
        yield Finding("opinion-not-off-list", "", filing.opinion, "", one)
    if filing.opinion_date is None or filing.opinion is None:
        yield Finding("opinion-not-known", left=one)
    if filing.opinion_date and one.day < filing.opinion_date:
        yield Finding("before-opinion", "", filing.opinion_date.isoformat(), "", one)
    if expires and one.day > expires:
        yield Finding("after-expiry", "", expires.isoformat(), "", one)


def suspended(one: Left, orders: Iterable[Order], local: Callable[[datetime], datetime]) -> Iterator[Finding]:
    """Find the orders that were in force when the export left."""
    for order in orders:
        start, end = (
            local(datetime.fromisoformat(moment)) if moment else None for moment in (order.since, order.until)
        )
        if not start or one.day < start.date() or (end and one.day > end.date()):
            continue
        placed = local(datetime.fromisoformat(one.at))
        if (one.day == start.date() and placed < start) or (end and one.day == end.date() and placed >= end):
            continue
        if reaches(order.body, one.export, one.rows, one.recipient):
            yield Finding("under-suspension", order.order, order.order, "", one)


def unsettled(held: Iterable[Left]) -> Iterator[Finding]:
    """Say of each export that may have left that nobody has said whether it did."""
    for one in held:
        yield Finding("unsettled-export", one.export, "", "open", one)


def never_exported(filings: Sequence[Filing], left: Sequence[Left], edition: Edition) -> Iterator[Finding]:
    """Name what was filed and has not left: narrower than the filing, so only a note."""
    for filing in filings:
        for filed in filing.exports:
            mine = [one for one in left if same_scenario(one, filed, edition)]
            gone = {plain(str(column["name"])) for one in mine for column in one.columns}
            for at, column in enumerate(filed.columns or (), start=1):
                name = column_name(at, column.name)
                if mine and gone and plain(name) not in gone:
                    yield Finding("column-not-exported", name, column.kind or "", "")


def _title(document: Mapping[str, Any]) -> str:
    return without_identifiers(" ".join(str(document[key]) for key in ("path", "number") if document.get(key)))
