"""The page of results."""

from __future__ import annotations

import platform
from typing import Any

import pyarrow as pa

NAMES = {
    "parquet": "Parquet, every cell, every kind",
    "numpy": "the same without the kernel, by numpy alone",
    "hashed": "Parquet, every cell, and four identifier columns hashed and numbered",
    "csv": "CSV, every cell, every kind",
}


def written(figures: dict[str, Any]) -> str:
    """Return what was measured as Markdown; parts that were not run are left out."""
    head = [
        "# Benchmark",
        "",
        "Written by `make bench`. CPU seconds, user and system; a ratio is the median of pairs in one process:",
        "read with pyarrow, then read and work.",
        f"{platform.machine()}, Python {platform.python_version()}, pyarrow {pa.__version__}; generated, 20 columns.",
        f"Load average while measuring: {figures.get('load', 0):.1f} (on a busy machine CPU seconds grow).",
    ]
    known = (
        ("scan", _scan),
        ("large", _scan),
        ("growth", _growth),
        ("peers", _peers),
        ("startup", _startup),
        ("check", _check),
        ("ledger", _ledger),
    )
    lines = [line for name, section in known if name in figures for line in ("", *section(figures[name]))]
    return "\n".join([*head, *lines]) + "\n"


def _scan(found: dict[str, Any]) -> list[str]:
    lines = [f"## Scanning {found['rows']:,} rows", "", "| work | read | read and work | **ratio** |"]
    lines.append("|---|---:|---:|---:|")
    lines += [
        f"| {said} | {one['read']:.2f} | {one['work']:.2f} | **{one['ratio']:.2f}** |"
        for said, one in ((said, found[name]) for name, said in NAMES.items() if name in found)
    ]
    cells = found["rows"] * 20 / found["parquet"]["work"]
    by = "The compiled kernel was used." if found.get("kernel") else "No compiled kernel was there."
    return [
        *lines,
        "",
        f"{by} {cells:,.0f} cells per CPU-second; peak memory of the scan {found['peak_mib']:,.0f} MiB, "
        f"of the scan of CSV {found['csv_peak_mib']:,.0f} MiB.",
    ]


def _growth(found: dict[str, Any]) -> list[str]:
    lines = ["## Growth", "", "CPU seconds per million cells: a straight line when they stay alike.", ""]
    for unit in ("rows", "columns"):
        costs = (f"{int(size):,} {unit}: {cost:.2f}" for size, cost in found[unit]["cost"].items())
        fit = found[unit]["fit"]
        line = f"{fit['fixed']:.2f} s and {fit['per_million']:.3f} s per million cells"
        lines += [f"* {', '.join(costs)}; the line is {line}, the worst {fit['off']:.0%} off it."]
    return lines


def _peers(found: dict[str, Any]) -> list[str]:
    own = found["exportgate"]
    lines = ["## Peers", "", "| tool | cells per CPU-second | exportgate is faster by |", "|---|---:|---:|"]
    lines.append(f"| exportgate, every cell | {own:,.0f} | |")
    lines += [_peer(name, speed, own) for name, speed in found.items() if name != "exportgate"]
    return [*lines, "", "The others were measured on the first rows of the same table: all of them would take hours."]


def _peer(name: str, speed: float | None, own: float) -> str:
    told = ("not installed", "") if speed is None else (f"{speed:,.0f}", f"{own / speed:,.0f}")
    return f"| {name} | {told[0]} | {told[1]} |"


def _startup(found: dict[str, Any]) -> list[str]:
    lines = ["## Start-up", "", "| command | wall s | CPU s |", "|---|---:|---:|"]
    commands = {"help": "--help", "scan": "scan of 1,000 rows", "scan_csv": "the same in CSV", "check": "check of them"}
    for name, said in commands.items():
        if name in found:
            lines.append(f"| {said} | {found[name]['wall']:.2f} | {found[name]['cpu']:.2f} |")
    said = f"Importing Great Expectations takes {found['great_expectations_cpu']:.2f} CPU seconds of the check"
    whole = found.get("great_expectations_whole_cpu")
    return [*lines, "", f"{said} (all of it would take {whole:.2f})." if whole else f"{said}."]


def _check(found: dict[str, Any]) -> list[str]:
    return [
        f"## Check of {found['rows']:,} rows",
        "",
        "Scan, hash four identifiers, link, reserve, assert:",
        f"{found['cpu']:.1f} CPU s, {found['wall']:.1f} s wall, peak {found['peak_mib']:,.0f} MiB; "
        f"{found['persons']:,} persons.",
    ]


def _ledger(found: list[dict[str, Any]]) -> list[str]:
    lines = ["## Ledger", ""]
    for one in found:
        ratio = one["load_ledger_cpu"] / one["duckdb_distinct_cpu"]
        lines += [
            f"{one['rows']:,} persons with {one['kinds']} identifier kind(s):",
            "",
            f"* load {one['load_ledger_cpu']:.2f} CPU s, {ratio:.1f} times DuckDB's `count(distinct)` of the cells;",
            f"* reading and hashing them {one['load_count_cpu']:.2f};",
            f"* an export of {one['rows'] // 10:,}, half of them known, {one['export_ledger_cpu']:.2f} CPU s;",
            f"* reading and hashing it {one['export_count_cpu']:.2f}; its commit {one['export_commit_cpu']:.2f};",
            f"* the year's counts {one['query_cpu']:.3f} CPU s;",
            f"* {one['bytes_per_key']:.1f} bytes per identifier, {one['bytes_per_fact']:.1f} per fact;",
            f"* peak {one['peak_mib']:,.0f} MiB.",
            "",
        ]
    return lines[:-1]
