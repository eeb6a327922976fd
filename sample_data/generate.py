"""Write synthetic datasets of any size: seeded, streaming, with exactly the persons you ask for.

::

    python -m exportgate.sample_data.generate --list
    python -m exportgate.sample_data.generate retail_members members.parquet --persons 0:300000
    python -m exportgate.sample_data.generate retail_members more.parquet --persons 200000:500000   # 100,000 in common
    python -m exportgate.sample_data.generate trial_subjects trial.csv --headers pinyin --encoding gbk --dirt 0.05

>>> import pyarrow as pa
>>> pa.Table.from_batches(generate("retail_members", range(5))).column("member_id").to_pylist()[:2]
['M428583771', 'M411035424']
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from .dirt import soil, thin
from .numbers import Index
from .tables import STYLES, TABLES, Column, TableOf

BATCH_ROWS = 131_072


def generate(
    name: str, persons: range, rows: int | None = None, *, headers: str = "en", dirt: float = 0.0, seed: int = 0
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of dataset `name` for the persons with these indices, each person at least once.

    `rows` defaults to the dataset's usual rows per person. `dirt` is the share of soiled cells in columns that people
    type by hand. Another `seed` gives other persons altogether. ValueError when there are fewer rows than persons.
    """
    table = TABLES[name]
    count = len(persons) * table.rows_per_person if rows is None else rows
    if count < len(persons):
        raise ValueError(f"{count} rows cannot hold {len(persons)} persons")
    schema = schema_of(table, headers)
    for start in range(0, count, BATCH_ROWS):
        row = np.arange(start, min(start + BATCH_ROWS, count), dtype=np.uint64)
        person = row % np.uint64(len(persons) or 1) + np.uint64(persons.start) + np.uint64(seed * 30_000_000)
        event = row + np.uint64(persons.start * table.rows_per_person)
        arrays = [_cells(column, person, event, at, dirt) for at, column in enumerate(table.columns)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def schema_of(table: TableOf, headers: str) -> pa.Schema:
    """Return the dataset's schema with its Chinese comments in the metadata."""
    nobody = np.zeros(0, np.uint64)
    fields = [pa.field(c.header(headers), c.cells(nobody).type, metadata={"comment": c.zh}) for c in table.columns]
    return pa.schema(fields, {"table": table.name, "comment": table.comment})


def write(path: Path, batches: Iterator[pa.RecordBatch], schema: pa.Schema, encoding: str = "utf-8") -> int:
    """Write batches as Parquet, CSV, TSV or JSON Lines, by the file's ending; return the number of rows."""
    rows = 0
    with _sink(path, schema, encoding) as sink:
        for batch in batches:
            sink.write(batch)
            rows += batch.num_rows
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    asked = _parser().parse_args(arguments)
    if asked.list or not (asked.dataset and asked.file):
        for table in TABLES.values():
            place = f"{table.sector} {table.scenario}".strip() or "no personal information"
            sys.stdout.write(f"{table.name:22}{place:40}{table.comment}\n")
        return 0
    first, _, last = asked.persons.partition(":")
    persons = range(int(first), int(last)) if last else range(int(first))
    options = {"headers": asked.headers, "dirt": asked.dirt, "seed": asked.seed}
    schema = schema_of(TABLES[asked.dataset], asked.headers)
    rows = write(asked.file, generate(asked.dataset, persons, asked.rows, **options), schema, asked.encoding)
    sys.stderr.write(f"{asked.file}: {rows} rows, {len(persons)} persons\n")
    return 0


def _cells(column: Column, person: Index, event: Index, salt: int, dirt: float) -> pa.Array:
    index = person if column.of == "person" else event
    cells = column.cells(index)
    if column.gaps:
        cells = thin(cells, index, salt, column.gaps)
    return soil(cells, event, salt, dirt) if column.dirty else cells


class _TextSink:
    """Writes CSV, TSV or JSON Lines in any encoding, batch by batch."""

    def __init__(self, path: Path, schema: pa.Schema, encoding: str) -> None:
        self._lines = path.suffix in (".jsonl", ".ndjson")
        self._options = {"sep": "\t" if path.suffix == ".tsv" else ",", "lineterminator": "\n"}
        self._file = path.open("w", encoding=encoding, newline="")
        self._header = not self._lines

    def __enter__(self) -> _TextSink:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Write the rows of one batch."""
        frame = batch.to_pandas()
        if self._lines:
            frame.to_json(self._file, orient="records", lines=True, force_ascii=False)
        else:
            frame.to_csv(self._file, index=False, header=self._header, **self._options)
        self._header = False


def _sink(path: Path, schema: pa.Schema, encoding: str) -> Any:
    import pyarrow.parquet as pq

    return pq.ParquetWriter(path, schema) if path.suffix == ".parquet" else _TextSink(path, schema, encoding)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m exportgate.sample_data.generate", description=__doc__.split("\n")[0]
    )
    parser.add_argument("dataset", nargs="?", choices=list(TABLES), metavar="DATASET", help="see --list")
    parser.add_argument("file", nargs="?", type=Path, help=".parquet, .csv, .tsv or .jsonl")
    parser.add_argument("--list", action="store_true", help="list the datasets")
    parser.add_argument("--persons", default="1000", metavar="[START:]STOP", help="which persons (default 1000)")
    parser.add_argument("--rows", type=int, help="how many rows (default: the dataset's usual number per person)")
    parser.add_argument("--headers", choices=STYLES, default="en", help="spelling of the column names")
    parser.add_argument("--encoding", default="utf-8", help="of text files, such as gbk or utf-16")
    parser.add_argument("--dirt", type=float, default=0.0, help="share of soiled cells, from 0 to 1")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other persons")
    return parser


if __name__ == "__main__":
    sys.exit(main())
