"""A dataset, a plan and a book for the ledger's tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from exportgate.scanner import counting, ledger
from exportgate.scanner.counting import Draft, Item, Plan, SourcePlan

KEY = "5a" * 32
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
LATER = NOW + timedelta(days=1)
NEW_YEAR = date(2027, 1, 1)
IN_2027 = datetime(2027, 1, 2, 12, tzinfo=UTC)
PERSONAL = {"note": ("order_or_consumption_record", "personal")}
KINDS = {"id": "cn_resident_id", "passport": "passport", "mid": "member_id", "sid": "subject_id", "phone": "phone"}
KINDS |= {"email": "email", "device": "device_id"}


def open_book(url: str) -> ledger.Book:
    from exportgate.pipelines import postgres_store

    return postgres_store.open_ledger(url, KEY) if "://" in url else ledger.open_ledger(url, KEY)


class Table:
    """A dataset held in memory."""

    def __init__(self, rows: list[dict[str, Any]] | pa.Table, name: str = "people") -> None:
        self.name = name
        self.table = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(rows, schema=_schema(rows))
        self.schema = self.table.schema

    def batches(self, columns: list[str] | None = None, batch_rows: int = 65536) -> Iterator[Any]:
        yield from self.table.select(columns or self.schema.names).to_batches(max_chunksize=batch_rows)


def _schema(rows: list[dict[str, Any]]) -> pa.Schema:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.schema([(name, pa.string()) for name in names])


def plan_of(dataset: Table, **changes: Any) -> Plan:
    """A plan that knows the usual columns: identity by name, `note` personal, `ill` and `card` sensitive."""
    names = dataset.schema.names
    items = [Item("note", "order_or_consumption_record", "personal")] if "note" in names else []
    items += [Item("ill", "diagnosis", "sensitive", accounts_or_diagnosis=True)] if "ill" in names else []
    items += [Item("faith", "religion", "sensitive")] if "faith" in names else []
    identity = {kind: name for name, kind in KINDS.items() if name in names}
    if {"name", "birth"} <= set(names):
        identity["name_birth_date"] = "name+birth"
    source = SourcePlan(dataset.name, tuple(items), identity, "crm", "birth" if "birth" in names else None)
    given = {"sector": "retail", "row": "membership", "sources": (source,), "transfer_on": TODAY, **changes}
    return Plan(**given)


def draft_of(book: ledger.Book, rows: Any, **changes: Any) -> Draft:
    dataset = rows if isinstance(rows, Table) else Table(rows)
    extra = changes.pop("datasets", [])
    plan = plan_of(dataset, **changes)
    return counting.read(plan, [dataset, *extra], book.keys(plan.transfer_on.year))


def reserve(book: ledger.Book, name: str, draft: Draft, on: date = TODAY, **more: Any) -> ledger.Reservation:
    return book.reserve(ledger.Export(name, on), draft, on, LATER, now=NOW, **more)


def send(book: ledger.Book, name: str, rows: Any, on: date = TODAY, **changes: Any) -> ledger.Reservation:
    """Reserve and commit."""
    draft = draft_of(book, rows, transfer_on=on, **changes)
    return book.commit(reserve(book, name, draft, on).id, on, now=NOW)


def project(book: ledger.Book, rows: Any, name: str = "probe", **changes: Any) -> ledger.Projection:
    draft = draft_of(book, rows, **changes)
    return book.project(ledger.Export(name, TODAY), draft, TODAY)


def counts(book: ledger.Book, row: str = "membership", year: int = 2026) -> dict[str, Any]:
    for counter in book.status(year, TODAY, now=NOW)["counters"]:
        if counter["row"] == row:
            return counter
    return {"any": 0, "non_sensitive": 0, "sensitive": 0, "lower": {"any": 0}, "upper": {"any": 0}}


def members(start: int, stop: int, **columns: str) -> pa.Table:
    numbers = range(start, stop)
    made = {name: [pattern.format(n) for n in numbers] for name, pattern in columns.items()}
    return pa.table({**made, "note": [f"order {n}" for n in numbers]})


def people(start: int, stop: int) -> Table:
    return Table(members(start, stop, mid="M{:06d}", phone="139{:08d}"))


def any_in(book: ledger.Book, year: int, day: date) -> int:
    return int(book.status(year, day)["handler"]["any"])
