"""Databases in one file on this machine: DuckDB and SQLite, opened read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ...scanner.documents import nearest
from ...scanner.errors import SourceError
from ..addresses import Address
from .database import Column, Database, Relation, TableInfo, asking, described, literal, one, quoted, selection

if TYPE_CHECKING:
    import pyarrow as pa

_AS_TEXT = ("HUGEINT", "UHUGEINT", "INTERVAL", "UUID", "ENUM", "BIT", "TIME", "DECIMAL", "VARINT", "BIGNUM", "UNION")


class DuckFile(Database):
    """A DuckDB file."""

    def __init__(self, address: Address) -> None:
        import duckdb

        self.path = _file(address)
        self.name = self.path.name
        settings: dict[str, Any] = {"autoinstall_known_extensions": "false"}
        try:
            self._connection = duckdb.connect(str(self.path), read_only=True, config=settings)
            self._connection.execute("set enable_progress_bar = false")
        except duckdb.Error:
            raise SourceError(
                "cannot be opened as a DuckDB file", where=self.name, hint="is another program writing to it?"
            ) from None

    def tables(self) -> list[TableInfo]:
        """Return tables and views; a table's identity is its file's."""
        with asking(self.name):
            rows = self._connection.execute(
                "select schema_name || '.' || table_name, estimated_size from duckdb_tables() where not internal "
                "union all select schema_name || '.' || view_name, null from duckdb_views() where not internal "
                "order by 1"
            ).fetchall()
        stamp = _stamp(self.path)
        return [TableInfo(name.removeprefix("main."), size, None, stamp) for name, size in rows]

    def describe(self, relation: Relation) -> pa.Schema:
        """Return a relation's columns with comments and declared types."""
        with asking(self.name):
            columns, comment = self._columns(relation), ""
            shape = self._run(selection(relation, columns, limit=0)).to_arrow_table().schema
            if relation.table:
                found = self._connection.execute(
                    "select comment from duckdb_tables() where (schema_name || '.' || table_name) = ?",
                    [relation.table if "." in relation.table else f"main.{relation.table}"],
                ).fetchone()
                comment = (found[0] or "") if found else ""
        return described(shape, columns, relation.table, comment)

    def stream(self, relation: Relation, columns: Sequence[str], batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the cells of some columns."""
        known = {column.name: column for column in self._columns(relation)}
        statement = selection(relation, [known[name] for name in columns])
        yield from self._run(statement).to_arrow_reader(batch_rows)

    def _run(self, statement: str) -> Any:
        return self._connection.cursor().sql(statement)

    def mark(self, relation: Relation, column: str) -> str | None:
        """Return the highest value of a column as text."""
        with asking(self.name):
            statement = f"select max({one(column)})::varchar from {quoted(relation.table)}"  # noqa: S608
            found = self._connection.cursor().execute(statement).fetchone()
        return found[0] if found else None

    def _columns(self, relation: Relation) -> list[Column]:
        _require(self, relation, [info.name for info in self.tables()] if relation.table else [])
        origin = quoted(relation.table) if relation.table else f"({relation.query.strip().rstrip(';')})"
        rows = self._connection.cursor().execute(f"describe select * from {origin}").fetchall()  # noqa: S608
        comments = {}
        if relation.table:
            said = "select column_name, comment from duckdb_columns() where (schema_name || '.' || table_name) = ?"
            whole = relation.table if "." in relation.table else f"main.{relation.table}"
            comments = dict(self._connection.cursor().execute(said, [whole]).fetchall())
        return [
            Column(name, kind, comments.get(name) or "", "{}::varchar" if kind.startswith(_AS_TEXT) else "")
            for name, kind, *_ in rows
        ]


class SqliteFile(Database):
    """An SQLite file. Its columns promise no type: a column is numeric where every cell of it is."""

    def __init__(self, address: Address) -> None:
        self.path = _file(address)
        self.name = self.path.name
        with asking(self.name):
            self._connect().execute("select 1 from sqlite_master limit 1").fetchall()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{quote(str(self.path.absolute()))}?mode=ro", uri=True, check_same_thread=False)

    def tables(self) -> list[TableInfo]:
        """Return tables and views; a table's identity is its file's."""
        with asking(self.name):
            rows = self._connect().execute(
                "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by 1"
            )
            return [TableInfo(name, None, None, _stamp(self.path)) for (name,) in rows.fetchall()]

    def describe(self, relation: Relation) -> pa.Schema:
        """Return a relation's columns with declared types; SQLite keeps no comments."""
        import pyarrow as pa

        with asking(self.name):
            connection = self._connect()
            _require(self, relation, [info.name for info in self.tables()] if relation.table else [])
            columns = self._columns(connection, relation)
            kinds = self._kinds(connection, relation, columns)
        shape = pa.schema([(column.name, kind) for column, kind in zip(columns, kinds, strict=True)])
        return described(shape, columns, relation.table)

    def stream(self, relation: Relation, columns: Sequence[str], batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the cells of some columns."""
        import pyarrow as pa

        connection = self._connect()
        wanted = [Column(name) for name in columns]
        types = self._kinds(connection, relation, wanted)
        rows = connection.execute(selection(relation, wanted))
        shape = pa.schema([(name, kind) for name, kind in zip(columns, types, strict=True)])
        while block := list(islice(rows, batch_rows)):
            arrays = [
                pa.array([_cell(row[at], text=pa.types.is_string(kind)) for row in block], kind)
                for at, kind in enumerate(types)
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=shape)

    def _columns(self, connection: sqlite3.Connection, relation: Relation) -> list[Column]:
        if not relation.table:
            cursor = connection.execute(f"select * from ({relation.query.strip().rstrip(';')}) limit 0")  # noqa: S608
            return [Column(item[0]) for item in cursor.description or ()]
        rows = connection.execute(f"pragma table_xinfo({literal(relation.table)})").fetchall()
        return [Column(row[1], row[2] or "") for row in rows]

    def _kinds(
        self, connection: sqlite3.Connection, relation: Relation, columns: Sequence[Column]
    ) -> list[pa.DataType]:
        import pyarrow as pa

        found = []
        for start in range(0, len(columns), 200):
            block = [
                Column(column.name, cast=f"sum(typeof({{}}) not in ({kinds}))")
                for column in columns[start : start + 200]
                for kinds in ("'integer','null'", "'integer','real','null'")
            ]
            picked = ", ".join(column.cast.format(one(column.name)) for column in block)
            origin = quoted(relation.table) if relation.table else f"({relation.query.strip().rstrip(';')})"
            counts = connection.execute(f"select {picked}, count(*) from {origin}").fetchone()  # noqa: S608
            for at in range(0, len(block), 2):
                no_integer, no_number = counts[at] or 0, counts[at + 1] or 0
                empty = not counts[-1]
                found.append(pa.string() if empty or no_number else pa.float64() if no_integer else pa.int64())
        return found


def _cell(cell: Any, *, text: bool) -> Any:
    if not text or cell is None or isinstance(cell, str):
        return cell
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def _require(database: Database, relation: Relation, known: list[str]) -> None:
    if relation.table and relation.table not in known and relation.table.removeprefix("main.") not in known:
        raise SourceError(f"no such table: {relation.table}", where=database.name, hint=nearest(relation.table, known))


def _file(address: Address) -> Path:
    path = Path(address.path)
    if address.path.startswith("//"):  # duckdb:////data/x.duckdb, as SQLAlchemy writes an absolute path
        path = Path(address.path[1:])
    if not path.is_file():
        raise SourceError("no such file", where=str(path))
    return path


def _stamp(path: Path) -> str:
    files = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + ".wal")]
    states = [file.stat() for file in files if file.is_file()]
    return "/".join(f"{state.st_size}.{state.st_mtime_ns}" for state in states)
