"""Databases: tables and queries streamed in Arrow batches, with only the columns asked for and the comments they carry.

PostgreSQL through ADBC, DuckDB and SQLite files by their own readers, every other database through SQLAlchemy where its
driver is installed. Nothing is ever written: sessions are read-only where the database can promise it.
"""

from __future__ import annotations

from .database import Database, Relation, TableInfo
from .datasets import expand, is_database, open_database, open_dataset, open_relation

__all__ = [
    "Database",
    "Relation",
    "TableInfo",
    "expand",
    "is_database",
    "open_database",
    "open_dataset",
    "open_relation",
]
