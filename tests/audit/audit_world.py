"""An outbound bucket and a schema whose persons are known one by one: every object says who is in it."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from pyarrow import orc

FORMATS = ("parquet", "csv", "gbk.csv", "jsonl.gz", "tsv", "orc", "arrow", "csv.gz", "nested.parquet", "xlsx")
KEY = "5a" * 32


def rows_of(persons: Iterable[int]) -> pa.Table:
    numbers = list(persons)
    return pa.table(
        {
            "member_id": [f"M{n:09d}" for n in numbers],
            "mobile": [f"13{n:09d}" for n in numbers],
            "points": [n % 997 for n in numbers],
        }
    )


def content(form: str, table: pa.Table) -> bytes:
    sink = io.BytesIO()
    if form == "parquet":
        pq.write_table(table, sink)
    elif form == "nested.parquet":
        member = pa.StructArray.from_arrays(
            [table["member_id"].combine_chunks(), table["mobile"].combine_chunks()], names=["member_id", "mobile"]
        )
        tags = pa.array([["a", "b"]] * len(table))
        pq.write_table(pa.table({"member": member, "tags": tags, "points": table["points"]}), sink)
    elif form == "orc":
        orc.write_table(table, sink)
    elif form == "arrow":
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    elif form == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        half = len(table) // 2
        for sheet, part in (("甲", table[:half]), ("乙", table[half:]), ("丙", table[:0])):
            page = book.create_sheet(sheet)
            page.append(table.column_names)
            for row in part.to_pylist():
                page.append(list(row.values()))
        book.remove(book["Sheet"])
        book.save(sink)
    else:
        return _text(form, table)
    return sink.getvalue()


def _text(form: str, table: pa.Table) -> bytes:
    if form == "jsonl.gz":
        return gzip.compress("".join(json.dumps(row) + "\n" for row in table.to_pylist()).encode(), mtime=0)
    separator = "\t" if form == "tsv" else ","
    lines = [[*table.column_names, "备注"], *([*map(str, row.values()), "普通"] for row in table.to_pylist())]
    text = "".join(separator.join(line) + "\n" for line in lines)
    encoded = text.encode({"gbk.csv": "gb18030", "tsv": "utf-16"}.get(form, "utf-8"))
    return gzip.compress(encoded, mtime=0) if form == "csv.gz" else encoded


@dataclass
class World:
    """What lies where, and who ever left in which counter."""

    folder: Path
    bucket: str
    database: str
    members: set[int] = field(default_factory=set)
    leads: set[int] = field(default_factory=set)
    empty: int = 0

    def key(self, at: int) -> str:
        kind = "leads" if at % 25 == 7 else "stock" if at % 25 == 9 else "members"
        return f"out/{kind}/part-{at:04d}.{FORMATS[at % len(FORMATS)]}"

    def persons(self, at: int, each: int) -> range:
        return range(at * each // 2, at * each // 2 + each)

    def put(self, client: Any, at: int, persons: Iterable[int]) -> None:
        key, numbers = self.key(at), list(persons)
        if "/stock/" in key:
            table = pa.table({"sku": [f"A-{n}" for n in numbers], "qty": [n % 7 for n in numbers]})
        else:
            table = rows_of(numbers)
            (self.leads if "/leads/" in key else self.members).update(numbers)
        if "/stock/" in key and key.endswith("nested.parquet"):
            body = content("parquet", table)
        else:
            body = content(FORMATS[at % len(FORMATS)], table)
        client.put_object(Bucket=self.bucket, Key=key, Body=body)

    def fill_bucket(self, client: Any, objects: int, each: int) -> None:
        for at in range(objects):
            self.put(client, at, self.persons(at, each))

    def fill_database(self, tables: int, each: int) -> None:
        import psycopg

        with psycopg.connect(self.database) as connection:
            connection.execute("drop schema if exists outbound cascade; create schema outbound")
            for at in range(tables):
                name = f"outbound.{'stock' if at % 5 == 4 else 'members'}_{at:02d}"
                if "stock" in name:
                    connection.execute(
                        f"create table {name} as select 'A-' || n as sku, n % 7 as qty from generate_series(1, 10) n"
                    )
                    continue
                connection.execute(f"create table {name} (member_id text, mobile text, points int)")
                first = 2_000_000 + at * each // 2
                self.members.update(range(first, first + each))
                connection.execute(
                    f"insert into {name} select 'M' || lpad(n::text, 9, '0'), '13' || lpad(n::text, 9, '0'), n % 997 "
                    f"from generate_series({first}, {first + each - 1}) n"
                )

    def configure(self, ledger: str = "year.duckdb", **more: Any) -> None:
        (self.folder / "ledger.key").write_text(KEY)
        (self.folder / "ledger.key").chmod(0o600)
        handler = {"ftz_area": "xiamen", "exports_from_ftz": True, "ciio": False}
        place = {"url": ledger, "key": {"file": "ledger.key"}}
        (self.folder / "exportgate.yaml").write_text(yaml.safe_dump({"handler": handler, "ledger": place}))
        manifest = {
            "export": {"id": "members-{name}", "sector": "retail", "scenario": "membership", "recipient": "HQ"},
            "scope": "crm",
            "approvals": [
                {"path": "list-filing", "number": "F-1", "opinion": "off-list", "opinion_date": "2026-03-02"}
            ],
        }
        (self.folder / "members.yaml").write_text(yaml.safe_dump(manifest))
        tables = {
            "name": "warehouse",
            "url": self.database.replace("exportgate@", "exportgate:s3cret@"),
            "include": ["outbound.*"],
        }
        sources = [{"name": "bucket", "url": f"s3://{self.bucket}/out"}, *([tables] if self.database else [])]
        audit = {
            "sources": sources,
            "rules": [
                {"match": "members/{name}.*", "manifest": "members.yaml"},
                {"match": "outbound.{name}", "source": "warehouse", "manifest": "members.yaml"},
            ],
            "limits": {"readers": 4, "retries": 2, "backoff": 0.05},
            "report": {"html": "audit.html", "json": "audit.json", "xlsx": "audit.xlsx"},
        }
        if not self.database:
            audit["rules"] = audit["rules"][:1]
        (self.folder / "audit.yaml").write_text(yaml.safe_dump({**audit, **more}))
