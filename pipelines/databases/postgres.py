"""PostgreSQL through ADBC: binary copies straight into Arrow, all readings of a dataset in one snapshot."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ...scanner.documents import nearest
from ...scanner.errors import SourceError
from ..addresses import Address
from ..extras import need
from .database import Column, Database, Relation, TableInfo, asking, described, one, quoted, selection

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_BYTES = 8 << 20
CONNECT_SECONDS = "15"
_PLAIN = {"int2", "int4", "int8", "float4", "float8", "bool", "text", "varchar", "name", "date", "timestamp",
          "timestamptz", "bytea"}  # fmt: skip
"""Types whose binary form is read as it is; every other one (numeric, uuid, json, enums, …) is read as its text."""
_COLUMNS = """
select a.attname, t.typname, t.typcategory, format_type(a.atttypid, a.atttypmod),
       coalesce(col_description(c.oid, a.attnum), ''),
       coalesce((select string_agg(l.label, '; ') from pg_seclabel l
                 where l.objoid = c.oid and l.objsubid = a.attnum), '')
from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
where c.oid = to_regclass(%s) and a.attnum > 0 and not a.attisdropped order by a.attnum"""
_TABLES = """
select n.nspname || '.' || c.relname, case when c.reltuples < 0 then null else c.reltuples::bigint end,
       case when c.relkind in ('r', 'm', 'p') then pg_total_relation_size(c.oid) end,
       case when c.relkind in ('r', 'p') and current_setting('track_counts')::bool then (
         select string_agg(format('%s.%s.%s.%s', pg_relation_filenode(p.oid), pg_stat_get_tuples_inserted(p.oid),
                                  pg_stat_get_tuples_updated(p.oid), pg_stat_get_tuples_deleted(p.oid)),
                           '/' order by p.oid)
           || '@' || coalesce((select stats_reset::text from pg_stat_database where datname = current_database()), '')
         from pg_class p where p.oid = c.oid or p.oid in (select relid from pg_partition_tree(c.oid))) end
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
  and n.nspname not in ('pg_catalog', 'information_schema', 'exportgate') and n.nspname !~ '^pg_(toast|temp)'
order by 1"""


class Postgres(Database):
    """A PostgreSQL database, in one read-only snapshot from its first reading until it is closed."""

    def __init__(self, address: Address) -> None:
        with need("postgres"):
            import adbc_driver_postgresql  # noqa: F401 - said to be missing here, not in the middle of a run
            import psycopg
        self.name = str(Address(address.scheme, address.place, {}))
        kept = {key: value for key, value in address.parameters.items() if key not in ("table", "query")}
        self._uri = f"{address.place}?{urlencode({'connect_timeout': CONNECT_SECONDS, **kept})}"
        with asking(self.name):
            self._held = psycopg.connect(self._uri, autocommit=True)
            self._held.execute("begin isolation level repeatable read read only")
        self._snapshot: str | None = None
        self._drop = weakref.finalize(self, _close, self._held)

    def close(self) -> None:
        """Give the snapshot back."""
        self._drop()

    def tables(self) -> list[TableInfo]:
        """Return tables and views, with the server's own change counters as identity of each table."""
        with asking(self.name):
            rows = self._held.execute(_TABLES).fetchall()
        return [TableInfo(name, rows_, size, identity or "") for name, rows_, size, identity in rows]

    def describe(self, relation: Relation) -> pa.Schema:
        """Return a relation's columns with comments, security labels and declared types."""
        columns = self._columns(relation)
        with asking(self.name), self._reading(selection(relation, columns, limit=0)) as reader:
            shape = reader.schema
        comment = ""
        if relation.table:
            found = self._held.execute(
                "select coalesce(obj_description(to_regclass(%s), 'pg_class'), '')", (quoted(relation.table),)
            ).fetchone()
            comment = found[0] if found else ""
        return described(shape, columns, relation.table, comment)

    def stream(self, relation: Relation, columns: Sequence[str], batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the cells of some columns."""
        known = {column.name: column for column in self._columns(relation)}
        with self._reading(selection(relation, [known[name] for name in columns])) as reader:
            yield from reader

    def mark(self, relation: Relation, column: str) -> str | None:
        """Return the highest value of a column as text."""
        with asking(self.name):
            found = self._held.execute(f"select max({one(column)})::text from {quoted(relation.table)}").fetchone()  # noqa: S608
        return found[0] if found else None

    def _columns(self, relation: Relation) -> list[Column]:
        with asking(self.name):
            rows = self._held.execute(_COLUMNS, (quoted(relation.table),)).fetchall() if relation.table else []
            if relation.table and not rows:
                known = [table.name for table in self.tables()]
                raise SourceError(
                    f"no such table: {relation.table}", where=self.name, hint=nearest(relation.table, known)
                )
            if not relation.table:
                rows = self._of_query(relation)
        return [
            Column(name, declared, "; ".join(filter(None, (comment, label))), _cast(kind, category))
            for name, kind, category, declared, comment, label in rows
        ]

    def _of_query(self, relation: Relation) -> list[tuple[str, ...]]:
        cursor = self._held.execute(f"select * from ({relation.query.strip().rstrip(';')}) as q limit 0")  # noqa: S608
        types = "select typname, typcategory, format_type(oid, null) from pg_type where oid = %s"
        found = []
        for item in cursor.description or ():
            kind = self._held.execute(types, (item.type_code,)).fetchone() or ("text", "S", "text")
            found.append((item.name, *kind, "", ""))
        return found

    def _reading(self, statement: str) -> _Reading:
        if self._snapshot is None:
            found = self._held.execute("select pg_export_snapshot()").fetchone()
            self._snapshot = found[0] if found else ""
        return _Reading(self._uri, self._snapshot, statement)


class _Reading:
    """A statement running on a connection of its own, in the snapshot of the dataset."""

    def __init__(self, uri: str, snapshot: str, statement: str) -> None:
        self._uri, self._snapshot, self._statement = uri, snapshot, statement
        self._open: list[Any] = []

    def __enter__(self) -> Any:
        from adbc_driver_postgresql import dbapi

        connection = dbapi.connect(self._uri, autocommit=True)
        self._open.append(connection)
        cursor = connection.cursor()
        self._open.append(cursor)
        cursor.execute("begin isolation level repeatable read read only")
        cursor.execute(f"set transaction snapshot '{self._snapshot}'")
        cursor.adbc_statement.set_options(**{"adbc.postgresql.batch_size_hint_bytes": str(BATCH_BYTES)})
        cursor.execute(self._statement)
        reader = cursor.fetch_record_batch()
        self._open.append(reader)
        return reader

    def __exit__(self, *_: object) -> None:
        for part in reversed(self._open):
            part.close()


def _close(connection: Any) -> None:
    connection.close()


def _cast(kind: str, category: str) -> str:
    if kind in _PLAIN:
        return ""
    return "array_to_string({}, '; ')" if category == "A" else "{}::text"
