"""Reading alone against reading and scanning, in pairs, and how cost grows with rows and columns."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from exportgate.recognizers import cells, cells_compiled
from exportgate.scanner import counting, profiling, sources
from exportgate.scanner.identity_keys import Keys

from . import measured, table

IDENTITY = {"cn_resident_id": "id_card", "phone": "mobile", "email": "email", "payment_card": "bank_card"}
CSV_BLOCK = 1 << 20
LENGTHS, WIDTHS = (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000), (5, 20, 50, 150, 500)


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds, user and system, of some work in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def read(path: Path) -> None:
    """Read every cell of a file with pyarrow alone, CSV as text."""
    if path.suffix == ".parquet":
        with pq.ParquetFile(path) as file:
            for _ in file.iter_batches(65_536):
                pass
    else:
        for _ in _csv(path):
            pass


def _csv(path: Path) -> Iterator[pa.RecordBatch]:
    with path.open() as file:
        names = file.readline().replace('"', "").strip().split(",")
    options = pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True)
    yield from pa.csv.open_csv(path, convert_options=options, read_options=pa.csv.ReadOptions(block_size=CSV_BLOCK))


def count(path: Path) -> None:
    """Hash four identifier columns of every row and number them, as a check does."""
    dataset = sources.open_source(str(path))
    items = tuple(counting.Item(column, kind, "personal") for kind, column in IDENTITY.items())
    plan = counting.Plan(
        "retail", "membership", (counting.SourcePlan(dataset.name, items, IDENTITY),), date(2026, 11, 23)
    )
    counting.read(plan, [dataset], Keys.derive(bytes(32), 2026))


def paired(path: Path, pairs: int, work: Callable[[Path], object]) -> dict[str, float]:
    """Return the median costs and the median ratio of reading, and of `work`, which reads too."""
    read(path)
    rounds = [(cpu(lambda: read(path)), cpu(lambda: work(path))) for _ in range(pairs)]
    return {
        "read": statistics.median(one for one, _ in rounds),
        "work": statistics.median(other for _, other in rounds),
        "ratio": statistics.median(other / one for one, other in rounds),
    }


def scan(path: Path) -> None:
    """Read and judge every cell of a file."""
    profiling.profile(sources.open_source(str(path)))


def by_numpy(path: Path) -> None:
    """Read and judge every cell of a file without the kernel."""
    cells_compiled.use(False)
    try:
        scan(path)
    finally:
        cells_compiled.use(True)


def measure(folder: Path, rows: int, pairs: int) -> dict[str, Any]:
    """Return the ratios of scanning Parquet and CSV, and of scanning and hashing four identifiers."""
    parquet, text = files(folder, rows)
    cells.read(pa.array(["x", "患者", "13800138001"]))  # recognizers are loaded once per process
    return {
        "rows": rows,
        "kernel": cells_compiled.kernel() is not None,
        "parquet": paired(parquet, pairs, scan),
        "numpy": paired(parquet, pairs, by_numpy),
        "hashed": paired(parquet, pairs, lambda path: (scan(path), count(path))),
        "csv": paired(text, pairs, scan),
        "peak_mib": peak(parquet),
        "csv_peak_mib": peak(text),
    }


def files(folder: Path, rows: int) -> tuple[Path, Path]:
    """Return the generated table as Parquet and as CSV."""
    parquet, text = table.write(folder / f"{rows}.parquet", rows), folder / f"{rows}.csv"
    if not text.exists():
        with pq.ParquetFile(parquet) as file, pa.csv.CSVWriter(text, file.schema_arrow) as writer:
            for batch in file.iter_batches(65_536):
                writer.write_batch(batch)
    return parquet, text


def peak(path: Path) -> float:
    """Return the peak MiB of scanning a file in a process of its own."""
    found = measured.spent([sys.executable, "-m", "exportgate.benchmarks.scanning", str(path)])
    if found["exit"]:
        raise RuntimeError(f"scanning {path.name} failed")
    return float(found["peak_mib"])


def growth(folder: Path, most: int) -> dict[str, Any]:
    """Return the cost at several lengths, up to `most` rows, and widths, and the line each of the two follows."""
    cells.read(pa.array(["x", "患者", "13800138001"]))  # what is loaded once per process is no growth
    lengths = {rows: [table.write(folder / f"{rows}.parquet", rows)] for rows in LENGTHS if rows <= most}
    widths = {width: wide(folder, width) for width in WIDTHS}
    return {"rows": _grown(lengths, 20), "columns": _grown(widths, 20_000)}


def _grown(paths: dict[int, list[Path]], others: int) -> dict[str, Any]:
    """Return CPU seconds per million cells by size, and their fit; a size is `others` cells for each of its units."""
    seconds = {size: statistics.mean(map(_usual, tables)) for size, tables in paths.items()}
    each = {str(size): spent / (size * others) * 1e6 for size, spent in seconds.items()}
    return {"cost": each, "fit": fitted([size * others for size in seconds], list(seconds.values()))}


def _usual(path: Path) -> float:
    """Return the median cost of scanning a file three times: small ones are over in hundredths of a second."""
    return statistics.median(cpu(lambda: scan(path)) for _ in range(3))


def fitted(sizes: list[int], seconds: list[float]) -> dict[str, float]:
    """Return the line through costs, each weighed by its own size, and how far the worst lies off it.

    >>> {name: round(value, 6) for name, value in fitted([10**6, 10**7], [1.5, 6.0]).items()}
    {'fixed': 1.0, 'per_million': 0.5, 'off': 0.0}
    """
    slope, fixed = np.polyfit(sizes, seconds, 1, w=1 / np.asarray(seconds))
    off = max(abs(fixed + slope * size - spent) / spent for size, spent in zip(sizes, seconds, strict=True))
    return {"fixed": float(fixed), "per_million": float(slope) * 1e6, "off": float(off)}


def wide(folder: Path, columns: int, rows: int = 20_000) -> list[Path]:
    """Return tables of so many columns: the usual ones again and again, or all of them in several narrow tables."""
    usual = pq.read_table(table.write(folder / "100000.parquet", 100_000)).slice(0, rows)
    starts = range(0, max(1, usual.num_columns - columns + 1), columns)
    paths = [folder / f"wide-{columns}-{start}.parquet" for start in starts]
    for start, path in zip(starts, paths, strict=True):
        if not path.exists():
            names = [usual.column_names[at % usual.num_columns] for at in range(start, start + columns)]
            pq.write_table(pa.table([usual[name] for name in names], [f"{n}_{i}" for i, n in enumerate(names)]), path)
    return paths


if __name__ == "__main__":
    scan(Path(sys.argv[1]))
