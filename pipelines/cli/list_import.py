"""`exportgate list import`: hold the Chinese original against the working catalogue, and adopt it when confirmed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from ...scanner.errors import ExitCode, UsageError
from . import options


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--list", "list_id", default=None, help="The working edition (default: the built-in list).")
@click.option(
    "--match", "matches", multiple=True, metavar="PLACE=ID", help="A person's answer for one row; ID or `new`."
)
@click.option("--confirm", is_flag=True, help="The differences were read: write the new edition.")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="The new edition's folder (with --confirm).")
@options.as_of
@options.output("text", "json")
def import_list(
    file: Path,
    list_id: str | None,
    matches: tuple[str, ...],
    confirm: bool,
    folder: Path | None,
    as_of: date | None,
    form: str,
    out: Path | None,
    **_: object,
) -> int:
    """Merge the Chinese original (.xlsx, .docx, .pdf or .csv): show what differs, and adopt it with --confirm.

    The original controls. Reading changes nothing; --confirm writes a new dated edition folder whose rows are official,
    and leaves the working edition as it is.
    """
    from ... import field_maps
    from .. import api, list_import
    from ..list_import import words

    edition = field_maps.load(list_id or field_maps.default_id())
    difference = list_import.compare(list_import.read_original(file), edition, _decided(matches))
    text = json.dumps(difference.to_dict(), ensure_ascii=False) if form == "json" else words.text(difference)
    if confirm:
        if folder is None:
            raise UsageError("where to?", where="--to", hint="name a new folder for the edition")
        written = list_import.adopt(difference, edition, folder, as_of or api.now().date())
        click.echo(f"written: {written} (use it with `list: {written}`)", err=True)
    options.write(text, out)
    return ExitCode.MAY_GO


def _decided(matches: tuple[str, ...]) -> dict[str, str]:
    decided = {}
    for each in matches:
        place, _, answer = each.rpartition("=")
        if not place or not answer:
            raise UsageError(f"not PLACE=ID: {each}", where="--match")
        decided[place] = answer
    return decided
