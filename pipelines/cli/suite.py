"""`exportgate suite -m MANIFEST [DIR]`: the gate as a Great Expectations project."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("-m", "--manifest", type=click.Path(path_type=Path), required=True, help="What this export is.")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--config", help="The exportgate.yaml that the expectations use.")
@click.option("--ledger", metavar="URL", help="Another ledger than the configuration's.")
@click.option("--source", type=click.Path(path_type=Path), help="A Parquet or CSV file (default: a frame at run time).")
@click.option("--book", is_flag=True, help="Also reserve the export when the checkpoint passes.")
def suite(
    manifest: Path, directory: Path, config: str | None, ledger: str | None, source: Path | None, book: bool
) -> None:
    """Write the suite, validation definition and checkpoint of an export into the project in DIRECTORY.

    The checkpoint runs the gate on the batch, writes Data Docs that work offline, and raises when the export must not
    go. Prints the lines that run it.
    """
    from ...scanner.manifest import Manifest
    from ..suite import project

    export = Manifest.from_file(manifest).export.id
    written = project.write(project.Wanted(manifest, export, config, ledger, source, book), directory)
    click.echo(f"wrote suite, validation definition and checkpoint {export!r} into {directory / 'gx'}", err=True)
    click.echo(written.script(), nl=False)
