"""What one reading of a dataset keeps for the next: the columns that may tell persons, as far as they take little room.

Judging the columns of an object reads all of it, counting its persons a few columns again. From afar the second reading
is a matter of requests and of waiting, and what it asks for is small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa


class Kept:
    """The columns of one reading, or those that are no fractions and not nested, if they take at most `most_bytes`."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._batches: list[pa.RecordBatch] | None = None

    def of(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the batches of a reading of all columns, and keep what is small enough once they are all read."""
        held: list[pa.RecordBatch] | None = []
        size, all_of_them = 0, True
        for batch in batches:
            if held is not None:
                held.append(batch if all_of_them else _telling(batch))
                size += held[-1].nbytes
                if size > self._most_bytes and all_of_them:
                    held, all_of_them = [_telling(one) for one in held], False
                    size = sum(one.nbytes for one in held)
                held = held if size <= self._most_bytes else None
            yield batch
        self._batches = held

    def batches(self, columns: Sequence[str] | None) -> list[pa.RecordBatch] | None:
        """Return some columns as they were read; None where they are not all kept."""
        if not columns or not self._batches or not set(columns) <= set(self._batches[0].schema.names):
            return None
        return [batch.select(list(columns)) for batch in self._batches]


def _telling(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the columns that tell persons more often than how much or how many."""
    types = enumerate(batch.schema.types)
    return batch.select([at for at, kind in types if not (pa.types.is_floating(kind) or pa.types.is_nested(kind))])
