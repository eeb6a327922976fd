"""Write the gate into a Great Expectations project: suite, validation definition, checkpoint, offline Data Docs.

Writing again replaces what was written for the same export, and leaves everything else in the project alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...scanner.errors import UsageError
from ..validation_engine import great_expectations
from . import computed

DATA_SOURCE = "exportgate"
BATCH = "whole"


@dataclass(frozen=True)
class Written:
    """What was written, by the names Great Expectations knows it by."""

    project: Path
    suite: str
    validation_definition: str
    checkpoint: str
    asset: str
    data: str
    """``dataframe`` when the batch is handed over at run time, else the path of the file."""

    def script(self) -> str:
        """Return the lines that run the checkpoint."""
        frame = 'batch_parameters={"dataframe": frame}' if self.data == "dataframe" else ""
        return (
            "import exportgate.pipelines.expectations  # registers the gate\n"
            "import great_expectations as gx\n\n"
            f'context = gx.get_context(mode="file", project_root_dir={str(self.project)!r})\n'
            f"context.checkpoints.get({self.checkpoint!r}).run({frame})  # raises when the export must not go\n"
        )


@dataclass(frozen=True)
class Wanted:
    """Whose export, by the paths the expectations will name; `source` is a Parquet or CSV file, or nothing."""

    manifest: Path
    export: str
    config: str | None = None
    ledger: str | None = None
    source: Path | None = None
    book: bool = False


def write(wanted: Wanted, folder: Path) -> Written:
    """Write suite, validation definition and checkpoint of an export into the project of `folder`."""
    from .. import data_docs

    gx = great_expectations()
    new = not (folder / "gx" / "great_expectations.yml").exists()
    context = gx.get_context(mode="file", project_root_dir=str(folder))
    context.variables.progress_bars = computed.silent()
    _know_the_gate(context)
    site = data_docs.add_site(context, alone=new)
    suite = _replaced(context.suites, gx.ExpectationSuite(wanted.export, expectations=expectations(wanted)))
    batch = _batch(context, wanted)
    definition = gx.ValidationDefinition(name=wanted.export, data=batch, suite=suite)
    definition = _replaced(context.validation_definitions, definition)
    checkpoint = gx.Checkpoint(
        name=wanted.export,
        validation_definitions=[definition],
        actions=_actions(wanted, site),
        result_format={"result_format": "BASIC"},
    )
    _replaced(context.checkpoints, checkpoint)
    data = str(wanted.source) if wanted.source else "dataframe"
    return Written(folder, wanted.export, wanted.export, wanted.export, wanted.export, data)


def expectations(wanted: Wanted) -> list[Any]:
    """Return the gate's expectations for an export, as they run on its data."""
    from great_expectations.expectations.metadata_types import FailureSeverity

    from .. import expectations as gate

    about: dict[str, Any] = {"manifest": str(wanted.manifest), "config": wanted.config, "ledger": wanted.ledger}
    return [
        gate.ExpectDistinctPersonsYearToDateToBeBelowTier(**about),
        gate.ExpectTablePersonalInformationToBeDeclared(**about),
        gate.ExpectTableImportantDataToBeCleared(**about),
        gate.ExpectTableColumnsToBeWithinFiling(**about),
        gate.ExpectTableColumnsToBeDecided(**about, severity=FailureSeverity.WARNING),
        gate.ExpectTableReadingsToAgree(**about),
        gate.ExpectTableScanToBeComplete(**about),
    ]


def _actions(wanted: Wanted, site: str) -> list[Any]:
    from great_expectations.checkpoint.actions import UpdateDataDocsAction

    from .. import expectations as gate

    actions: list[Any] = [UpdateDataDocsAction(name="data docs", site_names=[site])]
    actions.append(gate.BlockExportAction(name="block"))
    if wanted.book:
        about: dict[str, Any] = {"manifest": str(wanted.manifest), "config": wanted.config, "ledger": wanted.ledger}
        actions.append(gate.BookExportAction(name="book", **about))
    return actions


def _know_the_gate(context: Any) -> None:
    from ..expectations import store

    if store.NAME not in context.config.stores:
        context.add_store(store.NAME, store.configuration())


def _batch(context: Any, wanted: Wanted) -> Any:
    """Return the batch definition: of the file, or of a frame that is handed over when the checkpoint runs."""
    name = f"{DATA_SOURCE}: {wanted.export}"
    if wanted.source is None:
        source = context.data_sources.add_or_update_pandas(name)
        return source.add_dataframe_asset(wanted.export).add_batch_definition_whole_dataframe(BATCH)
    file = wanted.source
    source = context.data_sources.add_or_update_pandas_filesystem(name, base_directory=file.resolve().parent)
    if file.suffix == ".parquet":
        asset = source.add_parquet_asset(wanted.export)
    elif file.suffix in {".csv", ".tsv"}:
        separator = "\t" if file.suffix == ".tsv" else ","
        as_text = dict.fromkeys(_columns(file), "string")
        asset = source.add_csv_asset(wanted.export, dtype=as_text, sep=separator)
    else:
        hint = "leave --source out, and hand the batch over as a frame"
        raise UsageError("only Parquet and CSV files can be file assets", where=str(file), hint=hint)
    return asset.add_batch_definition_path(BATCH, path=file.name)


def _columns(file: Path) -> list[str]:
    """Return a file's columns: a text file is read as text, or leading zeros of identifiers are gone."""
    from ...scanner import sources

    return list(sources.open_source(file).schema.names)


def _replaced(factory: Any, thing: Any) -> Any:
    """Add a thing to the project in place of the one of the same name."""
    return factory.add_or_update(thing)
