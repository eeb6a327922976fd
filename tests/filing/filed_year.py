"""A handler's folder whose ledger holds a year of exports, and the filing that speaks of them."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from exportgate.pipelines import api
from exportgate.scanner import counting, ledger
from exportgate.scanner.counting import Item, Plan, SourcePlan

KEY = "5a" * 32
MEMBER_COLUMNS = (
    ("member_id", "member_id", "personal", "retail.membership.member_id"),
    ("mobile", "phone", "personal", "retail.membership.mobile"),
    ("points", "none", "none", None),
)
EMAIL = ("email", "email", "personal", "retail.membership.email")
TRIAL_COLUMNS = (
    ("subject_no", "subject_id", "personal", "pharma.clinical-trials.subject_no"),
    ("diagnosis", "diagnosis", "sensitive", "pharma.clinical-trials.diagnosis"),
)
FILED = {"path": "list-filing", "number": "FJ-XM-2026-017", "opinion": "off-list", "opinion_date": "2026-03-02"}
CONTRACT = {"path": "standard-contract", "number": "SCC-88", "valid_until": "2029-01-31"}


@dataclass(frozen=True)
class Sent:
    """One export; persons are numbered, so the same numbers are the same persons."""

    id: str
    day: date
    persons: range
    sector: str = "retail"
    scenario: str = "membership"
    rows: tuple[str, ...] = ("membership",)
    recipient: str = "Loyalty Hub Pte Ltd"
    country: str = "SG"
    purpose: str = "loyalty programme"
    mode: str = "transfer"
    columns: tuple[tuple[str, str, str, str | None], ...] = MEMBER_COLUMNS
    approvals: tuple[dict[str, Any], ...] = (FILED, CONTRACT)
    exclusions: tuple[dict[str, Any], ...] = field(default=())
    undecided: tuple[str, ...] = ()


SPRING = Sent("members-spring", date(2026, 3, 20), range(300))
SUMMER = Sent("members-summer", date(2026, 7, 2), range(100, 400))
TRIAL = Sent(
    "trial-visits",
    date(2026, 5, 6),
    range(50),
    sector="pharma",
    scenario="clinical-trials",
    rows=("trial-subjects",),
    recipient="Helvetia Trials AG",
    country="CH",
    purpose="central evaluation",
    columns=TRIAL_COLUMNS,
    approvals=(FILED,),
)
FAITHFUL = (SPRING, TRIAL, SUMMER)

FILING: dict[str, Any] = {
    "schema": "exportgate.filing/1",
    "list": "fujian-2025",
    "number": "FJ-XM-2026-017",
    "opinion": "off-list",
    "opinion_date": "2026-03-02",
    "exports": [
        {
            "sector": "retail",
            "scenario": "membership",
            "purpose": "loyalty programme",
            "mode": "transfer",
            "recipient": {"name": "Loyalty Hub Pte. Ltd.", "country": "SG"},
            "columns": [dict(zip(("name", "kind", "pi"), column[:3], strict=True)) for column in MEMBER_COLUMNS],
            "persons": {"any": 400, "sensitive": 0},
            "documents": [CONTRACT],
        },
        {
            "sector": "pharma",
            "scenario": "clinical-trials",
            "purpose": ["central evaluation"],
            "mode": "transfer",
            "recipient": {"name": "Helvetia Trials AG", "country": "CH"},
            "columns": [dict(zip(("name", "kind", "pi"), column[:3], strict=True)) for column in TRIAL_COLUMNS],
            "persons": 50,
            "documents": [],
        },
    ],
}


def filing(**changes: Any) -> dict[str, Any]:
    """The filing of the faithful year, with keys of the first export (``exports__…``) or of the whole changed."""
    document = copy.deepcopy(FILING)
    for name, value in changes.items():
        if name.startswith("exports__"):
            document["exports"][0][name.removeprefix("exports__")] = value
        else:
            document[name] = value
    return document


class Folder:
    """The folder: configuration, key, ledger."""

    def __init__(self, path: Path, **handler: Any) -> None:
        self.path = path
        key = path / "ledger.key"
        key.write_text(KEY, encoding="ascii")
        key.chmod(0o600)
        known = {"name": "鹭江零售有限公司", "ftz_area": "xiamen", "exports_from_ftz": True, "ciio": False, **handler}
        config = {"handler": known, "ledger": {"url": "year.duckdb", "key": {"file": "ledger.key"}}}
        self.config = path / "exportgate.yaml"
        self.config.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        self.settings = api.settings(self.config)

    @property
    def book(self) -> ledger.Book:
        return api.open_ledger(config=self.settings)

    def write(self, document: dict[str, Any], name: str = "filing.yaml") -> Path:
        place = self.path / name
        place.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        return place

    def send(self, *sent: Sent) -> Folder:
        for one in sent:
            placed = self.reserve(one)
            self.book.commit(placed.id, one.day, now=moment(one.day))
        return self

    def reserve(self, one: Sent) -> ledger.Reservation:
        table = pa.table({"id": [f"{one.sector}{n:09d}" for n in one.persons], "x": ["x"] * len(one.persons)})
        pi = max((column[2] for column in one.columns), key=("none", "personal", "sensitive").index)
        kind = ("diagnosis", "sensitive") if pi == "sensitive" else ("order_or_consumption_record", "personal")
        source = SourcePlan(one.sector, (Item("x", *kind),), {"member_id": "id"}, "crm", None)
        plan = Plan(sector=one.sector, row=one.rows[0], sources=(source,), transfer_on=one.day)
        book = self.book
        draft = counting.read(plan, [Table(table, one.sector)], book.keys(one.day.year))
        described = {
            "sector": one.sector,
            "scenario": one.scenario,
            "rows": list(one.rows),
            "purpose": one.purpose,
            "approvals": [{"status": "valid", **approval} for approval in one.approvals],
        }
        columns = [
            {"name": n, "kind": k, "pi": p, "field": f, "undecided": n in one.undecided} for n, k, p, f in one.columns
        ]
        evidence = {"exclusions": list(one.exclusions), "export": described, "columns": columns}
        export = ledger.Export(one.id, one.day, one.mode, one.recipient, one.country, "fujian-2025", evidence=evidence)
        now = moment(one.day)
        return book.reserve(export, draft, one.day, now + timedelta(days=1), now=now)


class Table:
    """A dataset held in memory."""

    def __init__(self, table: pa.Table, name: str) -> None:
        self.name, self.table, self.schema = name, table, table.schema

    def batches(self, columns: list[str] | None = None, batch_rows: int = 65536) -> Any:
        yield from self.table.select(columns or self.schema.names).to_batches(max_chunksize=batch_rows)


def moment(day: date) -> datetime:
    """Noon of a day in China."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def other(**changes: Any) -> Sent:
    """One more export of members in autumn, with something changed."""
    return replace(Sent("members-autumn", date(2026, 10, 8), range(50)), **changes)
