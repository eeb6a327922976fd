"""`exportgate incident`: record an incident or a suspension order, and whom to tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode
from . import options


@click.group()
def incident() -> None:
    """Record incidents and suspension orders; a suspension stops the gate until it is lifted."""


@incident.command()
@click.option("--what", required=True, help="What happened. Never a person's data.")
@click.option("--export", "export", default="", help="The export it concerns.")
@click.option("--suspend", is_flag=True, help="An order to suspend exports was received: the gate stops.")
@click.option("--lift", is_flag=True, help="The suspension was lifted.")
@options.configuration
def add(what: str, export: str, suspend: bool, lift: bool, config: Path | None, ledger_url: str | None) -> int:
    """Record an incident, and print whom to tell."""
    from ... import field_maps
    from .. import api

    settings = api.settings(config)
    book: Any = api.open_ledger(ledger_url, config=settings)
    book.incident(what, export=export, suspend=suspend, lift=lift, now=api.now())
    edition = field_maps.load(settings.list)
    duty = getattr(edition, "incident_duty", "")
    if duty:
        click.echo(str(duty), err=True)
    return ExitCode.MAY_GO


@incident.command("list")
@options.configuration
@options.output("text", "json")
def show(config: Path | None, ledger_url: str | None, form: str, out: Path | None, **_: object) -> int:
    """The incidents on record."""
    from .. import api

    entries = [entry.to_dict() for entry in api.open_ledger(ledger_url, config=config).history()]
    incidents = [entry for entry in entries if entry["kind"] == "incident"]
    lines = [json.dumps(entry, ensure_ascii=False, default=str) for entry in incidents]
    if form == "text":
        lines = [f"{entry['at']}  {entry.get('what', '')}" for entry in incidents]
    options.write("\n".join(lines), out)
    return ExitCode.MAY_GO
