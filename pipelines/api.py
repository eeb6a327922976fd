"""The Python face (CONTRACT §7): scan, check, evaluate, guard, open_ledger.

Everything that a command does is one call here; this is where the clock, the environment and the key file come in and
become plain arguments of the core.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ..scanner import showing
from ..scanner.errors import SourceError

if TYPE_CHECKING:
    from ..scanner.advice_trials import Advice
    from ..scanner.check import Check
    from ..scanner.examination import Rules
    from ..scanner.ledger import Book
    from ..scanner.manifest import Manifest
    from ..scanner.results import Scan
    from ..scanner.sources import Dataset
    from .config import Settings

Progress = Callable[..., None]

ZONE = ZoneInfo("Asia/Shanghai")
"""The day of a transfer is the day in China."""


def _page(document: Mapping[str, Any], lang: str) -> str:
    from . import report

    return report.render(document, lang)


def _table(document: Mapping[str, Any], lang: str) -> str:
    from . import tables

    return tables.check(document, lang, colour=False)


showing.lay_out(page=_page, table=_table)


def now() -> datetime:
    """Return this moment in China."""
    return datetime.now(ZONE)


def today() -> date:
    """Return today's date in China."""
    return now().date()


def settings(config: Path | str | Settings | None = None) -> Settings:
    """Return the settings of a configuration file, or of the one found upward from here, or the defaults."""
    from .config import Settings, load

    return config if isinstance(config, Settings) else load(Path(config) if config else None)


def expand(sources: Iterable[str]) -> list[str]:
    """Return the sources with globs expanded, in order; SourceError for a glob that matches nothing."""
    from . import addresses, opening

    expanded: list[str] = []
    for source in sources:
        if addresses.is_address(source):
            expanded += opening.expand(source)
            continue
        if "://" in source or not glob.has_magic(source) or Path(source).exists():
            expanded.append(source)
            continue
        found = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if not found:
            raise SourceError("no file matches", where=source)
        expanded += found
    return expanded


def open_source(data: Any, *, name: str | None = None) -> Dataset:
    """Open a path, a table, a frame or an address as a dataset."""
    from ..scanner import sources
    from . import addresses, opening

    if isinstance(data, str) and addresses.is_address(data):
        return opening.open_address(data, name)
    dataset = sources.open_source(data, name=name)
    if isinstance(data, (str, os.PathLike)):
        dataset.label = os.fspath(data)
    return dataset


def scan(
    data: Any,
    *,
    name: str | None = None,
    list: str | None = None,  # noqa: A002 - the contract's word
    sector: str | None = None,
    scenario: str | None = None,
    sample: int | None = None,
    config: Path | str | Settings | None = None,
    progress: Progress | None = None,
) -> Scan:
    """Profile a dataset, find personal information in every cell, map the columns onto the list.

    `data` is a path, a pandas or Polars frame, an Arrow table, or anything with the Arrow C stream interface. Raises
    SourceError when it cannot be read to its end.

    >>> import pyarrow as pa
    >>> found = scan(pa.table({"mobile": ["13912345678", "13712345679"], "qty": [1, 2]}), name="orders")
    >>> [(column.name, column.kind) for column in found.columns]
    [('mobile', 'phone'), ('qty', 'none')]
    """
    from ..scanner import scanning
    from .lens import lens_of

    lens = lens_of(settings(config), list, sector, scenario)
    return scanning.scan(open_source(data, name=name), lens, sample=sample, progress=progress)


def open_ledger(url: str | None = None, key: str | bytes | None = None, *, config: Any = None) -> Book:
    """Open a ledger: a DuckDB file or ``postgresql://…``; url and key default to the configuration's.

    LedgerError when the key is another than the ledger's.
    """
    from ..scanner import ledger

    chosen = settings(config)
    place = url or chosen.ledger_url
    master = chosen.ledger_key() if key is None else key
    if place.startswith(("postgresql://", "postgres://")):
        from . import postgres_store

        return postgres_store.open_ledger(place, master)
    return ledger.open_ledger(place, master)


def check(
    data: Any,
    manifest: Any,
    *,
    config: Path | str | Settings | None = None,
    ledger: Book | str | None = None,
    as_of: date | None = None,
    suite: bool = True,
    progress: Progress | None = None,
) -> Check:
    """Tell what an export would do to the year, and whether it may go. Books nothing.

    `data` is one source or a list of them (one export); `manifest` a path, a dict or a `Manifest`. `as_of` defaults
    to today in China. The result is frozen and shows itself in a notebook.
    """
    from .. import field_maps
    from ..scanner import gate
    from . import outlooks

    chosen = settings(config)
    book = open_ledger(ledger, config=chosen) if ledger is None or isinstance(ledger, str) else ledger
    inputs = _inputs(data, manifest, chosen, book, as_of)
    checked = gate.check(**inputs, suite=_suite if suite else None, progress=progress)
    headroom = outlooks.of_check(checked, book, field_maps.load(chosen.list))
    return replace(checked, chain=_chain(book), verdict=replace(checked.verdict, headroom=headroom))


