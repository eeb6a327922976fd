"""What the manifest says identifies a person counts, and what a crosswalk links is linked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-23", "--format", "json", "--quiet")


def persons(run: Run, *sources: str, manifest: Any) -> int:
    code, out, err = run("check", *sources, "-m", manifest, *DAY)
    assert code == 0, err
    return int(json.loads(out)["counts"]["this_export"]["any"])


def test_a_declared_identity_column_is_an_item_whatever_its_values_look_like(run_cli: Run, office: Any) -> None:
    office.table("a", pa.table({"ref": [f"Q{i}" for i in range(30)], "qty": list(range(30))}))
    assert persons(run_cli, "a.parquet", manifest=office.manifest("a", identity={"member_id": "ref"})) == 30


def crosswalk(office: Any) -> dict[str, Any]:
    """Three member numbers for each document."""
    documents = [f"3502031990030{n // 3:02d}001" for n in range(30)]
    office.table("ids", pa.table({"mid": [f"M{n:09d}" for n in range(30)], "idno": documents}))
    return {"source": "ids.parquet", "columns": {"member_id": "mid", "cn_resident_id": "idno"}}


def test_a_crosswalk_without_a_scope_speaks_of_the_one_source_there_is(run_cli: Run, office: Any) -> None:
    office.members("m", 0, 30)
    walk = crosswalk(office)
    assert persons(run_cli, "m.parquet", manifest=office.manifest("a", scope=None, crosswalk=walk)) == 10
    assert persons(run_cli, "m.parquet", manifest=office.manifest("b", scope="handler", crosswalk=walk)) == 10
    assert persons(run_cli, "m.parquet", manifest=office.manifest("c", scope=None)) == 30


def test_of_two_sources_it_must_say_which(run_cli: Run, office: Any) -> None:
    office.members("m", 0, 30)
    office.members("n", 0, 30)
    walk = crosswalk(office)
    code, _, err = run_cli(
        "check", "m.parquet", "n.parquet", "-m", office.manifest("a", scope=None, crosswalk=walk), *DAY
    )
    assert code == 2
    assert "scope" in err
    assert "m or n" in err
    assert persons(run_cli, "m.parquet", "n.parquet", manifest=office.manifest("b", crosswalk=walk)) == 10
