"""The gate sees the same cells whichever engine holds the batch."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa
from great_expectations.execution_engine import SqlAlchemyExecutionEngine

from exportgate.pipelines.expectations import batches

ROWS = [
    {
        "id_no": f"1101011990030{n:05d}",
        "joined": dt.date(2026, 1, 1) + dt.timedelta(days=n),
        "spent": Decimal("12.50") if n % 2 else None,
        "visits": n,
    }
    for n in range(10)
]


@pytest.fixture
def engine(database_url: str) -> SqlAlchemyExecutionEngine:
    source = sa.create_engine(database_url)
    names = sa.MetaData()
    table = sa.Table(
        "members",
        names,
        sa.Column("id_no", sa.String(18)),
        sa.Column("joined", sa.Date),
        sa.Column("spent", sa.Numeric(10, 2)),
        sa.Column("visits", sa.Integer),
    )
    names.drop_all(source)
    names.create_all(source)
    with source.begin() as connection:
        connection.execute(table.insert(), ROWS)
    return SqlAlchemyExecutionEngine(connection_string=database_url)


@pytest.mark.parametrize("fetched", [3, 10, 65_536])
def test_a_table_arrives_whole_whatever_is_fetched_at_once(
    engine: SqlAlchemyExecutionEngine, monkeypatch: pytest.MonkeyPatch, fetched: int
) -> None:
    monkeypatch.setattr(batches, "FETCH_ROWS", fetched)
    read = batches.of_sql(engine, sa.table("members"))
    assert read.column("id_no").to_pylist() == [row["id_no"] for row in ROWS]
    assert [None if cell is None else float(cell) for cell in read.column("spent").to_pylist()] == [
        None if row["spent"] is None else float(row["spent"]) for row in ROWS
    ]
    assert [str(cell) for cell in read.column("joined").to_pylist()] == [str(row["joined"]) for row in ROWS]
    assert read.column("visits").to_pylist() == list(range(10))


def test_an_empty_table_keeps_its_columns(engine: SqlAlchemyExecutionEngine) -> None:
    nobody = sa.select(sa.text("*")).select_from(sa.table("members")).where(sa.text("1 = 0")).subquery()
    read = batches.of_sql(engine, nobody)
    assert (read.num_rows, read.column_names) == (0, ["id_no", "joined", "spent", "visits"])


def test_a_column_that_mixes_types_arrives_as_text(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "FETCH_ROWS", 2)
    url = f"sqlite:///{tmp_path}/mixed.db"
    with sa.create_engine(url).begin() as connection:
        connection.execute(sa.text("create table mixed (cell)"))
        connection.execute(sa.text("insert into mixed values (1), (2), ('13912345678'), (null), (null), (x'00ff')"))
    read = batches.of_sql(SqlAlchemyExecutionEngine(connection_string=url), sa.table("mixed"))
    assert read.column("cell").to_pylist()[:4] == ["1", "2", "13912345678", None]
