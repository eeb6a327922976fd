"""Tables and queries as datasets, found by address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...scanner.errors import SourceError, UsageError
from ..addresses import Address
from .database import Database, Relation, RelationReader

if TYPE_CHECKING:
    from ...scanner.sources import Dataset

POSTGRES = ("postgresql", "postgres")
EMBEDDED = ("duckdb", "sqlite")
DIALECTS = ("mysql", "mariadb", "mssql", "oracle", "snowflake", "bigquery", "clickhouse", "redshift", "trino")
"""Databases that SQLAlchemy speaks to where the driver is installed; ``dialect+driver`` is one, too."""


def open_database(address: Address) -> Database:
    """Open the database at an address, read-only."""
    if address.scheme in POSTGRES:
        from .postgres import Postgres

        return Postgres(address)
    if address.scheme == "duckdb":
        from .embedded import DuckFile

        return DuckFile(address)
    if address.scheme == "sqlite":
        from .embedded import SqliteFile

        return SqliteFile(address)
    from .sqlalchemy_database import AlchemyDatabase

    return AlchemyDatabase(address)


def is_database(address: Address) -> bool:
    """Whether an address names a database: it asks for a table or a query, or its scheme is a database's."""
    known = "+" in address.scheme or address.scheme in (*POSTGRES, *EMBEDDED, *DIALECTS)
    return known or bool({"table", "query"} & set(address.parameters))


def open_dataset(address: Address, name: str | None = None) -> Dataset:
    """Open the table or the query that an address asks for."""
    if {"table", "query"} <= set(address.parameters):
        raise UsageError("asks for a table and a query", where=str(address), hint="give one of them")
    relation = Relation(address.parameters.get("table", ""), address.parameters.get("query", ""))
    database = open_database(address)
    if not relation.table and not relation.query:
        tables = [info.name for info in database.tables()]
        if address.scheme not in EMBEDDED or len(tables) != 1:
            listed = ", ".join(tables[:8]) + (" …" if len(tables) > 8 else "")
            raise UsageError("which table?", where=str(address), hint=f"add ?table=NAME; there are {listed or 'none'}")
        relation = Relation(tables[0])
    return open_relation(database, relation, name)


def open_relation(database: Database, relation: Relation, name: str | None = None) -> Dataset:
    """Open one relation of a database as a dataset."""
    from ...scanner.sources import Dataset

    reader = RelationReader(database, relation, database.describe(relation))
    if not len(reader.schema):
        raise SourceError("has no columns", where=f"{database.name}: {relation.table or 'query'}")
    return Dataset(name or relation.table.rpartition(".")[2] or "query", [(reader, {})])


def expand(address: Address) -> list[str]:
    """Return the addresses of the tables of a database in a file, when no table of it is named."""
    if address.scheme not in EMBEDDED or {"table", "query"} & set(address.parameters):
        return []
    tables = open_database(address).tables()
    if not tables:
        raise SourceError("holds no tables", where=str(address))
    return [f"{address.place}?table={info.name}" for info in tables]
