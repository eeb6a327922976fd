"""`exportgate check SOURCE… -m MANIFEST`: what would this export do to the year? Books nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ...scanner.check import Check


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("-m", "--manifest", type=click.Path(path_type=Path), required=True, help="What this export is.")
@click.option("--reserve", is_flag=True, help="Also place a reservation and print its id.")
@options.configuration
@options.as_of
@options.output("text", "json", "html", "github")
def check(
    sources: tuple[str, ...],
    manifest: Path,
    reserve: bool,
    config: Path | None,
    ledger_url: str | None,
    as_of: date | None,
    form: str,
    out: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Profile the SOURCEs as one export, count its persons, and judge the year with it.

    Exit codes: 0 may go · 1 must not go · 2 bad usage · 3 failed · 4 a person must review.
    """
    checked = run(sources, manifest, config, ledger_url, as_of, quiet=quiet, reserve=reserve)
    options.write(shown(checked, form, lang), out)
    return checked.exit_code


def run(
    sources: tuple[str, ...],
    manifest: Path,
    config: Path | None,
    ledger_url: str | None,
    as_of: date | None,
    *,
    quiet: bool,
    reserve: bool,
) -> Check:
    """Check an export, and reserve it when asked and when it may go."""
    from .. import api, progress

    settings = api.settings(config)
    book = api.open_ledger(ledger_url, config=settings)
    with progress.bar(quiet=quiet) as bar:
        checked = api.check(api.expand(sources), manifest, config=settings, ledger=book, as_of=as_of, progress=bar)
    if not reserve or not checked.may_go:
        return checked
    placed = api.reserve(checked, book, hours=settings.config.reservation_hours)
    if placed.reservation is None:
        # another export took the headroom between the check and the lock: look at the year as it is now
        return api.check(api.expand(sources), manifest, config=settings, ledger=book, as_of=as_of)
    return placed


def shown(checked: Check, form: str, lang: str) -> str:
    """Return the check as text, JSON, a page, or annotations."""
    if form == "json":
        return checked.to_json()
    from .. import annotations, report, tables

    document = checked.to_dict()
    if form == "html":
        return report.render(document, lang)
    if form == "github":
        return "\n".join(annotations.lines(document, lang))
    return tables.check(document, lang)
