"""`exportgate commit` and `exportgate release`: what happened after the gate let an export go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ...scanner.errors import ExitCode, UsageError
from . import options


@click.command()
@click.argument("reservation", metavar="ID")
@click.option("--on", "on", type=options.Day(), default=None, help="The day of the transfer (default: today in China).")
@options.configuration
@options.as_of
def commit(reservation: str, on: date | None, config: Path | None, ledger_url: str | None, as_of: date | None) -> int:
    """Book reservation ID: the transfer happened.

    A fact is never refused, even when the reservation expired or the year is over a line by now: then it is booked and
    the exit code is 1.
    """
    from .. import api, verdicts

    book = api.open_ledger(ledger_url, config=config)
    moment = api.now()
    found = book.booking(reservation).at(moment)
    if found.state == "committed" and on not in (None, found.transfer_on):
        hint = "void it if the day is wrong, check again and commit with the right one"
        raise UsageError(f"booking {found.id} is committed on {found.transfer_on} already", where="--on", hint=hint)
    expired = found.state == "expired"
    booked = book.commit(reservation, on or as_of or api.today(), now=moment)
    day = booked.transfer_on or api.today()
    click.echo(f"{booked.id} committed on {day}", err=True)
    if day > api.today():
        click.echo(f"exportgate: {day} lies ahead: the transfer is booked as if it had happened", err=True)
    said = ["the reservation had expired; the transfer is booked"] if expired else []
    said += verdicts.crossed(book, booked, api.settings(config), day)
    for alert in verdicts.undone(book, booked, api.settings(config), day):
        click.echo(f"exportgate: {alert['what']}", err=True)
    for sentence in said:
        click.echo(f"exportgate: {sentence}", err=True)
    return ExitCode.MUST_NOT_GO if said else ExitCode.MAY_GO


@click.command()
@click.argument("reservation", metavar="ID")
@click.option("--why", required=True, help="Why nothing left.")
@options.configuration
def release(reservation: str, why: str, config: Path | None, ledger_url: str | None) -> int:
    """Give reservation ID back: nothing left."""
    from .. import api

    book = api.open_ledger(ledger_url, config=config)
    released = book.release(reservation, why, now=api.now())
    click.echo(f"{released.id} released", err=True)
    return ExitCode.MAY_GO
