"""`exportgate report`: a period's material as HTML, JSON or XLSX."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode, UsageError
from . import options


@click.command()
@options.period
@options.configuration
@options.as_of
@options.output("html", "json", "xlsx")
def report(config: Path | None, ledger_url: str | None, out: Path | None, **asked: Any) -> int:
    """A period's exports as material for the area agency's half-year report, whose duty that report is.

    Scenarios, recipients, persons (new and year to date, both bounds), exclusions with their evidence, incidents,
    changes, voids, filings. Default: this year so far. XLSX needs -o.
    """
    from .. import api, period_report
    from ..period import period

    form = asked["form"]
    if form == "xlsx" and out is None:
        raise UsageError("a workbook is no text: say where it goes with -o FILE.xlsx", where="report --format xlsx")
    settings = api.settings(config)
    days = period(
        start=asked["start"],
        end=asked["end"],
        half=asked["half"],
        year=asked["year"],
        today=asked["as_of"] or api.today(),
    )
    made = period_report.build(settings, api.open_ledger(ledger_url, config=settings), days, api.now())
    if form == "xlsx":
        assert out is not None
        options.write_bytes(made.to_xlsx(asked["lang"]), out)
    else:
        options.write(made.to_json() if form == "json" else made.to_html(asked["lang"]), out)
    return ExitCode.MAY_GO
