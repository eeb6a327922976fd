"""A handler's folder: configuration, key, ledger, manifests and synthetic members."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

KEY = "5a" * 32


def members(first: int, count: int) -> pa.Table:
    """Members with a member number, a mobile number and points; person `n` is the same person in every table."""
    numbers = range(first, first + count)
    return pa.table(
        {
            "member_id": [f"M{n:09d}" for n in numbers],
            "mobile": [f"13{n:09d}" for n in numbers],
            "points": [n % 1000 for n in numbers],
        }
    )


class Office:
    """A handler's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        key = folder / "ledger.key"
        key.write_text(KEY, encoding="ascii")
        key.chmod(0o600)
        self.config = folder / "exportgate.yaml"
        self.configure()

    def configure(self, **parts: Any) -> None:
        config = {
            "handler": {"ftz_area": "xiamen", "exports_from_ftz": True, "ciio": False},
            "ledger": {"url": "year.duckdb", "key": {"file": "ledger.key"}},
            **parts,
        }
        self.config.write_text(yaml.safe_dump(config), encoding="utf-8")

    def table(self, name: str, table: pa.Table) -> Path:
        path = self.folder / f"{name}.parquet"
        pq.write_table(table, path)
        return path

    def members(self, name: str, first: int, count: int) -> Path:
        return self.table(name, members(first, count))

    def manifest(self, name: str, **parts: Any) -> Path:
        document: dict[str, Any] = {
            "export": {"id": name, "sector": "retail", "scenario": "membership", "recipient": {"name": "HQ"}},
            "scope": "crm",
            "approvals": [
                {"path": "list-filing", "number": "F-1", "opinion": "off-list", "opinion_date": "2026-03-02"}
            ],
        }
        document["export"].update(parts.pop("export", {}))
        document.update(parts)
        path = self.folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump({k: v for k, v in document.items() if v is not None}), encoding="utf-8")
        return path


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path)
