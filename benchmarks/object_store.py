"""`python -m benchmarks.object_store [MEGABYTES [PAIRS]]`: auditing Parquet objects against reading them with pyarrow.

Both go through the same S3 protocol server (moto, in a process of its own); the ratio is what is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .measured import spent

SERVER = """
import sys; from moto.server import main
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
"""
ROWS_IN_OBJECT = 500_000
MEASURES = 24


def write(path: Path, part: int) -> None:
    """Write one object of orders of repeated buyers: member numbers, mobile numbers, a city, and measures."""
    rng = np.random.default_rng([9, part])
    persons = rng.integers(0, 2_000_000, ROWS_IN_OBJECT)
    columns: dict[str, Any] = {
        "member_id": [f"M{n:09d}" for n in persons],
        "mobile": [f"13{n:09d}" for n in persons],
        "city": pa.array(rng.choice(["厦门", "福州", "平潭"], ROWS_IN_OBJECT)),
        **{f"measure_{at:02d}": rng.normal(size=ROWS_IN_OBJECT) for at in range(MEASURES)},
    }
    pq.write_table(pa.table(columns), path, row_group_size=ROWS_IN_OBJECT // 2)


READ = """
import sys, time
from pyarrow import fs
import pyarrow.parquet as pq
store = fs.S3FileSystem(endpoint_override=sys.argv[1], region="us-east-1")
for info in store.get_file_info(fs.FileSelector("bench")):
    file = pq.ParquetFile(store.open_input_file(info.path), pre_buffer=True)
    groups = range(file.num_row_groups)
    rows = sum(batch.num_rows for at in groups for batch in file.iter_batches(65536, row_groups=[at]))
"""
CHECK = """
from exportgate.pipelines import cli
cli.main(["audit", "audit.yaml", "--quiet", "-o", "audit.txt"])
"""


def measured(code: str, folder: Path, *arguments: str) -> tuple[float, float, int]:
    """Run a program, and return its wall seconds, CPU seconds and peak memory in bytes."""
    found = spent([sys.executable, "-c", code, *arguments], cwd=folder)
    if found["exit"]:
        raise SystemExit(f"ended with {found['exit']}")
    return found["wall"], found["cpu"], int(found["peak_mib"] * (1 << 20))


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    port = "5055"
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, port], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _prepare(folder, megabytes)
            for _ in range(pairs):
                wall, cpu, memory = measured(READ, folder, os.environ["AWS_ENDPOINT_URL"])
                print(f"pyarrow: {wall:.1f} s wall, {cpu:.1f} s CPU, {memory >> 20:,} MiB")
                for file in folder.glob("year.duckdb*"):
                    file.unlink()
                mine, mine_cpu, mine_memory = measured(CHECK, folder)
                print(f"audit:   {mine:.1f} s wall, {mine_cpu:.1f} s CPU, {mine_memory >> 20:,} MiB")
                print(f"ratio:   {mine / wall:.2f} wall, {mine_cpu / cpu:.2f} CPU")
        finally:
            server.terminate()
            server.wait()


def _prepare(folder: Path, megabytes: int) -> None:
    import boto3

    client = boto3.client("s3")
    for _ in range(100):
        try:
            client.create_bucket(Bucket="bench")
            break
        except Exception:
            time.sleep(0.2)
    part, written, path = 0, 0, folder / "part.parquet"
    while written < megabytes << 20:
        write(path, part)
        client.upload_file(str(path), "bench", f"part-{part:03d}.parquet")
        part, written = part + 1, written + path.stat().st_size
    path.unlink()
    print(f"{written / 1e6:,.0f} MB in {part} objects, {part * ROWS_IN_OBJECT:,} rows", flush=True)
    (folder / "ledger.key").write_text("5a" * 32)
    (folder / "ledger.key").chmod(0o600)
    (folder / "exportgate.yaml").write_text(
        "handler: {ftz_area: xiamen}\nledger: {url: year.duckdb, key: {file: ledger.key}}\n"
    )
    approval = "{path: list-filing, opinion: off-list, opinion_date: 2026-03-02}"
    (folder / "audit.yaml").write_text(
        "sources: [{name: bench, url: 's3://bench'}]\n"
        "rules: [{match: '**', manifest: {export: {id: orders, sector: retail, scenario: membership}, scope: crm, "
        "approvals: [{path: security-assessment, number: A}, " + approval + "]}}]\n"
    )


if __name__ == "__main__":
    main()
