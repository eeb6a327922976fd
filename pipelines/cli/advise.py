"""`exportgate advise SOURCE… -m MANIFEST`: the smallest honest changes after which the export passes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...scanner.errors import UsageError
from . import options

if TYPE_CHECKING:
    from ...scanner.advice_trials import Advice


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("-m", "--manifest", type=click.Path(path_type=Path), required=True, help="What this export is.")
@click.option("--write", "target", type=click.Path(path_type=Path), help="Write the reduced dataset (Parquet) there.")
@click.option("--choose", type=click.IntRange(1), metavar="N", help="Which suggestion to write (default: the first).")
@options.configuration
@options.as_of
@options.output("text", "json")
def advise(
    sources: tuple[str, ...],
    manifest: Path,
    target: Path | None,
    choose: int | None,
    config: Path | None,
    ledger_url: str | None,
    as_of: date | None,
    form: str,
    out: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Find the smallest honest changes after which the SOURCEs, as one export, pass. Books nothing.

    Every suggestion was tried with the real rules, and fails again when any part of it is undone. The exit code is the
    export's as it is: 0 may go · 1 must not go · 4 a person must review.
    """
    from .. import advice_text, api, progress

    with progress.bar(quiet=quiet) as bar:
        found = api.advise(api.expand(sources), manifest, config=config, ledger=ledger_url, as_of=as_of, progress=bar)
    document = found.to_dict()
    personal = len(found.trials.room().personal)
    text = json.dumps(document, ensure_ascii=False) if form == "json" else None
    options.write(text or "\n".join(advice_text.lines(document, personal, lang)), out)
    if target is not None:
        write_reduced(found, target, choose)
    return found.checked.exit_code


def write_reduced(found: Advice, target: Path, choose: int | None) -> None:
    """Write what may leave under a suggestion: one Parquet file, or a folder of them for several datasets."""
    changing = [one for one in found.suggestions if one.change.dropped or one.change.persons is not None]
    wanted = changing[:1] if choose is None else list(found.suggestions[choose - 1 : choose])
    if not wanted or wanted[0] not in changing:
        raise UsageError("there is no such suggestion that leaves anything out", where="--write")
    tables = found.reduced(wanted[0])
    if len(tables) == 1:
        _write(tables[0][1], target)
        return
    target.mkdir(parents=True, exist_ok=True)
    for name, table in tables:
        _write(table, target / f"{name}.parquet")


def _write(table: object, target: Path) -> None:
    import pyarrow.parquet as pq

    if target.exists():
        raise UsageError("already there: nothing was overwritten", where=str(target))
    part = target.with_name(f".{target.name}.part")
    try:
        pq.write_table(table, part)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"cannot be written ({error.strerror})", where=str(target)) from None
