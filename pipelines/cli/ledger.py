"""`exportgate ledger`: read, verify and correct the person ledger."""

from __future__ import annotations

import json
import secrets
from datetime import date
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode, UsageError
from ...scanner.numbers import number_of
from . import options


@click.group()
def ledger() -> None:
    """Read, verify and correct the person ledger."""


@ledger.command()
@click.option("--year", type=click.IntRange(2000, 9999), help="Another year than this one.")
@options.configuration
@options.as_of
@options.output("text", "json")
def status(
    year: int | None,
    config: Path | None,
    ledger_url: str | None,
    as_of: date | None,
    form: str,
    out: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Persons of the year per threshold row, their tier and headroom, reservations, alerts."""
    from .. import api, tables_ledger, verdicts

    settings = api.settings(config)
    day = as_of or api.today()
    document = verdicts.status(api.open_ledger(ledger_url, config=settings), settings, year or day.year, day)
    options.write(
        json.dumps(document, ensure_ascii=False) if form == "json" else tables_ledger.status(document, lang), out
    )
    return ExitCode.MAY_GO


@ledger.command()
@options.configuration
@options.as_of
@options.output("text", "json")
def history(
    config: Path | None,
    ledger_url: str | None,
    as_of: date | None,
    form: str,
    out: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Every entry, oldest first; with --format json one entry per line."""
    from .. import api, tables_ledger

    entries = [entry.to_dict() for entry in api.open_ledger(ledger_url, config=config).history(as_of)]
    if form == "json":
        text = "\n".join(json.dumps(entry, ensure_ascii=False, default=str) for entry in entries)
    else:
        text = tables_ledger.history(entries, lang, as_of=as_of.isoformat() if as_of else "")
    options.write(text, out)
    return ExitCode.MAY_GO


@ledger.command()
@click.option("--head", help="The head that an earlier report printed: detects a truncated history.")
@options.configuration
def verify(head: str | None, config: Path | None, ledger_url: str | None) -> int:
    """Check the chain of entries, their contents and the counts."""
    from .. import api

    found = api.open_ledger(ledger_url, config=config).verify(head)
    for problem in found.problems:
        click.echo(f"exportgate: {problem}", err=True)
    options.write(
        f"{'ok' if found.ok else 'NOT ok'}: {number_of(found.entries, 'entry', 'entries')}, head {found.head}", None
    )
    return ExitCode.MAY_GO if found.ok else ExitCode.FAILED


@ledger.command()
@click.argument("booking", metavar="ID")
@click.option("--why", required=True, help="Why the booking never left.")
@click.option("--evidence", required=True, help="A file, a ticket or a sentence that proves it.")
@options.configuration
def void(booking: str, why: str, evidence: str, config: Path | None, ledger_url: str | None) -> int:
    """Take back booking ID, which never left; the year is computed again.

    Links that it made are undone, and a count may go up: exit code 1 when that takes one over a line.
    """
    from .. import api, verdicts

    settings = api.settings(config)
    book = api.open_ledger(ledger_url, config=settings)
    taken = book.void(booking, why, {"evidence": evidence}, now=api.now())
    click.echo(f"{taken.id} void", err=True)
    return _alerted(verdicts.undone(book, taken, settings, api.today()))


def _alerted(alerts: list[dict[str, Any]]) -> int:
    for alert in alerts:
        click.echo(f"exportgate: {alert['what']}", err=True)
    return ExitCode.MUST_NOT_GO if any("crossed" in alert for alert in alerts) else ExitCode.MAY_GO


@ledger.command("end-grant")
@click.argument("export")
@click.option("--on", "on", type=options.Day(), default=None, help="The last day of access (default: today in China).")
@click.option("--why", required=True, help="How it ended.")
@options.configuration
def end_grant(export: str, on: date | None, why: str, config: Path | None, ledger_url: str | None) -> int:
    """End the remote access that EXPORT granted: nobody is booked for it on a later 1 January."""
    from .. import api

    day = on or api.today()
    api.open_ledger(ledger_url, config=config).end_grant(export, day, why, now=api.now())
    click.echo(f"the remote access of {export} ended on {day}", err=True)
    return ExitCode.MAY_GO


@ledger.command()
@options.configuration
def rekey(config: Path | None, ledger_url: str | None) -> int:
    """Rotate the storage key in one verified pass."""
    from .. import api

    api.open_ledger(ledger_url, config=config).rekey(secrets.token_hex(16), now=api.now())
    click.echo("the storage key was rotated", err=True)
    return ExitCode.MAY_GO


@ledger.command("close-year")
@click.argument("year", type=click.IntRange(2000, 9999))
@click.option("--reopen", is_flag=True, help="Open a closed year again for a late booking; --why says why.")
@click.option("--drop-keys", is_flag=True, help="Drop the keyed hashes of a closed year; --why is the order to do so.")
@click.option("--why", default="", help="The reason, or the order: who, when, why.")
@options.configuration
def close_year(year: int, reopen: bool, drop_keys: bool, why: str, config: Path | None, ledger_url: str | None) -> int:
    """Freeze the counts of YEAR."""
    from .. import api

    if year >= api.today().year:
        raise UsageError(f"{year} is not over yet", where="ledger close-year")
    book = api.open_ledger(ledger_url, config=config)
    if reopen:
        book.reopen_year(year, why, now=api.now())
    elif drop_keys:
        book.drop_keys(year, why, now=api.now())
    else:
        book.close_year(year, now=api.now())
    click.echo(f"{year} {'reopened' if reopen else 'dropped' if drop_keys else 'closed'}", err=True)
    return ExitCode.MAY_GO
