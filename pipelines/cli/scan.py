"""`exportgate scan SOURCE…`: profile, detect, map. No ledger, no manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...scanner.errors import ExitCode
from . import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...scanner.results import Scan


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--sample", type=click.IntRange(min=1), help="Look at N rows only; the scan says so.")
@click.option("--sector", help="Map onto this sector of the list.")
@click.option("--scenario", help="Map onto this scenario of the list.")
@click.option("--list", "edition", default=None, help="The edition of the list (default: the configuration's).")
@options.configuration
@options.as_of
@options.output("text", "json", "html", "github")
def scan(
    sources: tuple[str, ...],
    sample: int | None,
    sector: str | None,
    scenario: str | None,
    edition: str | None,
    config: Path | None,
    ledger_url: str | None,
    as_of: object,
    form: str,
    out: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Profile each SOURCE, find personal information in every cell, and map the columns onto the list.

    A SOURCE is a file, a folder (one dataset), a glob or the address of a table. Tables of one database, or of one
    glob, tell of each other where they belong. JSON output is one document per SOURCE, one line each. Exit code 4 when
    a column stays undecided.
    """
    from .. import api, families, progress

    settings = api.settings(config)
    with progress.bar(quiet=quiet) as bar:
        scans = families.scan(
            sources, list=edition, sector=sector, scenario=scenario, sample=sample, config=settings, progress=bar
        )
    options.write(_shown(scans, form, lang), out)
    return ExitCode.REVIEW if any(column.undecided for found in scans for column in found.columns) else ExitCode.MAY_GO


def _shown(scans: Sequence[Scan], form: str, lang: str) -> str:
    if form == "json":
        return "\n".join(found.to_json() for found in scans)
    documents = [found.to_dict() for found in scans]
    if form == "html":
        from .. import report

        return report.render(documents, lang)
    if form == "github":
        from .. import annotations

        return "\n".join(line for document in documents for line in annotations.lines(document, lang))
    from .. import tables

    return tables.scans(documents, lang)
