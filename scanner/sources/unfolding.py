"""Lists again as rows: one row for each item of a list whose items are persons, as counting needs them.

A list becomes the text of its items when a dataset is flattened (`flattening`), and says so in its field's metadata.

>>> import pyarrow as pa
>>> trip = pa.field("trip", pa.string())
>>> names, numbers = (pa.field(f"guests.{name}", pa.string(), metadata={LIST_OF: b"guests"}) for name in ("name", "no"))
>>> batch = pa.record_batch([["T1", "T2"], ["Wang; Li", "Wu"], ["7; 8", "9"]], schema=pa.schema([trip, names, numbers]))
>>> unfolded(batch, "guests").to_pylist()[1:]
[{'trip': 'T1', 'guests.name': 'Li', 'guests.no': '8'}, {'trip': 'T2', 'guests.name': 'Wu', 'guests.no': '9'}]
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .flattening import BETWEEN_ITEMS, LIST_OF

MOST_ITEMS = 1 << 20
"""More items in one batch are measurements or vectors, not persons, and are looked at as one text a row."""


def list_of(item: pa.Field) -> str:
    """Return the name of the list that a flat column's cells are the items of; empty when it was none."""
    return str((item.metadata or {}).get(LIST_OF, b"").decode())


def items_of(item: pa.Field, column: Any) -> Any:
    """Return the items of a column's lists, one after another, and its nulls; no lists, or vectors, as they are."""
    if not list_of(item):
        return column
    filled = column.drop_null()
    if (pc.sum(pc.count_substring(filled, BETWEEN_ITEMS)).as_py() or 0) > MOST_ITEMS:
        return column
    items = pc.list_flatten(pc.split_pattern(filled, BETWEEN_ITEMS))
    return pa.concat_arrays([items, pa.nulls(column.null_count, items.type)]) if column.null_count else items


def unfolded(batch: pa.RecordBatch, root: str) -> pa.RecordBatch:
    """Return a batch with one row for each item of the list `root`; what stands beside the list is repeated.

    A column that has another number of items in some row (an item holds the separator) stays the text of them all.
    """
    inside = [place for place, item in enumerate(batch.schema) if list_of(item) == root]
    lists = {place: pc.split_pattern(pc.fill_null(batch.column(place), ""), BETWEEN_ITEMS) for place in inside}
    counts = {place: np.asarray(pc.list_value_length(found)) for place, found in lists.items()}
    most = np.max(list(counts.values()), axis=0) if counts else np.ones(0, np.int64)
    if not len(most) or most.max() <= 1:
        return batch
    rows = pa.array(np.repeat(np.arange(batch.num_rows), most))
    arrays = [
        pc.list_flatten(lists[place]) if place in lists and (counts[place] == most).all() else column.take(rows)
        for place, column in enumerate(batch.columns)
    ]
    return pa.RecordBatch.from_arrays(
        arrays, schema=pa.schema([f.with_type(a.type) for f, a in zip(batch.schema, arrays, strict=True)])
    )
