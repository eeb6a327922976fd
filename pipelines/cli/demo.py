"""`exportgate demo [DIR]`: the main job on bundled synthetic data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ...scanner.errors import ExitCode
from . import options


@click.command()
@click.argument("directory", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--quiet", is_flag=True, help="No progress, no messages.")
@options.as_of
def demo(directory: Path, lang: str, quiet: bool, as_of: date | None) -> int:
    """Scan, count and gate five synthetic exports in DIR (default: demo) and write report.html there.

    No configuration is needed and nothing outside DIR is touched. Exits 0 although one of the exports is stopped.
    """
    from .. import api, tables
    from ..demo import LEDGER, run_demo
    from ..messages import texts

    says = texts(lang)
    done = run_demo(directory, as_of or api.today(), lang, lambda line: None if quiet else click.echo(line, err=True))
    click.echo(tables.verdicts(done.documents, lang))
    click.echo()
    click.echo(says("demo.stopped", count=done.stopped, all=len(done.documents)))
    click.echo(says("demo.report", path=done.report))
    click.echo(says("demo.ledger", path=directory / LEDGER))
    return ExitCode.MAY_GO
