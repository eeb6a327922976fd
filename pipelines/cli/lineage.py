"""`exportgate lineage DOCUMENT…`: column verdicts as files for data catalogues and lineage."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode, UsageError
from . import options


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@click.option("--format", "form", type=click.Choice(["openlineage", "datahub", "openmetadata"]), required=True)
@click.option("--name", default="", help="The dataset's name in the catalogue (default: the source's).")
@click.option("--platform", default="file", show_default=True, help="DataHub: the data platform.")
@click.option("--namespace", default="file", show_default=True, help="OpenLineage: the namespace.")
@click.option("--environment", default="PROD", show_default=True, help="DataHub: the environment.")
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Write the result to a file.")
def lineage(documents: tuple[str, ...], form: str, out: Path | None, **asked: Any) -> int:
    """Write what DOCUMENTs (scans or checks as JSON, - for standard input) found, for a catalogue to read.

    Nothing is sent: a file is written. No example of a value is in it.
    """
    from .. import api
    from ..lineage import FORMATS, Place

    place = Place(api.now(), **{key: asked[key] for key in ("platform", "namespace", "name", "environment")})
    read = [found for name in documents for found in _read(name)]
    options.write(json.dumps(FORMATS[form](read, place), ensure_ascii=False, indent=2), out)
    return ExitCode.MAY_GO


def _read(name: str) -> list[dict[str, Any]]:
    """Return the documents of a file: one, or one per line."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError("no such file", where=name) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read ({type(error).__name__})", where=name) from None
    try:
        found = [json.loads(text)]
    except json.JSONDecodeError:
        try:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
        except json.JSONDecodeError:
            raise UsageError("no JSON document", where=name, hint="exportgate scan SOURCE --format json") from None
    if not found or not all(isinstance(one, dict) for one in found):
        raise UsageError("no JSON document", where=name, hint="exportgate scan SOURCE --format json")
    return found
