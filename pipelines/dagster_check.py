"""Dagster: the gate as a blocking asset check, and a resource that books.

::

    gate = export_gate_check(outbound, manifest="members.yaml", source="out/members.parquet")

    @dg.asset(deps=[outbound])
    def shipped(exportgate: ExportGateResource) -> None:
        with exportgate.transfer("out/members.parquet", "members.yaml"):
            ship("out/members.parquet")

    defs = dg.Definitions([outbound, shipped], asset_checks=[gate], resources={"exportgate": ExportGateResource()})

The check blocks: what is downstream does not run unless the export may go. Metadata holds counts and citations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from . import step
from .extras import need

with need("dagster"):
    import dagster as dg

Source = str | Callable[[], Any]


class ExportGateResource(dg.ConfigurableResource):
    """Where the gate finds its configuration and ledger; empty means as on the command line."""

    config: str = ""
    ledger: str = ""

    def check(self, source: Any, manifest: Any, *, reserve: bool = False, as_of: str | None = None) -> dict[str, Any]:
        """Return the summary of a check, stopped or not."""
        options: dict[str, Any] = {"config": self.config or None, "ledger": self.ledger or None}
        return step.run(source, manifest, as_of=as_of, reserve=reserve, stop=False, **options)

    @contextmanager
    def transfer(self, source: Any, manifest: Any, *, as_of: str | None = None) -> Iterator[dict[str, Any]]:
        """Check and reserve, run the block, book.

        A block that raises leaves the reservation open: something may have left.
        """
        options: dict[str, Any] = {"config": self.config or None, "ledger": self.ledger or None}
        passed = step.run(source, manifest, as_of=as_of, **options)
        yield passed
        step.commit(passed["reservation"], on=as_of, **options)


def export_gate_check(
    asset: Any,
    *,
    manifest: str,
    source: Source,
    config: str | None = None,
    ledger: str | None = None,
    as_of: str | None = None,
    name: str = "export_gate",
    blocking: bool = True,
) -> Any:
    """Return the asset check of an export: `source` is a path, or a function that returns the data.

    An error of a source, the ledger or a component fails the check's step itself, which blocks as well.
    """

    @dg.asset_check(asset=asset, name=name, blocking=blocking, description=f"exportgate: {manifest}")
    def check() -> Any:
        data = source() if callable(source) else source
        found = step.run(data, manifest, config=config, ledger=ledger, as_of=as_of, reserve=False, stop=False)
        return result(found)

    return check


def result(summary: dict[str, Any]) -> Any:
    """Return a summary as an asset check's result; an export that cannot be decided has not passed."""
    return dg.AssetCheckResult(
        passed=summary["outcome"] == "may-go",
        severity=dg.AssetCheckSeverity.ERROR,
        description=step.sentence(summary),
        metadata={key: value for key, value in summary.items() if value not in (None, [], {})},
    )
