"""DataProfiler's statistics over every row, without its labels: a program for an interpreter that has DataProfiler.

It brings hundreds of megabytes, so it lives in an environment of its own: ``make bench DATAPROFILER=its/python``.
Prints cells per CPU-second of the first rows of a Parquet file.
"""

from __future__ import annotations

import sys
import time

import dataprofiler
import pandas as pd


def main(path: str, rows: int) -> float:
    """Return cells per CPU-second."""
    frame = pd.read_parquet(path).head(rows)
    options = dataprofiler.ProfilerOptions()
    options.set({"*data_labeler.is_enabled": False})
    start = time.process_time()
    dataprofiler.Profiler(frame, options=options, samples_per_update=len(frame))
    return frame.size / (time.process_time() - start)


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1], int(sys.argv[2]))}\n")
