"""What every expectation of the gate has in common: where its measures come from, and how it speaks.

An expectation reads *measures* (whole numbers about an export, never a cell). They come from one of two places:

* **a check that has been computed**: the batch is the table of measures (columns ``measure`` and ``value``), and
  `manifest` is empty. This is how `exportgate check` asserts its own result;
* **somebody's data**: the batch is the data that is about to leave, and `manifest` names the manifest of the export.
  The gate is then run on the batch (nothing is booked), once for all expectations that name the same manifest.

Three outcomes, in ``result["details"]["outcome"]``: ``passed``, ``failed``, ``could-not-evaluate``. The last one fails.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.render.components import (
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.renderer.renderer import renderer

METRIC = "table.exportgate_findings"
COLUMN_ORDER = (
    *("counted_under", "counter", "persons", "line", "used", "state"),
    *("issue", "findings", "rule", "held", "route", "basis"),
)
"""Order of a table's columns: results come back from their store in the order of the alphabet."""
PASSED, FAILED, COULD_NOT_EVALUATE = "passed", "failed", "could-not-evaluate"


class NotEvaluatedError(Exception):
    """The measures needed are not there, so nothing may be concluded. The message is a sentence without values."""


@dataclass(frozen=True)
class Findings:
    """What the metric hands to the expectations: measures, the limits they are held against, and citations.

    `cited` says that the verdict gives reasons at all. `error` is set when the gate could not be run on the batch;
    then nothing else is.
    """

    measures: dict[str, int] = field(default_factory=dict)
    limits: tuple[dict[str, Any], ...] = ()
    requirements: tuple[dict[str, Any], ...] = ()
    citations: dict[str, str] = field(default_factory=dict)
    cited: bool = True
    error: str = ""

    def measure(self, name: str) -> int:
        """Return one measure; a missing one means that nothing may be concluded."""
        if self.error:
            raise NotEvaluatedError(self.error)
        if name not in self.measures:
            raise NotEvaluatedError(f"no such measure: {name}")
        return self.measures[name]


@dataclass(frozen=True)
class Outcome:
    """What an expectation concluded: the number observed, and the lines of its table."""

    success: bool
    observed: int | str | None
    lines: tuple[dict[str, Any], ...] = ()
    citation: str = ""


class ExportExpectation(BatchExpectation, ABC):
    """Base of the gate's expectations.

    `manifest` and `config` are paths; `ledger` overrides the ledger of the configuration; `as_of` is the transfer date
    (ISO, default today in China). `citation` is the provision a failure rests on, taken from the edition of the list.
    """

    manifest: str | None = None
    config: str | None = None
    ledger: str | None = None
    as_of: str | None = None
    citation: str = ""

    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("manifest", "config", "ledger", "as_of")
    args_keys: ClassVar[tuple[str, ...]] = ("manifest",)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)

    sentence: ClassVar[str] = ""
    """What is expected, in one clause; shown in Data Docs."""

    @abstractmethod
    def conclude(self, findings: Findings) -> Outcome:
        """Judge the findings; NotEvaluatedError when a measure is missing."""

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        try:
            outcome = self.conclude(metrics[METRIC])
        except NotEvaluatedError as reason:
            return _result(False, None, COULD_NOT_EVALUATE, why=str(reason), citation=self.citation)
        word = PASSED if outcome.success else FAILED
        return _result(
            outcome.success,
            outcome.observed,
            word,
            lines=list(outcome.lines),
            citation=outcome.citation or self.citation,
        )

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None, **_: Any
    ) -> list[RenderedStringTemplateContent]:
        kwargs = _kwargs(configuration, result)
        details = _details(result)
        citation = details.get("citation") or kwargs.get("citation") or ""
        template = f"{cls.sentence}." + (" Basis: $citation" if citation else "")
        return [
            _text(
                template,
                {"citation": citation, "manifest": kwargs.get("manifest") or ""},
                {"citation": {"tag": "em"}},
            )
        ]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None, **_: Any
    ) -> str:
        details = _details(result)
        if not details or details.get("outcome") == COULD_NOT_EVALUATE:
            return f"could not evaluate: {details.get('why', 'the gate gave no answer')}"
        observed = result.result.get("observed_value")
        return f"{observed:,}" if isinstance(observed, int) else str(observed)

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.STATUS_ICON)
    def _diagnostic_status_icon_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None, **_: Any
    ) -> RenderedStringTemplateContent:
        word = _details(result).get("outcome", COULD_NOT_EVALUATE)
        icon, colour = {PASSED: ("✔", "text-success"), FAILED: ("✖", "text-danger")}.get(word, ("?", "text-warning"))
        return _text(
            "$icon",
            {"icon": icon, "markdown_status_icon": icon},
            {"icon": {"classes": [colour, "font-weight-bold"], "tag": "span"}},
        )

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)
    def _diagnostic_unexpected_statement_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None, **_: Any
    ) -> list[Any]:
        return []

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None, **_: Any
    ) -> list[Any] | None:
        lines = _details(result).get("lines") or []
        if not lines:
            return None
        header = sorted(lines[0], key=COLUMN_ORDER.index)
        return [
            RenderedTableContent(
                content_block_type="table",
                header_row=[word.replace("_", " ") for word in header],
                table=[[_cell(line.get(word)) for word in header] for line in lines],
                styling={"body": {"classes": ["table", "table-bordered", "table-sm", "mt-3", "exportgate-lines"]}},
            )
        ]


def _result(success: bool, observed: int | str | None, outcome: str, **details: Any) -> dict[str, Any]:
    return {"success": success, "result": {"observed_value": observed, "details": {"outcome": outcome, **details}}}


def _kwargs(configuration: Any, result: Any) -> dict[str, Any]:
    configuration = configuration or getattr(result, "expectation_config", None)
    return dict(configuration.kwargs) if configuration else {}


def _details(result: Any) -> dict[str, Any]:
    found = (getattr(result, "result", None) or {}).get("details")
    return found if isinstance(found, dict) else {}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("_", " ")


def _text(template: str, params: dict[str, Any], styling: dict[str, Any]) -> RenderedStringTemplateContent:
    return RenderedStringTemplateContent(
        content_block_type="string_template",
        string_template={"template": template, "params": params, "styling": {"params": styling}},
    )
