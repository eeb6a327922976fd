"""Adopting the original: a new, dated edition beside the old one, in which the confirmed rows are official.

The old edition is not touched, and the new folder keeps in ``import.json`` what every adopted row said before, so that
any step can be taken back by hand or all of them by loading the old edition again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from ...field_maps import Edition, Field
from ...scanner.errors import ReviewError, UsageError
from .comparison import Difference, ThresholdChange
from .original import OriginalRow

RECORD = "import.json"


def adopt(difference: Difference, edition: Edition, folder: Path, on: date) -> Path:
    """Write the edition that `difference` leads to into the new `folder`, return it; `on` is when it was confirmed.

    ReviewError (exit 4) while rows are ambiguous, UsageError (exit 2) when the folder exists already.
    """
    if difference.ambiguous:
        places = "; ".join(each["place"] for each in difference.ambiguous[:5])
        what = f"{len(difference.ambiguous)} rows could be more than one working row ({places})"
        raise ReviewError(what, hint="say which with --match 'PLACE=FIELD ID', or --match 'PLACE=new'")
    if folder.exists() and any(folder.iterdir()):
        raise UsageError("there is something in this folder already", where=str(folder), hint="name a new one")
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(
        edition.folder, part, ignore=shutil.ignore_patterns("__pycache__", "*.py", "fields", "fields.yaml", RECORD)
    )
    rows = _rows(difference, edition, on)
    _write_fields(part, rows)
    _write_identity(part, edition, on, len(rows))
    _write_thresholds(part, difference.thresholds, difference.original.path.name)
    _write_record(part, difference, edition, on)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rmdir()
    part.replace(folder)
    return folder


def _rows(difference: Difference, edition: Edition, on: date) -> list[dict[str, Any]]:
    """Return the rows of the new edition in the original's order, each with the place it stands at."""
    file, used = difference.original.path.name, set[str]()
    rows = []
    for at, row in enumerate(difference.original.rows):
        place = difference.places[at]
        ours = difference.matches.pairs[at][0] if at in difference.matches.pairs else None
        if place is None and ours is None:
            continue
        sector, scenario = place or (ours.sector, ours.scenario)  # type: ignore[union-attr]
        entry = _matched(ours, row) if ours else _new(row)
        entry |= {"sector": sector, "scenario": scenario, "row": edition.row_for(sector, scenario).id}
        entry["id"] = _identifier(ours, sector, scenario, at, used)
        entry |= {"provenance": "official", "status": "official", "source": f"{file}, {row.place}; confirmed {on}"}
        rows.append({key: entry[key] for key in _KEYS if entry.get(key)})
    return rows


_KEYS = (
    "id", "sector", "scenario", "row", "name_zh", "name_en", "definition", "definition_zh", "kinds", "aliases",
    "category", "sensitivity", "item", "provenance", "source", "status",
)  # fmt: skip


def _matched(ours: Field, row: OriginalRow) -> dict[str, Any]:
    entry = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(ours).items()}
    if row.field not in (ours.name_zh, ours.name_en):
        entry["aliases"] = list(dict.fromkeys([ours.name_zh, *entry["aliases"]]))
        entry["name_en" if row.field.isascii() else "name_zh"] = row.field
    return entry


def _new(row: OriginalRow) -> dict[str, Any]:
    important = "重要" in row.category or "important" in row.category.lower()
    category = "important" if important else "personal"
    described = {"definition": row.description} if row.description else {}
    return {"name_zh": row.field, "name_en": row.field, "kinds": ["none"], "category": category, **described}


def _identifier(ours: Field | None, sector: str, scenario: str, at: int, used: set[str]) -> str:
    key = ours.id.rsplit(".", 1)[1] if ours else f"row_{at + 1}"
    name = f"{sector}.{scenario}.{key}"
    if name in used:
        name = f"{name}_{at + 1}"
    used.add(name)
    return name


def _write_fields(folder: Path, rows: list[dict[str, Any]]) -> None:
    (folder / "fields").mkdir()
    by_scenario: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_scenario[f"{row['sector']}.{row['scenario']}"].append(row)
    for name, mine in by_scenario.items():
        _dump(folder / "fields" / f"{name}.yaml", mine)


def _write_identity(folder: Path, edition: Edition, on: date, count: int) -> None:
    document = _load(folder / "edition.yaml")
    document["id"] = f"{edition.id}-{on.isoformat()}"
    document["scale"]["fields"] = count
    _dump(folder / "edition.yaml", document)


def _write_thresholds(folder: Path, changes: tuple[ThresholdChange, ...], file: str) -> None:
    for change in changes:
        path = folder / "sectors" / f"{change.sector}.yaml"
        document = _load(path)
        for line in document["rows"][change.row]["lines"]:
            if (line["counter"], line["tier"]) == (change.counter, change.tier):
                line["at"][max(line["at"])] = change.original
        _dump(path, document)


def _write_record(folder: Path, difference: Difference, edition: Edition, on: date) -> None:
    """Write what was adopted and what stood before."""
    before = {ours.id: _plain(ours) for ours, _ in difference.matches.pairs.values()}
    before |= {
        each["id"]: _plain(ours) for each in difference.missing for ours in edition.fields if ours.id == each["id"]
    }
    record = {
        **difference.to_dict(),
        "confirmed_on": on.isoformat(),
        "from_edition": edition.id,
        "sha256": hashlib.sha256(difference.original.path.read_bytes()).hexdigest(),
        "decided": difference.decided,
        "before": before,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def _plain(ours: Field) -> dict[str, Any]:
    return {key: value for key, value in asdict(ours).items() if value}


def _load(path: Path) -> Any:
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _dump(path: Path, document: Any) -> None:
    import yaml

    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")
