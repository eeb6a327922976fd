"""`exportgate incident`: record an incident or a suspension order, and whom to tell."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode, UsageError
from . import options


@click.group()
def incident() -> None:
    """Record incidents and suspension orders; a suspension stops the gate until it is lifted."""


@incident.command()
@click.option("--what", required=True, help="What happened. Never a person's data.")
@click.option("--on", "on", type=options.Day(), help="The day it happened (default: --as-of, or today in China).")
@click.option("--risk", is_flag=True, help="No incident yet: the risk of the export is rising.")
@click.option("--export", "export", default="", help="The export it concerns; narrows a suspension.")
@click.option("--row", "rows", multiple=True, help="The threshold row it concerns; narrows a suspension.")
@click.option("--recipient", default="", help="The recipient it concerns; narrows a suspension.")
@click.option("--persons", type=click.IntRange(0), help="How many persons it concerns, as far as known.")
@click.option("--remedy", default="", help="What was done about it.")
@click.option("--reported", "reported_on", type=options.Day(), help="The day it was reported.")
@click.option("--suspend", is_flag=True, help="An order to suspend exports was received: the gate stops.")
@click.option("--lift", is_flag=True, help="A suspension was lifted: every one in force, or --order alone.")
@click.option("--order", default="", help="The order's number.")
@options.configuration
@options.as_of
@options.output("text", "json")
def add(what: str, config: Path | None, ledger_url: str | None, **asked: Any) -> int:
    """Record an incident, and print whom to tell."""
    from ... import field_maps
    from .. import api
    from ..filings import incident_text, incidents

    settings = api.settings(config)
    edition = field_maps.load(settings.list)
    _require_sense(asked)
    for name, text in (("--what", what), ("--remedy", asked["remedy"]), ("--order", asked["order"])):
        incidents.require_no_person(text, name)
    details = {
        key: asked[key] for key in ("rows", "recipient", "persons", "remedy", "risk", "reported_on") if asked[key]
    }
    details = {key: value.isoformat() if isinstance(value, date) else value for key, value in details.items()}
    book: Any = api.open_ledger(ledger_url, config=settings)
    now = api.now()
    book.incident(
        what,
        on=asked["on"] or asked["as_of"],
        export=asked["export"],
        suspend=asked["suspend"],
        lift=asked["lift"],
        order=asked["order"],
        details=details,
        now=now,
    )
    area = settings.config.handler.ftz_area
    document = incidents.document(book.history(), edition, area, field_maps.national_rule())
    document["incidents"] = document["incidents"][-1:]
    _print(document, asked, edition, incident_text.added)
    return ExitCode.MAY_GO


@incident.command("list")
@options.configuration
@options.output("text", "json")
def show(config: Path | None, ledger_url: str | None, **asked: Any) -> int:
    """The incidents on record, and the orders with their state."""
    from ... import field_maps
    from .. import api
    from ..filings import incident_text, incidents

    settings = api.settings(config)
    edition = field_maps.load(settings.list)
    entries = api.open_ledger(ledger_url, config=settings).history()
    area = settings.config.handler.ftz_area
    document = incidents.document(entries, edition, area, field_maps.national_rule())
    _print(document, asked, edition, incident_text.listed)
    return ExitCode.MAY_GO


def _require_sense(asked: Any) -> None:
    from .. import api

    if asked["suspend"] and asked["lift"]:
        raise UsageError("an order is received or lifted, not both", where="--suspend, --lift")
    if asked["order"] and not (asked["suspend"] or asked["lift"]):
        raise UsageError("an order is received (--suspend) or lifted (--lift)", where="--order")
    if asked["on"] and asked["on"] > (asked["as_of"] or api.today()):
        raise UsageError(f"{asked['on']} is still to come", where="--on")


def _print(document: dict[str, Any], asked: Any, edition: Any, text: Any) -> None:
    if asked["form"] == "json":
        options.write(json.dumps(document, ensure_ascii=False, indent=2, default=str), asked["out"])
    else:
        lang = asked["lang"]
        options.write(text(document, lang, lambda article: edition.citation(article, lang)), asked["out"])
