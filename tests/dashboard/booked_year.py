"""A handler's folder with a real ledger in which a year of exports is booked, quickly: counted, reserved, committed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import yaml

from exportgate.pipelines import api
from exportgate.scanner import counting, ledger
from exportgate.scanner.counting import Item, Plan, SourcePlan

KEY = "5a" * 32
AS_OF = date(2026, 8, 31)
START = date(2026, 1, 5)


@dataclass(frozen=True)
class Series:
    """Exports of one kind: `every` so many days, `size` persons drawn from a pool."""

    name: str
    sector: str
    row: str
    recipient: str
    country: str
    every: int
    size: int
    pool: int
    sensitive: bool = False
    purpose: str = "service"
    mode: str = "transfer"
    first: int = 0
    columns: tuple[tuple[Any, ...], ...] = (("member_id", "member_id", "personal"), ("note", "order", "personal"))
    exclusions: tuple[dict[str, Any], ...] = field(default=())
    approval: dict[str, Any] = field(default_factory=dict)
    spread: float = 0.0
    """How much sizes differ: the spread of their logarithm."""
    anonymous: float = 0.0
    """The share of rows that name nobody."""
    people: str = ""
    """Whose pool the persons come from, when two series share one."""


FIVE = (
    Series("members", "retail", "membership", "Loyalty Hub Pte Ltd", "SG", 7, 24_000, 560_000, purpose="loyalty"),
    Series("shop-orders", "retail", "other", "Shopfront GmbH", "AT", 12, 3_000, 70_000),
    Series("telematics", "iov", "all", "Roadside Assist SE", "DE", 10, 4_000, 60_000),
    Series("trial", "pharma", "trial-subjects", "Helvetia Trials AG", "CH", 14, 300, 5_200, sensitive=True),
    Series("technicians", "aircraft-maintenance", "business-cooperation", "Lufttechnik AG", "DE", 21, 600, 9_000),
)


class Year:
    """The folder. `book` is its ledger, `settings` its configuration."""

    def __init__(self, folder: Path, name: str = "Lujiang Retail and Health") -> None:
        self.folder = folder
        key = folder / "ledger.key"
        key.write_text(KEY, encoding="ascii")
        key.chmod(0o600)
        handler = {"name": name, "ftz_area": "xiamen", "exports_from_ftz": True, "ciio": False}
        config = {"handler": handler, "ledger": {"url": "year.duckdb", "key": {"file": "ledger.key"}}}
        self.config = folder / "exportgate.yaml"
        self.config.write_text(yaml.safe_dump(config), encoding="utf-8")
        self.settings = api.settings(self.config)
        self.book = api.open_ledger(config=self.settings)

    def send(self, one: Series, at: int, day: date, seed: int = 7, export: str = "") -> ledger.Reservation:
        """Book one export of a series."""
        placed = self.reserve(one, at, day, seed, export)
        return self.book.commit(placed.id, day, now=_moment(day))

    def reserve(self, one: Series, at: int, day: date, seed: int = 7, export: str = "") -> ledger.Reservation:
        """Reserve one export of a series."""
        draw = np.random.default_rng([seed, at, len(one.name)])
        size = int(one.size * np.exp(draw.normal(0, one.spread))) if one.spread else one.size
        persons = draw.choice(one.pool, max(1, min(size, one.pool)), replace=False)
        nameless = draw.random(len(persons)) < one.anonymous if one.anonymous else np.zeros(len(persons), bool)
        pool = one.people or one.name
        ids = [None if gone else f"{pool}{n:09d}" for n, gone in zip(persons, nameless, strict=True)]
        table = pa.table({"mid": ids, "note": ["x"] * len(persons)})
        plan = Plan(
            sector=one.sector,
            row=one.row,
            sources=(SourcePlan(one.name, _items(one), {"member_id": "mid"}, "crm", None),),
            transfer_on=day,
        )
        draft = counting.read(plan, [Table(table, one.name)], self.book.keys(day.year))
        name = export or f"{one.name}-{at + 1:03d}"
        described = {"sector": one.sector, "scenario": one.row, "rows": [one.row], "purpose": one.purpose}
        described["approvals"] = [{"path": "list-filing", "number": f"F-{one.name}", **one.approval}]
        columns = [_column(*column) for column in one.columns]
        facts = {"exclusions": list(one.exclusions), "export": described, "columns": columns}
        booked = ledger.Export(name, day, one.mode, one.recipient, one.country, "fujian-2025", evidence=facts)
        return self.book.reserve(booked, draft, day, _moment(day) + timedelta(days=1), now=_moment(day))

    def fill(self, series: tuple[Series, ...] = FIVE, until: date = AS_OF, scale: float = 1.0) -> Year:
        """Book every series from the start of the year to `until`, in the order of the days."""
        planned = [
            (START + timedelta(days=one.every * at), at, one)
            for one in series
            for at in range((until - START).days // one.every + 1)
        ]
        for day, at, one in sorted(planned, key=lambda item: (item[0], item[2].name)):
            self.send(scaled(one, scale), at, day)
        return self


class Table:
    """A dataset held in memory."""

    def __init__(self, table: pa.Table, name: str) -> None:
        self.name, self.table, self.schema = name, table, table.schema

    def batches(self, columns: list[str] | None = None, batch_rows: int = 65536) -> Any:
        yield from self.table.select(columns or self.schema.names).to_batches(max_chunksize=batch_rows)


def _items(one: Series) -> tuple[Item, ...]:
    kind = ("diagnosis", "sensitive") if one.sensitive else ("order_or_consumption_record", "personal")
    return (Item("note", *kind),)


def scaled(one: Series, scale: float) -> Series:
    return Series(**{**one.__dict__, "size": max(1, int(one.size * scale)), "pool": max(2, int(one.pool * scale))})


def _column(name: str, kind: str, pi: str, listed: str | None = None, undecided: bool = False) -> dict[str, Any]:
    return {"name": name, "kind": kind, "pi": pi, "field": listed, "undecided": undecided}


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
