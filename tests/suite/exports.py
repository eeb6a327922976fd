"""A handler's folder for the tests: configuration, key, ledger, manifest, and members with valid resident numbers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd

AS_OF = "2026-11-23"
LINE = 5000
"""The first line of trial subjects in the edition; the tests put persons on it and one below it."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

CONFIG = """\
handler: {name: Example, ftz_area: xiamen, exports_from_ftz: true, ciio: false}
ledger: {url: ledger.duckdb, key: {file: ledger.key}}
"""
MANIFEST = """\
export: {id: trial-2026-11, sector: pharma, scenario: clinical-trials, recipient: {name: Example Pte Ltd, country: SG}}
identity: {cn_resident_id: id_no}
approvals:
  - {path: list-filing, number: XM-1, opinion: off-list, opinion_date: 2026-03-02, rows: [trial-subjects]}
"""


def write(folder: Path, manifest: str = MANIFEST) -> Path:
    """Write configuration, key and manifest, and return the folder."""
    (folder / "exportgate.yaml").write_text(CONFIG, encoding="utf-8")
    key = folder / "ledger.key"
    key.write_text("5a" * 32 + "\n", encoding="ascii")
    key.chmod(0o600)
    (folder / "trial.yaml").write_text(manifest, encoding="utf-8")
    return folder


def resident_id(number: int) -> str:
    """A resident number that validates; each `number` is another person."""
    born = date(1960, 1, 1) + timedelta(days=number % 9000)
    body = f"350203{born:%Y%m%d}{number // 9000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def subjects(persons: int, first: int = 0) -> pd.DataFrame:
    """So many trial subjects, one row each."""
    numbers = range(first, first + persons)
    return pd.DataFrame(
        {
            "id_no": [resident_id(number) for number in numbers],
            "visit_date": ["2026-10-01" for _ in numbers],
            "arm": ["A" if number % 2 else "B" for number in numbers],
        }
    )
