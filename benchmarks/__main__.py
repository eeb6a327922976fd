"""`python -m benchmarks`: measure scanning against reading, print ratios, write `benchmarks/results.md`.

Every figure is CPU time of this process. A ratio is the median of pairs: read the file, read and scan it, in turn, so
that a busy machine slows both. `--rows` sets the size, `--peers` adds Presidio on a sample of the same rows, `--check`
fails when a ratio is more than 20 % above `benchmarks/baseline.json`, `--accept` writes the present ratios there.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from exportgate.recognizers import cells
from exportgate.scanner import profiling

from . import table

HERE = Path(__file__).parent
SLIP = 1.2


class File:
    """A file as a dataset, read batch by batch as any caller would."""

    def __init__(self, path: Path) -> None:
        self.name, self.path = path.stem, path
        self.schema = pq.read_schema(path) if path.suffix == ".parquet" else next(_csv(path)).schema
        self.rows = None

    def batches(self, columns: list[str] | None = None, batch_rows: int = 65_536) -> Any:
        if self.path.suffix == ".parquet":
            with pq.ParquetFile(self.path) as file:
                yield from file.iter_batches(batch_rows, columns=columns)
        else:
            yield from _csv(self.path)


def _csv(path: Path) -> Any:
    with path.open() as file:
        names = file.readline().replace('"', "").strip().split(",")
    options = pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True)
    yield from pa.csv.open_csv(path, convert_options=options, read_options=pa.csv.ReadOptions(block_size=16 << 20))


def cost(work: Callable[[], object]) -> tuple[float, float]:
    """Return CPU and wall seconds of some work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def read(file: File) -> None:
    for _ in file.batches():
        pass


def paired(file: File, pairs: int) -> dict[str, float]:
    """Return median costs and ratios of reading and of scanning."""
    read(file)
    rounds = [(cost(lambda: read(file)), cost(lambda: profiling.profile(file))) for _ in range(pairs)]
    return {
        "read_cpu": statistics.median(one[0] for one, _ in rounds),
        "scan_cpu": statistics.median(other[0] for _, other in rounds),
        "scan_wall": statistics.median(other[1] for _, other in rounds),
        "ratio": statistics.median(other[0] / one[0] for one, other in rounds),
        "wall_ratio": statistics.median(other[1] / one[1] for one, other in rounds),
    }


def presidio_cells_per_second(path: Path, rows: int) -> float:
    """Return cells per CPU-second of the pack in Presidio's own engine, on the first rows of the file."""
    from exportgate.recognizers import analyzer

    engine = analyzer.build(("zh",))
    sample = pq.ParquetFile(path).read_row_group(0).slice(0, rows)
    texts = [str(value) for column in sample.columns for value in column.to_pylist() if value is not None]
    engine.analyze("x", "zh")
    seconds, _ = cost(lambda: [engine.analyze(text, "zh") for text in texts])
    return len(texts) / seconds


def measure(rows: int, pairs: int, peers: bool, folder: Path) -> dict[str, Any]:
    """Measure everything and return the figures."""
    parquet = table.write(folder / f"{rows}.parquet", rows)
    text = folder / f"{rows}.csv"
    if not text.exists():
        pa.csv.write_csv(pq.read_table(parquet), text)
    cells.read(pa.array(["x", "患者", "13800138001"]))  # recognizers are loaded once per process
    found: dict[str, Any] = {"rows": rows, "parquet": paired(File(parquet), pairs), "csv": paired(File(text), pairs)}
    for name in ("parquet", "csv"):
        found[name]["cells_per_cpu_second"] = rows * 20 / found[name]["scan_cpu"]
    if peers:
        found["presidio_cells_per_cpu_second"] = presidio_cells_per_second(parquet, 100)
    return found


def report(found: dict[str, Any]) -> str:
    """Return the figures as a page."""
    lines = [
        "# Benchmark",
        "",
        "Written by `make bench`. CPU time; a ratio is the median of pairs (read, then read and scan) in one process.",
        f"{platform.machine()}, Python {platform.python_version()}, pyarrow {pa.__version__}; "
        f"{found['rows']:,} generated rows, 20 columns, every cell, every recognizer.",
        "",
        "| file | read CPU s | read and scan CPU s | **ratio** | wall ratio | cells per CPU-second |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name in ("parquet", "csv"):
        one = found[name]
        lines.append(
            f"| {name} | {one['read_cpu']:.2f} | {one['scan_cpu']:.2f} | **{one['ratio']:.2f}** "
            f"| {one['wall_ratio']:.2f} | {one['cells_per_cpu_second']:,.0f} |"
        )
    peer = found.get("presidio_cells_per_cpu_second")
    if peer:
        times = found["parquet"]["cells_per_cpu_second"] / peer
        said = (
            f"The same pack in Presidio's `AnalyzerEngine`, cell by cell (100 rows): {peer:,.0f} cells per CPU-second"
        )
        lines += ["", f"{said}; the vectorised face is {times:,.0f} times as fast."]
    return "\n".join(lines) + "\n"


def slipped(found: dict[str, Any], baseline: dict[str, float]) -> list[str]:
    """Return what is more than a fifth above the baseline."""
    return [
        f"{name}: ratio {found[name]['ratio']:.2f}, baseline {baseline[name]:.2f}"
        for name in ("parquet", "csv")
        if name in baseline and found[name]["ratio"] > SLIP * baseline[name]
    ]


def main() -> int:
    """Measure, print and write; return 1 when a ratio slipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--folder", type=Path, default=HERE / "data")
    options = parser.parse_args()
    found = measure(options.rows, options.pairs, not options.no_peers, options.folder)
    page = report(found)
    sys.stdout.write(page)
    (HERE / "results.md").write_text(page, encoding="utf-8")
    stored = HERE / "baseline.json"
    if options.accept or not stored.exists():
        stored.write_text(json.dumps({name: round(found[name]["ratio"], 2) for name in ("parquet", "csv")}) + "\n")
    worse = slipped(found, json.loads(stored.read_text()))
    sys.stdout.writelines(f"slipped: {line}\n" for line in worse)
    return 1 if worse else 0


if __name__ == "__main__":
    raise SystemExit(main())
