"""`exportgate ledger`: read, verify and correct the person ledger."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode, UsageError
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
    from .. import api, tables, verdicts

    settings = api.settings(config)
    day = as_of or api.today()
    document = verdicts.status(api.open_ledger(ledger_url, config=settings), settings, year or day.year, day)
    options.write(
        json.dumps(document, ensure_ascii=False) if form == "json" else tables.ledger_status(document, lang), out
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
    from .. import api, tables

    entries = [entry.to_dict() for entry in api.open_ledger(ledger_url, config=config).history(as_of)]
    if form == "json":
        text = "\n".join(json.dumps(entry, ensure_ascii=False, default=str) for entry in entries)
    else:
        text = tables.ledger_history(entries, lang)
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
    options.write(f"{'ok' if found.ok else 'NOT ok'}: {found.entries} entries, head {found.head}", None)
    return ExitCode.MAY_GO if found.ok else ExitCode.FAILED


@ledger.command()
@click.argument("booking", metavar="ID")
@click.option("--why", required=True, help="Why the booking never left.")
@click.option("--evidence", required=True, help="A file, a ticket or a sentence that proves it.")
@options.configuration
def void(booking: str, why: str, evidence: str, config: Path | None, ledger_url: str | None) -> int:
    """Take back booking ID, which never left; the year is computed again."""
    from .. import api

    taken = api.open_ledger(ledger_url, config=config).void(booking, why, {"evidence": evidence}, now=api.now())
    click.echo(f"{taken.id} void", err=True)
    return ExitCode.MAY_GO


@ledger.command()
@options.configuration
def rekey(config: Path | None, ledger_url: str | None) -> int:
    """Rotate the storage key in one verified pass."""
    from .. import api

    book: Any = api.open_ledger(ledger_url, config=config)
    book.rekey(now=api.now())
    click.echo("the storage key was rotated", err=True)
    return ExitCode.MAY_GO


@ledger.command("close-year")
@click.argument("year", type=click.IntRange(2000, 9999))
@click.option("--drop-keys", is_flag=True, help="Drop the keyed hashes too; only after the record duty has ended.")
@options.configuration
def close_year(year: int, drop_keys: bool, config: Path | None, ledger_url: str | None) -> int:
    """Freeze the counts of YEAR."""
    from .. import api

    if year >= api.today().year:
        raise UsageError(f"{year} is not over yet", where="ledger close-year")
    book: Any = api.open_ledger(ledger_url, config=config)
    book.close_year(year, now=api.now(), drop_keys=drop_keys)
    click.echo(f"{year} closed", err=True)
    return ExitCode.MAY_GO
