"""`exportgate schema KIND`: the JSON Schema of a document."""

from __future__ import annotations

from pathlib import Path

import click

from ...scanner.documents import nearest
from ...scanner.errors import UsageError
from .. import schemas
from . import options


@click.command()
@click.argument("kind", required=False)
@click.option("-o", "--output", "out", type=click.Path(path_type=Path))
def schema(kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of KIND; without KIND, the kinds there are."""
    names = schemas.names()
    if kind is None:
        options.write("\n".join(names), None)
        return
    name = kind.removeprefix("exportgate.").removesuffix("/1")
    if name not in names:
        raise UsageError(f"no such document: {kind}", hint=nearest(name, names))
    options.write(schemas.text(name), out)
