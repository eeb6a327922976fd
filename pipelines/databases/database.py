"""What every database answers: which tables it has, which columns a relation has, and their cells in batches."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from ...scanner.errors import ExportgateError, SourceError, UnavailableError

if TYPE_CHECKING:
    import pyarrow as pa

    from ...scanner.sources import Piece


@dataclass(frozen=True)
class TableInfo:
    """A table as a catalogue tells it. `identity` changes with its content; empty where the database cannot tell."""

    name: str
    rows: int | None = None
    bytes: int | None = None
    identity: str = ""


@dataclass(frozen=True)
class Relation:
    """A table, or what a query gives; `above` is a column and the mark above which its rows are new."""

    table: str = ""
    query: str = field(default="", repr=False)
    above: tuple[str, str] | None = None


@dataclass(frozen=True)
class Column:
    """A column of a relation: its name, the type its database declares, its comment, and how it is selected."""

    name: str
    declared: str = ""
    comment: str = ""
    cast: str = ""


class Database(ABC):
    """One database. `name` is what messages call it; it holds no password."""

    name: str

    @abstractmethod
    def tables(self) -> list[TableInfo]:
        """Return every table and view that is not the database's own, by name."""

    @abstractmethod
    def describe(self, relation: Relation) -> pa.Schema:
        """Return a relation's columns with their comments; SourceError when there is no such table."""

    @abstractmethod
    def stream(self, relation: Relation, columns: Sequence[str], batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the cells of some columns, in that order."""

    def mark(self, relation: Relation, column: str) -> str | None:
        """Return the highest value of a column as text, or None in an empty table."""
        raise SourceError("has no high-water mark", where=self.name)

    def fingerprint(self, table: str) -> str:
        """Return what changes with a table's cells, as the server itself digests them; empty where it cannot.

        For tables without an identity: the server looks at every row, but none is sent or judged.
        """
        return ""

    def close(self) -> None:  # noqa: B027 - most hold nothing
        """Give back what was held for listing."""

    def info(self, table: str) -> TableInfo:
        """Return one table's line of the catalogue."""
        return next((found for found in self.tables() if found.name == table), TableInfo(table))


@dataclass(frozen=True)
class RelationReader:
    """A relation as a reader of sources: one piece, streamed anew at every reading."""

    database: Database = field(repr=False)
    relation: Relation
    schema: pa.Schema
    notes: tuple[str, ...] = ()
    rows: int | None = None

    def pieces(self) -> list[Piece]:
        """Return the relation as one piece."""
        from ...scanner.sources import Piece

        return [Piece(self.relation.table or "query", None, partial(self._read), True)]

    def _read(self, indices: Sequence[int] | None, batch_rows: int, dictionaries: bool) -> Iterator[pa.RecordBatch]:
        chosen = range(len(self.schema)) if indices is None else indices
        names = [self.schema.field(index).name for index in chosen]
        with asking(f"{self.database.name}: {self.relation.table or 'query'}"):
            yield from self.database.stream(self.relation, names, batch_rows)


PASSING = ("OperationalError", "InterfaceError", "Timeout", "ConnectionError", "TooManyConnections", "CannotConnectNow")


@contextmanager
def asking(where: str) -> Iterator[None]:
    """Turn a driver's failure into a sentence of ours: drivers quote cells, statements and passwords."""
    try:
        yield
    except ExportgateError:
        raise
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except Exception as error:
        kind = type(error).__name__
        state = getattr(error, "sqlstate", None) or getattr(error, "sqlstate", "") or ""
        if state.startswith("28"):
            raise SourceError("the database refused the login", where=where) from None
        if state.startswith("42501"):
            raise SourceError("access denied", where=where) from None
        if state.startswith(("08", "53", "57")) or (not state and any(word in kind for word in PASSING)):
            raise UnavailableError("the database could not be reached or was too busy", where=where) from None
        told = f"{kind}, SQLSTATE {state}" if state else kind
        raise SourceError(f"the database could not answer ({told})", where=where) from None


def quoted(name: str) -> str:
    """Return a name as SQL writes it; a dotted one is a schema and a table.

    >>> quoted("crm.members")
    '"crm"."members"'
    """
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split(".", 1))


def one(name: str) -> str:
    """Return one name, dots and all, as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def selection(relation: Relation, columns: Sequence[Column], *, limit: int | None = None) -> str:
    """Return the statement that selects columns of a relation; `cast` of a column holds ``{}`` for its name."""
    picked = ", ".join(
        f"{column.cast.format(one(column.name))} as {one(column.name)}" if column.cast else one(column.name)
        for column in columns
    )
    origin = quoted(relation.table) if relation.table else f"({relation.query.strip().rstrip(';')}) as q"
    above = f" where {one(relation.above[0])} > {literal(relation.above[1])}" if relation.above else ""
    return f"select {picked} from {origin}{above}{'' if limit is None else f' limit {limit:d}'}"  # noqa: S608


def described(shape: pa.Schema, columns: Sequence[Column], table: str = "", comment: str = "") -> pa.Schema:
    """Return an Arrow schema with what the database says of its columns and the table."""
    import pyarrow as pa

    said = {column.name: column for column in columns}
    fields = [item.with_metadata(_told(said.get(item.name))) for item in shape]
    return pa.schema(fields, {key: text for key, text in {"table": table, "comment": comment}.items() if text})


def _told(column: Column | None) -> Mapping[Any, Any] | None:
    if column is None:
        return None
    given = {"comment": column.comment, "declared_type": column.declared}
    return {key: text for key, text in given.items() if text} or None
