"""Any other database, through SQLAlchemy and the driver that is installed for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ...scanner.documents import nearest
from ...scanner.errors import ComponentError, ExportgateError, SourceError, UsageError
from ..addresses import Address
from ..extras import need
from .database import Column, Database, Relation, TableInfo, asking, described

if TYPE_CHECKING:
    import pyarrow as pa


class AlchemyDatabase(Database):
    """A database that SQLAlchemy speaks to; what it cannot say of a table, its identity, is empty."""

    def __init__(self, address: Address) -> None:
        with need("sql"):
            import sqlalchemy
        self.name = str(Address(address.scheme, address.place, {}))
        kept = {key: value for key, value in address.parameters.items() if key not in ("table", "query")}
        url = f"{address.place}?{urlencode(kept)}" if kept else address.place
        try:
            self._engine = sqlalchemy.create_engine(url)
        except sqlalchemy.exc.NoSuchModuleError:
            raise UsageError(f"unknown kind of address: {address.scheme}://", where=self.name) from None
        except ModuleNotFoundError as error:
            raise ComponentError(
                "the driver of this database is not installed", where=self.name, hint=f"pip install {error.name}"
            ) from None
        except (sqlalchemy.exc.SQLAlchemyError, ValueError):
            raise UsageError("is not an address SQLAlchemy can read", where=self.name) from None

    def tables(self) -> list[TableInfo]:
        """Return the tables and views of the default schema."""
        import sqlalchemy

        with asking(self.name):
            found = sqlalchemy.inspect(self._engine)
            return [TableInfo(name) for name in sorted([*found.get_table_names(), *found.get_view_names()])]

    def describe(self, relation: Relation) -> pa.Schema:
        """Return a relation's columns with comments and declared types, as far as the dialect tells them."""
        import pyarrow as pa
        import sqlalchemy

        with asking(self.name):
            if not relation.table:
                with self._engine.connect() as connection:
                    names = list(connection.execute(self._statement(relation, (), limit=1)).keys())
                return pa.schema([(name, pa.string()) for name in names])
            inspector = sqlalchemy.inspect(self._engine)
            schema, _, table = relation.table.rpartition(".")
            try:
                rows = inspector.get_columns(table, schema or None)
            except sqlalchemy.exc.NoSuchTableError:
                known = [info.name for info in self.tables()]
                hint = nearest(relation.table, known)
                raise SourceError(f"no such table: {relation.table}", where=self.name, hint=hint) from None
            comment = _comment(inspector, table, schema or None)
        columns = [Column(row["name"], str(row["type"]), row.get("comment") or "") for row in rows]
        shape = pa.schema([(row["name"], _arrow_type(row["type"])) for row in rows])
        return described(shape, columns, relation.table, comment)

    def stream(self, relation: Relation, columns: Sequence[str], batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the cells of some columns, through a cursor on the server where the driver has one."""
        import pyarrow as pa

        types = {item.name: item.type for item in self.describe(relation)}
        shape = pa.schema([(name, types[name]) for name in columns])
        with self._engine.connect().execution_options(stream_results=True, max_row_buffer=batch_rows) as connection:
            result = connection.execute(self._statement(relation, columns))
            while block := result.fetchmany(batch_rows):
                arrays = [_array([row[at] for row in block], item.type) for at, item in enumerate(shape)]
                yield pa.RecordBatch.from_arrays(arrays, schema=shape)

    def mark(self, relation: Relation, column: str) -> str | None:
        """Return the highest value of a column as text."""
        import sqlalchemy as sa

        schema, _, table = relation.table.rpartition(".")
        origin = sa.table(table, sa.column(column), schema=schema or None)
        with asking(self.name), self._engine.connect() as connection:
            found = connection.execute(sa.select(sa.func.max(origin.c[column]))).scalar()
        return None if found is None else str(found)

    def fingerprint(self, table: str) -> str:
        """Return the rows of a MySQL or MariaDB table with the sums of their MD5 halves; other dialects tell nothing.

        Sums, not exclusive ors: a row that is there twice must not cancel itself out.
        """
        import sqlalchemy as sa

        if self._engine.dialect.name not in ("mysql", "mariadb"):
            return ""
        quote = self._engine.dialect.identifier_preparer.quote

        def quoted(name: str) -> str:  # as text that SQLAlchemy looks through once more, for percents and colons
            return quote(name).replace("%%", "%").replace(":", r"\:")

        names = self.describe(Relation(table)).names
        cells = ", ".join(f"ifnull(hex(cast({quoted(name)} as binary)), '-')" for name in names)
        halves = ", ".join(f"sum(cast(conv({side}(told, 16), 16, 10) as unsigned))" for side in ("left", "right"))
        origin = ".".join(map(quoted, table.split(".")))
        rows = f"select md5(concat_ws('|', {cells})) as told from {origin}"  # noqa: S608
        statement = sa.text(f"select count(*), count(told), {halves} from ({rows}) as digests")  # noqa: S608
        try:
            with asking(self.name), self._engine.connect() as connection:
                count, told, *sums = connection.execute(statement).one()
        except ExportgateError:  # reading the table says what is wrong with it
            return ""
        # a row too long for the server's packets has no digest: then only reading tells
        return "/".join(map(str, (count, *sums))) if count == told else ""

    def _statement(self, relation: Relation, columns: Sequence[str], limit: int | None = None) -> Any:
        import sqlalchemy as sa

        picked: list[Any] = [sa.column(name) for name in columns]
        if relation.table:
            schema, _, table = relation.table.rpartition(".")
            origin: Any = sa.table(table, *picked, schema=schema or None)
            statement: Any = sa.select(*origin.c)
        else:
            origin = sa.text(relation.query.strip().rstrip(";")).columns(*picked).subquery("q")
            statement = sa.select(*origin.c) if columns else sa.text(relation.query.strip().rstrip(";"))
        if relation.above:
            statement = statement.where(sa.column(relation.above[0]) > relation.above[1])
        return statement


def _comment(inspector: Any, table: str, schema: str | None) -> str:
    try:
        return str(inspector.get_table_comment(table, schema).get("text") or "")
    except NotImplementedError:
        return ""


def _arrow_type(kind: Any) -> pa.DataType:
    import pyarrow as pa

    try:
        python = kind.python_type
    except NotImplementedError:
        return pa.string()
    known = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), dt.date: pa.date32()}
    return known.get(python, pa.string())


def _array(cells: list[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    if not pa.types.is_string(kind):
        return pa.array(cells, kind)
    return pa.array([_text(cell) for cell in cells], kind)


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return bytes(cell).decode("utf-8", "replace") if isinstance(cell, bytes | bytearray | memoryview) else str(cell)
