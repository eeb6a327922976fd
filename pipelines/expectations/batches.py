"""The batch of a Great Expectations engine as something the gate can read: pandas, SQL tables and queries, Spark.

Rows go from the engine to the gate in memory and nowhere else: no temporary file, no result, no message holds a cell.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

FETCH_ROWS = 65_536


def of_pandas(frame: Any) -> Any:
    """Return the batch of a pandas engine: the frame itself, with every column name as text."""
    if all(isinstance(name, str) for name in frame.columns):
        return frame
    return frame.rename(columns=str)


def of_spark(frame: Any) -> Any:
    """Return the batch of a Spark engine as an Arrow table."""
    return frame.toArrow()


def of_sql(engine: Any, selectable: Any) -> Any:
    """Return the batch of a SQL engine as an Arrow table, read inside one connection.

    The cursor is read before the connection goes back to its pool: some drivers drop the rows otherwise, and a batch
    without rows would look like an export without persons.
    """
    import pyarrow as pa
    import sqlalchemy as sa

    query = sa.select(sa.text("*")).select_from(selectable)
    with engine.get_connection() as connection:
        answer = connection.execute(query)
        names = list(answer.keys())
        columns: list[list[Any]] = [[] for _ in names]
        for rows in _chunks(answer):
            for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
                column.append(_array(cells))
    return pa.table({name: _chunked(chunks) for name, chunks in zip(names, columns, strict=True)})


def _chunks(answer: Any) -> Iterator[list[Any]]:
    while rows := list(itertools.islice(answer, FETCH_ROWS)):
        yield rows


def _array(cells: tuple[Any, ...]) -> Any:
    """Return cells as an Arrow array; types Arrow cannot tell (network addresses, identifiers, ranges) become text."""
    import pyarrow as pa

    try:
        return pa.array(cells)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())


def _chunked(chunks: list[Any]) -> Any:
    """Join the chunks of one column; where their types differ, as text."""
    import pyarrow as pa

    kinds = {chunk.type for chunk in chunks if not pa.types.is_null(chunk.type)}
    if len(kinds) == 1:
        kind = kinds.pop()
        return pa.chunked_array([chunk.cast(kind) for chunk in chunks], type=kind)
    if not kinds:
        return pa.chunked_array(chunks, type=pa.null())
    as_text = [pa.array([None if c is None else str(c) for c in chunk.to_pylist()], pa.string()) for chunk in chunks]
    return pa.chunked_array(as_text)
