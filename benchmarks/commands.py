"""What a user types, measured as a process: start-up, a whole check with its reservation, and the ledger at size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import measured, scanning

MANIFEST = """\
export: {id: bench, sector: retail, scenario: membership, mode: transfer, purpose: benchmark,
  recipient: {name: Example, country: SG}}
identity: {cn_resident_id: id_card, phone: mobile, email: email, payment_card: bank_card}
approvals: [{path: security-assessment, number: SA-1, valid_until: 2029-01-31, rows: [membership]}]
"""


AS_A_CHECK = """if True:
    from exportgate.pipelines import start_up, validation_engine
    start_up.prepare()
    validation_engine.great_expectations()"""
"""How a check imports Great Expectations: without what only other suites than ours need."""


def run(*arguments: str, folder: Path) -> dict[str, float]:
    """Return wall seconds, CPU seconds and peak MiB of one command of the product; errors must not pass unseen."""
    with (folder / "out.txt").open("w") as out:
        command = [sys.executable, "-m", "exportgate.pipelines.cli", *arguments]
        found = measured.spent(command, stdout=out, cwd=folder)
    if found["exit"] not in (0, 1, 4):
        raise RuntimeError(f"exportgate {' '.join(arguments)} ended with {found['exit']}")
    return found


def startup(data: Path) -> dict[str, Any]:
    """Return the cost of `--help`, of scans and a check of 1,000 rows, and of importing Great Expectations alone."""
    small = scanning.table.write(data / "1000.parquet", 1000).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = _ready(Path(name))
        found: dict[str, Any] = {"help": run("--help", folder=folder), "scan": run("scan", str(small), folder=folder)}
        found["check"] = run("check", str(small), "-m", "manifest.yaml", folder=folder)
        _, text = scanning.files(data, 1000)
        found["scan_csv"] = run("scan", str(text.resolve()), folder=folder)
    found["great_expectations_cpu"] = imported(AS_A_CHECK)
    found["great_expectations_whole_cpu"] = imported("import great_expectations")
    return found


def imported(code: str) -> float:
    """Return the CPU seconds of a process that only imports something."""
    start = os.times()
    subprocess.run([sys.executable, "-c", code], check=True)
    end = os.times()
    return (end.children_user - start.children_user) + (end.children_system - start.children_system)


def check(path: Path, rows: int) -> dict[str, Any]:
    """Return the cost of a whole check with a reservation: scan, hash four identifiers, link, reserve, assert."""
    with tempfile.TemporaryDirectory() as name:
        folder = _ready(Path(name))
        form = ("--reserve", "--quiet", "--format", "json")
        found: dict[str, Any] = run("check", str(path.resolve()), "-m", "manifest.yaml", *form, folder=folder)
        result = json.loads((folder / "out.txt").read_text())
        found |= {"rows": rows, "reserved": bool(result["reservation"])}
        found["persons"] = result["counts"]["this_export"]["upper"]["any"]
    return found


def ledger(persons: int, kinds: int, folder: Path) -> dict[str, Any]:
    """Return what `benchmarks.ledgers` finds in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.ledgers", str(persons), str(kinds), str(folder)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def _ready(folder: Path) -> Path:
    (folder / "manifest.yaml").write_text(MANIFEST)
    run("init", ".", folder=folder)
    return folder
