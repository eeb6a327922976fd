"""`exportgate filing`: the dates of a filing, each with its article."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode
from .. import api
from ..messages import texts
from . import options


@click.group("filing", context_settings={"help_option_names": ["-h", "--help"]})
def filing_group() -> None:
    """Filings with the zone: application pack, consistency, calendar."""


@filing_group.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@click.option(
    "-m", "--manifest", "manifests", multiple=True, type=click.Path(path_type=Path), help="The exports to file."
)
@click.option("--year", type=click.IntRange(2000, 9999), help="The ledger's year (default: this one).")
@click.option("--from", "given", type=click.Path(path_type=Path), help="Papers from a filing.json that was completed.")
@click.option("--format", "form", type=click.Choice(["docx", "json"]), default="docx", show_default=True)
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="The folder (docx) or file (json).")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="One language only (default: both).")
@click.option("--quiet", is_flag=True, help="No progress, no messages.")
@options.configuration
@options.as_of
def pack(sources: tuple[str, ...], manifests: tuple[Path, ...], out: Path | None, **asked: Any) -> int:
    """Write the application and the filing, as far as they are known.

    With SOURCEs and one manifest the data is read now; otherwise the exports of the ledger's year are filed (those of
    the manifests, where given). What is not known is a marked blank. Writes DOCX papers in Chinese and English and
    filing.json into a folder (default: filing-pack), or the JSON alone.
    """
    from ..filings import pack as packing

    document, edition = packing.prepare(sources, manifests, given=asked["given"], **_common(asked))
    if asked["form"] == "json":
        options.write(json.dumps(document.to_dict(), ensure_ascii=False, indent=2), out)
        return ExitCode.MAY_GO
    says = texts(asked["lang"] or "en")
    folder = out or Path("filing-pack")
    for path in packing.write(document, edition, folder, [asked["lang"]] if asked["lang"] else ["zh", "en"]):
        click.echo(str(path))
    if document.blanks and not asked["quiet"]:
        click.echo(says("pack.blanks", count=len(document.blanks), path=folder / packing.JSON_NAME), err=True)
    return ExitCode.MAY_GO


def _common(asked: Any) -> dict[str, Any]:
    day = asked["as_of"] or api.today()
    return {
        "config": asked["config"],
        "ledger_url": asked["ledger_url"],
        "as_of": day,
        "year": asked["year"] or day.year,
    }


@filing_group.command()
@click.argument("filings", nargs=-1, required=True, metavar="FILING…", type=click.Path(path_type=Path))
@options.period
@options.configuration
@options.as_of
@options.output("text", "json")
def verify(filings: tuple[Path, ...], config: Path | None, ledger_url: str | None, **asked: Any) -> int:
    """Hold what really left against what was filed, as the consistency spot-check will.

    FILING is the pack's filing.json or a YAML document of your own; several together cover one ledger. Exits 1 when a
    difference blocks, 4 when a person must look, 0 when the exports are what was filed.
    """
    from ... import field_maps
    from ...scanner import filings as spot_check
    from ..filings import recorded, spot_check_text
    from ..period import period

    settings = api.settings(config)
    today = asked["as_of"] or api.today()
    days = period(**{name: asked[name] for name in ("start", "end", "half", "year")}, today=today)
    read = [spot_check.read(path) for path in filings]
    book = api.open_ledger(ledger_url, config=settings)
    found = recorded.verify(read, book, settings, days.start, days.end, api.now())
    if asked["form"] == "json":
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=2)
    else:
        lang, edition = asked["lang"], field_maps.load(settings.list)
        text = spot_check_text.text(found.to_dict(), lang, cite=lambda article: edition.citation(article, lang))
    options.write(text, asked["out"])
    return found.exit_code


@filing_group.command()
@click.option("--list", "edition", metavar="LIST", help="An edition's id or folder (default: the configured list).")
@click.option("--applied", type=options.Day(), help="The day of the application.")
@click.option("--filed", type=options.Day(), help="The day of the filing.")
@click.option("--opinion", type=options.Day(), help="The day of the area's opinion.")
@click.option("--reading", type=click.Choice(["latest", "opens"]), help="How the renewal window is read.")
@click.option("--filing", "filings", multiple=True, type=click.Path(path_type=Path), help="Also the dates of a filing.")
@options.configuration
@options.as_of
@options.output("text", "json", "ics")
def calendar(edition: str | None, filings: tuple[Path, ...], as_of: dt.date | None, **asked: Any) -> None:
    """Print every date of the list and of one filing, with its article.

    With a ledger (the configuration's, where there is one) also those of the approvals and years on record. Working
    days follow the official calendar, make-up days included; where a year's calendar is not published yet, the date
    says so instead of guessing.
    """
    from ... import field_maps
    from ...scanner import filing_calendar
    from ..filings import dates as kept

    settings = api.settings(asked["config"])
    known = field_maps.load(edition or settings.list)
    days = {name: asked[name] for name in ("applied", "filed", "opinion")}
    window = asked["reading"] or settings.config.readings.get("renewal_window", "")
    day = as_of or api.today()
    own = filing_calendar.dates(known, as_of=day, window=window, **days)
    more = kept.on_record(settings, asked["ledger_url"], known, window)
    dates = filing_calendar.in_order([*own, *more, *kept.of_filings(filings, known, window)])
    options.write(kept.written(dates, known, day, asked["form"], asked["lang"]), asked["out"])
