"""Open a dataset: a file, a folder, a glob, or a table in memory.

>>> import pyarrow as pa
>>> dataset = open_source(pa.table({"phone": ["13900000001", None]}), name="members")
>>> dataset
<Dataset members: 2 rows, 1 columns>
>>> [batch.num_rows for batch in dataset.batches(["phone"])]
[2]
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .columns import column_comment, declared_type, table_comment
from .dataset import BATCH_ROWS, Dataset, Part, Piece, Reader
from .files import dataset_of, open_path, partition, plain_name
from .memory import open_memory
from .places import LocalFile, Place, Stamp
from .sidecar import described
from .tags import call_personal, column_tags, table_tags, tagged

__all__ = [
    "BATCH_ROWS",
    "Dataset",
    "LocalFile",
    "Part",
    "Piece",
    "Place",
    "Reader",
    "Stamp",
    "call_personal",
    "column_comment",
    "column_tags",
    "dataset_of",
    "declared_type",
    "described",
    "open_source",
    "partition",
    "plain_name",
    "table_comment",
    "table_tags",
    "tagged",
]


def open_source(source: Any, name: str | None = None) -> Dataset:
    """Open a dataset; `name` is what reports call it (default: the file's or folder's name without its endings).

    `source` is a path or glob (CSV, TSV, JSON Lines, Parquet, ORC, Arrow/Feather, XLSX; plain, gzip or zstd; a folder
    or glob is one dataset), an Arrow table or stream, a pandas or Polars frame, or anything with the Arrow C stream
    interface. SourceError when it is missing, empty, cut short or mislabelled; UsageError when it cannot be a source.
    """
    if isinstance(source, Dataset):
        return source
    if isinstance(source, (str, os.PathLike)):
        return open_path(Path(source), name)
    return Dataset(name or "data", [(open_memory(source), {})])
