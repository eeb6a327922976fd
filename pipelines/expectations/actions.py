"""What a checkpoint does with the answer: stop the caller, or book the export."""

from __future__ import annotations

from typing import Any, Literal

from great_expectations.checkpoint.actions import ActionContext, ValidationAction

from ...scanner.errors import ExportgateError
from . import running
from .base import COULD_NOT_EVALUATE


class ExportBlockedError(ExportgateError):
    """The checkpoint did not pass, so the export must not go."""


class BlockExportAction(ValidationAction):
    """Stop whoever runs the checkpoint when an expectation of severity `critical` did not pass.

    It raises after Data Docs were written. An expectation that could not be evaluated stops the export as well, and so
    does a checkpoint that holds no expectation of the gate at all.
    """

    type: Literal["exportgate_block"] = "exportgate_block"

    def run(self, checkpoint_result: Any, action_context: ActionContext | None = None) -> dict[str, Any]:
        """Raise ExportBlockedError naming the expectations that did not pass."""
        stopped = blocking(checkpoint_result)
        if stopped:
            raise ExportBlockedError("the export must not go: " + "; ".join(stopped))
        return {"blocked": False}


class BookExportAction(ValidationAction):
    """Book the export when every critical expectation passed: a reservation, or (`commit`) the booking itself.

    Put it behind `BlockExportAction`. `manifest`, `config`, `ledger` and `as_of` are those of the expectations. With
    `commit` false (default) the transfer is committed later: ``exportgate commit ID``; an open reservation keeps its
    headroom until then. Booking the same batch again books nobody twice.
    """

    type: Literal["exportgate_book"] = "exportgate_book"
    manifest: str
    config: str | None = None
    ledger: str | None = None
    as_of: str | None = None
    commit: bool = False

    def run(self, checkpoint_result: Any, action_context: ActionContext | None = None) -> dict[str, Any]:
        """Reserve (and commit) the export; nothing is booked when the checkpoint did not pass."""
        stopped = blocking(checkpoint_result)
        if stopped:
            return {"booked": False, "why": stopped}
        settings = {name: getattr(self, name) for name in ("manifest", "config", "ledger", "as_of")}
        return {"booked": True, **running.book(settings, commit=self.commit)}


def blocking(checkpoint_result: Any) -> list[str]:
    """Return a sentence for each critical expectation that did not pass, and one when the gate was not asked at all.

    A stock expectation mixed into the suite blocks by its type alone: its result may quote cells.
    """
    results = [result for run in checkpoint_result.run_results.values() for result in run.results]
    asked = [result for result in results if _is_ours(result)]
    stopped = [_sentence(result) for result in results if not result.success and _severity(result) == "critical"]
    return stopped if asked else [*stopped, "no expectation of the gate was evaluated"]


def _is_ours(result: Any) -> bool:
    return "outcome" in _details(result) or result.expectation_config.type in _our_types()


def _our_types() -> frozenset[str]:
    from .base import ExportExpectation

    return frozenset(kind.expectation_type for kind in ExportExpectation.__subclasses__())


def _severity(result: Any) -> str:
    """Severity of an expectation; what says nothing is critical."""
    severity = getattr(result.expectation_config, "severity", None)
    return str(getattr(severity, "value", severity) or "critical")


def _sentence(result: Any) -> str:
    details, name = _details(result), result.expectation_config.type
    if details.get("outcome") == COULD_NOT_EVALUATE:
        return f"{name} could not be evaluated ({details.get('why')})"
    observed = (result.result or {}).get("observed_value") if _is_ours(result) else None
    citation = details.get("citation")
    told = f"{name} failed" if observed is None else f"{name} failed at {observed}"
    return f"{told} [{citation}]" if citation else told


def _details(result: Any) -> dict[str, Any]:
    found = (result.result or {}).get("details")
    return found if isinstance(found, dict) else {}
