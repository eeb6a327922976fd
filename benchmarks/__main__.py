"""`python -m benchmarks`: measure, print ratios, write `benchmarks/results.md`, and fail when one slipped.

Every figure is CPU time, user and system. A ratio is the median of pairs: read the file, then read and scan it, in turn
and in one process, so that a busy machine slows both. The parts (`--parts`: scan, large, growth, peers, startup, check,
ledger) can be run one by one; what the others found last is kept in `benchmarks/data/figures.json`. `--accept` writes
the present ratios to `benchmarks/baseline.json`; otherwise a ratio more than a fifth above it is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import commands, page, peers, scanning

HERE = Path(__file__).parent
SLIP = 1.2


def parts(options: argparse.Namespace) -> dict[str, Callable[[], Any]]:
    """Return every part of the benchmark."""
    folder, rows, large = options.folder, options.rows, options.large
    return {
        "scan": lambda: scanning.measure(folder, rows, options.pairs),
        "large": lambda: scanning.measure(folder, large, 1),
        "growth": lambda: scanning.growth(folder, options.longest),
        "peers": lambda: peers.measure(scanning.files(folder, rows)[0], rows, options.dataprofiler),
        "startup": lambda: commands.startup(folder),
        "check": lambda: commands.check(scanning.files(folder, large)[0], large),
        "ledger": lambda: [commands.ledger(options.persons, kinds, folder) for kinds in (1, 4)],
    }


def ratios(figures: dict[str, Any]) -> dict[str, float]:
    """Return the ratios a baseline is kept of."""
    return {name: round(figures["scan"][name]["ratio"], 2) for name in ("parquet", "numpy", "hashed", "csv")}


def slipped(found: dict[str, float], baseline: dict[str, float]) -> list[str]:
    """Return what is more than a fifth above the baseline."""
    return [
        f"{name}: ratio {found[name]:.2f}, baseline {baseline[name]:.2f}"
        for name in found
        if name in baseline and found[name] > SLIP * baseline[name]
    ]


def main() -> int:
    """Measure, print and write; return 1 when a ratio slipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--large", type=int, default=10_000_000, help="rows of the table scanned once, and checked")
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--longest", type=int, default=10_000_000, help="rows of the longest table of growth")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--parts", default="scan,large,growth,peers,startup,check,ledger")
    parser.add_argument("--dataprofiler", default=sys.executable, help="an interpreter that has DataProfiler")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--folder", type=Path, default=HERE / "data")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    kept = options.folder / "figures.json"
    figures: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    every = parts(options)
    for name in options.parts.split(","):
        sys.stderr.write(f"{name} …\n")
        figures[name] = every[name]()
        figures["load"] = os.getloadavg()[1]
        kept.write_text(json.dumps(figures, indent=1))
    text = page.written(figures)
    sys.stdout.write(text)
    (HERE / "results.md").write_text(text, encoding="utf-8")
    if "scan" not in figures:
        return 0
    found, stored = ratios(figures), HERE / "baseline.json"
    if options.accept or not stored.exists():
        stored.write_text(json.dumps(found) + "\n")
    worse = slipped(found, json.loads(stored.read_text()))
    sys.stdout.writelines(f"slipped: {line}\n" for line in worse)
    return 1 if worse else 0


if __name__ == "__main__":
    raise SystemExit(main())
