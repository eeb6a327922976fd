"""The ledger at size: load persons, add an export of a tenth, ask for the year; CPU seconds, bytes and memory.

Run in a process of its own (`python -m benchmarks.ledgers ROWS KINDS FOLDER`) so that peak memory is the ledger's.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from exportgate.scanner import counting, ledger
from exportgate.scanner.ledger import Export

from . import table
from .measured import own_peak_mib

NOW = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
KINDS = {"cn_resident_id": "id_card", "phone": "mobile", "email": "email", "payment_card": "bank_card"}


class Persons:
    """Persons `first` to `last` as a dataset, one row each, generated batch by batch."""

    def __init__(self, name: str, first: int, last: int, kinds: int) -> None:
        self.name, self.first, self.last = name, first, last
        self.columns = list(KINDS.values())[:kinds]
        self.schema = pa.schema([(column, pa.string()) for column in self.columns])

    def batches(self, columns: list[str] | None = None, batch_rows: int = 65_536) -> Iterator[pa.RecordBatch]:
        """Yield the rows."""
        for first in range(self.first, self.last, batch_rows):
            people = np.arange(first, min(first + batch_rows, self.last))
            phones = table.text(table.number_text(13_000_000_000 + people, 11))
            every = (residents(people), phones, table.emails(people), table.cards(people))
            yield pa.RecordBatch.from_arrays(list(every[: len(self.columns)]), schema=self.schema)


def residents(people: Any) -> pa.Array:
    """Return one resident number for each person below seventy million, none twice."""
    days = np.datetime64("1940-01-01") + people % 25_000
    months = days.astype("datetime64[M]")
    number = (days.astype("datetime64[Y]").astype(np.int64) + 1970) * 10_000
    number += (months.astype(np.int64) % 12 + 1) * 100 + (days - months).astype(np.int64) + 1
    places = np.array([350203, 350102, 350502])[people // 25_000_000]
    return table.text(
        np.concatenate(
            [
                table.number_text(places, 6),
                table.number_text(number, 8),
                table.number_text(people // 25_000 % 1000, 3),
                np.full((len(people), 1), 88, np.uint8),
            ],
            axis=1,
        )
    )


def measure(rows: int, kinds: int, folder: Path) -> dict[str, Any]:
    """Load `rows` persons, add an export of a tenth half of which is new, and ask for the year."""
    path = folder / "persons.duckdb"
    book = ledger.open_ledger(str(path), "11" * 32)
    found: dict[str, Any] = {"rows": rows, "kinds": kinds}
    tenth = rows // 10
    for name, first, last in (("load", 0, rows), ("export", rows - tenth // 2, rows + tenth // 2)):
        people = Persons(name, first, last, kinds)
        draft, found[f"{name}_count_cpu"] = cost(
            lambda people=people: counting.read(_plan(people), [people], book.keys(2026))
        )
        export = Export(id=name, transfer_on=NOW.date(), mode="transfer", recipient="x", country="SG")
        before = path.stat().st_size
        projected = cost(lambda draft=draft, export=export: book.project(export, draft, NOW.date()))[1]
        placed, reserved = cost(
            lambda draft=draft, export=export: book.reserve(export, draft, NOW.date(), NOW + timedelta(days=1), now=NOW)
        )
        found[f"{name}_ledger_cpu"] = projected + reserved
        found[f"{name}_commit_cpu"] = cost(lambda placed=placed: book.commit(placed.id, NOW.date(), now=NOW))[1]
        found[f"{name}_bytes"] = path.stat().st_size - before
        found[f"{name}_identifiers"], found[f"{name}_facts"] = len(draft.keys), len(draft.masks)
        del draft
    status, found["query_cpu"] = cost(lambda: book.status(2026, NOW.date(), now=NOW))
    found["persons"] = status["handler"]["any"]
    found["bytes"] = path.stat().st_size
    found |= _tables(path)
    found["peak_mib"] = own_peak_mib()
    found["duckdb_distinct_cpu"] = _duckdb_distinct(rows)
    return found


def cost(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return a result and the CPU seconds it took."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def _plan(people: Persons) -> counting.Plan:
    items = tuple(counting.Item(column, kind, "personal") for kind, column in KINDS.items() if column in people.columns)
    identity = {kind: column for kind, column in KINDS.items() if column in people.columns}
    source = counting.SourcePlan(people.name, items, identity)
    return counting.Plan("retail", "membership", (source,), date(2026, 11, 23))


def _tables(path: Path) -> dict[str, float]:
    """Return the bytes on disk that a key and a fact take."""
    import duckdb

    found = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        block = connection.execute("select block_size from pragma_database_size()").fetchall()[0][0]
        for name, label in (("node_2026", "key"), ("fact_2026", "fact")):
            rows = connection.execute(f"select count(*) from {name}").fetchall()[0][0]
            blocks = connection.execute(
                f"select count(distinct block_id) from pragma_storage_info('{name}') where block_id >= 0"
            ).fetchall()[0][0]
            found[f"bytes_per_{label}"] = blocks * block / max(1, rows)
    return found


def _duckdb_distinct(rows: int) -> float:
    """Return the CPU seconds of DuckDB's own exact count of the raw column."""
    import duckdb

    raw = pa.Table.from_batches(Persons("raw", 0, rows, 1).batches())
    with duckdb.connect() as connection:
        connection.register("raw", raw)
        return cost(lambda: connection.execute("select count(distinct id_card) from raw").fetchall())[1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[3] if len(sys.argv) > 3 else None) as place:
        sys.stdout.write(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]), Path(place))) + "\n")
