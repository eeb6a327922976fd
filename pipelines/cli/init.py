"""`exportgate init`: a commented configuration and a ledger key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from ...scanner.errors import UsageError
from ..config import FILE_NAME

KEY_NAME = "exportgate.key"

TEMPLATE = """\
# exportgate: who exports, which list, where the ledger is. ${{NAME}} is replaced by an environment variable.
handler:
  name: ""                 # the data handler, as registered
  uscc: ""                 # unified social credit code
  ftz_area: xiamen         # fuzhou | xiamen | pingtan | none
  exports_from_ftz: true   # the export activity is carried out in the zone
  ciio: false              # critical information infrastructure operator
list: fujian-2025          # an edition's id, or the folder of your own
ledger:
  url: exportgate.duckdb   # a file, or postgresql://…; it stays in China
  key: {{file: {key}}}  # 32 bytes in hexadecimal; whoever has it can test whether a person is in the ledger
sensitivity: gbt45574      # or gbt35273, the stricter legacy reading
counting:
  persons_with_both: both  # or sensitive-only
  unlinked: upper          # or lower
readings: {{}}               # choices among the open readings; `exportgate list show` names them
gate: {{warn_at: 0.8}}       # warn when this share of a threshold is used
holdings: {{}}               # persons held, for the unified important-data rule
"""


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=Path())
def init(directory: Path) -> None:
    """Write exportgate.yaml and a ledger key (mode 0600) into DIRECTORY. Refuses to overwrite."""
    config, key = directory / FILE_NAME, directory / KEY_NAME
    for path in (config, key):
        if path.exists():
            raise UsageError("already there: nothing was overwritten", where=str(path))
    try:
        directory.mkdir(parents=True, exist_ok=True)
        write_key(key)
        config.write_text(TEMPLATE.format(key=KEY_NAME), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", where=str(directory)) from None
    click.echo(f"wrote {config} and {key}")
    click.echo("Back the key up outside this machine: without it the ledger of the year cannot be read.", err=True)


def write_key(path: Path) -> None:
    """Write a new random master key that only its owner may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
