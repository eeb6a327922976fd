"""`exportgate demo`: the main job on synthetic data, without any configuration.

Writes a few datasets into a folder, sends each through the gate, books what may go into an embedded ledger, and leaves
``report.html``. The last export has 300,000 members, 200,000 of them new: with them the year reaches 500,000, and the
gate stops it. Everything it writes stays in the folder, with the configuration and the manifests to try on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..scanner.errors import ComponentError, UsageError
from .messages import texts

if TYPE_CHECKING:
    from ..scanner.check import Check
    from ..scanner.ledger import Book
    from .config import Settings

EXPORTS = Path(__file__).with_name("demo_exports.yaml")
CONFIG, KEY, LEDGER, REPORT = "exportgate.yaml", "exportgate.key", "exportgate.duckdb", "report.html"
MARK = "# exportgate demo"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """What a demo did: its checks in order, and where the report lies."""

    documents: tuple[dict[str, Any], ...]
    report: Path
    stopped: int


def run_demo(directory: Path, as_of: date, lang: str = "en", say: Say = lambda line: None) -> Demo:
    """Run the demo in `directory` as on the day `as_of`; `say` is told each step.

    UsageError when the directory holds another configuration; ComponentError when an export comes out otherwise than
    it should.
    """
    from . import api, report

    plan = _plan(as_of)
    settings = _set_up(directory, plan["handler"])
    book = api.open_ledger(config=settings)
    documents = [_export(directory, item, settings, book, as_of, texts(lang), say) for item in plan["exports"]]
    page = directory / REPORT
    page.write_text(report.render(documents, lang), encoding="utf-8")
    return Demo(tuple(documents), page, sum(not document["may_go"] for document in documents))


def _export(
    directory: Path, item: Mapping[str, Any], settings: Settings, book: Book, as_of: date, says: Any, say: Say
) -> dict[str, Any]:
    """Write one dataset, send it through the gate, and book it if it may go."""
    from . import api

    name = item["manifest"]["export"]["id"]
    say(says("demo.writing", name=item["file"]))
    data = _write(directory, item)
    manifest = directory / f"{name}.json"
    manifest.write_text(json.dumps(item["manifest"], ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    say(says("demo.checking", name=name))
    checked = api.check([str(data)], manifest, config=settings, ledger=book, as_of=as_of)
    if checked.may_go != (item["expect"] == "go"):
        raise ComponentError(f"{name} came out otherwise than it should", where="demo", hint="please report this")
    return _booked(checked, book, as_of).to_dict()


def _booked(checked: Check, book: Book, as_of: date) -> Check:
    from . import api

    if not checked.may_go:
        return checked
    placed = api.reserve(checked, book)
    if placed.reservation:
        book.commit(placed.reservation, as_of, now=api.now())
    return placed


def _write(directory: Path, item: Mapping[str, Any]) -> Path:
    from ..sample_data.generate import generate, schema_of, write
    from ..sample_data.tables import TABLES

    path = directory / str(item["file"])
    headers = item.get("headers", "en")
    batches = generate(item["dataset"], range(*item["persons"]), headers=headers)
    write(path, batches, schema_of(TABLES[item["dataset"]], headers), item.get("encoding", "utf-8"))
    return path


def _set_up(directory: Path, handler: Mapping[str, Any]) -> Settings:
    """Write configuration and key; an earlier demo's ledger and key are replaced, anything else is left alone."""
    import yaml

    from . import api
    from .cli.init import write_key

    config = directory / CONFIG
    if config.exists() and not config.read_text("utf-8").startswith(MARK):
        raise UsageError(
            "holds a configuration that is not the demo's", where=str(directory), hint="name another folder"
        )
    directory.mkdir(parents=True, exist_ok=True)
    for name in (KEY, LEDGER, f"{LEDGER}.wal", f"{LEDGER}.lock", REPORT):
        (directory / name).unlink(missing_ok=True)
    write_key(directory / KEY)
    content = {"handler": dict(handler), "ledger": {"url": LEDGER, "key": {"file": KEY}}}
    config.write_text(f"{MARK}\n{yaml.safe_dump(content, allow_unicode=True, sort_keys=False)}", encoding="utf-8")
    return api.settings(config)


def _plan(as_of: date) -> dict[str, Any]:
    """Return the exports with the dates of their filings set around `as_of`."""
    import yaml

    from .. import field_maps

    published = field_maps.load(field_maps.default_id()).published
    dates = {
        "{opinion_date}": max(published, as_of - timedelta(days=120)).isoformat(),
        "{valid_until}": (as_of + timedelta(days=700)).isoformat(),
    }
    return dict(_dated(yaml.safe_load(EXPORTS.read_text("utf-8")), dates))


def _dated(node: Any, dates: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _dated(value, dates) for key, value in node.items()}
    if isinstance(node, list):
        return [_dated(value, dates) for value in node]
    return dates.get(node, node) if isinstance(node, str) else node