def advise(
    data: Any,
    manifest: Any,
    *,
    config: Path | str | Settings | None = None,
    ledger: Book | str | None = None,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> Advice:
    """Find the smallest honest changes after which an export passes, each tried with the real rules. Books nothing."""
    from ..scanner import advice, advice_trials, gate

    chosen = settings(config)
    book = open_ledger(ledger, config=chosen) if ledger is None or isinstance(ledger, str) else ledger
    examined = gate.examine(**_inputs(data, manifest, chosen, book, as_of), progress=progress)
    trials = advice_trials.Trials(examined, gate.conclude(examined))
    return advice_trials.Advice(trials, advice.search(trials.room(), trials))


def _inputs(data: Any, manifest: Any, chosen: Settings, book: Book, as_of: date | None) -> dict[str, Any]:
    """Return what the gate is asked with."""
    from ..scanner import planning

    where, read = _manifest(manifest)
    crosswalk = None
    if read.crosswalk is not None:
        crosswalk = open_source(_beside(read.crosswalk.source, where), name=planning.CROSSWALK)
    return {
        "datasets": [open_source(one) for one in (data if isinstance(data, (list, tuple)) else [data])],
        "manifest": read,
        "rules": rules_for(chosen, where, read),
        "book": book,
        "as_of": as_of or today(),
        "crosswalk": crosswalk,
    }


def reserve(checked: Check, book: Book, *, hours: int = 24, moment: datetime | None = None) -> Check:
    """Place a reservation for a check that may go; the same tier rules decide once more under the ledger's lock.

    Returns the check with the reservation's id; without one when another export took the headroom meanwhile.
    """
    moment = moment or now()
    assert checked.booking is not None and checked.draft is not None
    placed = book.reserve(
        checked.booking,
        checked.draft,
        checked.as_of,
        moment + timedelta(hours=hours),
        now=moment,
        decide=checked.judge,
    )
    return checked.reserved(placed)


def evaluate(facts: Mapping[str, Any], readings: Mapping[str, str] | None = None) -> Any:
    """Judge given facts (``exportgate.facts/1``) by the tier rules alone."""
    from ..scanner import tiers

    return tiers.evaluate(tiers.Facts.from_dict(dict(facts), as_of=today()), dict(readings or {}))


def _chain(book: Book) -> dict[str, Any]:
    """Return the number of the ledger's entries and its head: `verify --head` detects a history that was cut off."""
    from ..scanner.ledger.journal import GENESIS

    entries = book.history()
    return {"entries": len(entries), "head": entries[-1].mac if entries else GENESIS}


def _manifest(given: Any) -> tuple[str, Manifest]:
    from ..scanner.manifest import Manifest

    if isinstance(given, Manifest):
        return "manifest", given
    if isinstance(given, Mapping):
        return "manifest", Manifest.from_dict(dict(given))
    return str(given), Manifest.from_file(given)


def rules_for(chosen: Settings, where: str, manifest: Manifest) -> Rules:
    """Return what an export of that manifest is judged by."""
    from .. import field_maps
    from ..scanner.examination import Rules
    from ..scanner.facts_of_export import Circumstances
    from ..scanner.scanning import Lens

    config = chosen.config
    edition = field_maps.load(chosen.list)
    lens = Lens(edition, chosen.sensitivity, manifest.export.sector, manifest.export.scenario)
    handler = config.handler.model_dump(include={"ftz_area", "exports_from_ftz", "ciio"}, exclude_none=True)
    around = Circumstances(chosen.list, handler, config.holdings, config.answers)
    counting = config.counting
    return Rules(lens, around, counting.persons_with_both, counting.unlinked, where, config.gate.warn_at)


def _beside(source: str, where: str) -> str:
    """Return a source named in a manifest, seen from the manifest's folder when it is a relative path."""
    if "://" in source or Path(source).is_absolute() or Path(source).exists():
        return source
    return str(Path(where).parent / source)


def _suite(check: Mapping[str, Any]) -> Mapping[str, Any]:
    from . import suite

    return suite.validate(check)
